//! The words of `ip address add | change | replace | del`, and the way back
//! ([ip-address(8)](https://man7.org/linux/man-pages/man8/ip-address.8.html)).

use std::net::{IpAddr, Ipv4Addr};

use ipnet::IpNet;
use nlink_core::wire::FlagSet;
use nlink_core::words::{BadValue, FromWords, Word, WordEntry, WordError, Words};

use super::object::default_scope;
use super::{Address, AddressFlags, AddressProtocol, Lifetimes};
use crate::Family;
use crate::route::{Host, Prefix};
use crate::route::{fits, host, names, named, scope};

const SUBJECT: &str = "address";

const USAGE: [WordEntry; 17] = [
    WordEntry::value("local", "PREFIX"),
    WordEntry::value("peer", "PREFIX"),
    WordEntry::value("broadcast", "{ ADDRESS | + | - }"),
    WordEntry::value("anycast", "ADDRESS"),
    WordEntry::value("scope", "SCOPE"),
    WordEntry::value("dev", "DEVICE"),
    WordEntry::value("label", "STRING"),
    WordEntry::value("metric", "NUMBER"),
    WordEntry::value("valid_lft", "{ SECONDS | forever }"),
    WordEntry::value("preferred_lft", "{ SECONDS | forever }"),
    WordEntry::flag("nodad"),
    WordEntry::flag("optimistic"),
    WordEntry::flag("home"),
    WordEntry::flag("mngtmpaddr"),
    WordEntry::flag("noprefixroute"),
    WordEntry::flag("autojoin"),
    WordEntry::value("proto", "ADDRPROTO"),
];

/// The broadcast address, as a word gives it.
enum Broadcast {
    Said(IpAddr),
    Last,
    First,
}

/// What has been read so far.
#[derive(Default)]
struct Reader {
    address: Address,
    family: Family,
    deletion: bool,
    local: Option<IpNet>,
    /// Whether the word of the address said how many bits its network has.
    length_said: bool,
    peer: Option<IpNet>,
    broadcast: Option<Broadcast>,
    scope: bool,
    flags: AddressFlags,
    valid: Option<u32>,
    preferred: Option<u32>,
}

fn lifetime(word: &str) -> Result<u32, BadValue> {
    match word {
        "forever" => Ok(Lifetimes::FOREVER),
        word => u32::parse_word(word).map_err(|_| BadValue::new("a number of seconds, or forever", "3600")),
    }
}

/// Reads who made an address.
pub(super) fn protocol(word: &str) -> Result<AddressProtocol, BadValue> {
    let known = |word: &str| word.parse::<AddressProtocol>().map(|protocol| protocol.0);
    named(names::ADDRESS_PROTOCOLS, word, known).map(AddressProtocol)
}

/// The flag of that name.
pub(super) fn flag(word: &str) -> Option<AddressFlags> {
    let word = if word == "temporary" { "secondary" } else { word };
    AddressFlags::NAMES.iter().find(|(_, name)| *name == word).map(|(flag, _)| *flag)
}

impl Reader {
    fn claim(&mut self, family: Family) {
        if self.family == Family::UNSPEC {
            self.family = family;
        }
    }

    fn net(&mut self, after: &str, word: &str) -> Result<IpNet, WordError> {
        match Prefix::parse(word, self.family) {
            Ok(Prefix::Net(net)) => {
                self.claim(net.addr().into());
                Ok(net)
            }
            Ok(_) => Err(WordError::bad(after, word, BadValue::new("an address with its network", "192.0.2.1/24"))),
            Err(error) => Err(WordError::bad(after, word, error)),
        }
    }

    fn host(&mut self, after: &str, words: &mut Words<'_>) -> Result<Host, WordError> {
        let family = self.family;
        let address = words.styled(after, |word| host(word, family))?;
        self.claim(address.into());
        Ok(address.into())
    }

