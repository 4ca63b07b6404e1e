//! `request`: the escape hatch for what no object declares.

use std::fmt;
use std::time::Duration;

use super::deadline::{Deadline, timeouts};
use super::trace::Trace;
use super::{Connection, message};
use crate::awaited_or_called;
use crate::driver::{Driver, Tokio};
use crate::engine::Expect;
use crate::error::{Error, Result};
use crate::object::Protocol;
use crate::wire::{AttrTable, Count, Frames};

/// Any request; awaited, gives the messages that answer it. Made by [`Connection::request`].
///
/// It ends at its first answer; with `NLM_F_ACK` among the [`flags`](RawRequest::flags), at the acknowledgement. It is
/// not for dumps: those run on sockets of their own, and objects that can be listed say so.
#[must_use = "nothing is sent before it is awaited or called"]
pub struct RawRequest<P: Protocol, D: Driver = Tokio> {
    connection: Connection<P, D>,
    command: u16,
    flags: u16,
    body: Vec<u8>,
    timeout: Option<Duration>,
}

impl<P: Protocol, D: Driver> RawRequest<P, D> {
    pub(super) fn new(connection: Connection<P, D>, command: u16) -> Self {
        let timeout = connection.timeout;
        Self { connection, command, flags: 0, body: Vec::new(), timeout }
    }

    /// `NLM_F_…` beside `NLM_F_REQUEST`.
    pub fn flags(mut self, flags: u16) -> Self {
        self.flags |= flags;
        self
    }

    /// What follows the protocol's headers. [`Message::emit`](crate::wire::Message::emit) writes one of an object.
    pub fn body(mut self, body: impl Into<Vec<u8>>) -> Self {
        self.body = body.into();
        self
    }

    timeouts!("the answer");

    async fn run(self) -> Result<RawReply<P>> {
        let Self { connection, command, flags, body, timeout } = self;
        let asked = || format!("{} request {command}", P::NAME);
        let deadline = Deadline::in_time::<D>(timeout);
        let empty = const { &AttrTable::EMPTY };
        let message = message::write(&connection.protocol, command, flags, empty, |writer| writer.bytes(&body));
        let mut message = message.map_err(|error| Error::invalid(asked(), error))?;
        let expect = if flags & message::ACK == 0 { Expect::Reply } else { Expect::Ack };
        let mut trace = Trace::of(P::NAME, "request", "raw", command);
        let outcome = trace.exchange::<D>(&connection.shared, &mut message, expect, deadline).await;
        let outcome = outcome.map_err(|fault| fault.explain(asked(), deadline, message::sent::<P>(&message, empty)));
        trace.end(&message, &outcome);
        let bytes = outcome?;
        Ok(RawReply { protocol: connection.protocol, bytes })
    }
}

awaited_or_called! {
    /// Asks, and waits for the answer.
    RawRequest<P: Protocol> -> RawReply<P>
}

/// The messages that answered a [`RawRequest`].
#[derive(Clone)]
pub struct RawReply<P> {
    protocol: P,
    bytes: Vec<u8>,
}

impl<P: Protocol> RawReply<P> {
    /// Each message's command, and what follows the protocol's headers.
    pub fn bodies(&self) -> impl Iterator<Item = (u16, &[u8])> {
        let frames = Frames::new(&self.bytes).map_while(Result::ok);
        frames.map(|frame| self.protocol.open(frame.header.message_type, frame.body))
    }
}

impl<P: Protocol, D: Driver> fmt::Debug for RawRequest<P, D> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("RawRequest");
        shown.field("command", &self.command).field("flags", &self.flags).field("body", &Count(&self.body)).finish()
    }
}

impl<P> fmt::Debug for RawReply<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("RawReply").field(&Count(&self.bytes)).finish()
    }
}
