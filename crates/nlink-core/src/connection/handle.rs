//! The connection itself: how it is opened, and its verbs.

use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;
use std::time::Duration;

use super::shared::Shared;
use super::sockets::Sockets;
use super::{Counters, Edit, Fetch, RawRequest};
use crate::batch::{Batch, Transaction};
use crate::driver::{Driver, Tokio};
use crate::engine::Refusal;
use crate::error::Result;
use crate::netns::Namespace;
use crate::object::{Add, Append, Change, Del, Dump, Events, Get, Object, Protocol, Replace, Transactional, Watch};
use crate::pcap::Capture;
use crate::socket::Socket;
use crate::stream::{Listing, ResyncStream, StoreBuilder, Subscription, WatchStream};

/// How long a request waits for its answer unless it says otherwise.
pub const DEFAULT_TIMEOUT: Duration = Duration::from_secs(30);

/// A connection to one of the kernel's netlink protocols, in one network namespace.
///
/// Cheap to clone; clones share the socket, and any number of requests may be in flight on it, of tasks and of threads. It
/// belongs to no runtime: it can be opened outside of one and used from several. The driver is how it
/// [waits](crate::driver): under tokio unless said otherwise.
pub struct Connection<P: Protocol, D: Driver = Tokio> {
    pub(crate) shared: Arc<Shared>,
    pub(crate) protocol: P,
    pub(crate) timeout: Option<Duration>,
    driver: PhantomData<D>,
}

/// Opening.
impl<P: Protocol + Default, D: Driver> Connection<P, D> {
    /// Connects in the calling thread's network namespace. The connection stays in it, wherever it is used.
    pub fn open() -> Result<Self> {
        Self::prepared(Sockets::inside(P::NUMBER, Namespace::current().ok()))
    }

    /// Connects inside a namespace; the same as [`Namespace::connect`].
    pub fn open_in(namespace: &Namespace) -> Result<Self> {
        Self::prepared(Sockets::inside(P::NUMBER, Some(namespace.clone())))
    }

    fn prepared(sockets: Sockets) -> Result<Self> {
        let connection = Self::from_sockets(sockets, P::default())?;
        connection.learn()?;
        Ok(connection)
    }
}

impl<P: Protocol, D: Driver> Connection<P, D> {
    fn from_sockets(sockets: Sockets, protocol: P) -> Result<Self> {
        let (shared, timeout) = (Arc::new(Shared::new(sockets)?), Some(DEFAULT_TIMEOUT));
        Ok(Self { shared, protocol, timeout, driver: PhantomData })
    }

    /// A connection over sockets that `open` makes: one for requests, at once, then one for each dump under way and
    /// each subscription. `open` is told the number of the protocol. For a kernel that is none (tests, replays).
    pub fn over(protocol: P, open: impl Fn(u32) -> Result<Socket> + Send + Sync + 'static) -> Result<Self> {
        Self::from_sockets(Sockets::made_by(P::NUMBER, open), protocol)
    }

    /// The same connection for another protocol of the same number: a family of generic netlink.
    pub fn speak<Q: Protocol>(&self, protocol: Q) -> Connection<Q, D> {
        Connection { shared: Arc::clone(&self.shared), protocol, timeout: self.timeout, driver: PhantomData }
    }

    /// The same connection with another driver; both may be used at a time.
    pub fn driven_by<E: Driver>(&self) -> Connection<P, E> {
        let (shared, protocol) = (Arc::clone(&self.shared), self.protocol.clone());
        Connection { shared, protocol, timeout: self.timeout, driver: PhantomData }
    }

    /// Asks the kernel [what it takes](Protocol::learn) to speak the protocol; whether something is known now that was
    /// not before. Opening does so by itself.
    pub fn learn(&self) -> Result<bool> {
        self.protocol.learn(&self.driven_by())
    }

    /// Whether a refusal came from something that is known better now, so that it is worth another try.
    pub(crate) fn learns_from(&self, refusal: &Refusal) -> bool {
        self.protocol.is_outdated(refusal.errno) && self.learn().unwrap_or(false)
    }

    /// The protocol's marker.
    pub fn protocol(&self) -> &P {
        &self.protocol
    }

    /// The same connection with another default for how long requests wait; `None` is for ever.
    pub fn with_timeout(mut self, timeout: impl Into<Option<Duration>>) -> Self {
        self.timeout = timeout.into();
        self
    }

    /// Writes every message that goes out or comes in to `capture` from now on: requests, listings and events, of all
    /// clones; `None` ends that. See [`Capture`].
    pub fn capture(&self, capture: impl Into<Option<Capture>>) {
        self.shared.sockets.capture(capture.into());
    }

