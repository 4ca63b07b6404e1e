//! Expressions as words that read back to the same.

use std::fmt;

use nlink_core::Interface;

use super::{Condition, End, Expression, Host, Order};
use crate::Family;

/// In the language of `ss`, every part in parentheses.
impl fmt::Display for Expression {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Expression::Is(condition) => condition.fmt(f),
            Expression::Not(inner) => write!(f, "not ( {inner} )"),
            Expression::All(list) => joined(list, "and", f),
            Expression::Any(list) => joined(list, "or", f),
        }
    }
}

fn joined(list: &[Expression], word: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    for (at, inner) in list.iter().enumerate() {
        if at > 0 {
            write!(f, " {word} ")?;
        }
        write!(f, "( {inner} )")?;
    }
    Ok(())
}

impl fmt::Display for End {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            End::Local => "src",
            End::Remote => "dst",
        })
    }
}

impl fmt::Display for Condition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Condition::Host(end, host) => write!(f, "{end} = {host}"),
            Condition::Port(end, order, port) => {
                let keyword = if *end == End::Local { "sport" } else { "dport" };
                let symbol = if *order == Order::AtLeast { ">=" } else { "<=" };
                write!(f, "{keyword} {symbol} :{port}")
            }
            Condition::Device(interface) => write!(f, "dev = {}", word(interface)),
            Condition::Mark { mark, mask } => write!(f, "fwmark = {mark:#x}/{mask:#x}"),
            Condition::Cgroup(id) => write!(f, "cgroup = id:{id}"),
            Condition::Autobound => f.write_str("autobound"),
        }
    }
}

/// An interface by name, or by its number alone.
fn word(interface: &Interface) -> String {
    match interface {
        Interface::Index(index) => index.to_string(),
        Interface::Name(name) => name.to_string(),
    }
}

/// A part of an address, `*` where it does not matter.
struct Any<T>(Option<T>);

impl<T: fmt::Display> fmt::Display for Any<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Some(value) => value.fmt(f),
            None => f.write_str("*"),
        }
    }
}

impl fmt::Display for Host {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Host::Inet { family, prefix, port } => {
                if *family != Family::UNSPEC {
                    write!(f, "{family}:")?;
                }
                match prefix {
                    Some(ipnet::IpNet::V6(prefix)) => {
                        write!(f, "[{}]/{}", prefix.addr(), prefix.prefix_len())?;
                    }
                    prefix => Any(prefix.as_ref()).fmt(f)?,
                }
                write!(f, ":{}", Any(port.as_ref()))
            }
            Host::Unix(pattern) => write!(f, "unix:{pattern}"),
            Host::Packet { protocol, interface } => {
                write!(f, "link:{}:{}", Any(protocol.as_ref()), Any(interface.as_ref().map(word)))
            }
            Host::Netlink { protocol, port } => {
                write!(f, "netlink:{}:{}", Any(protocol.as_ref()), Any(port.as_ref()))
            }
            Host::Vsock { cid, port } => write!(f, "vsock:{}:{}", Any(cid.as_ref()), Any(port.as_ref())),
        }
    }
}
