//! The words that `ip route add` knows, and which of them may be cut short.

use nlink_core::words::WordEntry;

/// A word and how it may be cut short: with `cut` any beginning of it will do.
pub(super) struct Key {
    pub(super) word: &'static str,
    cut: bool,
    value: Option<&'static str>,
}

const fn exact(word: &'static str, value: &'static str) -> Key {
    Key { word, cut: false, value: Some(value) }
}

const fn cut(word: &'static str, value: &'static str) -> Key {
    Key { word, cut: true, value: Some(value) }
}

const fn flag(word: &'static str) -> Key {
    Key { word, cut: false, value: None }
}

/// All words, in the order in which iproute2 compares them.
pub(super) const KEYS: &[Key] = &[
    exact("src", "ADDRESS"),
    exact("as", "[ to ] ADDRESS"),
    exact("via", "[ FAMILY ] ADDRESS"),
    exact("from", "PREFIX"),
    exact("tos", "TOS"),
    cut("dsfield", "TOS"),
    exact("expires", "SECONDS"),
    cut("metric", "NUMBER"),
    cut("priority", "NUMBER"),
    exact("preference", "NUMBER"),
    exact("scope", "SCOPE"),
    exact("mtu", "[ lock ] NUMBER"),
    exact("hoplimit", "[ lock ] NUMBER"),
    exact("advmss", "[ lock ] NUMBER"),
    cut("reordering", "[ lock ] NUMBER"),
    exact("rtt", "[ lock ] TIME"),
    exact("rto_min", "TIME"),
    cut("window", "[ lock ] NUMBER"),
    cut("cwnd", "[ lock ] NUMBER"),
    cut("initcwnd", "[ lock ] NUMBER"),
    cut("initrwnd", "[ lock ] NUMBER"),
    cut("features", "FEATURES"),
    cut("quickack", "{ 0 | 1 }"),
    cut("congctl", "[ lock ] NAME"),
    cut("rttvar", "[ lock ] TIME"),
    cut("ssthresh", "[ lock ] NUMBER"),
    cut("realms", "REALM"),
    flag("onlink"),
    exact("nexthop", "NEXTHOP"),
    exact("nhid", "ID"),
    cut("protocol", "RTPROTO"),
    cut("table", "TABLE_ID"),
    cut("vrf", "NAME"),
    exact("dev", "DEVICE"),
    exact("oif", "DEVICE"),
    cut("pref", "{ low | medium | high }"),
    exact("encap", "ENCAPTYPE ENCAPHDR"),
    exact("ttl-propagate", "{ enabled | disabled }"),
    cut("fastopen_no_cookie", "{ 0 | 1 }"),
    flag("pervasive"),
    exact("to", "[ TYPE ] PREFIX"),
];

pub(super) const USAGE: [WordEntry; KEYS.len()] = {
    let mut usage = [WordEntry::flag(""); KEYS.len()];
    let mut at = 0;
    while at < KEYS.len() {
        #[allow(clippy::indexing_slicing)] // computed while compiling
        {
            usage[at] = match KEYS[at].value {
                Some(value) => WordEntry::value(KEYS[at].word, value),
                None => WordEntry::flag(KEYS[at].word),
            };
        }
        at += 1;
    }
    usage
};

/// Whether `word` is `full` or the beginning of it.
pub(crate) fn fits(word: &str, full: &str) -> bool {
    !word.is_empty() && full.starts_with(word)
}

/// The word that `word` means.
pub(super) fn key(word: &str) -> Option<&'static str> {
    KEYS.iter().find(|key| if key.cut { fits(word, key.word) } else { key.word == word }).map(|key| key.word)
}
