//! The state machines against a kernel that says anything: whatever comes in whatever order, a request is told to be
//! complete once and no more, its answer holds nothing but its own messages, and in the end nobody waits.

use std::collections::BTreeMap;
use std::sync::LazyLock;
use std::time::{Duration, Instant};

use nlink_core::engine::{Engine, Expect, Failure, Listing, Stop};
use nlink_core::wire::{Frames, MessageHeader, attr_id};
use nlink_uapi::netlink::{
    NLM_F_ACK_TLVS, NLM_F_CAPPED, NLM_F_DUMP_INTR, NLM_F_MULTI, NLMSG_DONE, NLMSG_ERROR, NLMSG_NOOP, NLMSG_OVERRUN,
};

use crate::input::Input;

/// Any instant will do: the engine has no clock.
static START: LazyLock<Instant> = LazyLock::new(Instant::now);

/// What is known of a request in the table.
struct Asked {
    /// How many numbers it has, above one.
    more: u32,
    /// Whether it is complete once all that there is has been received.
    silent: bool,
    deadline: Option<Instant>,
    complete: bool,
}

/// An engine, and what has to be true of it.
#[derive(Default)]
struct Watched {
    engine: Engine,
    asked: BTreeMap<u32, Asked>,
    now: Duration,
}

/// One byte for each thing that happens, and what it needs behind.
pub fn run(data: &[u8]) {
    let mut input = Input::new(data);
    let mut watched = Watched::default();
    while !input.is_empty() {
        watched.step(&mut input);
        assert_eq!(watched.engine.in_flight(), watched.asked.len(), "the table holds what waits, and nothing else");
    }
    watched.end();
}

impl Watched {
    fn step(&mut self, input: &mut Input<'_>) {
        match input.byte() % 12 {
            0 => self.begin(Expect::Ack, 0, input),
            1 => self.begin(Expect::Reply, 0, input),
            8 => {
                let more = input.byte().into();
                self.begin(Expect::Run(more + 1), more, input);
            }
            9 => {
                let more = input.byte().into();
                self.begin(Expect::Transaction(more + 1), more, input);
            }
            10 => self.begin(Expect::Silence, 0, input),
            11 => {
                let sequence = self.any_sequence(input);
                self.heard(sequence);
            }
            2 => {
                let sequence = self.any_sequence(input);
                self.take(sequence);
            }
            3 => {
                let sequence = self.any_sequence(input);
                self.engine.cancel(sequence);
                self.asked.remove(&sequence);
            }
            4 => {
                self.now += Duration::from_millis(input.byte().into());
                self.expire();
            }
            5 => match input.chunk() {
                [] => self.overrun(),
                datagram => self.receive(0, datagram),
            },
            _ => {
                let port = u32::from(input.byte() == u8::MAX);
                let datagram = self.datagram(input);
                self.receive(port, &datagram);
            }
        }
    }

    fn begin(&mut self, expect: Expect, more: u32, input: &mut Input<'_>) {
        let wait = input.byte();
        let deadline = (wait != 0).then(|| *START + self.now + Duration::from_millis(wait.into()));
        let sequence = self.engine.begin(expect, deadline);
        assert_ne!(sequence, 0, "events carry 0");
        let taken = self.asked.iter().any(|(first, asked)| sequence <= first + asked.more && *first <= sequence + more);
        assert!(!taken, "a number is given out once at a time");
        self.asked.insert(sequence, Asked { more, silent: expect == Expect::Silence, deadline, complete: false });
    }

    /// Somebody's, or nobody's; of a run any of its numbers.
    fn any_sequence(&self, input: &mut Input<'_>) -> u32 {
        let which = input.below(self.asked.len() + 2);
        match self.asked.iter().nth(which) {
            Some((first, Asked { more: 0, .. })) => *first,
            Some((first, asked)) => first + u32::from(input.byte()) % (asked.more + 1),
            None => input.byte().into(),
        }
    }

    /// Messages that are sound in themselves.
    fn datagram(&self, input: &mut Input<'_>) -> Vec<u8> {
        let mut datagram = Vec::new();
        for _ in 0..=input.below(4) {
            let sequence = self.any_sequence(input);
            datagram.extend(message(sequence, input));
        }
        datagram
    }

    fn receive(&mut self, port: u32, datagram: &[u8]) {
        let sequence = self.asked.keys().next().copied().unwrap_or_default();
        listing(sequence, datagram);
        if port != 0 {
            let before = self.engine.tally().foreign;
            self.engine.receive(port, datagram, |_| panic!("only the kernel answers"));
            assert_eq!(self.engine.tally().foreign, before + 1);
            return;
        }
        self.complete(|engine, done| engine.receive(port, datagram, done));
    }

    /// Does something by which requests may become complete.
    fn complete(&mut self, what: impl FnOnce(&mut Engine, &mut dyn FnMut(u32))) {
        let asked = &mut self.asked;
        what(&mut self.engine, &mut |sequence| {
            let asked = asked.get_mut(&sequence).expect("somebody's");
            assert!(!std::mem::replace(&mut asked.complete, true), "complete twice");
        });
    }

