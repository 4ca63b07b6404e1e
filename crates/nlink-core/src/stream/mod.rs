//! Listings and subscriptions: objects one by one, in flat memory, each on a socket of its own.
//!
//! A stream that nobody polls holds up nobody else; the kernel waits, or tells that it could not
//! ([`Notice::Overrun`]). Nothing is ever lost in silence: an item that cannot be read is an error in its place, and a
//! listing that changed underneath says that it starts over. [`mirror`] puts the two together.

mod dump;
mod events;
mod listing;
pub mod mirror;
mod subscription;

pub use dump::DumpStream;
pub use events::{EventStream, Notice};
pub use listing::Listing;
pub use mirror::{Change, Filtered, Marker, ResyncStream, ResyncedEvent, Store, StoreBuilder, Table, WatchStream};
pub use subscription::Subscription;
