//! `events`: a subscription to be; awaited, it is in force.

use std::fmt;
use std::marker::PhantomData;

use super::EventStream;
use crate::awaited_or_called;
use crate::connection::Connection;
use crate::driver::{Driver, Tokio};
use crate::error::Result;
use crate::object::Events;

/// A subscription; awaited, gives the stream of what happens from then on. Made by [`Connection::events`].
#[must_use = "nothing is subscribed to before it is awaited or called"]
pub struct Subscription<E: Events, D: Driver = Tokio> {
    connection: Connection<E::Protocol, D>,
    groups: Vec<u32>,
    buffer: u32,
    of: PhantomData<fn() -> E>,
}

/// Enough for some ten thousand announcements; the kernel takes memory for it only as they come.
const DEFAULT_BUFFER: u32 = 8 * 1024 * 1024;

impl<E: Events, D: Driver> Subscription<E, D> {
    pub(crate) fn new(connection: Connection<E::Protocol, D>) -> Self {
        Self { connection, groups: E::GROUPS.to_vec(), buffer: DEFAULT_BUFFER, of: PhantomData }
    }

    /// Listens to one more multicast group: one whose number is not known before (generic netlink), or another's.
    pub fn group(mut self, group: u32) -> Self {
        self.groups.push(group);
        self
    }

    /// How many bytes of announcements the kernel keeps for us before it tells of an overrun (8 MiB where we may ask
    /// for that, else what the system's limit allows).
    pub fn receive_buffer(mut self, bytes: u32) -> Self {
        self.buffer = bytes;
        self
    }

    async fn run(self) -> Result<EventStream<E, D>> {
        self.start()
    }

    pub(super) fn start(self) -> Result<EventStream<E, D>> {
        let socket = self.connection.shared.sockets.open()?;
        socket.set_receive_buffer(self.buffer)?;
        for group in self.groups {
            socket.join(group)?;
        }
        Ok(EventStream::new(self.connection, socket))
    }
}

awaited_or_called! {
    /// Subscribes; from here on nothing that happens is missed without being told so.
    Subscription<E: Events> -> EventStream<E, D>
}

impl<E: Events, D: Driver> fmt::Debug for Subscription<E, D> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Subscription").field("connection", &self.connection).field("groups", &self.groups).finish()
    }
}
