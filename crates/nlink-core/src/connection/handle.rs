//! The connection itself: how it is opened, and its verbs.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use super::shared::Shared;
use super::sockets::Sockets;
use super::{Counters, Edit, Fetch, RawRequest};
use crate::error::Result;
use crate::netns::Namespace;
use crate::object::{Add, Append, Change, Del, Dump, Events, Get, Object, Protocol, Replace};
use crate::socket::Socket;
use crate::stream::{Listing, Subscription};

/// How long a request waits for its answer unless it says otherwise.
pub const DEFAULT_TIMEOUT: Duration = Duration::from_secs(30);

/// A connection to one of the kernel's netlink protocols, in one network namespace.
///
/// Cheap to clone; clones share the socket, and any number of requests may be in flight on it. It belongs to no
/// runtime: it can be opened outside of one and used from several.
pub struct Connection<P: Protocol> {
    pub(crate) shared: Arc<Shared>,
    pub(crate) protocol: P,
    pub(crate) timeout: Option<Duration>,
}

/// Opening.
impl<P: Protocol + Default> Connection<P> {
    /// Connects in the calling thread's network namespace. The connection stays in it, wherever it is used.
    pub fn open() -> Result<Self> {
        Self::from_sockets(Sockets::inside(P::NUMBER, Namespace::current().ok()), P::default())
    }

    /// Connects inside a namespace; the same as [`Namespace::connect`].
    pub fn open_in(namespace: &Namespace) -> Result<Self> {
        Self::from_sockets(Sockets::inside(P::NUMBER, Some(namespace.clone())), P::default())
    }
}

impl<P: Protocol> Connection<P> {
    fn from_sockets(sockets: Sockets, protocol: P) -> Result<Self> {
        Ok(Self { shared: Arc::new(Shared::new(sockets)?), protocol, timeout: Some(DEFAULT_TIMEOUT) })
    }

    /// A connection over sockets that `open` makes: one for requests, at once, then one for each dump under way and
    /// each subscription. `open` is told the number of the protocol. For a kernel that is none (tests, replays).
    pub fn over(protocol: P, open: impl Fn(u32) -> Result<Socket> + Send + Sync + 'static) -> Result<Self> {
        Self::from_sockets(Sockets::made_by(P::NUMBER, open), protocol)
    }

    /// The same connection for another protocol of the same number: a family of generic netlink.
    pub fn speak<Q: Protocol>(&self, protocol: Q) -> Connection<Q> {
        Connection { shared: Arc::clone(&self.shared), protocol, timeout: self.timeout }
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

    /// The namespace it is in, where that is known.
    pub fn namespace(&self) -> Option<&Namespace> {
        self.shared.sockets.namespace()
    }

    /// What happened on it so far, all clones together.
    pub fn counters(&self) -> Counters {
        self.shared.counters()
    }
}

/// The verbs. Each gives a builder; nothing is sent before it is awaited.
impl<P: Protocol> Connection<P> {
    /// Asks for the one known by `key`.
    pub fn get<T: Get + Object<Protocol = P>>(&self, key: impl Into<T::Key>) -> Fetch<T> {
        Fetch::new(self.clone(), T::request_for(key.into()))
    }

    /// Lists them: awaited, all at once; with [`stream`](Listing::stream), one by one in flat memory.
    pub fn dump<T: Dump + Object<Protocol = P>>(&self) -> Listing<T> {
        Listing::new(self.clone())
    }

    /// Makes one; that it is there already is an error ([`is_exists`](crate::Error::is_exists)).
    pub fn add<T: Add + Object<Protocol = P>>(&self, object: T) -> Edit<T> {
        Edit::new(self.clone(), object, "add", <T as Add>::COMMAND, <T as Add>::FLAGS)
    }

    /// Makes one, in the place of one that is there.
    pub fn replace<T: Replace + Object<Protocol = P>>(&self, object: T) -> Edit<T> {
        Edit::new(self.clone(), object, "replace", <T as Replace>::COMMAND, <T as Replace>::FLAGS)
    }

    /// Changes what the object says of one that is there, and leaves the rest as it is.
    pub fn change<T: Change + Object<Protocol = P>>(&self, object: T) -> Edit<T> {
        Edit::new(self.clone(), object, "change", <T as Change>::COMMAND, <T as Change>::FLAGS)
    }

    /// Puts one behind those of the same key.
    pub fn append<T: Append + Object<Protocol = P>>(&self, object: T) -> Edit<T> {
        Edit::new(self.clone(), object, "append", <T as Append>::COMMAND, <T as Append>::FLAGS)
    }

    /// Deletes one.
    pub fn del<T: Del + Object<Protocol = P>>(&self, object: T) -> Edit<T> {
        Edit::new(self.clone(), object, "delete", <T as Del>::COMMAND, <T as Del>::FLAGS)
    }

    /// Subscribes; once awaited, nothing that happens is missed without being told so.
    pub fn events<E: Events<Protocol = P>>(&self) -> Subscription<E> {
        Subscription::new(self.clone())
    }

    /// The escape hatch: any command, flags and body.
    pub fn request(&self, command: u16) -> RawRequest<P> {
        RawRequest::new(self.clone(), command)
    }
}

impl<P: Protocol> Clone for Connection<P> {
    fn clone(&self) -> Self {
        Self { shared: Arc::clone(&self.shared), protocol: self.protocol.clone(), timeout: self.timeout }
    }
}

impl<P: Protocol> fmt::Debug for Connection<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Connection").field("protocol", &P::NAME).field("namespace", &self.namespace()).finish()
    }
}
