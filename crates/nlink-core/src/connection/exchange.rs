//! One request in flight on the control socket.

use std::future::Future;
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use super::deadline::Deadline;
use super::message;
use super::shared::{Shared, Turn};
use crate::driver::{Driver, Wait};
use crate::engine::{Expect, Failure};
use crate::error::{Error, Sent};
use crate::wire::{WireCause, WireError};

/// The future of a request. Dropped before it is done, it leaves nothing behind: its answer is then one to nobody.
#[derive(Debug)]
pub(crate) struct Exchange<'a, D: Driver> {
    shared: &'a Arc<Shared>,
    /// One message, or all those of a run.
    message: &'a mut [u8],
    /// Bytes of it that the socket took.
    sent: usize,
    expect: Expect,
    deadline: Deadline,
    stage: Stage,
    wait: D::Wait,
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

impl<'a, D: Driver> Exchange<'a, D> {
    /// A request whose message is complete but for the sequence number. Nothing is sent before it is polled.
    pub(crate) fn new(shared: &'a Arc<Shared>, message: &'a mut [u8], expect: Expect, deadline: Deadline) -> Self {
        Self { shared, message, sent: 0, expect, deadline, stage: Stage::Fresh, wait: D::Wait::default() }
    }

    fn send(&mut self, sequence: u32, cx: &mut Context<'_>) -> Poll<Result<(), Fault>> {
        while let Some(rest @ [_, ..]) = self.message.get(self.sent..) {
            let taken = match self.expect {
                Expect::Run(_) => self.shared.socket.send_in_parts(rest),
                _ => self.shared.socket.send(rest).map(|()| rest.len()),
            };
            match taken {
                Ok(taken) => self.sent += taken,
                // The kernel never says so of itself (it handles the request at once), but a test's socket may.
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {
                    cx.waker().wake_by_ref();
                    return Poll::Pending;
                }
                Err(error) => return Poll::Ready(Err(Fault::Send(error))),
            }
        }
        self.stage = Stage::InFlight(sequence);
        Poll::Ready(Ok(()))
    }

    fn wait(&mut self, sequence: u32, cx: &mut Context<'_>) -> Poll<Result<Vec<u8>, Fault>> {
        let Self { shared, deadline, wait, .. } = self;
        let waker = D::Wait::waker(cx);
        let advance = || shared.advance(sequence, &waker);
        let mut turn = advance();
        loop {
            let woken = match turn {
                Ok(Turn::Done(outcome, was_leader)) => {
                    self.stage = Stage::Over;
                    if was_leader {
                        // First off the runtime, for the next leader cannot watch the same socket meanwhile.
                        wait.clear();
                        shared.pass_on(sequence);
                    }
                    return Poll::Ready(outcome.map_err(Fault::Failure));
                }
                Ok(Turn::Watch) => ready!(wait.poll_attempt(&shared.socket, deadline.at, cx, || match advance()? {
                    Turn::Watch | Turn::Follow => Err(io::ErrorKind::WouldBlock.into()),
                    done => Ok(done),
                })),
                Ok(Turn::Follow) => ready!(wait.poll_woken(deadline.at, cx)).and_then(|()| advance()),
                Err(error) => return Poll::Ready(Err(Fault::Receive(error))),
            };
            turn = match woken {
                Err(error) if error.kind() == io::ErrorKind::TimedOut => {
                    shared.expire(sequence, D::Wait::now(), &waker)
                }
                woken => woken,
            };
        }
    }
}

impl<D: Driver> Future for Exchange<'_, D> {
    type Output = Result<Vec<u8>, Fault>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.get_mut();
        loop {
            match this.stage {
                Stage::Fresh => {
                    let sequence = this.shared.begin(this.expect, this.deadline.at);
                    message::set_sequences(this.message, sequence, this.expect.more());
                    this.stage = Stage::Entered(sequence);
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

impl<D: Driver> Drop for Exchange<'_, D> {
    fn drop(&mut self) {
        if let Stage::Entered(sequence) | Stage::InFlight(sequence) = self.stage {
            self.wait.clear();
            self.shared.cancel(sequence);
        }
    }
}

impl Fault {
    /// The error, in words: what was asked, and what was sent.
    pub(crate) fn explain(&self, asked: String, deadline: Deadline, sent: Option<Sent<'_>>) -> Error {
        match self {
            Fault::Failure(failure) => explain(failure, asked, deadline, sent),
            Fault::Send(error) => Error::socket(format!("{asked}: send it"), again(error)),
            Fault::Receive(error) => Error::socket(format!("{asked}: receive the answer"), again(error)),
        }
    }

    /// Whether the answer did not fit; the buffer has grown meanwhile.
    pub(crate) fn is_truncated(&self) -> bool {
        let cause = |error: &WireError| matches!(error.cause(), WireCause::Truncated { .. });
        matches!(self, Fault::Failure(Failure::Malformed(error)) if cause(error))
    }
}

fn explain(failure: &Failure, asked: String, deadline: Deadline, sent: Option<Sent<'_>>) -> Error {
    match failure {
        Failure::Refused(refusal) => Error::refused(refusal, asked, sent),
        Failure::Timeout => Error::timeout(asked, deadline.after.unwrap_or_default()),
        Failure::Lost => Error::lost(asked),
        Failure::Malformed(error) => Error::reply(asked, error.clone()),
        Failure::Cut { by, .. } => explain(by, asked, deadline, sent),
    }
}

/// The same error once more, for many requests may share it.
fn again(error: &io::Error) -> io::Error {
    match error.raw_os_error() {
        Some(number) => io::Error::from_raw_os_error(number),
        None => io::Error::new(error.kind(), error.to_string()),
    }
}
