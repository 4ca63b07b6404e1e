//! A connection on loan, and waiting for one.

use std::fmt;
use std::future::{Future, poll_fn};
use std::io;
use std::ops::Deref;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use tokio::sync::OwnedSemaphorePermit;

use super::ConnectionPool;
use super::handle::Inner;
use crate::awaited_or_called;
use crate::connection::{Connection, Deadline, timeouts};
use crate::driver::{Driver, Tokio, Wait};
use crate::error::{Error, Result};
use crate::object::Protocol;

/// A lease to be; awaited, it is one. Made by [`ConnectionPool::lease`].
#[derive(Debug)]
#[must_use = "nobody waits for a connection before it is awaited or called"]
pub struct Leasing<P: Protocol, D: Driver = Tokio> {
    pool: ConnectionPool<P, D>,
    timeout: Option<Duration>,
}

impl<P: Protocol, D: Driver> Leasing<P, D> {
    pub(super) fn new(pool: ConnectionPool<P, D>, timeout: Option<Duration>) -> Self {
        Self { pool, timeout }
    }

    timeouts!("a connection to come back");

    async fn run(self) -> Result<Lease<P, D>> {
        let Self { pool, timeout } = self;
        let inner = pool.inner;
        let (place, waited) = match Arc::clone(&inner.places).try_acquire_owned() {
            Ok(place) => (place, Duration::ZERO),
            Err(_) => wait_for_place(&inner, timeout).await?,
        };
        let connection = inner.take_out(waited)?;
        let home = Home { connection: Some(connection.clone()), pool: inner, _place: place };
        Ok(Lease { connection, home })
    }
}

/// Waits for a place, and says how long that took.
async fn wait_for_place<P: Protocol, D: Driver>(
    inner: &Inner<P, D>,
    timeout: Option<Duration>,
) -> Result<(OwnedSemaphorePermit, Duration)> {
    let _counted = Counted::one_more(&inner.waiting);
    let deadline = Deadline::in_time::<D>(timeout);
    let since = D::Wait::now();
    let mut wait = D::Wait::default();
    let mut place = pin!(Arc::clone(&inner.places).acquire_owned());
    let place = poll_fn(|cx| {
        loop {
            let waker = D::Wait::waker(cx);
            if let Poll::Ready(place) = place.as_mut().poll(&mut Context::from_waker(&waker)) {
                return Poll::Ready(place.map_err(io::Error::other));
            }
            if let Err(error) = ready!(wait.poll_woken(deadline.at, cx)) {
                return Poll::Ready(Err(error));
            }
        }
    });
    let place = place.await.map_err(|error| match error.kind() {
        io::ErrorKind::TimedOut => Error::none_free(P::NAME, deadline.after.unwrap_or_default()),
        _ => Error::socket(format!("lease a {} connection", P::NAME), error),
    })?;
    Ok((place, D::Wait::now().saturating_duration_since(since)))
}

/// One more in a count, as long as this lives.
struct Counted<'a>(&'a AtomicUsize);

impl<'a> Counted<'a> {
    fn one_more(count: &'a AtomicUsize) -> Self {
        count.fetch_add(1, Ordering::Relaxed);
        Self(count)
    }
}

impl Drop for Counted<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

awaited_or_called! {
    /// Waits for a connection.
    Leasing<P: Protocol> -> Lease<P, D>
}

/// A connection on loan; it goes back when this is dropped.
pub struct Lease<P: Protocol, D: Driver = Tokio> {
    // Dropped before `home`, which then sees whether anybody else has the connection.
    connection: Connection<P, D>,
    home: Home<P, D>,
}

/// Where a connection goes back to.
struct Home<P: Protocol, D: Driver> {
    connection: Option<Connection<P, D>>,
    pool: Arc<Inner<P, D>>,
    /// Free for the next one once the connection is back.
    _place: OwnedSemaphorePermit,
}

impl<P: Protocol, D: Driver> Lease<P, D> {
    /// Keeps the connection for good; the pool opens another in its place.
    pub fn into_connection(mut self) -> Connection<P, D> {
        self.home.connection = None;
        self.connection.clone()
    }
}

impl<P: Protocol, D: Driver> Deref for Lease<P, D> {
    type Target = Connection<P, D>;

    fn deref(&self) -> &Connection<P, D> {
        &self.connection
    }
}

impl<P: Protocol, D: Driver> Drop for Home<P, D> {
    fn drop(&mut self) {
        if let Some(connection) = self.connection.take() {
            self.pool.put_back(connection);
        }
    }
}

impl<P: Protocol, D: Driver> fmt::Debug for Lease<P, D> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Lease").field(&self.connection).finish()
    }
}
