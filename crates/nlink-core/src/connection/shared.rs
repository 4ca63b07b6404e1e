//! What the clones of a connection share: the control socket and its engine, who waits, and who watches.

use std::collections::BTreeMap;
use std::io;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::task::Waker;
use std::time::Instant;

use nix::errno::Errno;

use super::Counters;
use super::sockets::Sockets;
use crate::engine::{Engine, Expect, Outcome};
use crate::error::Result;
use crate::socket::{Buffers, Socket};

/// Not generic: the protocol is a matter of what is written and read, not of how it gets there.
#[derive(Debug)]
pub(crate) struct Shared {
    pub(crate) socket: Arc<Socket>,
    pub(crate) sockets: Sockets,
    /// For names of interfaces, where the protocol is another one than rtnetlink.
    rtnetlink: OnceLock<Arc<Shared>>,
    state: Mutex<State>,
    /// How many refusals half of the receive buffer has room for.
    refusals: OnceLock<usize>,
    requests: AtomicU64,
    restarts: AtomicU64,
    retries: AtomicU64,
    resyncs: AtomicU64,
    event_overruns: AtomicU64,
}

#[derive(Debug, Default)]
struct State {
    engine: Engine,
    buffers: Buffers,
    /// Those whose answer was not there at once.
    waiting: BTreeMap<u32, Waker>,
    /// The one of them that watches the socket for all.
    leader: Option<u32>,
}

/// Bytes of the receive buffer for one who sends many requests at once; the kernel takes memory for it only as it fills.
const RECEIVE_BUFFER: u32 = 2 * 1024 * 1024;

/// Bytes that a refusal takes of it at most: the message with a sentence and an attribute's policy, and what the kernel
/// counts for keeping it (`truesize` of include/linux/skbuff.h).
const REFUSAL: usize = 1536;

/// How a request stands after a look at the socket.
pub(crate) enum Turn {
    /// Complete. Who was the leader has to call [`Shared::pass_on`] once it no longer watches.
    Done(Outcome, bool),
    /// Not yet, and it is on this one to watch the socket.
    Watch,
    /// Not yet; whoever watches will wake it.
    Follow,
}

impl Shared {
    pub(crate) fn new(sockets: Sockets) -> Result<Self> {
        Ok(Self {
            socket: Arc::new(sockets.open()?),
            sockets,
            rtnetlink: OnceLock::new(),
            state: Mutex::default(),
            refusals: OnceLock::new(),
            requests: AtomicU64::new(0),
            restarts: AtomicU64::new(0),
            retries: AtomicU64::new(0),
            resyncs: AtomicU64::new(0),
            event_overruns: AtomicU64::new(0),
        })
    }

    /// A connection of the same namespace that speaks rtnetlink.
    pub(crate) fn rtnetlink(self: &Arc<Self>, number: u32) -> Result<Arc<Self>> {
        if self.sockets.protocol() == number {
            return Ok(Arc::clone(self));
        }
        if let Some(open) = self.rtnetlink.get() {
            return Ok(Arc::clone(open));
        }
        let opened = Arc::new(Self::new(self.sockets.of_protocol(number))?);
        Ok(Arc::clone(self.rtnetlink.get_or_init(|| opened)))
    }

    /// A panic of another holder leaves nothing half done that matters more than going on.
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Enters a request: its sequence number.
    pub(crate) fn begin(&self, expect: Expect, deadline: Option<Instant>) -> u32 {
        self.requests.fetch_add(u64::from(expect.more()) + 1, Ordering::Relaxed);
        self.lock().engine.begin(expect, deadline)
    }

    /// How many requests may be refused at once so that no refusal is lost, with room left for the answers to others.
    /// When first asked, the receive buffer is made larger.
    pub(crate) fn refusals_that_fit(&self) -> usize {
        *self.refusals.get_or_init(|| {
            let size = self.socket.grow_receive_buffer(RECEIVE_BUFFER).unwrap_or_default();
            (size / 2 / REFUSAL).max(1)
        })
    }

    /// Looks for the outcome of a request: it may be there, it may lie in the socket, or `waker` hears of it later.
    pub(crate) fn advance(&self, sequence: u32, waker: &Waker) -> io::Result<Turn> {
        let mut woken = Vec::new();
        let turn = self.lock().advance(&self.socket, sequence, waker, &mut woken);
        wake(woken);
        turn
    }

    /// Takes in that time has passed.
    pub(crate) fn expire(&self, sequence: u32, now: Instant, waker: &Waker) -> io::Result<Turn> {
        let mut woken = Vec::new();
        let turn = {
            let mut state = self.lock();
            let State { engine, waiting, .. } = &mut *state;
            engine.expire(now, |done| woken.extend(waiting.remove(&done)));
            state.advance(&self.socket, sequence, waker, &mut woken)
        };
        wake(woken);
        turn
    }

    /// Passes the watch on, should this one have had it.
    pub(crate) fn pass_on(&self, sequence: u32) {
        let next = self.lock().pass_on(sequence);
        if let Some(next) = next {
            next.wake();
        }
    }

