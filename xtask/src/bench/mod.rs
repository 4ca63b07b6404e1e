//! `cargo xtask bench`: how fast we are beside others, and whether we became slower.
//!
//! - `contest`: the same work by ours, by other libraries and by a bare program
//! - `instructions`: what the hot paths take, against what is checked in

mod contest;
mod instructions;

pub use contest::{Contest, run as contest};
pub use instructions::run as instructions;