    fn word(&mut self, word: &str, words: &mut Words<'_>) -> Result<(), WordError> {
        let address = &mut self.address;
        match word {
            "peer" | "remote" => {
                let value = words.value(word, "an address")?;
                let peer = self.net("peer", value)?;
                words.once("peer", &mut self.peer, peer)?;
            }
            word if word == "brd" || fits(word, "broadcast") => {
                let broadcast = match words.peek() {
                    Some("+") => Broadcast::Last,
                    Some("-") => Broadcast::First,
                    _ => {
                        let family = self.family;
                        Broadcast::Said(words.styled("broadcast", |word| host(word, family))?)
                    }
                };
                if !matches!(broadcast, Broadcast::Said(_)) {
                    words.next();
                }
                words.once("broadcast", &mut self.broadcast, broadcast)?;
            }
            "anycast" => {
                let anycast = self.host("anycast", words)?;
                words.once("anycast", &mut self.address.anycast, anycast)?;
            }
            "scope" => {
                address.header.scope = words.styled("scope", scope)?;
                self.scope = true;
            }
            "dev" => words.fill("dev", &mut address.interface)?,
            "label" => words.fill("label", &mut address.label)?,
            _ if fits(word, "metric") || fits(word, "priority") => words.fill("metric", &mut address.metric)?,
            _ if fits(word, "preference") && !fits(word, "preferred_lft") => {
                words.fill("metric", &mut address.metric)?;
            }
            _ if fits(word, "valid_lft") => {
                let value = words.styled("valid_lft", lifetime)?;
                words.once("valid_lft", &mut self.valid, value)?;
            }
            _ if fits(word, "preferred_lft") => {
                let value = words.styled("preferred_lft", lifetime)?;
                words.once("preferred_lft", &mut self.preferred, value)?;
            }
            "proto" => {
                let value = words.styled("proto", protocol)?;
                words.once("proto", &mut address.protocol, value)?;
            }
            _ => match flag(word) {
                Some(flag) if AddressFlags::SETTABLE.contains(flag) => self.flags |= flag,
                Some(_) => return Err(WordError::refused(format!("{word:?} is the kernel's to say"))),
                None => self.own(word, words)?,
            },
        }
        Ok(())
    }

    fn own(&mut self, word: &str, words: &mut Words<'_>) -> Result<(), WordError> {
        let word = if word == "local" { words.value("local", "an address")? } else { word };
        if self.local.is_some() {
            return Err(match Prefix::parse(word, self.family) {
                Ok(_) => WordError::twice("local"),
                Err(_) => WordError::unknown(word, USAGE.iter().map(|entry| entry.word)),
            });
        }
        self.local = Some(self.net("local", word)?);
        self.length_said = word.contains('/');
        Ok(())
    }

    fn finish(mut self) -> Result<Address, WordError> {
        let Some(interface) = &self.address.interface else {
            return Err(WordError::incomplete("the device (dev NAME)"));
        };
        if let Some(label) = &self.address.label
            && let nlink_core::Interface::Name(name) = interface
            && !label.starts_with(&**name)
        {
            return Err(WordError::refused(format!("label {label:?} must begin with the device's name, {name:?}")));
        }
        let Some(net) = self.peer.or(self.local) else { return Err(WordError::incomplete("the address")) };
        let address = &mut self.address;
        address.header.family = net.addr().into();
        address.header.prefix_len = net.prefix_len();
        address.local = self.local.map(|local| local.addr().into());
        let wildcard = self.deletion && net.addr().is_ipv4() && !self.length_said && self.peer.is_none();
        address.address = (!wildcard).then(|| net.addr().into());
        if !self.scope && !self.deletion {
            address.header.scope = self.local.map(|local| default_scope(local.addr())).unwrap_or_default();
        }
        if self.family != Family::INET6
            && let Some(name) = (self.flags & AddressFlags::IPV6).names().next()
        {
            return Err(WordError::refused(format!("{name:?} is for IPv6 addresses alone")));
        }
        if self.flags.contains(AddressFlags::MCAUTOJOIN)
            && !self.local.is_some_and(|local| local.addr().is_multicast())
        {
            return Err(WordError::refused("\"autojoin\" is for multicast addresses alone"));
        }
        address.broadcast = match self.broadcast {
            None => None,
            Some(Broadcast::Said(said)) => Some(said.into()),
            Some(_) if self.deletion => None,
            Some(computed) => computed_broadcast(net, &computed)?.map(Host::from),
        };
        if self.valid.is_some() || self.preferred.is_some() {
            let valid = self.valid.unwrap_or(Lifetimes::FOREVER);
            let preferred = self.preferred.unwrap_or(Lifetimes::FOREVER);
            if valid == 0 {
                return Err(WordError::refused("valid_lft is zero"));
            }
            if preferred > valid {
                return Err(WordError::refused("preferred_lft is greater than valid_lft"));
            }
            self.address = self.address.lifetimes(preferred, valid);
        }
        Ok(self.address.flags(self.flags))
    }
}

