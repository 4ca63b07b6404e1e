//! The blocking twin: the same connections, objects, verbs and engine, without a runtime.
//!
//! A verb gives the same builder as ever; [`call`](crate::connection::Edit::call) ends it where one would await. Listings and
//! subscriptions are iterators.
//! ```
//! # use nlink_core::{blocking, Rtnetlink, object::Protocol};
//! # use nlink_uapi::rtnetlink::{RTM_GETLINK, ifinfomsg};
//! # use zerocopy::IntoBytes;
//! let rt = blocking::Connection::<Rtnetlink>::open()?;
//! let first = ifinfomsg { ifi_index: 1, ..Default::default() };
//! let answer = rt.request(RTM_GETLINK as u16).body(first.as_bytes()).call()?;
//! assert_eq!(answer.bodies().count(), 1);
//! # Ok::<(), nlink_core::Error>(())
//! ```
//! The calling thread waits in poll(2), and only for what the kernel did not answer at once. A connection may be cloned
//! and used from many threads: their requests are in flight side by side on one socket, and answers go to whom they
//! belong. Where a listing changes while it is listed, it starts over as in async code: [`call`](Listing::call) gives one
//! consistent state, an iterator says so ([`is_restarted`](crate::Error::is_restarted)).
//!
//! [`run`] runs an `async fn` that works with any [driver](crate::driver), such as those that the protocol crates have
//! beside the verbs.
//!
//! Not for async code: there it holds up the runtime's thread.

use std::future::poll_fn;
use std::os::fd::{AsFd, BorrowedFd};
use std::time::Duration;

use crate::connection::Deadline;
use crate::driver::Blocking;
use crate::error::Result;
use crate::object::{Dump, Events, Watch};
use crate::stream::{Change, DumpStream, EventStream, Listing, Notice, ResyncStream, ResyncedEvent, WatchStream};

pub use crate::driver::run;

/// A [`Connection`](crate::Connection) whose requests block the calling thread until they are answered.
pub type Connection<P> = crate::Connection<P, Blocking>;

/// One by one, in flat memory.
impl<T: Dump> IntoIterator for Listing<T, Blocking> {
    type Item = Result<T>;
    type IntoIter = DumpStream<T, Blocking>;

    fn into_iter(self) -> Self::IntoIter {
        self.stream()
    }
}

impl<T: Dump> Iterator for DumpStream<T, Blocking> {
    type Item = Result<T>;

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        run(self.try_next()).transpose()
    }
}

/// Waits for each; ends only after an error of the subscription.
impl<T: Watch> Iterator for ResyncStream<T, Blocking> {
    type Item = Result<ResyncedEvent<T>>;

    fn next(&mut self) -> Option<Self::Item> {
        run(poll_fn(|cx| self.poll(cx)))
    }
}

/// Waits for each; ends only after an error of the subscription.
impl<T: Watch> Iterator for WatchStream<T, Blocking> {
    type Item = Result<Change<T>>;

    fn next(&mut self) -> Option<Self::Item> {
        run(poll_fn(|cx| self.poll(cx)))
    }
}

/// Waits for each; ends only after an error of the socket itself.
impl<E: Events> Iterator for EventStream<E, Blocking> {
    type Item = Result<Notice<E::Item>>;

    fn next(&mut self) -> Option<Self::Item> {
        run(poll_fn(|cx| self.poll(None, cx)))
    }
}

impl<E: Events> EventStream<E, Blocking> {
    /// The next notice, or an error that is [a timeout](crate::Error::is_timeout) where none comes in time; the
    /// subscription goes on all the same. A time of zero takes what is there.
    pub fn next_within(&mut self, time: Duration) -> Option<Result<Notice<E::Item>>> {
        let until = Deadline::in_time::<Blocking>(Some(time));
        run(poll_fn(|cx| self.poll(Some(until), cx)))
    }
}

/// For a program that polls several: readable when something may have come. What was received but not yet taken does not
/// show there: take with a time of zero until it times out.
impl<E: Events> AsFd for EventStream<E, Blocking> {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.socket().as_fd()
    }
}
