//! What stands behind a comparison: addresses, ports, marks, control groups.

use std::os::unix::fs::MetadataExt;
use std::path::Path;

use ipnet::{IpNet, Ipv4Net, Ipv6Net};
use nlink_core::Interface;
use nlink_core::wire::OpenEnum;
use nlink_core::words::Word;

use super::{Mistake, Services};
use crate::{Condition, EtherProtocol, Family, Host, NetlinkProtocol};

/// Where control groups are, unless their path says so itself.
const CGROUPS: &str = "/sys/fs/cgroup";

const ADDRESS: &str = "an address, a prefix or a port; write for example 10.0.0.0/8, [2001:db8::1]:443 or :22";
const PORT: &str = "a port from 0 to 65535 or the name of a service; write for example :22";

fn bad(what: &'static str, found: &str) -> Mistake {
    Mistake::Value { what, found: found.into() }
}

/// The families that an address may name.
const FAMILIES: &[(&str, Family)] = &[
    ("unix:", Family::UNIX),
    ("link:", Family::PACKET),
    ("netlink:", Family::NETLINK),
    ("vsock:", Family::VSOCK),
    ("inet:", Family::INET),
    ("inet6:", Family::INET6),
];

/// An address, of the family it names or else of `usual`; behind `sport` and `dport` only a port.
pub(super) fn host(word: &str, only_port: bool, usual: Family) -> Result<Host, Mistake> {
    let named = FAMILIES.iter().find_map(|(name, family)| Some((word.strip_prefix(name)?, *family)));
    let (rest, family) = named.unwrap_or((word, usual));
    match family {
        Family::UNIX => Ok(Host::Unix(rest.into())),
        Family::PACKET => {
            let (protocol, place) = two(rest, only_port);
            let interface = place.map(|place| match u32::parse_word(place) {
                Ok(index) => Interface::Index(index),
                Err(_) => place.into(),
            });
            Ok(Host::Packet { protocol: protocol.map(named_number::<EtherProtocol>).transpose()?, interface })
        }
        Family::NETLINK => {
            let (protocol, place) = two(rest, only_port);
            let port = place.map(|place| match place {
                "kernel" => Ok(0),
                place => u32::parse_word(place).map_err(|_| bad("a port id or `kernel`", place)),
            });
            Ok(Host::Netlink {
                protocol: protocol.map(named_number::<NetlinkProtocol>).transpose()?,
                port: port.transpose()?,
            })
        }
        Family::VSOCK => {
            let (cid, port) = two(rest, only_port);
            let number = |word: &str| u32::parse_word(word).map_err(|_| bad("a number", word));
            Ok(Host::Vsock { cid: cid.map(number).transpose()?, port: port.map(number).transpose()? })
        }
        family => inet(rest, only_port, family),
    }
}

/// What stands before the colon and behind it, where it matters.
fn two(word: &str, only_port: bool) -> (Option<&str>, Option<&str>) {
    let (first, second) = match word.split_once(':') {
        _ if only_port => (None, Some(word.strip_prefix(':').unwrap_or(word))),
        Some((first, second)) => (Some(first), Some(second)),
        None => (Some(word), None),
    };
    let matters = |part: &&str| !part.is_empty() && *part != "*";
    (first.filter(matters), second.filter(matters))
}

fn named_number<T: OpenEnum>(word: &str) -> Result<T::Number, Mistake> {
    let number = T::from_name(word).map(T::number).or_else(|| word.parse().ok());
    number.ok_or_else(|| bad("the name or number of a protocol", word))
}

fn inet(word: &str, only_port: bool, family: Family) -> Result<Host, Mistake> {
    let family = if matches!(family, Family::INET | Family::INET6) { family } else { Family::UNSPEC };
    if only_port {
        return Ok(Host::Inet { family, prefix: None, port: port(word.strip_prefix(':').unwrap_or(word))? });
    }
    let parts = parts(word).ok_or_else(|| bad(ADDRESS, word))?;
    let mut host = inet_parts(parts, family);
    // A bare IPv6 address has colons of its own.
    if host.is_err()
        && let Ok(whole) = inet_parts((word, ""), family)
    {
        host = Ok(whole);
    }
    host.map_err(|mistake| match mistake {
        Mistake::Value { .. } => bad(ADDRESS, word),
        other => other,
    })
}

