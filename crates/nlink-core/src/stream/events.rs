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
use tokio::task::coop;

use crate::connection::Connection;
use crate::error::{Error, Result};
use crate::object::{Events, Protocol};
use crate::socket::{Buffer, Socket, Watch};
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
pub struct EventStream<E: Events> {
    connection: Connection<E::Protocol>,
    socket: Arc<Socket>,
    buffer: Buffer,
    at: usize,
    watch: Watch,
    /// Something was lost, and is told of once the queue is empty.
    lost: bool,
    over: bool,
    of: PhantomData<fn() -> E>,
}

impl<E: Events> EventStream<E> {
    pub(super) fn new(connection: Connection<E::Protocol>, socket: Socket) -> Self {
        let (buffer, watch) = (Buffer::new(), Watch::default());
        Self { connection, socket: Arc::new(socket), buffer, at: 0, watch, lost: false, over: false, of: PhantomData }
    }

    /// The next notice; `None` only after an error of the socket itself.
    pub async fn try_next(&mut self) -> Result<Option<Notice<E::Item>>> {
        poll_fn(|cx| self.poll(cx)).await.transpose()
    }

    fn poll(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<Notice<E::Item>>>> {
        if self.over {
            return Poll::Ready(None);
        }
        loop {
            if let Some(item) = self.next_received() {
                return Poll::Ready(Some(item.map(Notice::Event)));
            }
            let turn = ready!(coop::poll_proceed(cx));
            let received = match self.lost {
                true => self.socket.receive(&mut self.buffer),
                false => ready!(self.watch.poll_receive(&self.socket, &mut self.buffer, cx)),
            };
            turn.made_progress();
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
                    return Poll::Ready(Some(Ok(Notice::Overrun)));
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
                E::read(command, body)
            }
            Err(error) => Some(Err(error)),
        });
        self.at = datagram.len() - frames.rest().len();
        item.map(|item| item.map_err(|error| Error::item("event", error)))
    }
}

impl<E: Events> Stream for EventStream<E> {
    type Item = Result<Notice<E::Item>>;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll(cx)
    }
}

impl<E: Events> Unpin for EventStream<E> {}

impl<E: Events> fmt::Debug for EventStream<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EventStream").field("connection", &self.connection).finish()
    }
}
