//! What the measurements share: a namespace of their own, a bare socket to compare with, ratios, memory.

// Never published: `pub` marks what the programs use.
#![allow(unreachable_pub)]

pub mod bare;
pub mod namespace;
pub mod ratios;
pub mod template;

pub use nlink_contest::memory;
