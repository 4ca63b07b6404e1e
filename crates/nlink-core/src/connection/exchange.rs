//! One request in flight on the control socket.

use std::future::Future;
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use super::deadline::{Deadline, Timer};
use super::message;
use super::shared::{Shared, Turn};
use crate::engine::{Expect, Failure};
use crate::error::{Error, Sent};
use crate::socket::Watch;
use crate::wire::{WireCause, WireError};

/// The future of a request. Dropped before it is done, it leaves nothing behind: its answer is then one to nobody.
#[derive(Debug)]
pub(crate) struct Exchange<'a> {
    shared: &'a Arc<Shared>,
    message: &'a mut [u8],
    expect: Expect,
    deadline: Deadline,
    stage: Stage,
    watch: Watch,
    timer: Timer,
}

#[derive(Clone, Copy, Debug)]
enum Stage {
    Fresh,
    /// Has its number, and the socket did not take it yet.
    Entered(u32),
    InFlight(u32),
    Over,
}

/// Why there is no answer.
#[derive(Debug)]
pub(crate) enum Fault {
    Failure(Failure),
    Send(io::Error),
    Receive(io::Error),
}

impl<'a> Exchange<'a> {
    /// A request whose message is complete but for the sequence number. Nothing is sent before it is polled.
    pub(crate) fn new(shared: &'a Arc<Shared>, message: &'a mut [u8], expect: Expect, deadline: Deadline) -> Self {
        let (watch, timer) = (Watch::default(), Timer::default());
        Self { shared, message, expect, deadline, stage: Stage::Fresh, watch, timer }
    }

    fn send(&mut self, sequence: u32, cx: &mut Context<'_>) -> Poll<Result<(), Fault>> {
        message::set_sequence(self.message, sequence);
        match self.shared.socket.send(self.message) {
            Ok(()) => {
                self.stage = Stage::InFlight(sequence);
                Poll::Ready(Ok(()))
            }
            // The kernel never says so of itself (it handles the request at once), but a test's socket may.
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => {
                cx.waker().wake_by_ref();
                Poll::Pending
            }
            Err(error) => Poll::Ready(Err(Fault::Send(error))),
        }
    }

    fn wait(&mut self, sequence: u32, cx: &mut Context<'_>) -> Poll<Result<Vec<u8>, Fault>> {
        let mut turn = self.shared.advance(sequence, cx.waker());
        loop {
            match turn {
                Err(error) => return Poll::Ready(Err(Fault::Receive(error))),
                Ok(Turn::Done(outcome, was_leader)) => {
                    self.stage = Stage::Over;
                    if was_leader {
                        // First off the runtime, for the next leader cannot watch the same socket meanwhile.
                        self.watch.clear();
                        self.shared.pass_on(sequence);
                    }
                    return Poll::Ready(outcome.map_err(Fault::Failure));
                }
                Ok(Turn::Follow) => {}
                Ok(Turn::Watch) => match self.watch.poll_ready(&self.shared.socket, cx) {
                    Poll::Ready(Ok(mut ready)) => {
                        turn = self.shared.advance(sequence, cx.waker());
                        if matches!(turn, Ok(Turn::Watch | Turn::Follow)) {
                            ready.clear_ready();
                        }
                        continue;
                    }
                    Poll::Ready(Err(error)) => return Poll::Ready(Err(Fault::Receive(error))),
                    Poll::Pending => {}
                },
            }
            match self.timer.poll(self.deadline.at, cx) {
                Poll::Ready(Ok(())) => turn = self.shared.expire(sequence, cx.waker()),
                Poll::Ready(Err(error)) => return Poll::Ready(Err(Fault::Receive(error))),
                Poll::Pending => return Poll::Pending,
            }
        }
    }
}

impl Future for Exchange<'_> {
    type Output = Result<Vec<u8>, Fault>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.get_mut();
        loop {
            match this.stage {
                Stage::Fresh => {
                    this.stage = Stage::Entered(this.shared.begin(this.expect, this.deadline.at));
                }
                Stage::Entered(sequence) => match this.send(sequence, cx) {
                    Poll::Ready(Ok(())) => {}
                    Poll::Ready(Err(fault)) => return Poll::Ready(Err(fault)),
                    Poll::Pending => return Poll::Pending,
                },
                Stage::InFlight(sequence) => return this.wait(sequence, cx),
                // Polled after it was done, which no caller of ours does.
                Stage::Over => return Poll::Pending,
            }
        }
    }
}

impl Drop for Exchange<'_> {
    fn drop(&mut self) {
        if let Stage::Entered(sequence) | Stage::InFlight(sequence) = self.stage {
            self.watch.clear();
            self.shared.cancel(sequence);
        }
    }
}

impl Fault {
    /// The error, in words: what was asked, and what was sent.
    pub(crate) fn explain(self, asked: String, deadline: Deadline, sent: Option<Sent<'_>>) -> Error {
        match self {
            Fault::Failure(Failure::Refused(refusal)) => Error::refused(&refusal, asked, sent),
            Fault::Failure(Failure::Timeout) => Error::timeout(asked, deadline.after.unwrap_or_default()),
            Fault::Failure(Failure::Lost) => Error::lost(asked),
            Fault::Failure(Failure::Malformed(error)) => Error::reply(asked, error),
            Fault::Send(error) => Error::socket(format!("{asked}: send it"), error),
            Fault::Receive(error) => Error::socket(format!("{asked}: receive the answer"), error),
        }
    }

    /// Whether the answer did not fit; the buffer has grown meanwhile.
    pub(crate) fn is_truncated(&self) -> bool {
        let cause = |error: &WireError| matches!(error.cause(), WireCause::Truncated { .. });
        matches!(self, Fault::Failure(Failure::Malformed(error)) if cause(error))
    }
}
