//! Waiting by blocking the calling thread, in poll(2).

use std::borrow::Cow;
use std::future::Future;
use std::io;
use std::os::fd::AsFd;
use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};
use std::time::Instant;

use super::alarm::Alarm;
use super::{Blocks, Driver, Wait};
use crate::socket::Socket;

/// By blocking the thread: what a verb gives is called. See [`blocking`](crate::blocking).
#[derive(Clone, Copy, Debug, Default)]
pub struct Blocking;

impl Driver for Blocking {
    type Wait = Thread;
}

impl Blocks for Blocking {}

/// The calling thread, which never leaves a poll before it is ready.
#[derive(Debug, Default)]
pub struct Thread;

impl Wait for Thread {
    fn now() -> Instant {
        Instant::now()
    }

    /// The thread's own, whatever polls.
    fn waker<'a>(_: &Context<'a>) -> Cow<'a, Waker> {
        Cow::Owned(Alarm::of_thread().into())
    }

    fn poll_turn(_: &mut Context<'_>) -> Poll<()> {
        Poll::Ready(())
    }

    #[cold]
    fn poll_attempt<R>(
        &mut self,
        socket: &Arc<Socket>,
        until: Option<Instant>,
        _: &mut Context<'_>,
        mut attempt: impl FnMut() -> io::Result<R>,
    ) -> Poll<io::Result<R>> {
        let alarm = Alarm::of_thread();
        loop {
            alarm.wait(Some(socket.as_fd()), until)?;
            match attempt() {
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
                result => return Poll::Ready(result),
            }
        }
    }

    #[cold]
    fn poll_woken(&mut self, until: Option<Instant>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Alarm::of_thread().wait(None, until))
    }

    fn clear(&mut self) {}
}

/// Runs a future to its end on the calling thread: an `async fn` that works with any driver, given a blocking connection.
///
/// There is no runtime behind it: what needs one (a connection driven by tokio, a timer of tokio's) finds none.
#[inline]
pub fn run<F: Future>(future: F) -> F::Output {
    let mut future = pin!(future);
    // Most are done at once, and need nothing that wakes them.
    if let Poll::Ready(output) = future.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
        return output;
    }
    let alarm = Alarm::of_thread();
    let waker = Waker::from(Arc::clone(&alarm));
    loop {
        if let Poll::Ready(output) = future.as_mut().poll(&mut Context::from_waker(&waker)) {
            return output;
        }
        // Not of this driver's: it calls the waker. Should that fail, it is polled all the more often.
        let _ = alarm.wait(None, None);
    }
}