    /// Forgets a request that nobody waits for any more.
    pub(crate) fn cancel(&self, sequence: u32) {
        let mut woken = Vec::new();
        {
            let mut state = self.lock();
            state.engine.cancel(sequence);
            state.waiting.remove(&sequence);
            // Its answer may be there already: answers to nobody shall not fill the receive buffer.
            let _ = state.drain(&self.socket, None, &mut woken);
            woken.extend(state.pass_on(sequence));
        }
        wake(woken);
    }

    /// Whether nobody else holds it, and nothing that was asked is still to be answered or was lost.
    pub(crate) fn is_settled(self: &Arc<Self>) -> bool {
        let Counters { in_flight, abandoned_requests, overruns, .. } = self.counters();
        Arc::strong_count(self) == 1
            && (in_flight, abandoned_requests, overruns) == (0, 0, 0)
            && self.rtnetlink.get().is_none_or(Self::is_settled)
    }

    pub(crate) fn count_restart(&self) {
        self.restarts.fetch_add(1, Ordering::Relaxed);
    }

    pub(crate) fn count_retry(&self) {
        self.retries.fetch_add(1, Ordering::Relaxed);
    }

    pub(crate) fn count_resync(&self) {
        self.resyncs.fetch_add(1, Ordering::Relaxed);
    }

    pub(crate) fn count_event_overrun(&self) {
        self.event_overruns.fetch_add(1, Ordering::Relaxed);
    }

    pub(crate) fn counters(&self) -> Counters {
        let (in_flight, tally) = {
            let state = self.lock();
            (state.engine.in_flight(), state.engine.tally())
        };
        Counters {
            requests: self.requests.load(Ordering::Relaxed),
            in_flight,
            abandoned_requests: tally.abandoned,
            late_answers: tally.late,
            foreign_datagrams: tally.foreign,
            malformed_datagrams: tally.malformed,
            overruns: tally.overruns,
            event_overruns: self.event_overruns.load(Ordering::Relaxed),
            repeated_requests: self.retries.load(Ordering::Relaxed),
            restarted_dumps: self.restarts.load(Ordering::Relaxed),
            resyncs: self.resyncs.load(Ordering::Relaxed),
        }
    }
}

/// Only after the lock is given back, for a waker may run anything.
fn wake(woken: Vec<Waker>) {
    woken.into_iter().for_each(Waker::wake);
}

impl State {
    fn advance(&mut self, socket: &Socket, sequence: u32, waker: &Waker, woken: &mut Vec<Waker>) -> io::Result<Turn> {
        if let Some(done) = self.finish(sequence) {
            return Ok(done);
        }
        let drained = self.drain(socket, Some(sequence), woken);
        if let Some(done) = self.finish(sequence) {
            return Ok(done);
        }
        drained?;
        // It was sent before, and the kernel answers before the sending is over.
        self.engine.heard(sequence);
        if let Some(done) = self.finish(sequence) {
            return Ok(done);
        }
        match self.waiting.get_mut(&sequence) {
            Some(waiting) => waiting.clone_from(waker),
            None => drop(self.waiting.insert(sequence, waker.clone())),
        }
        let leader = *self.leader.get_or_insert(sequence);
        Ok(if leader == sequence { Turn::Watch } else { Turn::Follow })
    }

    fn finish(&mut self, sequence: u32) -> Option<Turn> {
        let outcome = self.engine.take(sequence)?;
        self.waiting.remove(&sequence);
        Some(Turn::Done(outcome, self.leader == Some(sequence)))
    }

    /// Hands out what lies in the socket, up to the outcome of `until`, or all of it.
    fn drain(&mut self, socket: &Socket, until: Option<u32>, woken: &mut Vec<Waker>) -> io::Result<()> {
        let Self { engine, buffers, waiting, .. } = self;
        let mut lost = false;
        let mut found = false;
        // Where the first datagram is not the one, there are more of them.
        let mut several = false;
        loop {
            match socket.receive_some(buffers, several) {
                Ok(datagrams) => {
                    for datagram in datagrams {
                        engine.receive(datagram.received().port, datagram.datagram(), |done| {
                            woken.extend(waiting.remove(&done));
                            found |= Some(done) == until;
                        });
                    }
                }
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => break,
                // What was received before it was full is still to come.
                Err(error) if error.raw_os_error() == Some(Errno::ENOBUFS as i32) => lost = true,
                Err(error) => return Err(error),
            }
            if found && !lost {
                return Ok(());
            }
            several = true;
        }
        if lost {
            tracing::warn!("the receive buffer was full: answers were lost");
            engine.overrun(|done| woken.extend(waiting.remove(&done)));
        }
        Ok(())
    }

    fn pass_on(&mut self, sequence: u32) -> Option<Waker> {
        if self.leader != Some(sequence) {
            return None;
        }
        let next = self.waiting.first_key_value();
        self.leader = next.map(|(sequence, _)| *sequence);
        next.map(|(_, waker)| waker.clone())
    }
}
