//! The pool itself: its places, what lies idle, its counts.

use std::fmt;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::Semaphore;

use super::{Leasing, PoolMetrics};
use crate::connection::{Connection, DEFAULT_TIMEOUT};
use crate::driver::{Driver, Tokio};
use crate::error::Result;
use crate::netns::Namespace;
use crate::object::Protocol;

/// At most so many connections, each lent to one at a time; see the [module](super). Clones are the same pool.
pub struct ConnectionPool<P: Protocol, D: Driver = Tokio> {
    pub(super) inner: Arc<Inner<P, D>>,
}

pub(super) struct Inner<P: Protocol, D: Driver> {
    open: Box<dyn Fn() -> Result<Connection<P, D>> + Send + Sync>,
    size: usize,
    /// Fair: who asks first is served first.
    pub(super) places: Arc<Semaphore>,
    idle: Mutex<Vec<Connection<P, D>>>,
    pub(super) waiting: AtomicUsize,
    leases: AtomicU64,
    opened: AtomicU64,
    thrown_away: AtomicU64,
    waited_nanoseconds: AtomicU64,
}

impl<P: Protocol + Default, D: Driver> ConnectionPool<P, D> {
    /// A pool in the calling thread's namespace, of so many connections (one at least).
    pub fn open(size: usize) -> Self {
        match Namespace::current() {
            Ok(namespace) => Self::open_in(&namespace, size),
            // without /proc it is not known which it is
            Err(_) => Self::over(size, Connection::open),
        }
    }

    /// A pool inside a namespace.
    pub fn open_in(namespace: &Namespace, size: usize) -> Self {
        let namespace = namespace.clone();
        Self::over(size, move || Connection::open_in(&namespace))
    }
}

impl<P: Protocol, D: Driver> ConnectionPool<P, D> {
    /// A pool of connections that `open` makes when one is needed: with a deadline of their own, or to a kernel that is
    /// none.
    pub fn over(size: usize, open: impl Fn() -> Result<Connection<P, D>> + Send + Sync + 'static) -> Self {
        let size = size.clamp(1, Semaphore::MAX_PERMITS);
        let inner = Inner {
            open: Box::new(open),
            size,
            places: Arc::new(Semaphore::new(size)),
            idle: Mutex::default(),
            waiting: AtomicUsize::new(0),
            leases: AtomicU64::new(0),
            opened: AtomicU64::new(0),
            thrown_away: AtomicU64::new(0),
            waited_nanoseconds: AtomicU64::new(0),
        };
        Self { inner: Arc::new(inner) }
    }

    /// Lends a connection: awaited, waits for one where all are leased, for 30 seconds unless told otherwise.
    pub fn lease(&self) -> Leasing<P, D> {
        Leasing::new(self.clone(), Some(DEFAULT_TIMEOUT))
    }

    /// How it fares.
    pub fn metrics(&self) -> PoolMetrics {
        let inner = &*self.inner;
        PoolMetrics {
            size: inner.size,
            leased: inner.size.saturating_sub(inner.places.available_permits()),
            idle: inner.idle().len(),
            waiting: inner.waiting.load(Ordering::Relaxed),
            leases: inner.leases.load(Ordering::Relaxed),
            opened: inner.opened.load(Ordering::Relaxed),
            thrown_away: inner.thrown_away.load(Ordering::Relaxed),
            waited: Duration::from_nanos(inner.waited_nanoseconds.load(Ordering::Relaxed)),
        }
    }

    /// How many connections may be leased at a time.
    pub fn size(&self) -> usize {
        self.inner.size
    }
}

impl<P: Protocol, D: Driver> Inner<P, D> {
    fn idle(&self) -> MutexGuard<'_, Vec<Connection<P, D>>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A connection for somebody who has a place.
    pub(super) fn take_out(&self, waited: Duration) -> Result<Connection<P, D>> {
        let idle = self.idle().pop();
        let connection = match idle {
            Some(connection) => connection,
            None => {
                let opened = (self.open)()?;
                self.opened.fetch_add(1, Ordering::Relaxed);
                opened
            }
        };
        self.leases.fetch_add(1, Ordering::Relaxed);
        let waited = u64::try_from(waited.as_nanos()).unwrap_or(u64::MAX);
        self.waited_nanoseconds.fetch_add(waited, Ordering::Relaxed);
        Ok(connection)
    }

    /// Takes a connection back, for the next one if nothing is left on it of the last.
    pub(super) fn put_back(&self, connection: Connection<P, D>) {
        if connection.is_settled() {
            self.idle().push(connection);
        } else {
            self.thrown_away.fetch_add(1, Ordering::Relaxed);
        }
    }
}

impl<P: Protocol, D: Driver> Clone for ConnectionPool<P, D> {
    fn clone(&self) -> Self {
        Self { inner: Arc::clone(&self.inner) }
    }
}

impl<P: Protocol, D: Driver> fmt::Debug for ConnectionPool<P, D> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ConnectionPool").field("protocol", &P::NAME).field("metrics", &self.metrics()).finish()
    }
}
