//! From tree to text: nft's own, which parses again, and JSON in the schema of libnftables.
//!
//! ```
//! use nlink_nft::language::{parse, print};
//! let rule = parse::rule("tcp dport {22,443} counter accept")?;
//! assert_eq!(rule.to_string(), "tcp dport { 22, 443 } counter accept");
//! # Ok::<(), parse::SyntaxError>(())
//! ```

#[cfg(feature = "json")]
pub mod json;
mod options;
pub mod text;
mod value;
mod words;

pub use options::Options;
