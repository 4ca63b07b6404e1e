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
    /// Once all that the kernel had to say is received ([`Engine::heard`]): only a refusal is an answer.
    Silence,
    /// So many messages, numbered on from the number given: at the answer to the last one, the only one that asks for an
    /// acknowledgement. Refusals of the others are kept as its answer, objects are not.
    Run(u32),
    /// The same, and the first message stands for all of them: its refusal is the end.
    Transaction(u32),
}

impl Expect {
    /// How many numbers it takes, above one.
    pub(crate) fn more(self) -> u32 {
        match self {
            Expect::Ack | Expect::Reply | Expect::Silence => 0,
            Expect::Run(messages) | Expect::Transaction(messages) => messages.saturating_sub(1).min(MOST),
        }
    }
}

/// Numbers of one request at most, above one.
const MOST: u32 = 1 << 24;

/// The messages that came in answer, one behind the other with their headers ([`Frames`] reads them); or why not.
///
/// Of a run these are the refusals, and each header says in its sequence number which message was refused, from 0.
pub type Outcome = Result<Vec<u8>, Failure>;

/// Why a request has no answer.
#[derive(Clone, PartialEq, Eq)]
pub enum Failure {
    /// The kernel said no.
    Refused(Refusal),
    /// The deadline passed.
    Timeout,
    /// The answer was lost to a full receive buffer.
    Lost,
    /// The answer cannot be read.
    Malformed(WireError),
    /// A run broke off.
    Cut {
        /// The refusals that came until then, as in an [`Outcome`].
        refusals: Vec<u8>,
        /// Why.
        by: Box<Failure>,
    },
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
    /// Numbers behind its first.
    more: u32,
    deadline: Option<Instant>,
    replies: Vec<u8>,
    /// How many of a run's messages were refused.
    refused: u32,
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
    /// Enters a request and gives it its sequence number, the first one of a run.
    pub fn begin(&mut self, expect: Expect, deadline: Option<Instant>) -> u32 {
        let more = expect.more();
        let first = self.free(more);
        self.last = first + more;
        let (replies, refused, outcome) = (Vec::new(), 0, None);
        self.pending.insert(first, Pending { expect, more, deadline, replies, refused, outcome });
        first
    }

    /// The next number that is free, and so many behind it.
    fn free(&self, more: u32) -> u32 {
        // 0 is what events carry, and no run goes round it.
        let mut first = self.last.checked_add(1).unwrap_or(1);
        loop {
            let Some(last) = first.checked_add(more) else {
                first = 1;
                continue;
            };
            match self.pending.range(..=last).next_back() {
                Some((taken, pending)) if taken + pending.more >= first => {
                    first = (taken + pending.more).checked_add(1).unwrap_or(1);
                }
                _ => return first,
            }
        }
    }

    /// Who has that number: its first number, and which of its messages it is.
    fn whose(&mut self, sequence: u32) -> Option<(u32, u32, &mut Pending)> {
        let (first, pending) = self.pending.range_mut(..=sequence).next_back()?;
        let which = sequence - first;
        (which <= pending.more && pending.outcome.is_none()).then_some((*first, which, pending))
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
                        self.settle(header.sequence, Failure::Malformed(error), &mut done);
                    }
                    return;
                }
            }
        }
    }

    fn take_in(&mut self, frame: Frame<'_>, done: &mut impl FnMut(u32)) {
        let sequence = frame.header.sequence;
        let answer = Answer::of(frame);
        match answer {
            Answer::Overrun => return self.overrun(done),
            Answer::Nothing => return,
            Answer::Malformed => self.tally.malformed += 1,
            _ => {}
        }
        let Some((first, which, pending)) = self.whose(sequence) else {
            self.tally.late += 1;
            return;
        };
        if let Some(outcome) = pending.answered(which, frame, answer) {
            pending.outcome = Some(outcome);
            done(first);
        }
    }

    fn settle(&mut self, sequence: u32, failure: Failure, done: &mut impl FnMut(u32)) {
        match self.whose(sequence) {
            Some((first, _, pending)) => {
                pending.outcome = Some(Err(failure));
                done(first);
            }
            None => self.tally.late += 1,
        }
    }

    /// Takes in that all answers to the request have been received: whoever expects silence had it.
    pub fn heard(&mut self, sequence: u32) {
        if let Some(pending) = self.pending.get_mut(&sequence)
            && pending.expect == Expect::Silence
        {
            pending.outcome.get_or_insert(Ok(()));
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
        let Pending { expect, replies, outcome, .. } = self.pending.remove(&sequence)?;
        outcome.map(|outcome| match (outcome, expect) {
            (Ok(()), _) => Ok(replies),
            (Err(failure @ Failure::Refused(_)), _) => Err(failure),
            (Err(by), Expect::Run(_) | Expect::Transaction(_)) => {
                Err(Failure::Cut { refusals: replies, by: Box::new(by) })
            }
            (Err(failure), _) => Err(failure),
        })
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

/// Bytes are counted, for they may have secrets in them.
impl fmt::Debug for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Failure::Refused(refusal) => f.debug_tuple("Refused").field(refusal).finish(),
            Failure::Timeout => f.write_str("Timeout"),
            Failure::Lost => f.write_str("Lost"),
            Failure::Malformed(error) => f.debug_tuple("Malformed").field(error).finish(),
            Failure::Cut { refusals, by } => {
                f.debug_struct("Cut").field("refusals", &Count(refusals)).field("by", by).finish()
            }
        }
    }
}

impl fmt::Debug for Pending {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { expect, deadline, replies, outcome, .. } = self;
        let mut shown = f.debug_struct("Pending");
        shown.field("expect", expect).field("deadline", deadline).field("replies", &Count(replies));
        shown.field("outcome", outcome).finish()
    }
}

impl Pending {
    /// Takes in the answer to one of its messages: the outcome, if that completes it.
    fn answered(&mut self, which: u32, frame: Frame<'_>, answer: Answer<'_>) -> Option<Result<(), Failure>> {
        let is_run = matches!(self.expect, Expect::Run(_) | Expect::Transaction(_));
        match answer {
            // Of a run only refusals are kept.
            Answer::Data(_) | Answer::End if is_run => None,
            Answer::Data(frame) => {
                self.keep(frame);
                let is_whole = self.expect == Expect::Reply && frame.header.flags & MULTI == 0;
                is_whole.then_some(Ok(()))
            }
            Answer::Ack => (which == self.more).then_some(Ok(())),
            // Where an acknowledgement was asked for, only that is a success.
            Answer::End => (self.expect == Expect::Reply).then_some(Ok(())),
            Answer::Refused(refusal) | Answer::Broken(refusal) => {
                let stands_for_all = matches!(self.expect, Expect::Transaction(_)) && which == 0;
                if !is_run || stands_for_all {
                    return Some(Err(Failure::Refused(refusal)));
                }
                // No more answers than messages, whatever comes.
                if self.refused <= self.more {
                    self.refused += 1;
                    self.keep(Frame { header: MessageHeader { sequence: which, ..frame.header }, ..frame });
                }
                (which == self.more).then_some(Ok(()))
            }
            Answer::Malformed => {
                let error = WireCause::Invalid("an error message without an error number").into();
                Some(Err(Failure::Malformed(error)))
            }
            Answer::Overrun | Answer::Nothing => None,
        }
    }

    fn keep(&mut self, frame: Frame<'_>) {
        self.replies.extend_from_slice(frame.header.as_bytes());
        self.replies.extend_from_slice(frame.body);
        self.replies.resize(self.replies.len().next_multiple_of(4), 0);
    }
}
