//! Not written yet.

/// Placeholder.
pub fn run(_check: bool) -> anyhow::Result<()> {
    anyhow::bail!("cargo xtask uapi is not written yet")
}