fn inet_parts((address, place): (&str, &str), family: Family) -> Result<Host, Mistake> {
    let prefix = match address {
        "" | "*" => None,
        address => Some(prefix(address, family).ok_or_else(|| bad(ADDRESS, address))?),
    };
    Ok(Host::Inet { family: if prefix.is_some() { Family::UNSPEC } else { family }, prefix, port: port(place)? })
}

/// Address and port, as in `10.0.0.0/8:22`, `[::1]/64:22`, `*:22`.
fn parts(word: &str) -> Option<(&str, &str)> {
    if let Some(inner) = word.strip_prefix('[') {
        let (address, rest) = inner.split_once(']')?;
        return Some(match rest.strip_prefix('/') {
            None if rest.is_empty() => (address, ""),
            None => (address, rest.strip_prefix(':')?),
            // The length belongs to the address; the brackets, which are in between, do not.
            Some(_) => {
                let end = rest.find(':').unwrap_or(rest.len());
                let (length, port) = rest.split_at_checked(end)?;
                return bracketed(word, address, length)
                    .map(|address| (address, port.strip_prefix(':').unwrap_or(port)));
            }
        });
    }
    Some(word.rsplit_once(':').unwrap_or((word, "")))
}

/// The part of `word` from the opening bracket to the length's end.
fn bracketed<'a>(word: &'a str, address: &str, length: &str) -> Option<&'a str> {
    word.get(..address.len() + length.len() + 2)
}

fn prefix(word: &str, family: Family) -> Option<IpNet> {
    let word = word.replace(['[', ']'], "");
    let net = match word.split_once('/') {
        None => word.parse::<std::net::IpAddr>().ok().map(IpNet::from),
        Some((_, length)) if length.bytes().all(|digit| digit.is_ascii_digit()) => {
            let v4 = word.parse::<Ipv4Net>().map(IpNet::V4);
            v4.or_else(|_| word.parse::<Ipv6Net>().map(IpNet::V6)).ok()
        }
        Some(_) => None,
    };
    net.filter(|net| match family {
        Family::INET => net.addr().is_ipv4(),
        Family::INET6 => net.addr().is_ipv6(),
        _ => true,
    })
}

/// A port by number or name; nothing or `*` is any.
pub(super) fn port(word: &str) -> Result<Option<u16>, Mistake> {
    if word.is_empty() || word == "*" {
        return Ok(None);
    }
    if let Ok(port) = u16::parse_word(word) {
        return Ok(Some(port));
    }
    let services = Services::of_system();
    match (services.port(word, "tcp"), services.port(word, "udp")) {
        (Some(tcp), Some(udp)) if tcp != udp => Err(Mistake::Ambiguous(word.into())),
        (tcp, udp) => tcp.or(udp).map(Some).ok_or_else(|| bad(PORT, word)),
    }
}

/// A port that is compared.
pub(super) fn compared_port(word: &str) -> Result<u16, Mistake> {
    port(word.strip_prefix(':').unwrap_or(word))?.ok_or_else(|| bad(PORT, word))
}

/// An interface; its name is looked up when the filter is used.
pub(super) fn device(word: &str) -> Condition {
    Condition::Device(u32::parse_word(word).map_or_else(|_| word.into(), Interface::Index))
}

/// `MARK` or `MARK/MASK`.
pub(super) fn mark(word: &str) -> Result<Condition, Mistake> {
    let wrong = || bad("a mark, with a mask perhaps; write for example 0x1/0xff", word);
    let number = |word: &str| u32::parse_word(word).map_err(|_| wrong());
    let (mark, mask) = match word.split_once('/') {
        Some((mark, mask)) => (number(mark)?, number(mask)?),
        None => (number(word)?, u32::MAX),
    };
    Ok(Condition::Mark { mark, mask })
}

/// A control group by path, or `id:NUMBER`. Its id is the inode of its folder.
pub(super) fn cgroup(word: &str) -> Result<Condition, Mistake> {
    let id = match word.strip_prefix("id:") {
        Some(number) => number.parse().ok(),
        None => Path::new(CGROUPS).join(word).metadata().ok().map(|folder| folder.ino()),
    };
    id.map(Condition::Cgroup).ok_or_else(|| bad("the path of a control group, or `id:` and a number", word))
}
