//! What a driver has to bring: a clock, and waiting for a socket.

use std::borrow::Cow;
use std::fmt::Debug;
use std::io;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};
use std::time::Instant;

use crate::socket::Socket;

/// How a connection waits; a marker.
pub trait Driver: Clone + Copy + Debug + Default + Send + Sync + Unpin + 'static {
    /// One wait after the other, for one socket.
    type Wait: Wait;
}

/// A driver whose futures keep the thread until they are done: what is driven by it can be called.
#[diagnostic::on_unimplemented(
    message = "this connection is driven by `{Self}`: what its verbs give is awaited, not called",
    note = "`nlink::blocking::Connection` is the one whose verbs are called"
)]
pub trait Blocks: Driver {}

/// Waiting for a socket or for another waiter. Nothing is registered anywhere before it really comes to waiting.
pub trait Wait: Default + Debug + Send + Unpin + 'static {
    /// The clock that deadlines are read from.
    fn now() -> Instant;

    /// What wakes the caller from [`poll_woken`](Wait::poll_woken), and from the others.
    fn waker<'a>(cx: &Context<'a>) -> Cow<'a, Waker>;

    /// Ready when the caller may go on with long work; others may have to have their turn first.
    fn poll_turn(cx: &mut Context<'_>) -> Poll<()>;

    /// Attempts again whenever the socket may have something to read, or the waker was called, until the attempt gives
    /// something else than `WouldBlock`. `TimedOut` when the time has come.
    ///
    /// To be called after a first attempt that gave `WouldBlock`.
    fn poll_attempt<R>(
        &mut self,
        socket: &Arc<Socket>,
        until: Option<Instant>,
        cx: &mut Context<'_>,
        attempt: impl FnMut() -> io::Result<R>,
    ) -> Poll<io::Result<R>>;

    /// Waits to be woken by another waiter; `TimedOut` when the time has come.
    fn poll_woken(&mut self, until: Option<Instant>, cx: &mut Context<'_>) -> Poll<io::Result<()>>;

    /// Lets go of the socket, which another one is to wait for.
    fn clear(&mut self);
}
