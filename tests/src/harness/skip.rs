//! A test that cannot run here says so by an error of this type.

use std::fmt;

/// Why a test was skipped.
#[derive(Clone, Debug)]
pub struct Skip {
    /// What is missing: a kind, a tool, a kernel version.
    pub what: String,
    /// The whole reason, for the list at the end of the run.
    pub reason: String,
    /// The kernel is older than the thing itself: no kernel of this version has it.
    pub too_old: bool,
}

impl Skip {
    /// Something that this kernel or machine could have, and has not.
    pub fn missing(what: &str, reason: impl Into<String>) -> Skip {
        Skip { what: what.to_owned(), reason: reason.into(), too_old: false }
    }

    /// Something that came with a later kernel than the running one.
    pub fn too_old(what: &str, reason: impl Into<String>) -> Skip {
        Skip { what: what.to_owned(), reason: reason.into(), too_old: true }
    }
}

impl fmt::Display for Skip {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.reason)
    }
}

impl std::error::Error for Skip {}
