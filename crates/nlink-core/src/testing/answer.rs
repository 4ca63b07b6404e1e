//! What the kernel answers a request with, before the request is known.

use nlink_uapi::netlink::NLMSG_ERROR;
use zerocopy::{FromBytes, IntoBytes};

use super::{Asked, refused};
use crate::wire::{ATTR_HEADER, MessageHeader, attr_id};

/// One thing that a receiving call gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Delivery {
    /// A datagram, of one message or several.
    Datagram {
        /// The sender's netlink address; 0 is the kernel.
        port: u32,
        /// What is in it.
        bytes: Vec<u8>,
    },
    /// An error number instead.
    Error(i32),
}

impl From<Vec<u8>> for Delivery {
    fn from(bytes: Vec<u8>) -> Self {
        Self::Datagram { port: 0, bytes }
    }
}

/// What answers a request, in order; [`Faults`](super::Faults) spoil it.
///
/// Messages have no sequence number yet (0): they get that of the request when it comes. Those that have one keep it,
/// and are then answers to somebody else.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answer {
    pub(super) deliveries: Vec<Delivery>,
    /// Kept back until [`FakeKernel::release`](super::FakeKernel::release).
    pub(super) held: bool,
    /// Which attribute of the request a refusal is about: where it stands is known when the request is.
    pub(super) about: Option<refused::About>,
}

/// Nobody's request, to make messages in answer to.
pub(super) fn nobody() -> Asked {
    Asked { header: MessageHeader::default(), body: Vec::new() }
}

impl Answer {
    /// Messages, each in a datagram of its own.
    pub fn of(messages: impl IntoIterator<Item = Vec<u8>>) -> Self {
        Self { deliveries: messages.into_iter().map(Delivery::from).collect(), ..Self::default() }
    }

    /// The last datagram.
    pub(super) fn last_mut(&mut self) -> Option<&mut Vec<u8>> {
        self.deliveries.iter_mut().rev().find_map(|delivery| match delivery {
            Delivery::Datagram { bytes, .. } => Some(bytes),
            Delivery::Error(_) => None,
        })
    }

    /// Each datagram.
    pub(super) fn datagrams_mut(&mut self) -> impl Iterator<Item = (&mut u32, &mut Vec<u8>)> {
        self.deliveries.iter_mut().filter_map(|delivery| match delivery {
            Delivery::Datagram { port, bytes } => Some((port, bytes)),
            Delivery::Error(_) => None,
        })
    }

    /// The same as the answer to that request.
    pub(super) fn to(&self, asked: &Asked) -> Vec<Delivery> {
        let mut answer = self.clone();
        let offset = self.about.as_ref().and_then(|about| about.offset_in(asked));
        for (_, datagram) in answer.datagrams_mut() {
            each_message(datagram, |message| {
                let Ok((header, _)) = MessageHeader::mut_from_prefix(message) else { return };
                if header.sequence != 0 {
                    return;
                }
                header.sequence = asked.header.sequence;
                if header.message_type == attr_id(NLMSG_ERROR) {
                    repeat_request(message, asked, offset);
                }
            });
        }
        answer.deliveries
    }
}

/// Where a refusal says which attribute it is about: its offset is the first of the attributes behind.
const OFFSET_AT: usize = MessageHeader::SIZE + size_of::<i32>() + MessageHeader::SIZE + ATTR_HEADER;

/// An error message repeats the header of the request.
fn repeat_request(message: &mut [u8], asked: &Asked, offset: Option<u32>) {
    let behind = MessageHeader::SIZE + size_of::<i32>();
    let header = message.get_mut(behind..).and_then(<[u8]>::first_chunk_mut::<{ MessageHeader::SIZE }>);
    if let Some(header) = header {
        header.copy_from_slice(asked.header.as_bytes());
    }
    if let Some(offset) = offset
        && let Some(place) = message.get_mut(OFFSET_AT..).and_then(<[u8]>::first_chunk_mut)
    {
        *place = offset.to_ne_bytes();
    }
}

/// Shows each message of a datagram, as far as it is one.
pub(super) fn each_message(datagram: &mut [u8], mut with: impl FnMut(&mut [u8])) {
    let mut rest = datagram;
    while let Ok((header, _)) = MessageHeader::read_from_prefix(rest) {
        let length = usize::try_from(header.length).unwrap_or(usize::MAX).max(MessageHeader::SIZE);
        let padded = length.saturating_add(3) & !3;
        let (message, behind) = rest.split_at_mut(padded.min(rest.len()));
        with(message);
        rest = behind;
    }
}
