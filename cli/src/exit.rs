//! Exit codes, as iproute2's tools have them.

use std::process::ExitCode;

/// How a command ended.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Exit {
    /// All went well: 0.
    #[default]
    Success,
    /// Something named is not there, or not all could be done: 1.
    Failed,
    /// The kernel refused: 2.
    Refused,
    /// The words were wrong, or help was asked for: 255.
    Usage,
    /// What a program that was started ended with.
    Program(u8),
}

impl Exit {
    /// The number.
    pub fn code(self) -> u8 {
        match self {
            Exit::Success => 0,
            Exit::Failed => 1,
            Exit::Refused => 2,
            Exit::Usage => 255,
            Exit::Program(code) => code,
        }
    }

    /// Whether all went well.
    pub fn is_success(self) -> bool {
        self.code() == 0
    }

    /// This one, or `other` if this is success.
    pub fn or(self, other: Exit) -> Exit {
        if self.is_success() { other } else { self }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        exit.code().into()
    }
}
