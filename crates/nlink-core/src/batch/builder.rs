//! `batch`: many requests, each for itself.

use std::fmt;
use std::future::poll_fn;
use std::time::Duration;

use super::items::{Items, Limit};
use super::outcome::BatchOutcome;
use super::verbs::item_verbs;
use crate::awaited_or_called;
use crate::connection::{Connection, Deadline, Exchange, timeouts};
use crate::driver::{Driver, Tokio, Wait};
use crate::engine::Expect;
use crate::error::Result;
use crate::object::Protocol;
use crate::socket::Socket;

/// Requests to be sent together; awaited, they are carried out, in the order in which they were added. Made by
/// [`Connection::batch`].
///
/// Each stands for itself: one that fails keeps none of the others from being carried out. What became of them is told by
/// the [outcome](BatchOutcome), also when the deadline of a part passed or the socket failed in the middle: an error of
/// the batch itself means that nothing was sent.
///
/// A batch that is dropped while it is awaited is not undone: what was sent is carried out, the rest is not sent.
///
/// ```no_run
/// # use nlink_core::{Connection, Result, object::{Add, Object, Protocol}};
/// # async fn add_all<P: Protocol, T: Add + Object<Protocol = P>>(rt: Connection<P>, all: Vec<T>) -> Result<()> {
/// let mut batch = rt.batch();
/// for one in all {
///     batch.add(one);
/// }
/// let done = batch.await?;
/// for failure in done.failures() {
///     eprintln!("{}: {}", failure.index(), failure.error());
/// }
/// # Ok(())
/// # }
/// ```
#[must_use = "nothing is sent before it is awaited"]
pub struct Batch<P: Protocol, D: Driver = Tokio> {
    connection: Connection<P, D>,
    items: Items,
    timeout: Option<Duration>,
}

/// What a run costs of a task's budget: others get their turn every few runs.
const RUN_COST: usize = 8;

impl<P: Protocol, D: Driver> Batch<P, D> {
    pub(crate) fn new(connection: Connection<P, D>) -> Self {
        let timeout = connection.timeout;
        let limit = Limit { bytes: Socket::CALL, items: connection.shared.refusals_that_fit() };
        Self { connection, items: Items::new(limit), timeout }
    }

    timeouts!("the answer to each part of the batch, which as a whole may take any time,");

    item_verbs!(P);

    /// How many items were added.
    pub fn len(&self) -> usize {
        self.items.len
    }

    /// Whether none was added yet.
    pub fn is_empty(&self) -> bool {
        self.items.len == 0
    }

    async fn run(self) -> Result<BatchOutcome> {
        let Self { connection, items, timeout } = self;
        let Items { runs, names, mut failed, len, .. } = items;
        let found = connection.shared.look_up::<D>(names.list(), Deadline::in_time::<D>(timeout)).await?;
        let mut messages = Vec::new();
        let mut goes_on = true;
        for mut run in runs {
            if !goes_on {
                run.unsent(&mut failed);
                continue;
            }
            messages.clear();
            run.write(&names, &found, &mut messages, &mut failed);
            let Ok(count @ 1..) = u32::try_from(run.len()) else { continue };
            let deadline = Deadline::in_time::<D>(timeout);
            let outcome = Exchange::<D>::new(&connection.shared, &mut messages, Expect::Run(count), deadline).await;
            goes_on = run.settle(outcome, deadline, &mut failed);
            for _ in 0..RUN_COST {
                poll_fn(D::Wait::poll_turn).await;
            }
        }
        let outcome = BatchOutcome::new(len, failed, names);
        tracing::debug!(protocol = P::NAME, items = len, succeeded = outcome.succeeded(), "batch done");
        Ok(outcome)
    }
}

awaited_or_called! {
    /// Carries them out, and waits for what became of them.
    Batch<P: Protocol> -> BatchOutcome
}

impl<P: Protocol, D: Driver> fmt::Debug for Batch<P, D> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Batch").field("connection", &self.connection).field("len", &self.items.len).finish()
    }
}
