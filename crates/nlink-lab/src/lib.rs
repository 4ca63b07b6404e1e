//! Tests on the running kernel: each in network namespaces of its own, without root, hosts and wires in a line each.
//!
//! Users reach it as `nlink::lab` (feature `lab`).
//!
//! ```
//! use nlink_core::Result;
//! use nlink_lab::Lab;
//! use nlink_route::link::Link;
//!
//! #[nlink_lab::test(crate = nlink_lab)] // from outside: #[nlink::lab::test]
//! async fn two_hosts(lab: Lab) -> Result<()> {
//!     let (a, b) = lab.veth("a", "b").await?;
//!     a.address("10.0.0.1/24").await?;
//!     b.address("10.0.0.2/24").await?;
//!     assert!(a.host().rt().get::<Link>(a.interface()).await?.is_up());
//!     Ok(())
//! }
//! ```
//! What such a test has:
//! - a network namespace of its own, in which `lo` is up and nothing else is there; its thread is in it, so
//!   `Connection::open` and programs it starts are, too;
//! - mounts of its own: `/sys` shows that namespace, `/run` is empty, so named namespaces are its own;
//! - a tokio runtime on that one thread. `()` and any `Result` with a `Debug` error may be returned.
//!
//! All of it is gone when the test is over. Where the caller may not make namespaces (he is not root), the test program
//! is started once more for this one test, by unshare(1) of util-linux as the root of a user namespace. A machine that
//! forbids those to ordinary users fails the test, and says which setting it is.

#![forbid(unsafe_code)]

mod again;
mod hosts;
mod run;
pub mod sandbox;

pub use hosts::{Host, Lab, Port};
pub use nlink_macros::lab_test as test;
pub use run::{Outcome, run};
