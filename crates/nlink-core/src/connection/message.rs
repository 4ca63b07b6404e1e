//! Writing a request: `nlmsghdr`, what the protocol puts first, the object.

use nlink_uapi::netlink::{NLM_F_ACK, NLM_F_DUMP, NLM_F_ECHO, NLM_F_REQUEST};

use crate::error::Sent;
use crate::object::Protocol;
use crate::wire::{AttrTable, MessageHeader, WireError, Writer, attr_id};

pub(crate) const REQUEST: u16 = attr_id(NLM_F_REQUEST);
pub(crate) const ACK: u16 = attr_id(NLM_F_ACK);
pub(crate) const ECHO: u16 = attr_id(NLM_F_ECHO);
pub(crate) const DUMP: u16 = attr_id(NLM_F_DUMP);

/// Where fields of `nlmsghdr` stand.
const TYPE_AT: usize = std::mem::offset_of!(MessageHeader, message_type);
const SEQUENCE_AT: usize = std::mem::offset_of!(MessageHeader, sequence);

/// Enough for most requests, so that writing one allocates once.
const USUAL: usize = 256;

/// A request, complete but for the sequence number.
pub(crate) fn write<P: Protocol>(
    protocol: &P,
    command: u16,
    flags: u16,
    table: &AttrTable,
    body: impl FnOnce(&mut Writer),
) -> Result<Vec<u8>, WireError> {
    let mut writer = Writer::append_to(Vec::with_capacity(USUAL));
    let mut message_type = command;
    let header = MessageHeader { flags: flags | REQUEST, ..MessageHeader::default() };
    writer.message(header, |message| {
        message_type = protocol.begin(command, message);
        body(message);
    });
    writer.patch(TYPE_AT, message_type.to_ne_bytes());
    writer.finish_named(table)
}

/// Enters the sequence number.
pub(crate) fn set_sequence(message: &mut [u8], sequence: u32) {
    if let Some(place) = message.get_mut(SEQUENCE_AT..).and_then(<[u8]>::first_chunk_mut) {
        *place = sequence.to_ne_bytes();
    }
}

/// The sequence number.
pub(crate) fn sequence(message: &[u8]) -> u32 {
    message.get(SEQUENCE_AT..).and_then(<[u8]>::first_chunk).map_or(0, |place| u32::from_ne_bytes(*place))
}

/// What an error needs to know of a message to name its attributes.
pub(crate) fn sent<'a, P: Protocol>(message: &'a [u8], table: &'static AttrTable) -> Option<Sent<'a>> {
    Some(Sent { message, prefix: P::PREFIX, table })
}
