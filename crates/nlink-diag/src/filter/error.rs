//! What can be wrong with a filter, and where.

use std::fmt;

/// A mistake in a filter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SelectionError {
    /// Where it is, bytes from the start.
    pub at: usize,
    /// What it is.
    pub mistake: Mistake,
}

/// A kind of mistake.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mistake {
    /// No state has that name.
    State(String),
    /// Something else belongs here.
    Expected {
        /// What belongs here.
        what: &'static str,
        /// What stands here; empty at the end.
        found: String,
    },
    /// A comparison that the condition does not have.
    Comparison(String),
    /// A value that is none.
    Value {
        /// What it should be, with an example.
        what: &'static str,
        /// What it is.
        found: String,
    },
    /// A port's name that is another port for TCP than for UDP.
    Ambiguous(String),
    /// More parentheses within each other than anybody means.
    TooDeep,
}

impl fmt::Display for SelectionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "filter, column {}: {}", self.at + 1, self.mistake)
    }
}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Mistake::State(word) => {
                let known: Vec<&str> = crate::States::words().collect();
                write!(f, "{word:?} is no state; known: {}", known.join(", "))
            }
            Mistake::Expected { what, found } if found.is_empty() => write!(f, "{what} is missing"),
            Mistake::Expected { what, found } => write!(f, "{found:?} stands where {what} belongs"),
            Mistake::Comparison(word) => write!(f, "{word:?} does not go with this condition, only = and !="),
            Mistake::Value { what, found } => write!(f, "{found:?} is not {what}"),
            Mistake::Ambiguous(name) => write!(f, "{name:?} is one port for TCP and another for UDP; give its number"),
            Mistake::TooDeep => f.write_str("it is nested too deeply"),
        }
    }
}

impl std::error::Error for SelectionError {}
