//! What is wrong with a text, and where.

use std::fmt;

use crate::language::Span;

/// A text that is not nft's language, with the place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SyntaxError {
    /// What is wrong.
    pub message: String,
    /// What could have stood there; empty where that is not said.
    pub expected: String,
    /// Where.
    pub span: Span,
}

impl SyntaxError {
    pub(super) fn unexpected(found: &impl fmt::Display, expected: &str, span: Span) -> Self {
        Self { message: format!("syntax error, unexpected {found}"), expected: expected.into(), span }
    }

    /// Of what nft has and this grammar has not.
    pub(super) fn unsupported(what: &str, span: Span) -> Self {
        Self::new(format!("'{what}' is not supported yet"), span)
    }

    pub(super) fn new(message: impl Into<String>, span: Span) -> Self {
        Self { message: message.into(), expected: String::new(), span }
    }
}

impl fmt::Display for SyntaxError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)?;
        if self.expected.is_empty() { Ok(()) } else { write!(f, ", expected {}", self.expected) }
    }
}

impl std::error::Error for SyntaxError {}
