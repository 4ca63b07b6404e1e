//! nftables: what ours commits the reference `nft` lists as if it had made it itself, and the library does what it says.

#![allow(clippy::indexing_slicing, clippy::expect_used, reason = "a test that panics has failed")]

#[path = "../../../crates/nlink-nft/tests/beside/mod.rs"]
mod beside;
mod compared;
pub mod forms;
pub mod includes;
pub mod language;
pub mod recorder;
pub mod resets;
pub mod rulesets;
pub mod states;
pub mod transactions;
pub mod upstream;
pub mod words;
