//! How much is printed, and how.

use nlink_core::show::Names;

/// How much is printed, and how: what nft's options say.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// `-a`: handles.
    pub handles: bool,
    /// `-s`: not what has been counted, nor how long elements have left.
    pub stateless: bool,
    /// `-t`: no elements.
    pub terse: bool,
    /// `-S`: ports by their names.
    pub services: bool,
    /// `-u`: users and groups by their names.
    pub users: bool,
    /// `-n`: numbers for all that has a name.
    pub numeric: bool,
    /// `-y`: priorities as numbers.
    pub numeric_priority: bool,
    /// `-p`: transport protocols as numbers.
    pub numeric_protocol: bool,
    /// `-T`: times in seconds.
    pub numeric_time: bool,
    /// Names of interfaces by their indexes, and as tables those of `protocols`, `services`, `users`, `groups`,
    /// `rt_realms`, `rt_marks` and, of interfaces, `group`.
    pub names: Names,
}

impl Options {
    /// `-n`: numbers only.
    #[must_use]
    pub fn numeric(self) -> Self {
        Self { numeric: true, numeric_priority: true, numeric_protocol: true, numeric_time: true, ..self }
    }
}
