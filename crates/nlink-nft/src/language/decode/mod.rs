//! From expressions back to statements: the inverse of [`compile`](super::compile).
//!
//! ```
//! use nlink_nft::Table;
//! use nlink_nft::language::{Scope, bind, compile, decode, parse};
//! let (header, scope) = (Table::inet("fw").header, Scope::default());
//! let rule = parse::rule("ip saddr 10.0.0.0/8 tcp dport { 22, 80-90 } accept")?;
//! let bound = bind::statements(&rule.statements, &scope)?;
//! let compiled = compile::rule(header, &bound, &scope)?;
//! assert_eq!(decode::rule(header, &compiled.expressions, &compiled.sets), bound);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! - `held`, `read`: what is in a register with what has been done to it, and as a term
//! - `field`: which field some bytes of the packet are
//! - `value`, `elements`: values and elements as they were said
//! - `matching`, `effect`, `written`: the expressions that use registers
//! - `implied`: checks that compiling adds by itself are not said
//!
//! An expression that is not understood is a [`Statement::Raw`](super::tree::Statement::Raw), as are those that it
//! hangs on; none is lost.

mod effect;
mod elements;
mod field;
mod held;
mod implied;
mod matching;
mod named;
mod read;
mod rule;
mod value;
mod written;

pub use named::{elements, sorted};
pub use rule::rule;
