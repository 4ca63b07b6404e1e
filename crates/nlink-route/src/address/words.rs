//! The words of `ip address add | change | replace | del`, and the way back
//! ([ip-address(8)](https://man7.org/linux/man-pages/man8/ip-address.8.html)).

use std::net::Ipv4Addr;

use ipnet::IpNet;
use nlink_core::wire::FlagSet;
use nlink_core::words::{BadValue, FromWords, Word, WordEntry, WordError, Words};

use super::object::default_scope;
use super::{Address, AddressFlags, AddressProtocol, Lifetimes};
use crate::Family;
use crate::route::{Host, Prefix};
use crate::route::{fits, host, named, names, scope};

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
    Said(Host),
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
                    _ => Broadcast::Said(self.host("broadcast", words)?),
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
        if self.flags.contains(AddressFlags::MCAUTOJOIN) && !self.local.is_some_and(|local| local.addr().is_multicast())
        {
            return Err(WordError::refused("\"autojoin\" is for multicast addresses alone"));
        }
        address.broadcast = match self.broadcast {
            None => None,
            Some(Broadcast::Said(said)) => Some(said),
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
        // IPv6 has one address in `address`, IPv4 in `local`: there what stands in `address` is the peer even alone.
        let only_peer = self.local.is_none() && family == Family::INET;
        let own = self.own().filter(|_| !only_peer).map(|own| own.in_family(family));
        match self.address.filter(|_| only_peer).or_else(|| self.other()) {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::route::fixture::{resolved, words};

    /// What `ip address WORDS` of iproute2 6.1 sent to Linux 7.2; d2 has the index 25.
    const SENT: &[(&str, &str)] = &[
        ("192.0.2.1/24 dev d2", "021800001900000008000200c000020108000100c0000201"),
        ("10.0.0.1 peer 10.0.0.2/32 dev d2", "0220000019000000080002000a000001080001000a000002"),
        (
            "192.0.3.1/24 brd + dev d2 label d2:x metric 50",
            "021800001900000008000200c00003010900030064323a7800000000080009003200000008000100c000030108000400c00003ff",
        ),
        (
            "192.0.4.1/24 broadcast 192.0.4.255 scope link dev d2 valid_lft 600 preferred_lft 300",
            "021800fd1900000008000200c000040108000400c00004ff08000100c0000401140006002c010000580200000000000000000000",
        ),
        (
            "2001:db8::1/64 dev d2 nodad",
            "0a400200190000001400020020010db80000000000000000000000011400010020010db8000000000000000000000001",
        ),
        (
            "2001:db8::2/64 dev d2 home nodad mngtmpaddr noprefixroute",
            "0a400000190000001400020020010db800000000000000000000000208000800120300001400010020010db8000000000000000000000002",
        ),
        ("239.1.1.1/32 dev d2 autojoin", "022000001900000008000200ef010101080008000004000008000100ef010101"),
        ("127.0.0.9/8 dev d2", "020800fe19000000080002007f000009080001007f000009"),
        ("192.0.5.1/24 brd - dev d2", "021800001900000008000200c000050108000100c000050108000400c0000500"),
        (
            "192.0.2.1/24 dev d2 preferred_lft 10",
            "021800001900000008000200c000020108000100c0000201140006000a000000ffffffff0000000000000000",
        ),
        (
            "local 2001:db8::5 peer 2001:db8::6/128 dev d2 preferred_lft 0",
            "0a800000190000001400020020010db80000000000000000000000051400010020010db80000000000000000000000061400060000000000ffffffff0000000000000000",
        ),
    ];

    /// The same of `ip address del`.
    const SENT_TO_DELETE: &[(&str, &str)] = &[
        ("192.0.2.1 dev d2", "022000001900000008000200c0000201"),
        ("192.0.3.1/24 dev d2", "021800001900000008000200c000030108000100c0000301"),
    ];

    fn parsed(text: &str) -> Address {
        Words::new(words(text)).parse_to_end().unwrap_or_else(|error| panic!("{text}: {error}"))
    }

    #[test]
    #[cfg(target_endian = "little")] // as the captures are
    fn words_give_the_bytes_that_the_reference_sends() {
        for (text, sent) in SENT {
            nlink_core::capture::check(&resolved(parsed(text)), sent);
        }
        for (text, sent) in SENT_TO_DELETE {
            let address = Address::deletion_from_words(&mut Words::new(words(text)), Family::UNSPEC).unwrap();
            assert_eq!(address.is_wildcard(), !text.contains('/'));
            nlink_core::capture::check(&resolved(address), sent);
        }
    }

    #[test]
    fn an_address_gives_the_words_that_give_the_address() {
        let more = [
            "192.0.2.1/24 dev d2 scope 9 proto 77",
            "2001:db8::1/64 dev d2 anycast 2001:db8:: optimistic",
            "peer 127.0.0.1/8 dev d2",
        ];
        for text in SENT.iter().map(|(text, _)| *text).chain(more) {
            let address = parsed(text);
            assert_eq!(parsed(&address.to_params().join(" ")), address, "{text}");
        }
    }

    #[test]
    fn the_builder_makes_what_the_words_make() {
        let net = |text: &str| text.parse().unwrap();
        let cases = [
            (Address::new(net("192.0.2.1/24")).on("d2"), "192.0.2.1/24 dev d2"),
            (Address::new(net("192.0.2.1/24")).on("d2").broadcast_of_network(), "192.0.2.1/24 brd + dev d2"),
            (Address::new(net("10.0.0.1/32")).peer(net("10.0.0.2/32")).on("d2"), "10.0.0.1 peer 10.0.0.2 dev d2"),
            (
                Address::new(net("2001:db8::1/64")).on("d2").flags(AddressFlags::NODAD | AddressFlags::NOPREFIXROUTE),
                "2001:db8::1/64 dev d2 nodad noprefixroute",
            ),
        ];
        for (built, text) in cases {
            assert_eq!(built, parsed(text));
        }
    }

    #[test]
    fn a_mistake_is_named() {
        let cases = [
            ("192.0.2.1/24", "address: the device (dev NAME) is missing"),
            ("dev d2", "address: the address is missing"),
            ("192.0.2.1/24 dev", "address: \"dev\" needs DEVICE after it"),
            (
                "192.0.2.1/33 dev d2",
                "address: local: \"192.0.2.1/33\" is not an IP prefix; write for example 192.0.2.0/24",
            ),
            ("192.0.2.1/24 192.0.2.2/24 dev d2", "address: \"local\" is given twice"),
            ("192.0.2.1/24 brdcast + dev d2", "address: \"brdcast\" is unknown; did you mean \"broadcast\"?"),
            ("192.0.2.1/24 dev d2 label eth0", "address: label \"eth0\" must begin with the device's name, \"d2\""),
            ("192.0.2.1/24 dev d2 valid_lft 5 preferred_lft 6", "address: preferred_lft is greater than valid_lft"),
            ("192.0.2.1/24 dev d2 valid_lft 0", "address: valid_lft is zero"),
            ("192.0.2.1/24 dev d2 nodad", "address: \"nodad\" is for IPv6 addresses alone"),
            ("192.0.2.1/24 dev d2 tentative", "address: \"tentative\" is the kernel's to say"),
            ("2001:db8::1/64 dev d2 brd +", "address: a broadcast address is for IPv4 addresses alone"),
            (
                "brd 192.0.2.255 2001:db8::1/64 dev d2",
                "address: local: \"2001:db8::1/64\" is not an IPv4 prefix; write for example 192.0.2.0/24",
            ),
            ("192.0.2.1/24 dev d2 autojoin", "address: \"autojoin\" is for multicast addresses alone"),
        ];
        for (text, sentence) in cases {
            let error = Words::new(words(text)).parse_to_end::<Address>().unwrap_err();
            assert_eq!(error.to_string(), sentence);
        }
    }
}
