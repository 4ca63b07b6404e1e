//! Chains: lists of rules, some of them at a hook of the kernel.

mod hook;
mod object;
mod priority;

pub use hook::{ChainHook, Hook};
pub use object::{Chain, ChainFlags, Policy};
pub use priority::Priority;
