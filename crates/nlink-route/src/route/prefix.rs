//! Destinations as `ip` takes them: `default`, `10.0.0.0/8`, `10/8`, `192.0.2.1`, `10.0.0.0/255.0.0.0`, MPLS labels.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use ipnet::IpNet;
use nlink_core::words::{BadValue, Word};

use super::Host;
use crate::Family;

/// A prefix of any family, as a word gives it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Prefix {
    /// Everything, of a family that is not said: `default`, `any`, `all`.
    Everything,
    /// A prefix of IP, host bits as given.
    Net(IpNet),
    /// A stack of MPLS labels.
    Label(u32),
}

impl Prefix {
    /// Reads a word, in a family where one is known.
    pub fn parse(word: &str, family: Family) -> Result<Self, BadValue> {
        if matches!(word, "default" | "any" | "all") {
            return Ok(Prefix::Everything);
        }
        if family == Family::MPLS {
            let label = word.parse().ok().filter(|label| *label < 1 << Family::MPLS.address_bits());
            return label.map(Prefix::Label).ok_or_else(|| BadValue::new("an MPLS label from 0 to 1048575", "100"));
        }
        let (address, length) = match word.split_once('/') {
            Some((address, length)) => (address, Some(length)),
            None => (word, None),
        };
        let (what, example) = match family {
            Family::INET => ("an IPv4 prefix", "192.0.2.0/24"),
            Family::INET6 => ("an IPv6 prefix", "2001:db8::/32"),
            _ => ("an IP prefix", "192.0.2.0/24"),
        };
        let bad = || BadValue::address(what, example);
        let address = parse_host(address).filter(|address| belongs(*address, family)).ok_or_else(bad)?;
        let bits = if address.is_ipv4() { 32 } else { 128 };
        let length = match length {
            None => bits,
            Some(length) => prefix_length(length, address).ok_or_else(bad)?,
        };
        IpNet::new(address, length).map(Prefix::Net).map_err(|_| bad())
    }

    /// Its family, `UNSPEC` where it says none.
    pub fn family(&self) -> Family {
        match self {
            Prefix::Everything => Family::UNSPEC,
            Prefix::Net(net) => net.addr().into(),
            Prefix::Label(_) => Family::MPLS,
        }
    }

    /// How many bits count.
    pub fn bits(&self) -> u8 {
        match self {
            Prefix::Everything => 0,
            Prefix::Net(net) => net.prefix_len(),
            Prefix::Label(_) => Family::MPLS.address_bits(),
        }
    }

    /// The address, where a message says one.
    pub fn host(&self) -> Option<Host> {
        match self {
            Prefix::Everything => None,
            Prefix::Net(net) if net.prefix_len() == 0 && net.addr().is_unspecified() => None,
            Prefix::Net(net) => Some(net.addr().into()),
            Prefix::Label(label) => Some(Host::label(*label)),
        }
    }

    /// Whether an address begins with this prefix. Nothing counts as the address of zeros.
    pub fn contains(&self, host: Option<Host>, family: Family) -> bool {
        match self {
            Prefix::Everything => true,
            _ if self.family() != family => false,
            Prefix::Net(net) => host.map_or(zeros(family), Host::ip).is_some_and(|ip| net.trunc().contains(&ip)),
            Prefix::Label(_) => self.host() == host,
        }
    }
}

/// The address of zeros.
pub(super) fn zeros(family: Family) -> Option<IpAddr> {
    match family {
        Family::INET => Some(Ipv4Addr::UNSPECIFIED.into()),
        Family::INET6 => Some(Ipv6Addr::UNSPECIFIED.into()),
        _ => None,
    }
}

/// Whether an address is one of the family, or no family is known.
pub(crate) fn belongs(address: IpAddr, family: Family) -> bool {
    family == Family::UNSPEC || Family::from(address) == family
}

/// Reads an address; IPv4 may lack octets at the end, they are zero then.
pub(crate) fn parse_host(word: &str) -> Option<IpAddr> {
    if let Ok(address) = word.parse() {
        return Some(address);
    }
    let mut octets = [0u8; 4];
    let mut parts = word.split('.');
    for octet in &mut octets {
        match parts.next() {
            Some(part) => *octet = u8::parse_word(part).ok()?,
            None => break,
        }
    }
    parts.next().is_none().then(|| IpAddr::from(octets))
}

/// Reads what stands after the slash: a number of bits, or an IPv4 netmask.
fn prefix_length(word: &str, address: IpAddr) -> Option<u8> {
    if let Ok(length) = u8::parse_word(word) {
        return Some(length);
    }
    let mask = u32::from(word.parse::<Ipv4Addr>().ok().filter(|_| address.is_ipv4())?);
    let ones = mask.leading_ones();
    (ones + mask.trailing_zeros().min(32 - ones) == 32).then(|| u8::try_from(ones).ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_all_forms() {
        let net = |text: &str| Ok(Prefix::Net(text.parse().unwrap()));
        let cases = [
            ("10/8", "10.0.0.0/8"),
            ("10.1/255.255.0.0", "10.1.0.0/16"),
            ("192.0.2.1", "192.0.2.1/32"),
            ("1.2.3.4/0.0.0.0", "1.2.3.4/0"),
            ("::/0", "::/0"),
            ("2001:db8::1", "2001:db8::1/128"),
        ];
        for (word, expected) in cases {
            assert_eq!(Prefix::parse(word, Family::UNSPEC), net(expected), "{word}");
        }
        assert_eq!(Prefix::parse("any", Family::INET6), Ok(Prefix::Everything));
        for word in ["10/33", "10.0.0.0/255.0.255.0", "1.2.3.4.5", "", "x/8", "10.0.0.0/", "256"] {
            assert!(Prefix::parse(word, Family::UNSPEC).is_err(), "{word}");
        }
        assert!(Prefix::parse("::/0", Family::INET).is_err());
        assert_eq!(Prefix::parse("16", Family::MPLS), Ok(Prefix::Label(16)));
    }
}