    fn heard(&mut self, sequence: u32) {
        self.engine.heard(sequence);
        if let Some(asked) = self.asked.get_mut(&sequence) {
            asked.complete |= asked.silent;
        }
    }

    fn overrun(&mut self) {
        self.complete(|engine, done| engine.overrun(done));
        assert!(self.asked.values().all(|asked| asked.complete), "answers are lost");
    }

    fn expire(&mut self) {
        let now = *START + self.now;
        self.complete(|engine, done| engine.expire(now, done));
        let late = |asked: &Asked| !asked.complete && asked.deadline.is_some_and(|deadline| deadline <= now);
        assert!(!self.asked.values().any(late), "a deadline passed");
    }

    fn take(&mut self, sequence: u32) {
        let complete = self.asked.get(&sequence).is_some_and(|asked| asked.complete);
        let outcome = self.engine.take(sequence);
        assert_eq!(outcome.is_some(), complete);
        let more = if complete { self.asked.remove(&sequence).map_or(0, |asked| asked.more) } else { 0 };
        match outcome {
            Some(Ok(answer) | Err(Failure::Cut { refusals: answer, .. })) => {
                for frame in Frames::new(&answer) {
                    let number = frame.expect("messages, one behind the other").header.sequence;
                    // those of a run are counted from its first
                    assert!(number == sequence || number <= more, "another's answer");
                }
            }
            Some(Err(Failure::Refused(refusal))) => assert!(refusal.errno > 0, "an error is no 0"),
            Some(Err(Failure::Malformed(error))) => assert!(!error.to_string().is_empty()),
            Some(Err(Failure::Timeout | Failure::Lost)) | None => {}
        }
    }

    /// All deadlines pass, then the buffer overruns: whoever waits hears of it.
    fn end(mut self) {
        self.now += Duration::from_secs(3600);
        self.expire();
        self.overrun();
        for sequence in self.asked.keys().copied().collect::<Vec<_>>() {
            assert!(self.asked[&sequence].complete, "{sequence} waits for ever");
            self.take(sequence);
        }
        assert_eq!(self.engine.in_flight(), 0);
    }
}

/// One message; its length may lie by a little.
pub(crate) fn message(sequence: u32, input: &mut Input<'_>) -> Vec<u8> {
    const KINDS: [u32; 8] = [16, 17, 28, NLMSG_ERROR, NLMSG_ERROR, NLMSG_DONE, NLMSG_OVERRUN, NLMSG_NOOP];
    let kind = match input.below(KINDS.len() + 1) {
        which if which < KINDS.len() => attr_id(KINDS[which]),
        _ => input.short(),
    };
    let bits = input.byte();
    let flags = [NLM_F_MULTI, NLM_F_DUMP_INTR, NLM_F_CAPPED, NLM_F_ACK_TLVS];
    let set = (0..flags.len()).filter(|at| bits & 1 << at != 0).fold(0, |all, at| all | attr_id(flags[at]));
    let mut body = input.chunk().to_vec();
    if bits & 0x10 != 0 {
        // an error number, so that none is the exception
        body.splice(0..0, (-i32::from(input.byte())).to_ne_bytes());
    }
    let lie = if bits & 0x20 != 0 { i64::from(input.byte()) - 128 } else { 0 };
    let length = (i64::try_from(MessageHeader::SIZE + body.len()).unwrap_or_default() + lie).unsigned_abs();
    let length = u32::try_from(length).unwrap_or(u32::MAX);
    let mut bytes = Vec::new();
    bytes.extend(length.to_ne_bytes());
    bytes.extend(kind.to_ne_bytes());
    bytes.extend(set.to_ne_bytes());
    bytes.extend(sequence.to_ne_bytes());
    bytes.extend(0u32.to_ne_bytes());
    bytes.extend(body);
    bytes.resize(bytes.len().next_multiple_of(4), 0);
    bytes
}

/// A listing walks through a datagram to its end, or ends there, and stays ended.
fn listing(sequence: u32, datagram: &[u8]) {
    let mut listing = Listing::new(sequence);
    let mut most = datagram.len() / MessageHeader::SIZE + 2;
    let stop = loop {
        most = most.checked_sub(1).expect("no message without a header");
        match listing.next(datagram) {
            Ok((_, body)) => assert!(body.len() < datagram.len()),
            Err(stop) => break stop,
        }
    };
    listing.received();
    match stop {
        Stop::Receive => assert_eq!(listing.next(&[]), Err(Stop::Receive)),
        Stop::Interrupted => assert_eq!(listing.next(datagram), Err(Stop::Interrupted)),
        Stop::Refused(refusal) if refusal.errno <= 0 => panic!("an error is no 0"),
        _ => assert_eq!(listing.next(datagram), Err(Stop::Done)),
    }
}
