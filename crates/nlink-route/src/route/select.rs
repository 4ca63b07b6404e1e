//! The selectors of `ip route show | list | flush | save`
//! ([ip-route(8)](https://man7.org/linux/man-pages/man8/ip-route.8.html)).

use nlink_core::words::{BadValue, FromWords, Word, WordError, Words};

use super::keys::fits;
use super::spelling::{family_word, protocol, route_type, scope, table, tos};
use super::{Prefix, PrefixSelector, Realms, RealmsSelector, RouteFilter, RouteType};
use crate::Family;

const SUBJECT: &str = "routes";

const KNOWN: [&str; 16] = [
    "table", "cached", "cloned", "tos", "dsfield", "protocol", "scope", "type", "dev", "iif", "mark", "metric", "via",
    "src", "realms", "from",
];

/// What a word means; of several that fit, the first in iproute2's order.
fn key(word: &str) -> Option<&'static str> {
    let cut = |full: &'static str| fits(word, full).then_some(full);
    match word {
        "tos" | "dev" | "oif" | "iif" | "mark" | "preference" | "via" | "src" => {
            ["tos", "dev", "oif", "iif", "mark", "preference", "via", "src"].into_iter().find(|known| *known == word)
        }
        "to" | "root" | "match" | "exact" | "all" | "any" => None,
        _ => {
            let keys = [
                "table", "vrf", "cached", "cloned", "dsfield", "protocol", "scope", "type", "metric", "priority",
                "realms", "from",
            ];
            keys.into_iter().find_map(cut)
        }
    }
}

fn prefix(after: &str, words: &mut Words<'_>, family: Family) -> Result<Prefix, WordError> {
    words.styled(after, |word| Prefix::parse(word, family))
}

/// `root PREFIX`, `match PREFIX`, `exact PREFIX` or a prefix alone.
fn selector(into: &mut PrefixSelector, after: &str, words: &mut Words<'_>, family: Family) -> Result<(), WordError> {
    match words.peek() {
        Some(word) if fits(word, "root") => {
            words.next();
            into.root = Some(prefix("root", words, family)?);
        }
        Some(word) if fits(word, "match") => {
            words.next();
            into.within = Some(prefix("match", words, family)?);
        }
        word => {
            if word.is_some_and(|word| fits(word, "exact")) {
                words.next();
            }
            *into = PrefixSelector::exact(prefix(after, words, family)?);
        }
    }
    Ok(())
}

/// A value, or `all` for any.
fn unless_all<T>(word: &str, parse: impl FnOnce(&str) -> Result<T, BadValue>) -> Result<Option<T>, BadValue> {
    match (parse(word), word) {
        (Err(_), "all") => Ok(None),
        (value, _) => value.map(Some),
    }
}

/// Realms, and which half of them counts: an empty half counts for nothing.
fn realms(word: &str) -> Result<RealmsSelector, BadValue> {
    let realms = Realms::parse_word(word)?;
    let mut mask = u32::MAX;
    if realms.to == 0 && word.ends_with('/') {
        mask &= !0xffff;
    }
    if realms.from == 0 && (word.starts_with('/') || !word.contains('/')) {
        mask &= 0xffff;
    }
    Ok(RealmsSelector { value: realms.number(), mask })
}

impl RouteFilter {
    /// Reads the selectors of `ip route show`, in a family where one is known (`-4`, `-6`). As in iproute2, one table
    /// means IPv4 where no family is said.
    pub fn from_words_in(words: &mut Words<'_>, family: Family) -> Result<Self, WordError> {
        let mut filter = RouteFilter::default().family(family);
        while let Some(word) = words.next() {
            filter.word(word, words).map_err(|error| error.of(SUBJECT))?;
        }
        if filter.family == Family::UNSPEC && filter.table.is_some() {
            filter.family = Family::INET;
        }
        Ok(filter)
    }

    fn word(&mut self, word: &str, words: &mut Words<'_>) -> Result<(), WordError> {
        let family = self.family;
        match key(word) {
            Some("table") => match words.value("table", "a table")? {
                "cache" => self.cached = true,
                word => {
                    self.table = unless_all(word, table).map_err(|error| WordError::bad("table", word, error))?;
                }
            },
            Some("cached" | "cloned") => self.cached = true,
            Some("tos" | "dsfield") => self.tos = Some(words.styled("tos", tos)?),
            Some("protocol") => self.protocol = words.styled("protocol", |word| unless_all(word, protocol))?,
            Some("scope") => self.scope = words.styled("scope", |word| unless_all(word, scope))?,
            Some("type") => {
                let bad = || BadValue::new("a type of route", "unicast");
                let number = |word: &str| u8::parse_word(word).ok().map(RouteType);
                let kind = words.styled("type", |word| route_type(word).or_else(|| number(word)).ok_or_else(bad))?;
                self.kind = Some(kind);
            }
            Some("dev" | "oif") => words.fill("dev", &mut self.oif)?,
            Some("iif") => words.fill("iif", &mut self.iif)?,
            Some("mark") => words.fill("mark", &mut self.mark)?,
            Some("metric" | "priority" | "preference") => words.fill("metric", &mut self.metric)?,
            Some("via") => {
                let family = family_word(words).unwrap_or(family);
                self.via = Some(prefix("via", words, family)?);
            }
            Some("src") => self.source = Some(prefix("src", words, family)?),
            Some("realms") => self.realms = Some(words.styled("realms", realms)?),
            Some("from") => selector(&mut self.from, "from", words, family)?,
            Some("vrf") => return Err(WordError::refused("vrf: give the VRF's table by number, with \"table\"")),
            _ if fits(word, "to") => selector(&mut self.to, "to", words, family)?,
            _ if fits(word, "root") => self.to.root = Some(prefix("root", words, family)?),
            _ if fits(word, "match") => self.to.within = Some(prefix("match", words, family)?),
            _ if fits(word, "exact") => self.to = PrefixSelector::exact(prefix("exact", words, family)?),
            _ => match Prefix::parse(word, family) {
                Ok(prefix) => self.to = PrefixSelector::exact(prefix),
                Err(error) if word.starts_with(|letter: char| letter.is_ascii_digit()) || word.contains(':') => {
                    return Err(WordError::bad("to", word, error));
                }
                Err(_) => return Err(WordError::unknown(word, KNOWN)),
            },
        }
        Ok(())
    }
}

/// The selectors of `ip route show`.
impl FromWords for RouteFilter {
    fn from_words(words: &mut Words<'_>) -> Result<Self, WordError> {
        Self::from_words_in(words, Family::UNSPEC)
    }
}
