//! `send_typed`: a command and its answer.

use std::time::Duration;

use nlink_core::driver::{Driver, Tokio};
use nlink_core::{Connection, Result, awaited_or_called};

use super::dialogue::Dialogue;
use super::{Command, Reply};
use crate::generic::Reaches;

/// A command to be sent; awaited, gives its reply. Made by [`Typed::send_typed`](super::Typed::send_typed).
#[derive(Debug)]
#[must_use = "nothing is sent before it is awaited or called"]
pub struct Send<C: Command, P: Reaches<C::Family>, D: Driver = Tokio> {
    connection: Connection<P, D>,
    command: C,
}

impl<C: Command, P: Reaches<C::Family>, D: Driver> Send<C, P, D> {
    pub(super) fn new(connection: Connection<P, D>, command: C) -> Self {
        Self { connection, command }
    }

    /// Waits so long for the answer at most.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.connection = self.connection.with_timeout(timeout);
        self
    }

    async fn run(self) -> Result<C::Reply> {
        let family = P::reach(&self.connection)?;
        match C::Reply::COMMAND {
            Some(_) => family.get::<Dialogue<C>>(self.command).await.map(Dialogue::into_reply),
            None => family.change(Dialogue::Command(self.command)).await.map(|()| C::Reply::default()),
        }
    }
}

awaited_or_called! {
    /// Sends it, and waits for the reply.
    Send<C: Command, P: Reaches<C::Family>> -> C::Reply
}
