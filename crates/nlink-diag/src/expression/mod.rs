//! Conditions on sockets: as a tree, decided here, and as the kernel's bytecode.
//!
//! | file | what |
//! |---|---|
//! | `tree` | [`Expression`] and its conditions |
//! | `text` | back to words |
//! | `facts` | what is known of a socket, and whether an expression holds |
//! | `bytecode` | what the kernel runs over each socket |
//! | `plan` | what the kernel decides, and what is left for us |

mod bytecode;
mod facts;
mod plan;
mod text;
mod tree;

pub use facts::{Facts, Place};
pub(crate) use plan::plan;
pub use tree::{Condition, End, Expression, Host, MAX_DEPTH, Order};
