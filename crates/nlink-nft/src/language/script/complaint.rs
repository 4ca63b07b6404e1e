//! What is wrong with a command, and at which of its words.

use std::fmt;

use crate::language::{MeaningError, Span};

/// What is wrong, and where.
#[derive(Debug)]
pub struct Complaint {
    /// What is wrong.
    pub why: Why,
    /// At which words.
    pub span: Span,
}

/// What is wrong with a command.
#[derive(Debug)]
#[non_exhaustive]
pub enum Why {
    /// The kernel refused it.
    Kernel(nlink_core::Error),
    /// What it names is not there.
    Missing,
    /// It says what cannot be.
    Said(String),
}

impl Complaint {
    /// In these words.
    pub fn said(message: impl Into<String>, span: Span) -> Self {
        Self { why: Why::Said(message.into()), span }
    }

    /// Whether it says the same of the same words.
    pub(super) fn repeats(&self, before: &Self) -> bool {
        self.span.range() == before.span.range() && self.to_string() == before.to_string()
    }
}

/// What a text means is wrong before the kernel sees it.
impl From<MeaningError> for Complaint {
    fn from(error: MeaningError) -> Self {
        Self::said(error.message, error.span)
    }
}

impl From<MeaningError> for Refusal {
    fn from(error: MeaningError) -> Self {
        Complaint::from(error).into()
    }
}

impl fmt::Display for Complaint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.why {
            Why::Kernel(error) => error.fmt(f),
            Why::Missing => f.write_str("No such file or directory"),
            Why::Said(message) => f.write_str(message),
        }
    }
}

/// Why commands were not carried out; none of them was.
#[derive(Debug)]
#[non_exhaustive]
pub enum Refusal {
    /// What is wrong with some of them.
    Complaints(Vec<Complaint>),
    /// All of them together were refused, or there is no answer.
    Whole(nlink_core::Error),
}

impl From<nlink_core::Error> for Refusal {
    fn from(error: nlink_core::Error) -> Self {
        Self::Whole(error)
    }
}

impl From<Complaint> for Refusal {
    fn from(complaint: Complaint) -> Self {
        Self::Complaints(vec![complaint])
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Whole(error) => error.fmt(f),
            Self::Complaints(complaints) => {
                for (number, complaint) in complaints.iter().enumerate() {
                    write!(f, "{}{complaint}", if number > 0 { "\n" } else { "" })?;
                }
                Ok(())
            }
        }
    }
}

impl std::error::Error for Refusal {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_same_of_the_same_words_is_said_again() {
        let first = Complaint::said("no", Span::from(0..3));
        assert!(Complaint::said("no", Span::from(0..3)).repeats(&first));
        assert!(!Complaint::said("no", Span::from(0..4)).repeats(&first));
        assert!(!Complaint { why: Why::Missing, span: first.span }.repeats(&first));
    }
}
