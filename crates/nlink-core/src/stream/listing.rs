//! `dump`: a listing to be, with its filter; awaited, collected.

use std::fmt;
use std::time::Duration;

use super::DumpStream;
use crate::awaited_or_called;
use crate::connection::{Connection, timeouts};
use crate::driver::{Driver, Tokio};
use crate::error::{Error, Result};
use crate::interface::Interface;
use crate::object::{ByInterface, Dump};

/// A listing; awaited, gives all objects at once. Made by [`Connection::dump`].
///
/// Should what is listed change meanwhile, so that the kernel cannot vouch for it, the listing starts over by itself,
/// within a bound; what is collected is always one consistent state.
#[must_use = "nothing is sent before it is awaited, streamed or called"]
pub struct Listing<T: Dump, D: Driver = Tokio> {
    pub(super) connection: Connection<T::Protocol, D>,
    pub(super) filter: T::Filter,
    pub(super) timeout: Option<Duration>,
    pub(super) restarts: u32,
    pub(super) in_parts: bool,
}

/// How often a listing starts over unless it is told otherwise.
const DEFAULT_RESTARTS: u32 = 8;

impl<T: Dump, D: Driver> Listing<T, D> {
    pub(crate) fn new(connection: Connection<T::Protocol, D>) -> Self {
        let timeout = connection.timeout;
        Self { connection, filter: T::Filter::default(), timeout, restarts: DEFAULT_RESTARTS, in_parts: false }
    }

    /// Lists only what the filter lets through.
    pub fn filter(mut self, filter: T::Filter) -> Self {
        self.filter = filter;
        self
    }

    /// Narrows the filter. The objects' crates offer words for it: `.table(100)`.
    pub fn map_filter(mut self, with: impl FnOnce(&mut T::Filter)) -> Self {
        with(&mut self.filter);
        self
    }

    /// Lists what belongs to an interface only: its addresses, the routes that go out by it.
    pub fn on(self, interface: impl Into<Interface>) -> Self
    where
        T::Filter: ByInterface,
    {
        self.map_filter(|filter| filter.set_interface(interface.into()))
    }

    timeouts!("each part of the listing, which as a whole may take any time,");

    /// Starts over so often at most when what is listed changes meanwhile (8 unless said otherwise).
    pub fn restarts(mut self, restarts: u32) -> Self {
        self.restarts = restarts;
        self
    }

    /// Gives an object that [takes several messages](Dump::SPLIT) in parts, one a message, in order, each to be
    /// [joined](Dump::join) to those before it: for objects that are better not held as a whole. The filter has its say
    /// on each part.
    pub fn in_parts(mut self) -> Self {
        self.in_parts = true;
        self
    }

    /// One by one instead of all at once.
    pub fn stream(self) -> DumpStream<T, D> {
        DumpStream::new(self)
    }

    /// The first of them; none is an error ([`is_not_found`](Error::is_not_found)).
    pub async fn one(self) -> Result<T> {
        let mut stream = self.stream();
        loop {
            match stream.try_next().await {
                Ok(Some(object)) => return Ok(object),
                Ok(None) => return Err(Error::none(format!("dump {}", T::NAME))),
                Err(error) if error.is_restarted() => {}
                Err(error) => return Err(error),
            }
        }
    }

    async fn run(self) -> Result<Vec<T>> {
        let mut stream = self.stream();
        let mut objects = Vec::new();
        loop {
            match stream.try_next().await {
                Ok(Some(object)) => objects.push(object),
                Ok(None) => return Ok(objects),
                Err(error) if error.is_restarted() => objects.clear(),
                Err(error) => return Err(error),
            }
        }
    }
}

awaited_or_called! {
    /// Lists all at once.
    Listing<T: Dump> -> Vec<T>
}

impl<T: Dump, D: Driver> fmt::Debug for Listing<T, D> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Listing").field("of", &T::NAME).field("connection", &self.connection).finish()
    }
}
