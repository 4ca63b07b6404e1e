//! The syntax tree.

use ipnet::IpNet;
use nlink_core::Interface;

use crate::Family;

/// How deep an expression may be nested.
pub const MAX_DEPTH: usize = 100;

/// What shall hold of a socket.
#[derive(Clone, Debug, PartialEq)]
pub enum Expression {
    /// A condition.
    Is(Condition),
    /// The opposite.
    Not(Box<Expression>),
    /// All of these; of none it holds.
    All(Vec<Expression>),
    /// One of these; of none it does not hold.
    Any(Vec<Expression>),
}

/// A condition.
#[derive(Clone, Debug, PartialEq)]
pub enum Condition {
    /// `src`, `dst`, and ports that are equal.
    Host(End, Host),
    /// Ports that are compared.
    Port(End, Order, u16),
    /// `dev`: it is bound to that interface.
    Device(Interface),
    /// `fwmark`: of its mark those bits are these. The kernel decides it for those with `CAP_NET_ADMIN` only, and
    /// refuses others.
    Mark {
        /// What they are.
        mark: u32,
        /// The bits looked at.
        mask: u32,
    },
    /// `cgroup`: it belongs to the control group of that id.
    Cgroup(u64),
    /// `autobound`: the kernel chose its port. Of internet sockets only the kernel knows.
    Autobound,
}

/// One of a connection's two ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// This side: `src`, `sport`.
    Local,
    /// The other side: `dst`, `dport`.
    Remote,
}

/// How a port compares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// `>=`
    AtLeast,
    /// `<=`
    AtMost,
}

/// An address and what belongs to it, of one kind of socket.
#[derive(Clone, Debug, PartialEq)]
pub enum Host {
    /// Of internet sockets. IPv4 is also what IPv6 sockets have as IPv4-mapped addresses. Without a family and a prefix
    /// it is the port of any kind of socket: of unix sockets the inode, of netlink sockets the port id, of packet
    /// sockets the interface.
    Inet {
        /// [`Family::UNSPEC`], [`Family::INET`] or [`Family::INET6`]; where there is a prefix, that decides.
        family: Family,
        /// Where the address lies.
        prefix: Option<IpNet>,
        /// The port.
        port: Option<u16>,
    },
    /// The path of a unix socket, as a pattern of file names; case does not matter.
    Unix(String),
    /// Of packet sockets.
    Packet {
        /// What they receive (`ETH_P_…`).
        protocol: Option<u16>,
        /// Where.
        interface: Option<Interface>,
    },
    /// Of netlink sockets.
    Netlink {
        /// Which netlink (`NETLINK_…`).
        protocol: Option<u8>,
        /// The port id.
        port: Option<u32>,
    },
    /// Of sockets between a virtual machine and its host.
    Vsock {
        /// The machine's number.
        cid: Option<u32>,
        /// The port.
        port: Option<u32>,
    },
}

impl Expression {
    /// How deep it is nested.
    pub fn depth(&self) -> usize {
        match self {
            Expression::Is(_) => 1,
            Expression::Not(inner) => 1 + inner.depth(),
            Expression::All(list) | Expression::Any(list) => 1 + list.iter().map(Self::depth).max().unwrap_or_default(),
        }
    }

    /// Whether one of its conditions is such.
    pub fn has(&self, such: &impl Fn(&Condition) -> bool) -> bool {
        match self {
            Expression::Is(condition) => such(condition),
            Expression::Not(inner) => inner.has(such),
            Expression::All(list) | Expression::Any(list) => list.iter().any(|inner| inner.has(such)),
        }
    }

    /// Shows every interface reference within to `visit`.
    pub(crate) fn visit_interfaces(&mut self, visit: &mut dyn FnMut(&mut Interface)) {
        match self {
            Expression::Is(Condition::Device(interface))
            | Expression::Is(Condition::Host(_, Host::Packet { interface: Some(interface), .. })) => visit(interface),
            Expression::Is(_) => {}
            Expression::Not(inner) => inner.visit_interfaces(visit),
            Expression::All(list) | Expression::Any(list) => {
                list.iter_mut().for_each(|inner| inner.visit_interfaces(visit));
            }
        }
    }
}

impl From<Condition> for Expression {
    fn from(condition: Condition) -> Self {
        Self::Is(condition)
    }
}
