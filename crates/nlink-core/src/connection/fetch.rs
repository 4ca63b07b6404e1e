//! `get`: one object.

use std::time::Duration;

use super::Connection;
use super::ask::Ask;
use super::deadline::{Deadline, timeouts};
use crate::awaited_or_called;
use crate::driver::{Driver, Tokio};
use crate::engine::Expect;
use crate::error::{Error, Result};
use crate::object::{Get, Object, Protocol};
use crate::wire::{Frames, WireError};

/// A request for one object; awaited, gives it. Made by [`Connection::get`].
#[derive(Debug)]
#[must_use = "nothing is sent before it is awaited or called"]
pub struct Fetch<T: Object, D: Driver = Tokio> {
    connection: Connection<T::Protocol, D>,
    object: T,
    timeout: Option<Duration>,
}

impl<T: Get, D: Driver> Fetch<T, D> {
    pub(super) fn new(connection: Connection<T::Protocol, D>, object: T) -> Self {
        let timeout = connection.timeout;
        Self { connection, object, timeout }
    }

    timeouts!("the answer");

    /// Changes what is asked, for instance adds a flag that only requests have.
    pub fn map(mut self, with: impl FnOnce(&mut T)) -> Self {
        with(&mut self.object);
        self
    }

    async fn run(mut self) -> Result<T> {
        let ask = Ask {
            verb: "get",
            command: T::GET,
            flags: 0,
            expect: Expect::Reply,
            deadline: Deadline::in_time::<D>(self.timeout),
        };
        let reply = self.connection.ask(ask, &mut self.object).await?;
        let object = first_object(&self.connection.protocol, &reply);
        let asked = || format!("get {}", self.object.describe());
        match object {
            Some(object) => object.map_err(|error| Error::reply(asked(), error)),
            None => Err(Error::no_reply(asked())),
        }
    }
}

/// The first object among the messages of an answer.
pub(super) fn first_object<T: Object>(protocol: &T::Protocol, reply: &[u8]) -> Option<Result<T, WireError>> {
    Frames::new(reply).find_map(|frame| {
        let frame = match frame {
            Ok(frame) => frame,
            Err(error) => return Some(Err(error)),
        };
        let (command, body) = protocol.open(frame.header.message_type, frame.body);
        (command == T::NEW).then(|| T::decode(body))
    })
}

awaited_or_called! {
    /// Asks, and waits for the answer.
    Fetch<T: Get> -> T
}
