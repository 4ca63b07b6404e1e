//! Where downloads, kernels and roots are kept between runs.
//!
//! `NLINK_CACHE`, else `$XDG_CACHE_HOME/nlink`, else `~/.cache/nlink`. Each entry's name carries the
//! version of what is in it, so nothing in here grows stale; the folder may be deleted at any time.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// The folder itself, made when missing.
pub fn dir() -> Result<PathBuf> {
    let dir = if let Some(dir) = std::env::var_os("NLINK_CACHE") {
        PathBuf::from(dir)
    } else if let Some(dir) = std::env::var_os("XDG_CACHE_HOME") {
        Path::new(&dir).join("nlink")
    } else {
        let home =
            std::env::var_os("HOME").context("no folder for the cache: set NLINK_CACHE, XDG_CACHE_HOME or HOME")?;
        Path::new(&home).join(".cache/nlink")
    };
    fs::create_dir_all(&dir).with_context(|| format!("cannot make the cache {}; set NLINK_CACHE", dir.display()))?;
    dir.canonicalize().with_context(|| format!("cannot find the cache {}", dir.display()))
}

/// The entry `name`, made by `make` when it is not there yet.
///
/// `make` gets an empty scratch folder; only when it succeeds does that become the entry, so a
/// broken-off run leaves no half entry behind. One process makes entries at a time.
pub fn entry(name: &str, make: impl FnOnce(&Path) -> Result<()>) -> Result<PathBuf> {
    let dir = dir()?;
    let entry = dir.join(name);
    if entry.exists() {
        return Ok(entry);
    }
    let lock_name = format!("{}.lock", name.replace('/', "-"));
    let lock =
        File::create(dir.join(&lock_name)).with_context(|| format!("cannot write {lock_name} in {}", dir.display()))?;
    lock.lock().with_context(|| format!("cannot lock {lock_name}"))?;
    if entry.exists() {
        return Ok(entry);
    }
    // A program that a broken-off run left behind may still be writing to its own scratch folder.
    let scratch = dir.join(format!("{name}.{}.part", std::process::id()));
    remove(&scratch)?;
    fs::create_dir_all(&scratch).with_context(|| format!("cannot make {}", scratch.display()))?;
    make(&scratch).with_context(|| format!("cannot fill the cache entry {name}"))?;
    fs::rename(&scratch, &entry).with_context(|| format!("cannot move {} into place", scratch.display()))?;
    Ok(entry)
}

/// Remove a folder that may not be there.
fn remove(path: &Path) -> Result<()> {
    if path.exists() {
        fs::remove_dir_all(path).with_context(|| format!("cannot remove {}", path.display()))?;
    }
    Ok(())
}
