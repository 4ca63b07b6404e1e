//! References to interfaces: by index, or by a name that the connection resolves in its own namespace before it sends.

use std::fmt;

use crate::wire::{Codec, IfName, Shape, WireCause, WireError, Writer};

/// An interface, by index or by name (also an alternative name).
///
/// A name is resolved once per request, by the connection that sends it and hence in that connection's namespace;
/// never through /sys or the calling thread's namespace.
///
/// ```
/// use nlink_core::Interface;
/// assert_eq!(Interface::from("eth0").to_string(), "eth0");
/// assert_eq!(Interface::from(3), Interface::Index(3));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Interface {
    /// By index, as the kernel has it.
    Index(u32),
    /// By name, to be resolved.
    Name(Box<str>),
}

impl Interface {
    /// The index, where it is known.
    pub fn index(&self) -> Option<u32> {
        match self {
            Interface::Index(index) => Some(*index),
            Interface::Name(_) => None,
        }
    }
}

impl From<u32> for Interface {
    fn from(index: u32) -> Self {
        Interface::Index(index)
    }
}

impl From<&str> for Interface {
    fn from(name: &str) -> Self {
        Interface::Name(name.into())
    }
}

impl From<String> for Interface {
    fn from(name: String) -> Self {
        Interface::Name(name.into())
    }
}

impl From<IfName> for Interface {
    fn from(name: IfName) -> Self {
        Interface::Name(name.as_str().into())
    }
}

impl From<&Interface> for Interface {
    fn from(interface: &Interface) -> Self {
        interface.clone()
    }
}

/// The name, or `if3` for an index alone, as iproute2 writes it.
impl fmt::Display for Interface {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Interface::Index(index) => write!(f, "if{index}"),
            Interface::Name(name) => f.write_str(name),
        }
    }
}

impl Codec for Interface {
    const SHAPE: Shape = u32::SHAPE;

    #[inline]
    fn decode(payload: &[u8]) -> Result<Self, WireError> {
        u32::decode(payload).map(Interface::Index)
    }

    fn encode(&self, writer: &mut Writer) {
        match self {
            Interface::Index(index) => index.encode(writer),
            Interface::Name(name) => {
                writer.fail(WireCause::Unresolved(name.to_string()));
                0u32.encode(writer);
            }
        }
    }

    #[inline]
    fn visit_interfaces(&mut self, visit: &mut dyn FnMut(&mut Interface)) {
        visit(self);
    }
}
