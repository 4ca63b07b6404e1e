//! The words of `ip route add | change | replace | append | del`, read from left to right
//! ([ip-route(8)](https://man7.org/linux/man-pages/man8/ip-route.8.html)).
//!
//! Words may be cut short where iproute2 allows it; of several that fit the first in its order is meant.

use std::net::IpAddr;

use nlink_core::words::{BadValue, FromWords, Word, WordEntry, WordError, Words};

use super::prefix::{belongs, parse_host};
use super::{
    MetricLock, NextHop, NextHopFlags, Prefix, Realms, Route, RouteFeatures, RouteFlags, RouteProtocol,
    RouteTable, RouteType, Scope, Via, names,
};
use crate::Family;

const SUBJECT: &str = "route";

/// A word and how it may be cut short: with `cut` any beginning of it will do.
struct Key {
    word: &'static str,
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
const KEYS: &[Key] = &[
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

const USAGE: [WordEntry; KEYS.len()] = {
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
fn key(word: &str) -> Option<&'static str> {
    KEYS.iter().find(|key| if key.cut { fits(word, key.word) } else { key.word == word }).map(|key| key.word)
}

/// Reads an address, of a family where one is known.
pub(crate) fn host(word: &str, family: Family) -> Result<IpAddr, BadValue> {
    let (what, example) = match family {
        Family::INET => ("an IPv4 address", "192.0.2.1"),
        Family::INET6 => ("an IPv6 address", "2001:db8::1"),
        _ => ("an IP address", "192.0.2.1"),
    };
    parse_host(word).filter(|address| belongs(*address, family)).ok_or_else(|| BadValue::new(what, example))
}

/// Reads a number that has a name of ours, or that a table of /etc/iproute2 may name.
pub(crate) fn named<T>(table: &str, word: &str, known: impl Fn(&str) -> Result<T, BadValue>) -> Result<T, BadValue>
where
    T: TryFrom<u32>,
{
    known(word).or_else(|error| crate::names::number(table, word).and_then(|number| number.try_into().ok()).ok_or(error))
}

/// Reads a scope.
pub(crate) fn scope(word: &str) -> Result<Scope, BadValue> {
    named(names::SCOPES, word, |word| word.parse::<Scope>().map(|scope| scope.0)).map(Scope)
}

/// Reads a protocol.
pub(super) fn protocol(word: &str) -> Result<RouteProtocol, BadValue> {
    named(names::PROTOCOLS, word, |word| word.parse::<RouteProtocol>().map(|protocol| protocol.0)).map(RouteProtocol)
}

/// Reads a table.
pub(super) fn table(word: &str) -> Result<RouteTable, BadValue> {
    let known = |word: &str| {
        let table = word.parse::<RouteTable>().map(|table| table.0);
        table.or_else(|error| u32::parse_word(word).map_err(|_| error))
    };
    named(names::TABLES, word, known).map(RouteTable)
}

/// Reads a type of service, hexadecimal unless a table names it.
pub(super) fn tos(word: &str) -> Result<u8, BadValue> {
    let number = |word: &str| {
        let digits = word.strip_prefix("0x").or_else(|| word.strip_prefix("0X")).unwrap_or(word);
        let digits = Some(digits).filter(|digits| digits.bytes().all(|digit| digit.is_ascii_hexdigit()));
        let number = digits.and_then(|digits| u8::from_str_radix(digits, 16).ok());
        number.ok_or_else(|| BadValue::new("a type of service, two hexadecimal digits", "10"))
    };
    named(names::DSFIELD, word, number)
}

/// Reads a type of route; a number is none, it would be taken for a destination.
pub(super) fn route_type(word: &str) -> Option<RouteType> {
    use nlink_core::wire::OpenEnum;
    match word {
        "brd" => Some(RouteType::BROADCAST),
        "none" => None,
        word => RouteType::from_name(word),
    }
}

/// A time: milliseconds, and whether a unit said so.
fn time(word: &str) -> Result<(u32, bool), BadValue> {
    let digits = word.find(|letter: char| !letter.is_ascii_digit() && letter != '.').unwrap_or(word.len());
    let (number, unit) = word.split_at(digits);
    let factor = match unit.to_ascii_lowercase().as_str() {
        "" | "ms" | "msec" | "msecs" => 1.0,
        "s" | "sec" | "secs" => 1000.0,
        _ => f64::NAN,
    };
    let value = number.parse::<f64>().map(|value| (value * factor).ceil());
    match value {
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // a whole number in range
        Ok(value) if (0.0..=f64::from(u32::MAX)).contains(&value) => Ok((value as u32, !unit.is_empty())),
        _ => Err(BadValue::new("a time in seconds or milliseconds", "100ms")),
    }
}

/// What has been read so far, and what of it was said rather than assumed.
struct Reader {
    route: Route,
    /// The family, as soon as one word has shown it.
    family: Family,
    deletion: bool,
    destination: bool,
    scope: bool,
    table: bool,
    lock: MetricLock,
}

impl Reader {
    fn claim(&mut self, family: Family) {
        if self.family == Family::UNSPEC {
            self.family = family;
        }
    }

    fn host(&mut self, after: &str, words: &mut Words<'_>) -> Result<IpAddr, WordError> {
        let family = self.family;
        let address = words.styled(after, |word| host(word, family))?;
        self.claim(address.into());
        Ok(address)
    }

    fn number<T: Word>(&mut self, after: &str, lock: MetricLock, words: &mut Words<'_>) -> Result<T, WordError> {
        if words.take(&["lock"]) {
            self.lock |= lock;
        }
        words.parse(after)
    }

    /// A time in the kernel's unit, of which there are `scale` in a millisecond; without a unit it is the number.
    fn time(&mut self, after: &str, lock: MetricLock, scale: u32, words: &mut Words<'_>) -> Result<u32, WordError> {
        if words.take(&["lock"]) {
            self.lock |= lock;
        }
        words.styled(after, |word| match time(word)? {
            (value, false) => Ok(value),
            (value, true) => value.checked_mul(scale).ok_or_else(|| BadValue::new("a time of less", "100ms")),
        })
    }

    fn gateway(&mut self, words: &mut Words<'_>) -> Result<(Option<IpAddr>, Option<Via>), WordError> {
        let said = family_word(words);
        let family = said.unwrap_or(self.family);
        let address = words.styled("via", |word| host(word, family))?;
        self.claim(address.into());
        Ok(if Family::from(address) == self.family { (Some(address), None) } else { (None, Some(address.into())) })
    }

    fn word(&mut self, word: &str, words: &mut Words<'_>) -> Result<(), WordError> {
        let Some(known) = key(word) else { return self.destination(word, words) };
        let route = &mut self.route;
        match known {
            "src" => {
                let address = self.host("src", words)?;
                words.once("src", &mut self.route.prefsrc, address)?;
            }
            "as" => {
                words.take(&["to"]);
                let bytes = self.labels_or_host(words)?;
                words.once("as", &mut self.route.newdst, Box::new(nlink_core::wire::Blob(bytes)))?;
            }
            "via" => {
                if self.route.gateway.is_some() || self.route.via.is_some() {
                    return Err(WordError::refused("several gateways are written \"nexthop via … nexthop via …\""));
                }
                let (gateway, via) = self.gateway(words)?;
                self.route.gateway = gateway.map(Into::into);
                self.route.via = via.map(Box::new);
            }
            "from" => {
                let family = self.family;
                let prefix = words.styled("from", |word| Prefix::parse(word, family))?;
                self.claim(prefix.family());
                self.route.header.src_len = prefix.bits();
                self.route.src = prefix.host();
            }
            "tos" | "dsfield" => route.header.tos = words.styled(known, tos)?,
            "expires" => words.fill(known, &mut route.expires)?,
            "metric" | "priority" | "preference" => words.fill(known, &mut route.metric)?,
            "scope" => {
                route.header.scope = words.styled(known, scope)?;
                self.scope = true;
            }
            "mtu" => self.route.metrics_mut().mtu = Some(self.number(known, MetricLock::MTU, words)?),
            "hoplimit" => {
                let limit: u8 = self.number(known, MetricLock::HOPLIMIT, words)?;
                self.route.metrics_mut().hoplimit = Some(limit.into());
            }
            "advmss" => self.route.metrics_mut().advmss = Some(self.number(known, MetricLock::ADVMSS, words)?),
            "reordering" => {
                self.route.metrics_mut().reordering = Some(self.number(known, MetricLock::REORDERING, words)?);
            }
            "rtt" => self.route.metrics_mut().rtt = Some(self.time(known, MetricLock::RTT, 8, words)?),
            "rttvar" => self.route.metrics_mut().rttvar = Some(self.time(known, MetricLock::RTTVAR, 4, words)?),
            "rto_min" => {
                self.route.metrics_mut().rto_min = Some(self.time(known, MetricLock::RTO_MIN, 1, words)?);
                self.lock |= MetricLock::RTO_MIN;
            }
            "window" => self.route.metrics_mut().window = Some(self.number(known, MetricLock::WINDOW, words)?),
            "cwnd" => self.route.metrics_mut().cwnd = Some(self.number(known, MetricLock::CWND, words)?),
            "initcwnd" => self.route.metrics_mut().initcwnd = Some(self.number(known, MetricLock::INITCWND, words)?),
            "initrwnd" => self.route.metrics_mut().initrwnd = Some(self.number(known, MetricLock::INITRWND, words)?),
            "ssthresh" => self.route.metrics_mut().ssthresh = Some(self.number(known, MetricLock::SSTHRESH, words)?),
            "congctl" => self.route.metrics_mut().congctl = Some(self.number(known, MetricLock::CC_ALGO, words)?),
            "features" => route.metrics_mut().features = Some(features(words)?),
            "quickack" => route.metrics_mut().quickack = Some(words.styled(known, zero_one)?),
            "fastopen_no_cookie" => route.metrics_mut().fastopen_no_cookie = Some(words.styled(known, zero_one)?),
            "realms" => words.fill(known, &mut route.realms)?,
            "onlink" => route.header.flags |= RouteFlags::ONLINK,
            "pervasive" => route.header.flags |= RouteFlags::PERVASIVE,
            "nexthop" => self.nexthop(words)?,
            "nhid" => words.fill(known, &mut route.nexthop_id)?,
            "protocol" => route.header.protocol = words.styled(known, protocol)?,
            "table" => {
                let table = words.styled(known, table)?;
                self.route = std::mem::take(&mut self.route).table(table);
                self.table = true;
            }
            "dev" | "oif" => words.fill(known, &mut route.oif)?,
            "pref" => words.fill(known, &mut route.pref)?,
            "ttl-propagate" => route.ttl_propagate = Some(words.styled(known, enabled)?),
            "encap" => return Err(WordError::refused("encap is read and kept, but cannot be given as words yet")),
            "vrf" => return Err(WordError::refused("vrf: give the VRF's table by number, with \"table\"")),
            _ => {
                let word = words.value("to", "a destination")?;
                return self.destination(word, words);
            }
        }
        Ok(())
    }

    fn labels_or_host(&mut self, words: &mut Words<'_>) -> Result<Vec<u8>, WordError> {
        if self.family != Family::MPLS {
            return Ok(super::Host::from(self.host("as", words)?).bytes().into());
        }
        words.styled("as", |word| {
            let labels: Option<Vec<u32>> = word.split('/').map(|label| label.parse().ok()).collect();
            let labels = labels.filter(|labels| labels.iter().all(|label| *label < 1 << 20));
            let labels = labels.ok_or_else(|| BadValue::new("MPLS labels with slashes between", "100/200"))?;
            let last = labels.len();
            let word = |(at, label): (usize, u32)| (label << 12) | (u32::from(at + 1 == last) << 8);
            Ok(labels.into_iter().enumerate().flat_map(|label| word(label).to_be_bytes()).collect())
        })
    }

    fn destination(&mut self, word: &str, words: &mut Words<'_>) -> Result<(), WordError> {
        let mut word = word;
        if let Some(kind) = route_type(word) {
            self.route.header.kind = kind;
            word = words.value(word, "a destination")?;
        }
        if self.destination {
            return Err(match Prefix::parse(word, self.family) {
                Ok(_) => WordError::twice("to"),
                Err(_) => WordError::unknown(word, KEYS.iter().map(|key| key.word)),
            });
        }
        let prefix = Prefix::parse(word, self.family).map_err(|error| WordError::bad("to", word, error))?;
        self.claim(prefix.family());
        self.route.header.dst_len = prefix.bits();
        self.route.dst = prefix.host();
        self.destination = true;
        Ok(())
    }

    fn nexthop(&mut self, words: &mut Words<'_>) -> Result<(), WordError> {
        let mut nexthop = NextHop::default();
        while let Some(word) = words.peek() {
            match word {
                "nexthop" => break,
                "via" => {
                    words.next();
                    let (gateway, via) = self.gateway(words)?;
                    nexthop.gateway = gateway.map(Into::into);
                    nexthop.via = via;
                }
                "dev" => {
                    words.next();
                    words.fill("dev", &mut nexthop.interface)?;
                }
                "weight" => {
                    words.next();
                    let bad = || BadValue::new("a weight from 1 to 256", "10");
                    let weight = words.styled("weight", |word| {
                        u16::parse_word(word).ok().filter(|weight| (1..=256).contains(weight)).ok_or_else(bad)
                    })?;
                    nexthop = nexthop.weight(weight);
                }
                "onlink" => {
                    words.next();
                    nexthop.header.flags |= NextHopFlags::ONLINK;
                }
                "as" => {
                    words.next();
                    words.take(&["to"]);
                    nexthop.newdst = Some(nlink_core::wire::Blob(self.labels_or_host(words)?));
                }
                "encap" => {
                    return Err(WordError::refused("encap is read and kept, but cannot be given as words yet"));
                }
                word if fits(word, "realms") => {
                    words.next();
                    words.fill::<Realms>("realms", &mut nexthop.realms)?;
                }
                word => {
                    let known = ["nexthop", "via", "dev", "weight", "onlink", "realms", "as"];
                    return Err(WordError::unknown(word, known).of("nexthop"));
                }
            }
        }
        if nexthop == NextHop::default() {
            return Err(WordError::missing("nexthop", "a gateway or a device"));
        }
        self.route.nexthops.push(nexthop);
        Ok(())
    }

    fn finish(mut self) -> Result<Route, WordError> {
        if !self.destination {
            return Err(WordError::incomplete("the destination"));
        }
        let route = &mut self.route;
        if let Some(metrics) = &mut route.metrics
            && self.lock != MetricLock(0)
        {
            metrics.lock = Some(self.lock);
        }
        self.route.header.family = if self.family == Family::UNSPEC { Family::INET } else { self.family };
        if !self.table {
            let table = self.route.default_table();
            self.route = self.route.table(table);
        }
        if !self.scope {
            self.route.header.scope = match self.route.default_scope() {
                _ if self.deletion && self.any_scope() => Scope::NOWHERE,
                scope => scope,
            };
        }
        if self.family == Family::MPLS && self.route.header.kind == RouteType::UNSPEC {
            self.route.header.kind = RouteType::UNICAST;
        }
        Ok(self.route)
    }

    /// Whether a deletion that says no scope means any.
    fn any_scope(&self) -> bool {
        let kind = self.route.header.kind;
        let outright = [RouteType::LOCAL, RouteType::NAT, RouteType::BROADCAST, RouteType::MULTICAST, RouteType::ANYCAST];
        self.route.header.family == Family::INET && !outright.contains(&kind)
    }
}

/// Takes a word that names a family.
pub(super) fn family_word(words: &mut Words<'_>) -> Option<Family> {
    let family = match words.peek()? {
        "inet" => Family::INET,
        "inet6" => Family::INET6,
        "mpls" => Family::MPLS,
        _ => return None,
    };
    words.next();
    Some(family)
}

fn features(words: &mut Words<'_>) -> Result<RouteFeatures, WordError> {
    use nlink_core::wire::FlagSet;
    let mut features = RouteFeatures(0);
    while let Some((bit, _)) = RouteFeatures::NAMES.iter().find(|(_, name)| words.peek() == Some(name)) {
        words.next();
        features |= *bit;
    }
    match (features, words.peek()) {
        (RouteFeatures(0), None) => Err(WordError::missing("features", "ecn or tcp_usec_ts")),
        (RouteFeatures(0), Some(word)) => Err(WordError::bad("features", word, BadValue::new("ecn or tcp_usec_ts", "ecn"))),
        (features, _) => Ok(features),
    }
}

fn zero_one(word: &str) -> Result<bool, BadValue> {
    match word {
        "0" => Ok(false),
        "1" => Ok(true),
        _ => Err(BadValue::new("0 or 1", "1")),
    }
}

fn enabled(word: &str) -> Result<bool, BadValue> {
    match word {
        word if fits(word, "enabled") => Ok(true),
        word if fits(word, "disabled") => Ok(false),
        _ => Err(BadValue::new("enabled or disabled", "enabled")),
    }
}

impl Route {
    /// The words that `ip route add` takes, for usage and completion.
    pub const USAGE: &'static [WordEntry] = &USAGE;

    /// Reads the words of `ip route add`, `change`, `replace` or `append`, in a family where one is known (`-6`).
    pub fn from_words_in(words: &mut Words<'_>, family: Family) -> Result<Self, WordError> {
        Self::read(words, family, false)
    }

    /// Reads the words of `ip route del`: what they do not say may be anything.
    pub fn deletion_from_words(words: &mut Words<'_>, family: Family) -> Result<Self, WordError> {
        Self::read(words, family, true)
    }

    fn read(words: &mut Words<'_>, family: Family, deletion: bool) -> Result<Self, WordError> {
        let mut route = Route::default();
        if !deletion {
            route.header.protocol = RouteProtocol::BOOT;
            route.header.kind = RouteType::UNICAST;
        }
        let mut reader =
            Reader { route, family, deletion, destination: false, scope: false, table: false, lock: MetricLock(0) };
        while let Some(word) = words.next() {
            reader.word(word, words).map_err(|error| error.of(SUBJECT))?;
        }
        reader.finish().map_err(|error| error.of(SUBJECT))
    }
}

/// The words of `ip route add`, of whatever family they show.
impl FromWords for Route {
    fn from_words(words: &mut Words<'_>) -> Result<Self, WordError> {
        Self::from_words_in(words, Family::UNSPEC)
    }
}
