//! From words to values: what a [`Symbol`](super::tree::Symbol) means is said by what it stands against.
//!
//! ```
//! use nlink_nft::language::{Scope, bind, parse};
//! let rule = parse::rule("tcp dport { 22, 80-90 } ct state established,related accept")?;
//! let bound = bind::statements(&rule.statements, &Scope::default())?;
//! let wrong = parse::rule("tcp dport 99999")?;
//! let error = bind::statements(&wrong.statements, &Scope::default()).unwrap_err();
//! assert_eq!((error.message.as_str(), error.span.range()), ("99999 is too large for inet_service", 10..15));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod statement;
mod symbol;
mod term;
#[cfg(test)]
mod tests;

pub use statement::statements;
pub use term::bound;
pub(crate) use term::{element, span};
