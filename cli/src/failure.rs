//! Why a command could not be carried out: one clear line, and the exit code that iproute2 has for it.

use std::fmt;
use std::io::{self, Write};

use nlink_core::Error;
use nlink_core::words::WordError;

use crate::exit::Exit;

/// A `Result` of a command.
pub type Result<T, E = Failure> = std::result::Result<T, E>;

/// Says something on standard error. That nobody may be there to read it is no reason to fail.
pub fn complain(what: impl fmt::Display) {
    let _ = writeln!(io::stderr(), "{what}");
}

/// Why a file could not be read or written, in the C library's words.
pub fn reason(error: &io::Error) -> String {
    let text = error.to_string();
    text.split(" (os error ").next().unwrap_or_default().to_owned()
}

/// What went wrong.
#[derive(Debug)]
pub enum Failure {
    /// The words are wrong; nothing was sent.
    Words(WordError),
    /// The library says so: mostly in the kernel's words.
    Library(Error),
    /// The tool itself says so.
    Said(Exit, String),
    /// Whoever read our output has gone; no reason to complain.
    Closed,
}

impl Failure {
    /// A complaint of the tool's own.
    pub fn said(exit: Exit, message: impl Into<String>) -> Self {
        Self::Said(exit, message.into())
    }

    /// The exit code.
    pub fn exit(&self) -> Exit {
        match self {
            // iproute2 has another code for what is missing and for addresses than for all other words.
            Failure::Words(error) if error.is_address() => Exit::Failed,
            Failure::Words(error) if error.is_incomplete() && !error.is_without_value() => Exit::Failed,
            Failure::Words(_) => Exit::Usage,
            Failure::Library(error) if error.kernel().is_some() => Exit::Refused,
            Failure::Library(error) if error.is_invalid() => Exit::Usage,
            Failure::Library(_) => Exit::Failed,
            Failure::Said(exit, _) => *exit,
            Failure::Closed => Exit::Success,
        }
    }

    /// Says it on standard error, where there is something to be said; gives the exit code.
    pub fn report(&self) -> Exit {
        if !matches!(self, Failure::Closed) {
            complain(self);
        }
        self.exit()
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Failure::Words(error) => write!(f, "Error: {error}"),
            Failure::Library(error) => error.fmt(f),
            Failure::Said(_, message) => f.write_str(message),
            Failure::Closed => f.write_str("output closed"),
        }
    }
}

impl std::error::Error for Failure {}

impl From<WordError> for Failure {
    fn from(error: WordError) -> Self {
        Self::Words(error)
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Library(error)
    }
}

/// Output that cannot be written; a closed pipe is no reason to complain.
impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::BrokenPipe => Failure::Closed,
            _ => Failure::said(Exit::Failed, format!("cannot write the output: {}", reason(&error))),
        }
    }
}
