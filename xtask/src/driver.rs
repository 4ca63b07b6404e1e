//! What the connections of the kernel suite and of our tools are driven by: a feature of both packages.

use clap::ValueEnum;

/// A driver of nlink-core.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Driver {
    /// tokio, as users have it by default.
    #[default]
    Tokio,
    /// The thread that calls.
    Blocking,
}

impl Driver {
    /// What cargo has to be told for those packages to be built with it.
    pub fn features(self) -> &'static [&'static str] {
        match self {
            Driver::Tokio => &[],
            Driver::Blocking => &["--features", "blocking"],
        }
    }
}
