//! Requests about internet sockets: a struct of their own (`struct inet_diag_req_v2`), then attributes.

use nlink_core::flag_set;
use nlink_core::wire::{Codec, Writer, attr_id};
use nlink_uapi::inet_diag::*;
use zerocopy::IntoBytes;

use super::SocketId;
use crate::{Family, States};

/// The bit that asks for an attribute.
const fn extension(attribute: u32) -> u32 {
    1 << (attribute - 1)
}

flag_set! {
    /// What the kernel shall say of each socket beyond what it always says.
    pub struct Extensions(u8) {
        /// Memory in four numbers ([`MemoryInfo`](crate::MemoryInfo)).
        MEMINFO = extension(INET_DIAG_MEMINFO), "meminfo";
        /// The state of the connection, and what upper layers say.
        INFO = extension(INET_DIAG_INFO), "info";
        /// What congestion control says, whichever it is.
        VEGASINFO = extension(INET_DIAG_VEGASINFO), "vegasinfo";
        /// The name of the congestion control.
        CONG = extension(INET_DIAG_CONG), "cong";
        /// The type of service.
        TOS = extension(INET_DIAG_TOS), "tos";
        /// The traffic class, and the class of queueing.
        TCLASS = extension(INET_DIAG_TCLASS), "tclass";
        /// Memory in nine numbers ([`SocketMemory`](crate::SocketMemory)).
        SKMEMINFO = extension(INET_DIAG_SKMEMINFO), "skmeminfo";
        /// Which directions are shut; kernels of today say so unasked.
        SHUTDOWN = extension(INET_DIAG_SHUTDOWN), "shutdown";
    }
}

impl Extensions {
    /// All of them.
    pub const ALL: Self = Self(u8::MAX);
}

nlink_core::fixed_struct! {
    /// The fixed part of a request (`struct inet_diag_req_v2`; of raw sockets `struct inet_diag_req_raw`, which has the
    /// same layout).
    struct Head = inet_diag_req_v2 {
        family: Family = sdiag_family,
        protocol: u8 = sdiag_protocol,
        extensions: Extensions = idiag_ext,
        /// The protocol of a raw socket.
        raw: u8 = pad,
        states: States = idiag_states,
        id: SocketId = id,
    }
}

nlink_uapi::same_layout!(Head = inet_diag_req_raw {
    family = sdiag_family,
    protocol = sdiag_protocol,
    extensions = idiag_ext,
    raw = sdiag_raw_protocol,
    states = idiag_states,
    id = id,
});

/// A request about sockets of one protocol and family.
#[derive(Clone, Copy, Debug)]
pub(super) struct Request {
    /// `IPPROTO_…`, of any width.
    pub(super) protocol: u32,
    pub(super) family: Family,
    pub(super) extensions: Extensions,
    pub(super) states: States,
    /// The protocol of a raw socket.
    pub(super) raw: u8,
    pub(super) id: SocketId,
}

impl Request {
    /// Writes it. A protocol that outgrows a byte stands in an attribute, and the byte is 0: a kernel that does not know
    /// the attribute then refuses, rather than to answer for another protocol.
    pub(super) fn emit(&self, bytecode: Option<&[u8]>, writer: &mut Writer) {
        let Self { family, extensions, states, raw, id, .. } = *self;
        let narrow = u8::try_from(self.protocol);
        let head = Head { family, protocol: narrow.unwrap_or_default(), extensions, raw, states, id };
        writer.bytes(head.as_bytes());
        if let Some(bytecode) = bytecode {
            writer.attr(attr_id(INET_DIAG_REQ_BYTECODE), |payload| payload.bytes(bytecode));
        }
        if narrow.is_err() {
            writer.attr(attr_id(INET_DIAG_REQ_PROTOCOL), |payload| self.protocol.encode(payload));
        }
    }
}
