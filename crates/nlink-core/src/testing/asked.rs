//! A request as the kernel gets it, and the messages that may answer it.

use nlink_uapi::netlink::{NLM_F_ACK_TLVS, NLM_F_CAPPED, NLM_F_DUMP, NLM_F_MULTI, NLMSG_DONE, NLMSG_ERROR};
use zerocopy::IntoBytes;

use crate::wire::{Frames, MessageHeader, Writer, attr_id};

/// What was asked.
#[derive(Clone, Debug)]
pub struct Asked {
    /// The header of the request.
    pub header: MessageHeader,
    /// What follows it.
    pub body: Vec<u8>,
}

/// Answers; each gives one message, padded, so that several side by side make a datagram.
impl Asked {
    /// The requests of a datagram.
    pub(super) fn all(datagram: &[u8]) -> impl Iterator<Item = Self> {
        Frames::new(datagram)
            .map_while(Result::ok)
            .map(|frame| Self { header: frame.header, body: frame.body.to_vec() })
    }

    /// Whether it asks for a listing.
    pub fn is_dump(&self) -> bool {
        let dump = attr_id(NLM_F_DUMP);
        self.header.flags & dump == dump
    }

    /// An object in answer.
    pub fn object(&self, message_type: u16, flags: u16, body: &[u8]) -> Vec<u8> {
        let header = MessageHeader { message_type, flags, sequence: self.header.sequence, ..Default::default() };
        let mut writer = Writer::new();
        writer.message(header, |message| message.bytes(body));
        writer.finish().unwrap_or_default()
    }

    /// An object of a listing.
    pub fn item(&self, message_type: u16, body: &[u8]) -> Vec<u8> {
        self.object(message_type, attr_id(NLM_F_MULTI), body)
    }

    /// "Done."
    pub fn ack(&self) -> Vec<u8> {
        self.error(0, &[])
    }

    /// "No": an error number (positive), and the attributes of an extended ack.
    pub fn error(&self, errno: i32, tlvs: &[u8]) -> Vec<u8> {
        let flags = attr_id(NLM_F_CAPPED) | if tlvs.is_empty() { 0 } else { attr_id(NLM_F_ACK_TLVS) };
        let body = [(-errno).as_bytes(), self.header.as_bytes(), tlvs].concat();
        self.object(attr_id(NLMSG_ERROR), flags, &body)
    }

    /// The end of a listing, with an error number (positive) or 0.
    pub fn done(&self, errno: i32) -> Vec<u8> {
        self.item(attr_id(NLMSG_DONE), (-errno).as_bytes())
    }

    /// The same message with further flags.
    pub fn flagged(mut message: Vec<u8>, flags: u32) -> Vec<u8> {
        let at = std::mem::offset_of!(MessageHeader, flags);
        if let Some(place) = message.get_mut(at..).and_then(<[u8]>::first_chunk_mut) {
            *place = (u16::from_ne_bytes(*place) | attr_id(flags)).to_ne_bytes();
        }
        message
    }
}
