//! Drivers: what a connection waits with, under tokio or by blocking the thread.
//!
//! Everything but the waiting is written once, as futures, for every driver: resolving names, writing messages, the
//! engine, restarts of listings, errors. A future driven by [`Tokio`] gives its task's place to others while it waits; one
//! driven by [`Blocking`] keeps the thread, and so is done when it is polled first. The driver is the second parameter
//! of [`Connection`](crate::Connection) and of what its verbs give, so a function that works with any connection says
//! ```
//! use nlink_core::driver::Driver;
//! use nlink_core::object::{Dump, Object};
//! use nlink_core::{Connection, Result, Rtnetlink};
//!
//! async fn count<T, D>(rt: &Connection<Rtnetlink, D>) -> Result<usize>
//! where
//!     T: Dump + Object<Protocol = Rtnetlink>,
//!     D: Driver,
//! {
//!     Ok(rt.dump::<T>().await?.len())
//! }
//! ```
//! and is awaited, or on a thread without a runtime [`run`].

mod alarm;
mod blocking;
mod ends;
mod tokio;
mod wait;

pub use blocking::{Blocking, run};
pub use tokio::Tokio;
pub use wait::{Blocks, Driver, Wait};
