//! From statements to expressions, and the anonymous sets that go with them: what nft makes of the same words.
//!
//! ```
//! use nlink_nft::Table;
//! use nlink_nft::language::{Scope, bind, compile, parse};
//! let rule = parse::rule("tcp dport { 22, 80-90 } accept")?;
//! let scope = Scope::default();
//! let compiled = compile::rule(Table::inet("fw").header, &bind::statements(&rule.statements, &scope)?, &scope)?;
//! let names: Vec<_> = compiled.expressions.iter().map(|expression| expression.name()).collect();
//! assert_eq!(names, ["meta", "cmp", "payload", "lookup", "immediate"]);
//! assert_eq!(compiled.sets.len(), 1);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! - `program`: what has been made so far; every other file adds to it
//! - `context`, `message`: what is known of the packet, and the checks that make sure of the rest
//! - `load`, `operation`: a term into a register
//! - `matching`: comparisons
//! - `set`, `interval`: anonymous sets and maps, their elements
//! - `assign`, `nat`, `reject`: statements
//! - `merge`: fields that lie side by side are compared at once

pub(crate) mod assign;
pub(crate) mod bits;
mod context;
mod interval;
pub(crate) mod load;
mod matching;
mod merge;
pub(crate) mod message;
mod named;
mod nat;
mod operation;
mod program;
mod reject;
mod set;
mod statement;

pub(crate) use named::runs;
pub use named::{Purpose, elements};
pub use program::Compiled;
pub use statement::rule;
