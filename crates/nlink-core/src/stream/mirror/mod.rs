//! Mirrors: what the kernel holds, kept up to date for ever, in three layers.
//!
//! | layer | keeps | yields |
//! |---|---|---|
//! | [`ResyncStream`], by [`resync`](crate::Connection::resync) | nothing | objects and deletions as they are told, between markers |
//! | [`WatchStream`], by [`watch`](crate::Connection::watch) | a [`Table`] | what was added, changed (old, new, which fields), removed |
//! | [`Store`], by [`store`](crate::Connection::store) | a [`Table`] for readers anywhere | nothing; it is read, and waited for |
//!
//! All of them subscribe first, then list, then take in what was announced meanwhile: nothing falls between. They list
//! anew by themselves
//! - when announcements were lost (`ENOBUFS`), or one could not be read;
//! - when the listing changed underneath, or its own messages were lost;
//! - when the kernel may have changed something in silence, which an object tells by its
//!   [`Cues`](crate::object::Cues): routes go without a word when their link goes down.
//!
//! Before a listing there is a rest of 20 ms, so that what comes in a rush is listed once, and longer (up to 1 s) where
//! listing takes long: no more than half of the time is spent with it. [`Counters::resyncs`] counts how often it came to
//! that.
//!
//! [`Counters::resyncs`]: crate::connection::Counters::resyncs

mod change;
mod heard;
mod reconcile;
mod resync;
mod settings;
mod slot;
mod store;
mod table;
mod watch;

pub use change::Change;
pub use resync::{ResyncStream, ResyncedEvent};
pub use settings::Filtered;
pub use store::{Store, StoreBuilder};
pub use table::Table;
pub use watch::WatchStream;

pub use crate::engine::Marker;
