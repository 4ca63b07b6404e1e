//! nft's language: its words as a syntax tree, and the way from there to what the kernel keeps, and back.
//!
//! ```text
//!   text ── parse ──► tree ── bind ──► tree ── compile ──► Rule, Set, SetElements
//!   text ◄─ print ──          (values     ◄── decode ────
//!   JSON ◄─ print ──           have types)
//! ```
//!
//! A tree that was parsed has [`Symbol`](tree::Symbol)s where values stand; bound, it has
//! [`Constant`](tree::Constant)s, as has one that was decoded. Which type a value has is said by what it stands
//! against: a field of a [`header`], or a key of `meta` or `ct`, has a [`ValueType`](value::ValueType).

pub mod bind;
pub mod block;
pub mod compile;
pub mod decode;
mod error;
pub mod header;
pub mod names;
pub mod parse;
pub mod print;
mod scope;
pub mod script;
pub mod selector;
pub mod span;
pub mod tree;
pub mod value;

pub use error::MeaningError;
pub use scope::{Scope, SetMeaning};
pub use span::Span;
