//! The version of the running kernel.

use std::fmt;
use std::str::FromStr;

use anyhow::{Context, anyhow};

/// A kernel version as far as features go: `6.7`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Version {
    major: u32,
    minor: u32,
}

impl Version {
    /// The version `major.minor`.
    pub const fn new(major: u32, minor: u32) -> Version {
        Version { major, minor }
    }

    /// The version of the kernel we run on.
    pub fn running() -> anyhow::Result<Version> {
        let path = "/proc/sys/kernel/osrelease";
        let text = std::fs::read_to_string(path).with_context(|| format!("cannot read {path}"))?;
        text.trim().parse()
    }
}

impl FromStr for Version {
    type Err = anyhow::Error;

    fn from_str(text: &str) -> anyhow::Result<Version> {
        let mut parts = text.split(|c: char| !c.is_ascii_digit());
        let mut part = || parts.next().and_then(|part| part.parse().ok());
        match (part(), part()) {
            (Some(major), Some(minor)) => Ok(Version { major, minor }),
            _ => Err(anyhow!("`{text}` is no kernel version; write it like 6.7")),
        }
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.major, self.minor)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn releases_compare_by_number() {
        let version = |text: &str| text.parse::<Version>().unwrap();
        assert_eq!(version("6.1.0-37-amd64"), Version::new(6, 1));
        assert_eq!(version("7.3-rc7-um"), Version::new(7, 3));
        assert!(version("6.7") < version("6.12"));
        assert!("six".parse::<Version>().is_err());
    }
}
