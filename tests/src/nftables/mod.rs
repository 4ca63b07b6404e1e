//! nftables: what ours commits the reference `nft` lists as if it had made it itself, and the library does what it says.

#![allow(clippy::indexing_slicing, clippy::expect_used, reason = "a test that panics has failed")]

pub mod language;
pub mod rulesets;
pub mod states;
pub mod transactions;
pub mod words;
