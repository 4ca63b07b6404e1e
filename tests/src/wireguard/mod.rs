//! WireGuard: our `wg` and the reference one agree, and the library does what it says.

#![allow(clippy::indexing_slicing, clippy::expect_used, reason = "a test that panics has failed")]

pub mod many;
pub mod states;
pub mod tunnel;
pub mod words;
