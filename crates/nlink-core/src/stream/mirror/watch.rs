//! The second layer: a table, and what changes in it.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;

use super::reconcile::Mirror;
use super::settings::settings;
use super::{Change, ResyncStream, Table};
use crate::connection::Connection;
use crate::driver::{Driver, Tokio};
use crate::error::Result;
use crate::object::{Object, Watch};

/// What changes, for ever. Made by [`Connection::watch`]; starts when it is first asked.
///
/// The changes add up to what the kernel holds: between [`ResyncEnd`](super::Marker::ResyncEnd) and the next
/// [`ResyncStart`](super::Marker::ResyncStart) the table of what is [`known`](WatchStream::known) is what a listing would show, but for
/// what is on its way and for values that run by themselves (counters, ages, lifetimes). Errors are those of
/// [`ResyncStream`]; one that cannot be read counts as gone.
pub struct WatchStream<T: Watch, D: Driver = Tokio> {
    pub(super) source: ResyncStream<T, D>,
    mirror: Mirror<T>,
}

settings!([T: Watch, D: Driver] WatchStream<T, D>, self.source.settings);

impl<T: Watch, D: Driver> WatchStream<T, D> {
    pub(crate) fn new(connection: Connection<<T as Object>::Protocol, D>) -> Self {
        Self { source: ResyncStream::new(connection), mirror: Mirror::new() }
    }

    /// The next change; `None` after an error of the subscription.
    pub async fn try_next(&mut self) -> Result<Option<Change<T>>> {
        poll_fn(|cx| self.poll(cx)).await.transpose()
    }

    /// All that is known now. During a snapshot only what has come again.
    pub fn known(&self) -> &Table<T> {
        &self.mirror.table
    }

    /// Lists anew, after a rest. For a consumer that knows of a change which the kernel did not announce.
    pub fn relist(&mut self) {
        self.source.relist();
    }

    /// Whether the table is up to date, as far as has been heard.
    pub fn is_current(&self) -> bool {
        self.source.is_current()
    }

    pub(crate) fn poll(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<Change<T>>>> {
        loop {
            if let Some(change) = self.mirror.left() {
                return Poll::Ready(Some(Ok(change)));
            }
            let event = match ready!(self.source.poll(cx)) {
                Some(Ok(event)) => event,
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            };
            let outcome = self.mirror.apply(event);
            if outcome.doubt {
                self.source.relist();
            }
            if let Some(change) = outcome.change {
                return Poll::Ready(Some(Ok(change)));
            }
        }
    }
}

impl<T: Watch, D: Driver> Stream for WatchStream<T, D> {
    type Item = Result<Change<T>>;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll(cx)
    }
}

/// Nothing in it is pinned but what is boxed.
impl<T: Watch, D: Driver> Unpin for WatchStream<T, D> {}

impl<T: Watch, D: Driver> fmt::Debug for WatchStream<T, D> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WatchStream").field("source", &self.source).field("known", &self.known().len()).finish()
    }
}
