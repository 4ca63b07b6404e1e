//! A namespace in a message: the number of an open fd (`IFLA_NET_NS_FD`), kept open until the message is sent.

use std::os::fd::{AsRawFd, OwnedFd};
use std::sync::Arc;

use super::Namespace;
use crate::wire::{Codec, Shape, WireError, Writer};

/// The fd of a namespace, as attributes carry it. Holds the namespace open.
#[derive(Clone, Debug)]
pub struct NamespaceFd {
    number: u32,
    /// None when it was read from a message: the number is then somebody else's.
    #[allow(dead_code, reason = "held, not read: the number means this fd only while it is open")]
    held: Option<Arc<OwnedFd>>,
}

impl From<&Namespace> for NamespaceFd {
    fn from(namespace: &Namespace) -> Self {
        let fd = namespace.shared_fd();
        // An open fd is never negative.
        Self { number: fd.as_raw_fd().unsigned_abs(), held: Some(fd) }
    }
}

impl From<Namespace> for NamespaceFd {
    fn from(namespace: Namespace) -> Self {
        Self::from(&namespace)
    }
}

impl PartialEq for NamespaceFd {
    fn eq(&self, other: &Self) -> bool {
        self.number == other.number
    }
}

impl Eq for NamespaceFd {}

impl Codec for NamespaceFd {
    const SHAPE: Shape = u32::SHAPE;

    fn decode(payload: &[u8]) -> Result<Self, WireError> {
        u32::decode(payload).map(|number| Self { number, held: None })
    }

    fn encode(&self, writer: &mut Writer) {
        self.number.encode(writer);
    }
}
