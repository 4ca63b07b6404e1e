//! Network namespaces as values: opened by name, path, process or fd; made, named, deleted, listed; connected to, and
//! programs started in them.
//!
//! The caller's thread never changes its namespace. What has to happen inside one happens on a thread that enters it,
//! does that one thing and ends; a runtime's worker is never it.
//! ```
//! use nlink_core::Namespace;
//! let here = Namespace::current()?;
//! assert_eq!(here, Namespace::of_pid(std::process::id())?);
//! # Ok::<(), nlink_core::Error>(())
//! ```

mod attribute;
mod exec;
mod named;
mod namespace;
mod processes;
mod thread;
mod watch;

pub use attribute::NamespaceFd;
pub use namespace::{Namespace, NamespaceId};
pub use watch::{NameEvent, NameWatch};
