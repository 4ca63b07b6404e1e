//! Sockets: our `ss` and the reference one show the same, and the library does what it says.

#![allow(clippy::indexing_slicing, clippy::expect_used, reason = "a test that panics has failed")]

pub mod compare;
pub mod events;
pub mod filters;
pub mod kill;
pub mod library;
pub mod others;
pub mod sockets;
pub mod tcp;
pub mod udp;
pub mod unix;
pub mod words;
