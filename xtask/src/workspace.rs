//! Where the workspace is, and its shape as cargo sees it.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// The top folder.
pub fn top() -> Result<&'static Path> {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().context("xtask lies in no workspace")
}

/// Where cargo puts what it builds.
pub fn target() -> Result<PathBuf> {
    Ok(match std::env::var_os("CARGO_TARGET_DIR") {
        Some(dir) => PathBuf::from(dir),
        None => top()?.join("target"),
    })
}