/// The last or first address of a network; none where the network has only one or two.
fn computed_broadcast(net: IpNet, which: &Broadcast) -> Result<Option<Ipv4Addr>, WordError> {
    let IpNet::V4(net) = net else {
        return Err(WordError::refused("a broadcast address is for IPv4 addresses alone"));
    };
    Ok((net.prefix_len() <= 30).then(|| match which {
        Broadcast::First => net.network(),
        _ => net.broadcast(),
    }))
}

impl Address {
    /// The words that `ip address add` takes, for usage and completion.
    pub const USAGE: &'static [WordEntry] = &USAGE;

    /// Reads the words of `ip address add`, `change` or `replace`, in a family where one is known (`-6`).
    pub fn from_words_in(words: &mut Words<'_>, family: Family) -> Result<Self, WordError> {
        Self::read(words, family, false)
    }

    /// Reads the words of `ip address del`.
    ///
    /// An IPv4 address without the bits of its network deletes that address of whatever network
    /// ([`is_wildcard`](Address::is_wildcard)).
    pub fn deletion_from_words(words: &mut Words<'_>, family: Family) -> Result<Self, WordError> {
        Self::read(words, family, true)
    }

    /// Whether a deletion goes by the address alone, whatever its network.
    pub fn is_wildcard(&self) -> bool {
        self.header.family == Family::INET && self.address.is_none()
    }

    fn read(words: &mut Words<'_>, family: Family, deletion: bool) -> Result<Self, WordError> {
        let mut reader = Reader { family, deletion, ..Reader::default() };
        while let Some(word) = words.next() {
            reader.word(word, words).map_err(|error| error.of(SUBJECT))?;
        }
        reader.finish().map_err(|error| error.of(SUBJECT))
    }

    /// The words that give this address to `ip address add`; what only the kernel says is left out.
    pub fn to_params(&self) -> Vec<String> {
        let mut params = Vec::new();
        let family = self.header.family;
        let mut put = |word: &str, value: Option<String>| {
            if let Some(value) = value {
                params.extend([word.to_owned(), value].into_iter().filter(|word| !word.is_empty()));
            }
        };
        let own = self.own().map(|own| own.in_family(family));
        match self.other() {
            Some(other) => {
                put("", own);
                put("peer", Some(format!("{}/{}", other.in_family(family), self.header.prefix_len)));
            }
            None => put("", own.map(|own| format!("{own}/{}", self.header.prefix_len))),
        }
        put("broadcast", self.broadcast.map(|host| host.in_family(family)));
        put("anycast", self.anycast.map(|host| host.in_family(family)));
        let usual = self.ip().map(default_scope).unwrap_or_default();
        put("scope", (self.header.scope != usual).then(|| self.header.scope.to_string()));
        put("dev", self.interface.as_ref().map(ToString::to_string));
        put("label", self.label.clone());
        put("metric", self.metric.map(|metric| metric.to_string()));
        for name in (self.all_flags() & AddressFlags::SETTABLE).names() {
            put("", Some(name.to_owned()));
        }
        put("proto", self.protocol.map(|protocol| protocol.to_string()));
        if let Some(lifetimes) = &self.lifetimes {
            let word = |seconds: u32| match seconds {
                Lifetimes::FOREVER => "forever".to_owned(),
                seconds => seconds.to_string(),
            };
            put("valid_lft", Some(word(lifetimes.valid)));
            put("preferred_lft", Some(word(lifetimes.preferred)));
        }
        params
    }
}

/// The words of `ip address add`, of whatever family they show.
impl FromWords for Address {
    fn from_words(words: &mut Words<'_>) -> Result<Self, WordError> {
        Self::from_words_in(words, Family::UNSPEC)
    }
}
