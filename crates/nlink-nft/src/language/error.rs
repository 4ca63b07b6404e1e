//! What is wrong with what a text means, and where.

use std::fmt;

use super::Span;

/// Words that are nft's language, and do not mean anything in their place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MeaningError {
    /// What is wrong.
    pub message: String,
    /// Where.
    pub span: Span,
}

impl MeaningError {
    pub(crate) fn new(message: impl Into<String>, span: Span) -> Self {
        Self { message: message.into(), span }
    }
}

impl fmt::Display for MeaningError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for MeaningError {}
