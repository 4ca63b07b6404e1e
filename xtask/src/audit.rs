//! Not written yet.

/// Placeholder.
pub fn run() -> anyhow::Result<()> {
    anyhow::bail!("cargo xtask audit is not written yet")
}
