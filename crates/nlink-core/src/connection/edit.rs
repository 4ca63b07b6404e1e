//! `add`, `replace`, `change`, `append`, `del`: what changes something and is acknowledged.

use std::fmt;
use std::time::Duration;

use super::ask::Ask;
use super::deadline::{Deadline, timeouts};
use super::fetch::first_object;
use super::{Connection, message};
use crate::awaited_or_called;
use crate::driver::{Driver, Tokio};
use crate::engine::Expect;
use crate::error::{Error, Result};
use crate::object::Object;
use crate::object::parts::Parts;

/// A change; awaited, it is carried out. Made by [`Connection::add`] and its like.
///
/// An object that [outgrows one message](Object::split_off) takes several, one after the other: the first that is
/// refused is the last, and what was carried out before it stays.
#[must_use = "nothing is sent before it is awaited or called"]
pub struct Edit<T: Object, D: Driver = Tokio> {
    connection: Connection<T::Protocol, D>,
    object: T,
    verb: &'static str,
    command: u16,
    flags: u16,
    expect: Expect,
    timeout: Option<Duration>,
}

impl<T: Object, D: Driver> Edit<T, D> {
    pub(super) fn new(
        connection: Connection<T::Protocol, D>,
        object: T,
        verb: &'static str,
        command: u16,
        flags: u16,
    ) -> Self {
        let timeout = connection.timeout;
        Self { connection, object, verb, command, flags, expect: Expect::Ack, timeout }
    }

    timeouts!("the acknowledgement");

    /// Sets flags of the request (`NLM_F_…`) that no verb has.
    pub fn flags(mut self, flags: u16) -> Self {
        self.flags |= flags;
        self
    }

    /// Does without the acknowledgement: whatever is not refused is done.
    ///
    /// The kernel handles a request while it is sent, and what it refuses is answered before the sending is over
    /// (`netlink_rcv_skb` of net/netlink/af_netlink.c). So a refusal is the same error as ever, and what succeeds takes
    /// an acknowledgement less to make, wait for and read. Of use to who makes very many changes, each of them awaited;
    /// a [`batch`](crate::batch) is faster still. Not for what only plays a kernel (a sandbox, a recording) and may
    /// refuse later.
    pub fn unacknowledged(mut self) -> Self {
        self.expect = Expect::Silence;
        self
    }

    /// Asks the kernel to tell what it made of it (`NLM_F_ECHO`): with the index, handle or label it chose.
    pub fn echo(mut self) -> Echo<T, D> {
        // What it is told of comes before the acknowledgement, so there has to be one.
        self.expect = Expect::Ack;
        Echo(self)
    }

    async fn run(self) -> Result<()> {
        self.carry_out(0).await.map(drop)
    }

    async fn carry_out(self, more: u16) -> Result<(Connection<T::Protocol, D>, Vec<u8>)> {
        let acknowledged = if self.expect == Expect::Ack { message::ACK } else { 0 };
        let ask = Ask {
            verb: self.verb,
            command: self.command,
            flags: self.flags | acknowledged | more,
            expect: self.expect,
            deadline: Deadline::in_time::<D>(self.timeout),
        };
        let (mut parts, mut reply) = (Parts::of(self.object), Vec::new());
        loop {
            reply.extend(self.connection.ask(ask, parts.part()).await?);
            if !parts.go_on() {
                return Ok((self.connection, reply));
            }
        }
    }
}

awaited_or_called! {
    /// Carries it out, and waits for the acknowledgement.
    Edit<T: Object> -> ()
}

/// A change that is told back; awaited, gives what the kernel made of it. Made by [`Edit::echo`].
///
/// `None` where the kernel tells nothing: links since Linux 6.2, addresses and routes since long before, others not.
#[must_use = "nothing is sent before it is awaited or called"]
pub struct Echo<T: Object, D: Driver = Tokio>(Edit<T, D>);

impl<T: Object, D: Driver> Echo<T, D> {
    async fn run(self) -> Result<Option<T>> {
        let (connection, reply) = self.0.carry_out(message::ECHO).await?;
        let object = first_object(&connection.protocol, &reply).transpose();
        object.map_err(|error| Error::item(T::NAME, error))
    }
}

awaited_or_called! {
    /// Carries it out; what the kernel made of it, where it tells.
    Echo<T: Object> -> Option<T>
}

impl<T: Object, D: Driver> fmt::Debug for Edit<T, D> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Edit").field("verb", &self.verb).field("object", &self.object).finish()
    }
}

impl<T: Object, D: Driver> fmt::Debug for Echo<T, D> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Echo").field(&self.0).finish()
    }
}
