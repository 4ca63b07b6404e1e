//! The pinned package: `headers.toml` of nlink-uapi, the one place that names its version.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use serde::Deserialize;

/// What `headers.toml` says.
#[derive(Debug, Deserialize)]
pub struct Pin {
    pub package: String,
    pub version: String,
}

impl Pin {
    /// Reads it from two folders above the output.
    pub fn read(out: &Path) -> Result<Pin> {
        let path = out.join("../../headers.toml");
        let text = fs::read_to_string(&path).with_context(|| format!("reading {}", path.display()))?;
        toml::from_str(&text).with_context(|| format!("in {}", path.display()))
    }
}
