//! What changed.

use std::sync::Arc;

use crate::engine::Marker;
use crate::fields::{Compare, Fields};

/// What a [`WatchStream`](super::WatchStream) yields. Objects are shared with its table.
#[derive(Clone, Debug, PartialEq)]
pub enum Change<T: Compare> {
    /// One is there that was not; in the first snapshot each.
    Added(Arc<T>),
    /// One is not as it was. What changed to and fro between two looks at it is not seen.
    Changed {
        /// As it was known.
        old: Arc<T>,
        /// As it is.
        new: Arc<T>,
        /// In which fields the two differ.
        fields: Fields<T>,
    },
    /// One is gone; this is how it was known last.
    Removed(Arc<T>),
    /// A snapshot begins or ends. Between the two the table is on its way from one state to another: what is added or
    /// changed is told as it is listed, what is removed at the end.
    Marker(Marker),
}
