//! The control socket's requests: who waits for what, until when.

use std::collections::BTreeMap;
use std::fmt;
use std::time::Instant;

use nlink_uapi::netlink::NLM_F_MULTI;
use zerocopy::{FromBytes, IntoBytes};

use super::{Answer, Refusal};
use crate::wire::{Count, Frame, Frames, MessageHeader, WireCause, WireError, attr_id};

/// When a request is complete.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expect {
    /// At its acknowledgement; objects before it are kept (`NLM_F_ACK`, maybe with `NLM_F_ECHO`).
    Ack,
    /// At its answer: the first object, or the end of a multipart answer.
    Reply,
}

/// The messages that came in answer, one behind the other with their headers ([`Frames`] reads them); or why not.
pub type Outcome = Result<Vec<u8>, Failure>;

/// Why a request has no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// The kernel said no.
    Refused(Refusal),
    /// The deadline passed.
    Timeout,
    /// The answer was lost to a full receive buffer.
    Lost,
    /// The answer cannot be read.
    Malformed(WireError),
}

/// What was thrown away or went wrong so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Answers to nobody: late ones, of requests cancelled or timed out.
    pub late: u64,
    /// Datagrams that did not come from the kernel.
    pub foreign: u64,
    /// Datagrams or parts of them that are no messages.
    pub malformed: u64,
    /// Times the receive buffer was full.
    pub overruns: u64,
    /// Requests given up before their answer came: cancelled, or timed out.
    pub abandoned: u64,
}

struct Pending {
    expect: Expect,
    deadline: Option<Instant>,
    replies: Vec<u8>,
    outcome: Option<Result<(), Failure>>,
}

/// The state machine of a control socket; see the [module](super).
///
/// It owns the sequence numbers: [`begin`](Engine::begin) gives one out, and it is not given out again while a request
/// of that number is in the table.
#[derive(Debug, Default)]
pub struct Engine {
    last: u32,
    pending: BTreeMap<u32, Pending>,
    tally: Tally,
}

const MULTI: u16 = attr_id(NLM_F_MULTI);

impl Engine {
    /// Enters a request and gives it its sequence number.
    pub fn begin(&mut self, expect: Expect, deadline: Option<Instant>) -> u32 {
        loop {
            self.last = self.last.wrapping_add(1);
            // 0 is what events carry.
            if self.last != 0 && !self.pending.contains_key(&self.last) {
                break;
            }
        }
        self.pending.insert(self.last, Pending { expect, deadline, replies: Vec::new(), outcome: None });
        self.last
    }

    /// Takes in a datagram from netlink address `port`; `done` hears of each request that is complete by it.
    pub fn receive(&mut self, port: u32, datagram: &[u8], mut done: impl FnMut(u32)) {
        if port != 0 {
            self.tally.foreign += 1;
            return;
        }
        let mut frames = Frames::new(datagram);
        loop {
            let rest = frames.rest();
            match frames.next() {
                None => return,
                Some(Ok(frame)) => self.take_in(frame, &mut done),
                Some(Err(error)) => {
                    self.tally.malformed += 1;
                    // Whose it was stands in its header, if that much arrived.
                    if let Ok((header, _)) = MessageHeader::read_from_prefix(rest) {
                        self.settle(header.sequence, Err(Failure::Malformed(error)), &mut done);
                    }
                    return;
                }
            }
        }
    }

    fn take_in(&mut self, frame: Frame<'_>, done: &mut impl FnMut(u32)) {
        let sequence = frame.header.sequence;
        let multipart = frame.header.flags & MULTI != 0;
        match Answer::of(frame) {
            Answer::Data(frame) => {
                let Some(pending) = self.pending.get_mut(&sequence).filter(|pending| pending.outcome.is_none()) else {
                    self.tally.late += 1;
                    return;
                };
                pending.replies.extend_from_slice(frame.header.as_bytes());
                pending.replies.extend_from_slice(frame.body);
                pending.replies.resize(pending.replies.len().next_multiple_of(4), 0);
                if pending.expect == Expect::Reply && !multipart {
                    self.settle(sequence, Ok(()), done);
                }
            }
            Answer::Ack => self.settle(sequence, Ok(()), done),
            Answer::Refused(refusal) | Answer::Broken(refusal) => {
                self.settle(sequence, Err(Failure::Refused(refusal)), done);
            }
            Answer::End => {
                // Where an acknowledgement was asked for, only that is a success.
                if self.pending.get(&sequence).is_none_or(|pending| pending.expect == Expect::Reply) {
                    self.settle(sequence, Ok(()), done);
                }
            }
            Answer::Overrun => self.overrun(done),
            Answer::Nothing => {}
            Answer::Malformed => {
                self.tally.malformed += 1;
                let error = WireCause::Invalid("an error message without an error number").into();
                self.settle(sequence, Err(Failure::Malformed(error)), done);
            }
        }
    }

    fn settle(&mut self, sequence: u32, outcome: Result<(), Failure>, done: &mut impl FnMut(u32)) {
        match self.pending.get_mut(&sequence) {
            Some(pending) if pending.outcome.is_none() => {
                pending.outcome = Some(outcome);
                done(sequence);
            }
            _ => self.tally.late += 1,
        }
    }

    /// Takes in that the receive buffer was full (`ENOBUFS`), once all that was left in it has been received: whoever
    /// still waits waits in vain.
    pub fn overrun(&mut self, mut done: impl FnMut(u32)) {
        self.tally.overruns += 1;
        self.fail_where(|_| true, &Failure::Lost, &mut done);
    }

    /// Takes in the time: requests whose deadline has passed fail.
    pub fn expire(&mut self, now: Instant, mut done: impl FnMut(u32)) {
        let late = |pending: &Pending| pending.deadline.is_some_and(|deadline| deadline <= now);
        let mut expired = 0;
        self.fail_where(late, &Failure::Timeout, &mut |sequence| {
            expired += 1;
            done(sequence);
        });
        self.tally.abandoned += expired;
    }

    fn fail_where(&mut self, whose: impl Fn(&Pending) -> bool, failure: &Failure, done: &mut impl FnMut(u32)) {
        for (sequence, pending) in &mut self.pending {
            if pending.outcome.is_none() && whose(pending) {
                pending.outcome = Some(Err(failure.clone()));
                done(*sequence);
            }
        }
    }

    /// The outcome of a request, once it is complete; the table then forgets the request.
    pub fn take(&mut self, sequence: u32) -> Option<Outcome> {
        self.pending.get(&sequence)?.outcome.as_ref()?;
        let pending = self.pending.remove(&sequence)?;
        pending.outcome.map(|outcome| outcome.map(|()| pending.replies))
    }

    /// Forgets a request. Its answer, should it come, is an answer to nobody.
    pub fn cancel(&mut self, sequence: u32) {
        let pending = self.pending.remove(&sequence);
        self.tally.abandoned += u64::from(pending.is_some_and(|pending| pending.outcome.is_none()));
    }

    /// How many requests are in the table.
    pub fn in_flight(&self) -> usize {
        self.pending.len()
    }

    /// What was thrown away or went wrong so far.
    pub fn tally(&self) -> Tally {
        self.tally
    }
}

impl fmt::Debug for Pending {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { expect, deadline, replies, outcome } = self;
        let mut shown = f.debug_struct("Pending");
        shown.field("expect", expect).field("deadline", deadline).field("replies", &Count(replies));
        shown.field("outcome", outcome).finish()
    }
}
