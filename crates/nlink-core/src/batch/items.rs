//! Items, written one behind the other as they are added, and cut into runs.

use std::collections::HashSet;
use std::sync::Arc;

use super::failed::{Failed, Fate, Item};
use super::names::Names;
use super::written::{Unwritable, Written};
use crate::connection::{Deadline, Fault, append, ask_for_ack};
use crate::engine::{Answer, Failure};
use crate::object::parts::Parts;
use crate::object::{Add, Ahead, Object, Protocol};
use crate::wire::Frames;

/// Everything that was added, until it is sent.
pub(super) struct Items {
    pub(super) runs: Vec<Run>,
    pub(super) names: Names,
    /// Those that cannot be sent.
    pub(super) failed: Vec<Failed>,
    pub(super) len: usize,
    limit: Limit,
}

/// How long a run may be.
#[derive(Clone, Copy, Debug)]
pub(super) struct Limit {
    /// Bytes, unless a single item has more.
    pub(super) bytes: usize,
    pub(super) items: usize,
}

/// Items that are sent together.
#[derive(Default)]
pub(super) struct Run {
    messages: Vec<u8>,
    entries: Vec<Entry>,
    /// Whether any of them has a name in it.
    named: bool,
}

/// Where an item stands in its run.
#[derive(Clone, Copy)]
struct Entry {
    start: u32,
    end: u32,
    index: u32,
    /// Whether it has stand-ins in it.
    named: bool,
    written: &'static Written,
}

impl Items {
    pub(super) fn new(limit: Limit) -> Self {
        Self { runs: Vec::new(), names: Names::default(), failed: Vec::new(), len: 0, limit }
    }

    /// Writes an item behind the others, in as many messages as it takes, and before it what it hands over.
    pub(super) fn push<T: Object>(
        &mut self,
        protocol: &T::Protocol,
        mut object: T,
        how: (u16, u16),
        written: &'static Written,
    ) {
        object.hand_over(&mut BeforeItem { items: self, protocol });
        self.parts(protocol, object, how, written);
        self.len += 1;
    }

    fn parts<T: Object>(&mut self, protocol: &T::Protocol, object: T, how: (u16, u16), written: &'static Written) {
        let mut parts = Parts::of(object);
        loop {
            self.message(protocol, parts.part(), how, written);
            if !parts.go_on() {
                return;
            }
        }
    }

    /// A message of the item that is being added.
    fn message<T: Object>(
        &mut self,
        protocol: &T::Protocol,
        object: &mut T,
        (command, flags): (u16, u16),
        written: &'static Written,
    ) {
        let index = self.len;
        if self.runs.last().is_none_or(|run| run.is_full(self.limit)) {
            self.runs.push(Run::default());
        }
        let Some(run) = self.runs.last_mut() else { return };
        let start = run.messages.len();
        let hidden = self.names.hide(&mut |visit| object.visit_interfaces(visit));
        let wrote = hidden.and_then(|named| {
            let table = const { &T::TABLE };
            append(&mut run.messages, protocol, command, flags, table, |writer| object.emit_request(writer))?;
            Ok(named)
        });
        match wrote {
            Ok(named) => {
                if run.messages.len() > self.limit.bytes && start > 0 {
                    let mut next = Run { messages: run.messages.split_off(start), ..Run::default() };
                    next.enter(0, named, index, written);
                    self.runs.push(next);
                } else {
                    run.enter(start, named, index, written);
                }
            }
            Err(error) => {
                self.names.show(&mut |visit| object.visit_interfaces(visit));
                let item = Item::Words(object.describe());
                self.failed.push(Failed { index, written, item, fate: Fate::Invalid(error) });
            }
        }
    }
}

/// What is made before an item counts as part of it.
struct BeforeItem<'a, P> {
    items: &'a mut Items,
    protocol: &'a P,
}

impl<P: Protocol> Ahead<P> for BeforeItem<'_, P> {
    fn add<T: Add + Object<Protocol = P>>(&mut self, object: T) {
        let written = const { &Written::of::<T>("add") };
        self.items.parts(self.protocol, object, (T::COMMAND, T::FLAGS), written);
    }
}

impl Run {
    fn is_full(&self, limit: Limit) -> bool {
        self.entries.len() >= limit.items || self.messages.len() >= limit.bytes
    }

