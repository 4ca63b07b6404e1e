//! The kernel's extended acknowledgement: its own sentence, and the attribute it is about
//! (linux/netlink.h, `enum nlmsgerr_attrs`; docs.kernel.org/userspace-api/netlink/intro.html#ext-ack).

use nlink_uapi::netlink as nl;

use super::Policy;
use crate::wire::{AttrPath, AttrTable, Attrs, Codec, MessageHeader, attr_id};

/// What the kernel said about a request beyond an error number.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ExtAck {
    /// The kernel's sentence (`NLMSGERR_ATTR_MSG`). A success may carry one too, as a warning.
    pub message: Option<String>,
    /// Where the attribute at fault stands, bytes from the start of the message (`NLMSGERR_ATTR_OFFS`).
    pub offset: Option<u32>,
    /// The attribute at fault, from the outermost nest inwards; empty when the kernel named none.
    pub path: AttrPath,
    /// The attribute that should have been there (`NLMSGERR_ATTR_MISS_TYPE`, since Linux 6.1).
    pub missing: Option<Missing>,
    /// What the attribute at fault may be (`NLMSGERR_ATTR_POLICY`).
    pub policy: Option<Policy>,
    /// Data for the protocol's own use (`NLMSGERR_ATTR_COOKIE`).
    pub cookie: Vec<u8>,
}

/// An attribute that the kernel wanted and did not find.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Missing {
    /// Its number.
    pub kind: u32,
    /// Where it belongs, itself last.
    pub path: AttrPath,
}

/// What was sent, as far as it takes to name its attributes.
#[derive(Clone, Copy)]
pub(crate) struct Sent<'a> {
    /// The whole message with its `nlmsghdr`.
    pub message: &'a [u8],
    /// What the protocol puts between `nlmsghdr` and the object's header, bytes.
    pub prefix: usize,
    /// The object's attributes.
    pub table: &'static AttrTable,
}

const MESSAGE: u16 = attr_id(nl::NLMSGERR_ATTR_MSG);
const OFFSET: u16 = attr_id(nl::NLMSGERR_ATTR_OFFS);
const COOKIE: u16 = attr_id(nl::NLMSGERR_ATTR_COOKIE);
const POLICY: u16 = attr_id(nl::NLMSGERR_ATTR_POLICY);
const MISSING_TYPE: u16 = attr_id(nl::NLMSGERR_ATTR_MISS_TYPE);
const MISSING_NEST: u16 = attr_id(nl::NLMSGERR_ATTR_MISS_NEST);

impl ExtAck {
    /// Reads the attributes behind an `nlmsgerr`; what cannot be read is left out, for this is about another error.
    pub(crate) fn read(tlvs: &[u8], sent: Option<Sent<'_>>) -> Self {
        let mut ack = Self::default();
        let mut nest = None;
        let mut missing = None;
        for attr in Attrs::new(tlvs).map_while(Result::ok) {
            match attr.kind() {
                MESSAGE => ack.message = String::decode(attr.payload()).ok().filter(|text| !text.is_empty()),
                OFFSET => ack.offset = u32::decode(attr.payload()).ok(),
                COOKIE => ack.cookie = attr.payload().to_vec(),
                POLICY => ack.policy = Some(Policy::read(attr.attrs())),
                MISSING_TYPE => missing = u32::decode(attr.payload()).ok(),
                MISSING_NEST => nest = u32::decode(attr.payload()).ok(),
                _ => {}
            }
        }
        if let (Some(offset), Some(sent)) = (ack.offset, sent) {
            ack.path = sent.path_at(offset);
        }
        ack.missing = missing.map(|kind| {
            let mut path = nest.zip(sent).map(|(offset, sent)| sent.path_at(offset)).unwrap_or_default();
            let table = match (nest, sent) {
                (None, Some(sent)) => Some(sent.table),
                (Some(_), Some(sent)) => sent.table_at(&path),
                _ => None,
            };
            path.join(table, u16::try_from(kind).unwrap_or(u16::MAX));
            Missing { kind, path }
        });
        ack
    }
}

impl Sent<'_> {
    fn path_at(&self, offset: u32) -> AttrPath {
        let before = MessageHeader::SIZE.saturating_add(self.prefix);
        let offset = usize::try_from(offset).ok().and_then(|offset| offset.checked_sub(before));
        match (offset, self.message.get(before..)) {
            (Some(offset), Some(body)) => self.table.path_at(body, offset),
            _ => AttrPath::default(),
        }
    }

    /// The table of the nest that `path` leads to, where it is one level deep; deeper ones stay numbers.
    fn table_at(&self, path: &AttrPath) -> Option<&'static AttrTable> {
        path.last().and_then(|kind| self.table.entry(kind)).and_then(|entry| entry.shape.nest())
    }
}
