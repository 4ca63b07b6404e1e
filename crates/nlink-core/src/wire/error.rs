//! What can be wrong with bytes, and where: the cause and the path of attributes that leads to it.

use std::fmt;

/// Why bytes are no value, or a value no bytes.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum WireCause {
    /// The value has a width that the type does not have.
    #[error("{got} bytes where {want} belong")]
    Width {
        /// The width of the type, bytes.
        want: usize,
        /// The width found, bytes.
        got: usize,
    },
    /// The bytes end before the thing they announce does.
    #[error("cut short: {want} bytes announced, {got} there")]
    Truncated {
        /// Bytes announced.
        want: usize,
        /// Bytes present.
        got: usize,
    },
    /// A length field smaller than its own header.
    #[error("a length of {0} is shorter than its own header")]
    BadLength(usize),
    /// Text longer than the kernel takes.
    #[error("{text:?} is too long: the kernel takes {limit} bytes")]
    TooLong {
        /// The text.
        text: String,
        /// The most that fits, bytes.
        limit: usize,
    },
    /// An attribute, nest or message that its own length field cannot hold.
    #[error("{got} bytes do not fit: the limit is {limit}")]
    Overflow {
        /// Bytes to be written.
        got: usize,
        /// The most that the length field holds.
        limit: usize,
    },
    /// A NUL inside text that the kernel ends at the first NUL.
    #[error("{0:?} has a NUL inside")]
    Nul(String),
    /// An interface name that nobody turned into an index.
    #[error("interface {0:?} was not resolved to an index before the message was written")]
    Unresolved(String),
    /// Any other value that the type does not have.
    #[error("{0}")]
    Invalid(&'static str),
}

/// A value that could not be read or written, with the attributes that lead to it.
///
/// ```
/// use nlink_core::wire::{WireCause, WireError};
/// let error = WireError::new(WireCause::Width { want: 4, got: 2 }).within("IFLA_MTU");
/// assert_eq!(error.to_string(), "IFLA_MTU: 2 bytes where 4 belong");
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct WireError(Box<Inner>);

#[derive(Clone, PartialEq, Eq)]
struct Inner {
    /// Innermost first.
    path: Vec<Step>,
    cause: WireCause,
}

#[derive(Clone, PartialEq, Eq)]
enum Step {
    Name(&'static str),
    Number(u16),
}

impl WireError {
    /// An error without a place yet.
    #[cold]
    pub fn new(cause: WireCause) -> Self {
        Self(Box::new(Inner { path: Vec::new(), cause }))
    }

    /// The same error, seen from the attribute around it.
    #[cold]
    pub fn within(mut self, name: &'static str) -> Self {
        self.0.path.push(Step::Name(name));
        self
    }

    /// The same error, seen from an attribute known by number only.
    #[cold]
    pub fn within_number(mut self, kind: u16) -> Self {
        self.0.path.push(Step::Number(kind));
        self
    }

    /// What is wrong.
    pub fn cause(&self) -> &WireCause {
        &self.0.cause
    }

    /// The attributes from the outermost to the innermost, as in `IFLA_LINKINFO / IFLA_INFO_DATA`.
    pub fn path(&self) -> String {
        let steps = self.0.path.iter().rev().map(|step| match step {
            Step::Name(name) => (*name).to_owned(),
            Step::Number(kind) => format!("attribute {kind}"),
        });
        steps.collect::<Vec<_>>().join(" / ")
    }
}

impl From<WireCause> for WireError {
    fn from(cause: WireCause) -> Self {
        Self::new(cause)
    }
}

impl fmt::Display for WireError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.0.path.is_empty() {
            write!(f, "{}: ", self.path())?;
        }
        self.0.cause.fmt(f)
    }
}

impl fmt::Debug for WireError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "WireError({self})")
    }
}

impl std::error::Error for WireError {}