    fn enter(&mut self, start: usize, named: bool, index: usize, written: &'static Written) {
        let place = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        let (start, end, index) = (place(start), place(self.messages.len()), place(index));
        self.entries.push(Entry { start, end, index, named, written });
        self.named |= named;
    }

    /// How many items are in it.
    pub(super) fn len(&self) -> usize {
        self.entries.len()
    }

    fn message(&self, entry: &Entry) -> &[u8] {
        let place = |at: u32| usize::try_from(at).unwrap_or(usize::MAX);
        self.messages.get(place(entry.start)..place(entry.end)).unwrap_or_default()
    }

    fn failed(&self, entry: &Entry, fate: Fate) -> Failed {
        let item = Item::Message(self.message(entry).into());
        let index = usize::try_from(entry.index).unwrap_or(usize::MAX);
        Failed { index, written: entry.written, item, fate }
    }

    /// Appends the run as it is to be sent, the last item asking for an acknowledgement. Items that name what is not there
    /// leave the run.
    pub(super) fn write(&mut self, names: &Names, found: &[Option<u32>], sent: &mut Vec<u8>, failed: &mut Vec<Failed>) {
        let mut last = None;
        if self.named {
            let mut entries = std::mem::take(&mut self.entries);
            entries.retain(|entry| {
                let start = sent.len();
                let message = self.message(entry);
                let wrote = match entry.named {
                    true => entry.written.resolve(message, names, found, sent),
                    false => {
                        sent.extend_from_slice(message);
                        Ok(())
                    }
                };
                let why = match wrote {
                    Ok(()) => {
                        last = Some(start);
                        return true;
                    }
                    Err(Unwritable::NoInterface(name)) => Fate::NoInterface(name),
                    Err(Unwritable::Invalid(error)) => Fate::Invalid(error),
                };
                failed.push(self.failed(entry, why));
                false
            });
            self.entries = entries;
        } else if let Some(entry) = self.entries.last() {
            let start = usize::try_from(entry.start).unwrap_or(usize::MAX);
            last = Some(sent.len().saturating_add(start));
            sent.extend_from_slice(&self.messages);
        }
        if let Some(last) = last {
            ask_for_ack(sent, last);
        }
    }

    /// Reads what came in answer; the number of the first item is `base`.
    pub(super) fn refusals(&self, answers: &[u8], base: u32, failed: &mut Vec<Failed>) {
        for frame in Frames::new(answers).map_while(Result::ok) {
            let place = frame.header.sequence.checked_sub(base).and_then(|place| usize::try_from(place).ok());
            if let Some(entry) = place.and_then(|place| self.entries.get(place))
                && let Answer::Refused(refusal) | Answer::Broken(refusal) = Answer::of(frame)
            {
                failed.push(self.failed(entry, Fate::Refused(refusal)));
            }
        }
    }

    /// Takes in the outcome of a run that was sent by itself; whether it makes sense to go on with the next.
    pub(super) fn settle(&self, outcome: Result<Vec<u8>, Fault>, deadline: Deadline, failed: &mut Vec<Failed>) -> bool {
        let (refusals, fault) = match outcome {
            Ok(refusals) => return self.settle_whole(&refusals, failed),
            Err(Fault::Failure(Failure::Cut { refusals, by })) => (refusals, Fault::Failure(*by)),
            Err(fault) => (Vec::new(), fault),
        };
        let known = failed.len();
        self.refusals(&refusals, 0, failed);
        let refused: HashSet<usize> = failed.iter().skip(known).map(|failed| failed.index).collect();
        let goes_on = matches!(&fault, Fault::Failure(Failure::Lost | Failure::Malformed(_)));
        let fault = Arc::new(fault);
        let all = self.entries.iter().map(|entry| self.failed(entry, Fate::Unanswered(Arc::clone(&fault), deadline)));
        failed.extend(all.filter(|unknown| !refused.contains(&unknown.index)));
        goes_on
    }

    fn settle_whole(&self, refusals: &[u8], failed: &mut Vec<Failed>) -> bool {
        self.refusals(refusals, 0, failed);
        true
    }

    /// None of it was sent.
    pub(super) fn unsent(&self, failed: &mut Vec<Failed>) {
        failed.extend(self.entries.iter().map(|entry| self.failed(entry, Fate::Unsent)));
    }
}