    /// The namespace it is in, where that is known.
    pub fn namespace(&self) -> Option<&Namespace> {
        self.shared.sockets.namespace()
    }

    /// Whether nobody else holds it, and nothing is left on it of what was done.
    pub(crate) fn is_settled(&self) -> bool {
        self.shared.is_settled()
    }

    /// What happened on it so far, all clones together.
    pub fn counters(&self) -> Counters {
        self.shared.counters()
    }
}

/// The verbs. Each gives a builder; nothing is sent before it is awaited, or with a [blocking](crate::blocking) connection
/// called.
impl<P: Protocol, D: Driver> Connection<P, D> {
    /// Asks for the one known by `key`.
    pub fn get<T: Get + Object<Protocol = P>>(&self, key: impl Into<T::Key>) -> Fetch<T, D> {
        Fetch::new(self.clone(), T::request_for(key.into()))
    }

    /// Lists them: awaited, all at once; with [`stream`](Listing::stream), one by one in flat memory.
    pub fn dump<T: Dump + Object<Protocol = P>>(&self) -> Listing<T, D> {
        Listing::new(self.clone())
    }

    /// Makes one; that it is there already is an error ([`is_exists`](crate::Error::is_exists)).
    pub fn add<T: Add + Object<Protocol = P>>(&self, object: T) -> Edit<T, D> {
        Edit::new(self.clone(), object, "add", <T as Add>::COMMAND, <T as Add>::FLAGS)
    }

    /// Makes one, in the place of one that is there.
    pub fn replace<T: Replace + Object<Protocol = P>>(&self, object: T) -> Edit<T, D> {
        Edit::new(self.clone(), object, "replace", <T as Replace>::COMMAND, <T as Replace>::FLAGS)
    }

    /// Changes what the object says of one that is there, and leaves the rest as it is.
    pub fn change<T: Change + Object<Protocol = P>>(&self, object: T) -> Edit<T, D> {
        Edit::new(self.clone(), object, "change", <T as Change>::COMMAND, <T as Change>::FLAGS)
    }

    /// Puts one behind those of the same key.
    pub fn append<T: Append + Object<Protocol = P>>(&self, object: T) -> Edit<T, D> {
        Edit::new(self.clone(), object, "append", <T as Append>::COMMAND, <T as Append>::FLAGS)
    }

    /// Deletes one.
    pub fn del<T: Del + Object<Protocol = P>>(&self, object: T) -> Edit<T, D> {
        Edit::new(self.clone(), object, "delete", <T as Del>::COMMAND, <T as Del>::FLAGS)
    }

    /// Many requests in few system calls.
    pub fn batch(&self) -> Batch<P, D> {
        Batch::new(self.clone())
    }

    /// Many requests, all of them carried out or none.
    pub fn transaction(&self) -> Transaction<P, D>
    where
        P: Transactional,
    {
        Transaction::new(self.clone())
    }

    /// Subscribes; once awaited, nothing that happens is missed without being told so.
    pub fn events<E: Events<Protocol = P>>(&self) -> Subscription<E, D> {
        Subscription::new(self.clone())
    }

    /// All that there are and what happens to them, for ever, without keeping them; recovers from losses by itself.
    pub fn resync<T: Watch + Object<Protocol = P>>(&self) -> ResyncStream<T, D> {
        ResyncStream::new(self.clone())
    }

    /// What changes among all that there are, for ever: added, changed, removed; recovers from losses by itself.
    pub fn watch<T: Watch + Object<Protocol = P>>(&self) -> WatchStream<T, D> {
        WatchStream::new(self.clone())
    }

    /// The escape hatch: any command, flags and body.
    pub fn request(&self, command: u16) -> RawRequest<P, D> {
        RawRequest::new(self.clone(), command)
    }
}

/// What takes a task of the runtime.
impl<P: Protocol> Connection<P> {
    /// Keeps all that there are: awaited, gives a table that stays up to date and is read from anywhere.
    pub fn store<T: Watch + Object<Protocol = P>>(&self) -> StoreBuilder<T> {
        StoreBuilder::new(self.clone())
    }
}

impl<P: Protocol, D: Driver> Clone for Connection<P, D> {
    fn clone(&self) -> Self {
        self.driven_by()
    }
}

impl<P: Protocol, D: Driver> fmt::Debug for Connection<P, D> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Connection").field("protocol", &P::NAME).field("namespace", &self.namespace()).finish()
    }
}
