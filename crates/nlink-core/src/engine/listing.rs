//! A dump on a socket of its own: items borrowed from the receive buffer, one by one.

use nlink_uapi::netlink::NLM_F_DUMP_INTR;
use zerocopy::FromBytes;

use super::{Answer, Refusal};
use crate::wire::{MessageHeader, WireCause, WireError, attr_id};

/// The state machine of one dump, which walks through one received datagram after the other.
///
/// ```
/// use nlink_core::engine::{Listing, Stop};
/// let mut listing = Listing::new(7);
/// let nothing_received_yet: &[u8] = &[];
/// assert_eq!(listing.next(nothing_received_yet), Err(Stop::Receive));
/// ```
#[derive(Clone, Debug)]
pub struct Listing {
    sequence: u32,
    at: usize,
    state: State,
    strays: u64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Listing,
    Interrupted,
    Finished,
}

/// What a step of a [`Listing`] gives when it is no item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stop {
    /// The datagram is read to its end: receive another one, call [`Listing::received`].
    Receive,
    /// The listing is complete.
    Done,
    /// What is listed changed meanwhile: neither what came before nor what is to come is one consistent state.
    Interrupted,
    /// The kernel said no, at the start or in the middle.
    Refused(Refusal),
    /// Data were lost on the way.
    Lost,
    /// The datagram is no sequence of messages; nothing more can be known.
    Malformed(WireError),
}

const INTERRUPTED: u16 = attr_id(NLM_F_DUMP_INTR);

impl Listing {
    /// The dump that was asked for with this sequence number.
    pub fn new(sequence: u32) -> Self {
        Self { sequence, at: 0, state: State::Listing, strays: 0 }
    }

    /// A new datagram is in the buffer.
    #[inline]
    pub fn received(&mut self) {
        self.at = 0;
    }

    /// The next item of `datagram`, which has to be the same until [`Stop::Receive`] came: its message type, and what
    /// follows `nlmsghdr`.
    #[inline]
    pub fn next<'a>(&mut self, datagram: &'a [u8]) -> Result<(u16, &'a [u8]), Stop> {
        loop {
            match self.state {
                State::Listing => {}
                State::Interrupted => return Err(Stop::Interrupted),
                State::Finished => return Err(Stop::Done),
            }
            let rest = datagram.get(self.at..).unwrap_or_default();
            if rest.is_empty() {
                return Err(Stop::Receive);
            }
            let Ok((header, _)) = MessageHeader::read_from_prefix(rest) else {
                return Err(self.malformed(WireCause::Truncated { want: MessageHeader::SIZE, got: rest.len() }));
            };
            let length = usize::try_from(header.length).unwrap_or(usize::MAX);
            let Some(body) = rest.get(MessageHeader::SIZE..length) else {
                return Err(self.malformed(match length {
                    ..MessageHeader::SIZE => WireCause::BadLength(length),
                    want => WireCause::Truncated { want, got: rest.len() },
                }));
            };
            self.at += length.saturating_add(3) & !3;
            if header.sequence != self.sequence {
                self.strays += 1;
                continue;
            }
            if header.flags & INTERRUPTED != 0 {
                self.state = State::Interrupted;
                continue;
            }
            match Answer::of(crate::wire::Frame { header, body }) {
                Answer::Data(frame) => return Ok((header.message_type, frame.body)),
                Answer::Nothing => {}
                other => return Err(self.end(other)),
            }
        }
    }

    #[cold]
    fn end(&mut self, answer: Answer<'_>) -> Stop {
        self.state = State::Finished;
        match answer {
            Answer::Refused(refusal) | Answer::Broken(refusal) => Stop::Refused(refusal),
            Answer::Overrun => Stop::Lost,
            Answer::Malformed => self.malformed(WireCause::Invalid("an error message without an error number")),
            _ => Stop::Done,
        }
    }

    #[cold]
    fn malformed(&mut self, cause: WireCause) -> Stop {
        self.state = State::Finished;
        Stop::Malformed(cause.into())
    }

    /// Messages that belonged to no listing of ours.
    pub fn strays(&self) -> u64 {
        self.strays
    }
}
