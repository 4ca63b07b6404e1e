//! Waiting as a task of a tokio runtime.

use std::borrow::Cow;
use std::future::Future;
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, Waker, ready};
use std::time::Instant;

use tokio::task::coop;
use tokio::time::Sleep;

use super::{Driver, Wait};
use crate::socket::{Socket, Watch, in_runtime};

/// Under tokio: what a verb gives is awaited. Every connection is so unless it says otherwise.
#[derive(Clone, Copy, Debug, Default)]
pub struct Tokio;

impl Driver for Tokio {
    type Wait = Task;
}

/// A socket registered with the runtime, and a timer, both made when they are first needed.
#[derive(Debug, Default)]
pub struct Task {
    watch: Watch,
    timer: Timer,
}

impl Wait for Task {
    /// The runtime's time, which tests may stand still.
    fn now() -> Instant {
        tokio::time::Instant::now().into_std()
    }

    fn waker<'a>(cx: &Context<'a>) -> Cow<'a, Waker> {
        Cow::Borrowed(cx.waker())
    }

    fn poll_turn(cx: &mut Context<'_>) -> Poll<()> {
        coop::poll_proceed(cx).map(|turn| turn.made_progress())
    }

    #[cold]
    fn poll_attempt<R>(
        &mut self,
        socket: &Arc<Socket>,
        until: Option<Instant>,
        cx: &mut Context<'_>,
        mut attempt: impl FnMut() -> io::Result<R>,
    ) -> Poll<io::Result<R>> {
        let Self { watch, timer } = self;
        let result = loop {
            let Poll::Ready(ready) = watch.poll_ready(socket, cx) else {
                ready!(timer.poll(until, cx))?;
                break Err(io::ErrorKind::TimedOut.into());
            };
            match ready.map(|ready| (ready, attempt())) {
                Ok((mut ready, Err(error))) if error.kind() == io::ErrorKind::WouldBlock => ready.clear_ready(),
                Ok((_, result)) => break result,
                Err(error) => break Err(error),
            }
        };
        timer.clear();
        Poll::Ready(result)
    }

    #[cold]
    fn poll_woken(&mut self, until: Option<Instant>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        // Whoever wakes this one has it polled anew, from the top.
        ready!(self.timer.poll(until, cx))?;
        self.timer.clear();
        Poll::Ready(Err(io::ErrorKind::TimedOut.into()))
    }

    fn clear(&mut self) {
        self.watch.clear();
        self.timer.clear();
    }
}

/// A timer that is made when first polled.
#[derive(Debug, Default)]
struct Timer(Option<Pin<Box<Sleep>>>);

impl Timer {
    /// Ready when the time has come.
    fn poll(&mut self, at: Option<Instant>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let Some(at) = at else { return Poll::Pending };
        let sleep = match &mut self.0 {
            Some(sleep) => sleep,
            empty => {
                in_runtime()?;
                empty.insert(Box::pin(tokio::time::sleep_until(at.into())))
            }
        };
        sleep.as_mut().poll(cx).map(Ok)
    }

    /// Forgets the timer: the next poll makes a new one.
    fn clear(&mut self) {
        self.0 = None;
    }
}
