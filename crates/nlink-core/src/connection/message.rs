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
const FLAGS_AT: usize = std::mem::offset_of!(MessageHeader, flags);
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
    let mut message = Vec::with_capacity(USUAL);
    append(&mut message, protocol, command, flags, table, body)?;
    Ok(message)
}

/// Writes a request behind others. One that cannot be written leaves nothing behind.
pub(crate) fn append<P: Protocol>(
    messages: &mut Vec<u8>,
    protocol: &P,
    command: u16,
    flags: u16,
    table: &AttrTable,
    body: impl FnOnce(&mut Writer),
) -> Result<(), WireError> {
    append_with(messages, flags, table, |message| {
        let message_type = protocol.begin(command, message);
        body(message);
        message_type
    })
}

/// The same for a message that gives its own type and has no attributes with names.
pub(crate) fn append_as(messages: &mut Vec<u8>, body: impl FnOnce(&mut Writer) -> u16) -> Result<(), WireError> {
    append_with(messages, 0, &AttrTable::EMPTY, body)
}

fn append_with(
    messages: &mut Vec<u8>,
    flags: u16,
    table: &AttrTable,
    body: impl FnOnce(&mut Writer) -> u16,
) -> Result<(), WireError> {
    let start = messages.len();
    let mut writer = Writer::append_to(std::mem::take(messages));
    let header = MessageHeader { flags: flags | REQUEST, ..MessageHeader::default() };
    let mut message_type = 0;
    writer.message(header, |message| message_type = body(message));
    writer.patch(start.saturating_add(TYPE_AT), message_type.to_ne_bytes());
    let (written, error) = writer.into_parts(table);
    *messages = written;
    match error {
        None => Ok(()),
        Some(error) => {
            messages.truncate(start);
            Err(error)
        }
    }
}

/// Enters the sequence number.
pub(crate) fn set_sequence(message: &mut [u8], sequence: u32) {
    put(message, SEQUENCE_AT, sequence.to_ne_bytes());
}

/// Enters the numbers of messages that stand one behind the other: `first`, and so many behind it.
pub(crate) fn set_sequences(messages: &mut [u8], first: u32, more: u32) {
    let mut rest = messages;
    for sequence in first..=first.saturating_add(more) {
        set_sequence(rest, sequence);
        let length = rest.first_chunk().map_or(0, |length| u32::from_ne_bytes(*length));
        let Ok(length) = usize::try_from(length) else { return };
        let Some((_, behind)) = rest.split_at_mut_checked(length.next_multiple_of(4)) else { return };
        rest = behind;
    }
}

/// Asks for an acknowledgement of the message that starts there.
pub(crate) fn ask_for_ack(messages: &mut [u8], at: usize) {
    let Some(message) = messages.get_mut(at..) else { return };
    let flags = message.get(FLAGS_AT..).and_then(<[u8]>::first_chunk).map_or(0, |flags| u16::from_ne_bytes(*flags));
    put(message, FLAGS_AT, (flags | ACK).to_ne_bytes());
}

fn put<const N: usize>(message: &mut [u8], at: usize, bytes: [u8; N]) {
    if let Some(place) = message.get_mut(at..).and_then(<[u8]>::first_chunk_mut) {
        *place = bytes;
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
