//! Whether an expression holds of a socket: decided here, as the kernel decides it.

use std::net::{IpAddr, Ipv4Addr};

use ipnet::IpNet;
use nlink_core::words::glob;

use super::{Condition, End, Expression, Host, Order};
use crate::Family;

/// What is known of a socket.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Facts<'a> {
    /// The address family.
    pub family: Family,
    /// The address on this side.
    pub local: Place<'a>,
    /// The address on the other side.
    pub remote: Place<'a>,
    /// The port on this side; of unix sockets the inode, of netlink sockets the port id, of packet sockets the interface.
    pub local_port: u32,
    /// The same on the other side.
    pub remote_port: u32,
    /// The interface that it is bound to, or 0.
    pub interface: u32,
    /// The mark, where it is known.
    pub mark: Option<u32>,
    /// The id of its control group, or 0.
    pub cgroup: u64,
    /// Whether the kernel chose its port, where it is known.
    pub is_autobound: Option<bool>,
}

/// An address of some family.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Place<'a> {
    /// Of an internet socket.
    Ip(IpAddr),
    /// The name of a unix socket, empty where it has none.
    Unix(&'a str),
    /// The protocol of a packet or netlink socket.
    Protocol(u32),
}

impl Expression {
    /// Whether it holds; `None` where that hangs on what is not known.
    pub fn holds(&self, facts: &Facts<'_>) -> Option<bool> {
        match self {
            Expression::Is(condition) => condition.holds(facts),
            Expression::Not(inner) => inner.holds(facts).map(|holds| !holds),
            Expression::All(list) => all(list.iter().map(|inner| inner.holds(facts)), true),
            Expression::Any(list) => all(list.iter().map(|inner| inner.holds(facts)), false),
        }
    }

    /// Whether it does not certainly fail: what is not known here, the kernel has decided.
    pub(crate) fn may_hold(&self, facts: &Facts<'_>) -> bool {
        self.holds(facts) != Some(false)
    }
}

/// Whether all are `value`: the opposite of one decides, and else what is not known stays so.
fn all(mut list: impl Iterator<Item = Option<bool>>, value: bool) -> Option<bool> {
    let decided = list.try_fold(Some(value), |so_far, one| match one {
        Some(one) if one != value => Err(!value),
        Some(_) => Ok(so_far),
        None => Ok(None),
    });
    decided.unwrap_or_else(Some)
}

impl Condition {
    fn holds(&self, facts: &Facts<'_>) -> Option<bool> {
        Some(match self {
            Condition::Host(end, host) => host.is_at(facts, *end),
            Condition::Port(end, Order::AtLeast, port) => facts.port(*end) >= u32::from(*port),
            Condition::Port(end, Order::AtMost, port) => facts.port(*end) <= u32::from(*port),
            Condition::Device(interface) => interface.index()? == facts.interface,
            Condition::Mark { mark, mask } => facts.mark? & mask == *mark,
            Condition::Cgroup(id) => facts.cgroup == *id,
            Condition::Autobound => facts.is_autobound?,
        })
    }
}

impl Facts<'_> {
    fn port(&self, end: End) -> u32 {
        match end {
            End::Local => self.local_port,
            End::Remote => self.remote_port,
        }
    }
}

impl Host {
    fn is_at(&self, facts: &Facts<'_>, end: End) -> bool {
        let place = match end {
            End::Local => facts.local,
            End::Remote => facts.remote,
        };
        let port = facts.port(end);
        match (self, place) {
            (Host::Inet { family: Family::UNSPEC, prefix: None, port: wanted }, _) => {
                wanted.is_none_or(|wanted| u32::from(wanted) == port)
            }
            (Host::Inet { family, prefix, port: wanted }, Place::Ip(address)) => {
                wanted.is_none_or(|wanted| u32::from(wanted) == port)
                    && prefix.map_or_else(|| is_of(*family, address), |prefix| lies_in(address, prefix))
            }
            (Host::Unix(pattern), Place::Unix(name)) => glob(&pattern.to_lowercase(), &name.to_lowercase()),
            (Host::Packet { protocol, interface }, Place::Protocol(number)) if facts.family == Family::PACKET => {
                let there = interface.as_ref().is_none_or(|interface| interface.index() == Some(port));
                protocol.is_none_or(|wanted| u32::from(wanted) == number) && there
            }
            (Host::Netlink { protocol, port: wanted }, Place::Protocol(number)) if facts.family == Family::NETLINK => {
                protocol.is_none_or(|wanted| u32::from(wanted) == number) && wanted.is_none_or(|wanted| wanted == port)
            }
            _ => false,
        }
    }
}

/// Whether the address belongs to the family; IPv4 is also what is mapped into IPv6.
fn is_of(family: Family, address: IpAddr) -> bool {
    match family {
        Family::UNSPEC => true,
        Family::INET => as_ipv4(address).is_some(),
        _ => address.is_ipv6(),
    }
}

fn as_ipv4(address: IpAddr) -> Option<Ipv4Addr> {
    match address {
        IpAddr::V4(address) => Some(address),
        IpAddr::V6(address) => address.to_ipv4_mapped(),
    }
}

/// An IPv4 prefix holds IPv4-mapped addresses too, an IPv6 one no IPv4 address.
fn lies_in(address: IpAddr, prefix: IpNet) -> bool {
    match (prefix, address) {
        (IpNet::V4(prefix), address) => as_ipv4(address).is_some_and(|address| prefix.contains(&address)),
        (IpNet::V6(prefix), IpAddr::V6(address)) => prefix.contains(&address),
        (IpNet::V6(_), IpAddr::V4(_)) => false,
    }
}
