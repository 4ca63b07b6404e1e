//! What nft sends for a rule, beside what is compiled here: for the captures of this folder, and for the kernel suite,
//! which has the `nft` at hand say it.

#![allow(clippy::expect_used, reason = "a test that panics has failed")]

pub(crate) mod judge;
pub(crate) mod sent;
