//! How the tools' connections wait: as tasks; built with the feature `blocking`, as threads that block.
//!
//! The kernel suite runs with tools of either build: what they print and do is the same.

#[cfg(feature = "blocking")]
pub use nlink_core::driver::Blocking as Driver;
#[cfg(not(feature = "blocking"))]
pub use nlink_core::driver::Tokio as Driver;

/// A connection of a tool.
pub type Connection<P> = nlink_core::Connection<P, Driver>;
