//! Announcements as they come.

use std::fmt;
use std::future::poll_fn;
use std::io;
use std::marker::PhantomData;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use futures_core::Stream;
use nix::errno::Errno;

use crate::connection::{Connection, Deadline};
use crate::driver::{Driver, Tokio, Wait};
use crate::error::{Error, Result};
use crate::object::{EventMessage, Events, Protocol};
use crate::socket::{Buffer, Socket};
use crate::wire::Frames;

/// What a subscription yields.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Notice<T> {
    /// Something happened.
    Event(T),
    /// More happened than the receive buffer could hold, and is lost. What was known may be stale: list anew. All that
    /// happens from this notice on arrives again.
    Overrun,
}

impl<T> Notice<T> {
    /// The event, if it is one.
    pub fn event(self) -> Option<T> {
        match self {
            Notice::Event(event) => Some(event),
            Notice::Overrun => None,
        }
    }
}

/// What happens, from the subscription on. Never ends of itself; an error is about one announcement, and the next poll
/// gives the next.
pub struct EventStream<E: Events, D: Driver = Tokio> {
    connection: Connection<E::Protocol, D>,
    socket: Arc<Socket>,
    buffer: Buffer,
    at: usize,
    wait: D::Wait,
    /// Something was lost, and is told of once the queue is empty.
    lost: bool,
    over: bool,
    of: PhantomData<fn() -> E>,
}

impl<E: Events, D: Driver> EventStream<E, D> {
    pub(super) fn new(connection: Connection<E::Protocol, D>, socket: Socket) -> Self {
        let (buffer, wait) = (Buffer::new(), D::Wait::default());
        Self { connection, socket: Arc::new(socket), buffer, at: 0, wait, lost: false, over: false, of: PhantomData }
    }

    /// Whether something was lost that a notice is still to tell of.
    pub(crate) fn has_lost(&self) -> bool {
        self.lost
    }

    pub(crate) fn socket(&self) -> &Socket {
        &self.socket
    }

    /// The next notice; `None` only after an error of the socket itself.
    pub async fn try_next(&mut self) -> Result<Option<Notice<E::Item>>> {
        poll_fn(|cx| self.poll(None, cx)).await.transpose()
    }

    /// The next one; an error that is [a timeout](Error::is_timeout) if none came until then, and the stream goes on.
    pub(crate) fn poll(
        &mut self,
        until: Option<Deadline>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Notice<E::Item>>>> {
        if self.over {
            return Poll::Ready(None);
        }
        loop {
            if let Some(item) = self.next_received() {
                return Poll::Ready(Some(item.map(Notice::Event)));
            }
            ready!(D::Wait::poll_turn(cx));
            let Self { socket, buffer, wait, .. } = self;
            let received = match socket.receive(buffer) {
                Err(error) if error.kind() == io::ErrorKind::WouldBlock && !self.lost => {
                    match until.and_then(|until| until.at) {
                        Some(at) if at <= D::Wait::now() => Err(io::ErrorKind::TimedOut.into()),
                        at => ready!(wait.poll_attempt(socket, at, cx, || socket.receive(buffer))),
                    }
                }
                received => received,
            };
            self.at = 0;
            match received {
                Ok(received) => {
                    // What did not fit is lost; the buffer has grown for the next one.
                    self.lost |= received.truncated;
                    if received.port != 0 {
                        self.buffer.clear();
                    }
                }
                Err(error) if error.raw_os_error() == Some(Errno::ENOBUFS as i32) => {
                    // From now on the kernel drops what happens until the queue is empty, without saying so again.
                    // Hence the notice comes behind what is queued: what is listed after it is up to date.
                    self.buffer.clear();
                    self.lost = true;
                }
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {
                    self.buffer.clear();
                    self.lost = false;
                    self.connection.shared.count_event_overrun();
                    tracing::warn!(protocol = E::Protocol::NAME, "the receive buffer was full: events were lost");
                    return Poll::Ready(Some(Ok(Notice::Overrun)));
                }
                Err(error) if error.kind() == io::ErrorKind::TimedOut => {
                    self.buffer.clear();
                    let after = until.and_then(|until| until.after).unwrap_or_default();
                    return Poll::Ready(Some(Err(Error::timeout("receive events", after))));
                }
                Err(error) => {
                    self.over = true;
                    return Poll::Ready(Some(Err(Error::socket("receive events", error))));
                }
            }
        }
    }

    /// The next announcement of interest in the datagram at hand.
    fn next_received(&mut self) -> Option<Result<E::Item>> {
        let datagram = self.buffer.datagram();
        let mut frames = Frames::new(datagram.get(self.at..).unwrap_or_default());
        let item = frames.by_ref().find_map(|frame| match frame {
            Ok(frame) => {
                let (command, body) = self.connection.protocol.open(frame.header.message_type, frame.body);
                E::read(&EventMessage { command, flags: frame.header.flags, body })
            }
            Err(error) => Some(Err(error)),
        });
        self.at = datagram.len() - frames.rest().len();
        item.map(|item| item.map_err(|error| Error::item("event", error)))
    }
}

impl<E: Events, D: Driver> Stream for EventStream<E, D> {
    type Item = Result<Notice<E::Item>>;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll(None, cx)
    }
}

impl<E: Events, D: Driver> Unpin for EventStream<E, D> {}

impl<E: Events, D: Driver> fmt::Debug for EventStream<E, D> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EventStream").field("connection", &self.connection).finish()
    }
}
