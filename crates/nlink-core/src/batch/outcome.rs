//! What became of a batch, item by item.

use std::fmt;

use super::failed::Failed;
use super::names::Names;
use crate::error::{Error, Result};

/// What became of the items of a [`Batch`](super::Batch) or a [`Transaction`](super::Transaction).
///
/// Every item that is not among the [failures](BatchOutcome::failures) was carried out; the exception is a transaction
/// with failures, of which nothing was.
#[must_use = "items that failed are told of here and nowhere else"]
pub struct BatchOutcome {
    len: usize,
    failed: Vec<Failed>,
    names: Names,
    all_or_none: bool,
}

impl BatchOutcome {
    pub(super) fn new(len: usize, mut failed: Vec<Failed>, names: Names) -> Self {
        failed.sort_by_key(|failed| failed.index);
        failed.dedup_by_key(|failed| failed.index);
        Self { len, failed, names, all_or_none: false }
    }

    pub(super) fn all_or_none(self) -> Self {
        Self { all_or_none: true, ..self }
    }

    /// How many items there were.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether there were none.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// How many items are known to have been carried out.
    pub fn succeeded(&self) -> usize {
        match self.all_or_none && !self.failed.is_empty() {
            true => 0,
            false => self.len.saturating_sub(self.failed.len()),
        }
    }

    /// Whether all items were carried out.
    pub fn is_success(&self) -> bool {
        self.failed.is_empty()
    }

    /// The items that were refused, could not be sent, or of which it is not known whether they were carried out
    /// ([`is_lost`](Error::is_lost), [`is_timeout`](Error::is_timeout)); in the order in which they were added.
    pub fn failures(&self) -> impl ExactSizeIterator<Item = BatchFailure<'_>> {
        self.failed.iter().map(|failed| BatchFailure { failed, names: &self.names })
    }

    /// The error of the first item that failed, if one did.
    pub fn into_result(self) -> Result<()> {
        self.failures().next().map_or(Ok(()), |first| Err(first.error()))
    }
}

/// An item that failed, and why. It is put into words when asked, so that a million of them take little memory.
#[derive(Clone, Copy)]
pub struct BatchFailure<'a> {
    failed: &'a Failed,
    names: &'a Names,
}

impl BatchFailure<'_> {
    /// Which one it was: 0 is the item that was added first.
    pub fn index(&self) -> usize {
        self.failed.index
    }

    /// The item as errors call it: `route 10.0.0.0/8 via 192.0.2.1`.
    pub fn item(&self) -> String {
        self.failed.describe(self.names)
    }

    /// What went wrong, with all that the error of a single request has: what was asked, the kernel's words, the
    /// attribute, a hint.
    pub fn error(&self) -> Error {
        self.failed.error(self.names)
    }
}

impl fmt::Debug for BatchOutcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (len, failed) = (&self.len, &self.failed.len());
        f.debug_struct("BatchOutcome").field("len", len).field("failed", failed).finish()
    }
}

impl fmt::Debug for BatchFailure<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BatchFailure").field("index", &self.index()).field("error", &self.error()).finish()
    }
}
