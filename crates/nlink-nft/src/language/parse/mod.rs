//! From text to tree: nft's grammar, by recursive descent over tokens.
//!
//! ```
//! use nlink_nft::language::parse;
//! let commands = parse::commands("add rule inet fw input tcp dport { 22, 443 } accept")?;
//! assert_eq!(commands.len(), 1);
//! let error = parse::commands("add table inet fw\nadd chain inet fw { }").unwrap_err();
//! assert_eq!(error.to_string(), "syntax error, unexpected '{', expected the name of a chain");
//! # Ok::<(), parse::SyntaxError>(())
//! ```

mod block;
mod chain;
mod command;
mod cursor;
mod define;
mod entry;
mod error;
mod lexer;
mod log;
mod matching;
mod nat;
mod object;
mod rate;
mod reject;
mod selector;
mod set;
mod statement;
mod term;
mod token;

pub use entry::{commands, commands_with, rule};
pub use error::SyntaxError;
