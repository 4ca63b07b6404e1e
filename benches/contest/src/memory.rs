//! What /proc/self/status says of our memory.

use anyhow::{Context, Result};

/// A field, in KiB.
fn status(field: &str) -> Result<u64> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix(field)).context("no such field")?;
    Ok(line.trim_matches([':', '\t', ' ']).trim_end_matches(" kB").parse()?)
}

/// Resident now, in KiB.
pub fn resident() -> Result<u64> {
    status("VmRSS")
}

/// Resident at most so far, in KiB.
pub fn peak() -> Result<u64> {
    status("VmHWM")
}
