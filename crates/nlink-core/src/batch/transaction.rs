//! `transaction`: many requests, all of them or none.

use std::fmt;
use std::time::Duration;

use super::items::{Items, Limit, Run};
use super::outcome::BatchOutcome;
use super::verbs::item_verbs;
use crate::awaited_or_called;
use crate::connection::{Connection, Deadline, Exchange, Fault, append_as, timeouts};
use crate::driver::{Driver, Tokio};
use crate::engine::{Expect, Failure};
use crate::error::{Error, Result};
use crate::object::Transactional;

/// Requests that are carried out together or not at all; awaited, they are committed. Made by
/// [`Connection::transaction`].
///
/// The kernel goes through all items even when one of them fails, so the [outcome](BatchOutcome) tells of every item that
/// is at fault; where there is one, nothing was carried out. An error means that the transaction as a whole was refused
/// (not allowed, another [generation](Transaction::generation), a conflict of its items with each other), or that there is
/// no answer ([`is_timeout`](Error::is_timeout), [`is_lost`](Error::is_lost)), and then it is not known whether it was
/// committed. An item that cannot be written, or names an interface that is not there, is told of before anything is sent.
///
/// It is one datagram, whatever its size: the socket's send buffer grows for it, within the system's limit (`wmem_max`)
/// for those without `CAP_NET_ADMIN`.
#[must_use = "nothing is sent before it is awaited"]
pub struct Transaction<P: Transactional, D: Driver = Tokio> {
    connection: Connection<P, D>,
    items: Items,
    generation: Option<u32>,
    dry: bool,
    timeout: Option<Duration>,
}

impl<P: Transactional, D: Driver> Transaction<P, D> {
    pub(crate) fn new(connection: Connection<P, D>) -> Self {
        let timeout = connection.timeout;
        let whole = Limit { bytes: usize::MAX, items: usize::MAX };
        // Room for refusals, of which there may be one for each item.
        let _ = connection.shared.refusals_that_fit();
        Self { connection, items: Items::new(whole), generation: None, dry: false, timeout }
    }

    timeouts!("the answer");

    item_verbs!(P);

    /// Has the kernel refuse the transaction when its rules are no longer of that generation, because somebody else
    /// changed them meanwhile.
    pub fn generation(mut self, generation: u32) -> Self {
        self.generation = Some(generation);
        self
    }

    /// Only has the kernel say what it would refuse: it goes through all items, and takes back what they did.
    pub fn dry_run(mut self) -> Self {
        self.dry = true;
        self
    }

    /// How many items were added.
    pub fn len(&self) -> usize {
        self.items.len
    }

    /// Whether none was added yet.
    pub fn is_empty(&self) -> bool {
        self.items.len == 0
    }

    async fn run(self) -> Result<BatchOutcome> {
        let Self { connection, items, generation, dry, timeout } = self;
        let Items { mut runs, names, mut failed, len, .. } = items;
        let (protocol, deadline) = (&connection.protocol, Deadline::in_time::<D>(timeout));
        let asked = || format!("commit {} transaction of {len} items", P::NAME);
        let invalid = |error| Error::invalid(asked(), error);

        let found = connection.shared.look_up::<D>(names.list(), deadline).await?;
        let mut messages = Vec::new();
        append_as(&mut messages, |writer| protocol.begin_transaction(generation, writer)).map_err(invalid)?;
        // There is no limit to a run, so there is one at most.
        let mut run = runs.pop().unwrap_or_default();
        run.write(&names, &found, &mut messages, &mut failed);
        // Without its end the kernel takes a transaction for one that broke off.
        if !dry {
            append_as(&mut messages, |writer| protocol.end_transaction(writer)).map_err(invalid)?;
        }

        if failed.is_empty() && run.len() > 0 {
            let numbers = u32::try_from(run.len()).unwrap_or(u32::MAX).saturating_add(1);
            let expect = Expect::Transaction(numbers);
            match Exchange::<D>::new(&connection.shared, &mut messages, expect, deadline).await {
                Ok(refusals) => run.refusals(&refusals, 1, &mut failed),
                Err(fault) => match refused_in_part(&run, fault, &mut failed) {
                    None => {}
                    Some(fault) => return Err(fault.explain(asked(), deadline, None)),
                },
            }
        }
        let outcome = BatchOutcome::new(len, failed, names).all_or_none();
        tracing::debug!(protocol = P::NAME, items = len, succeeded = outcome.succeeded(), "transaction done");
        Ok(outcome)
    }
}

/// Where some refusals came and others were lost, it is known all the same that nothing was carried out.
fn refused_in_part(run: &Run, fault: Fault, failed: &mut Vec<super::failed::Failed>) -> Option<Fault> {
    let Fault::Failure(Failure::Cut { refusals, by }) = fault else { return Some(fault) };
    run.refusals(&refusals, 1, failed);
    failed.is_empty().then_some(Fault::Failure(*by))
}

awaited_or_called! {
    /// Commits, and waits for what became of it.
    Transaction<P: Transactional> -> BatchOutcome
}

impl<P: Transactional, D: Driver> fmt::Debug for Transaction<P, D> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Transaction").field("connection", &self.connection).field("len", &self.items.len).finish()
    }
}
