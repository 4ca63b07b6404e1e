//! `cargo xtask semver`: what a release would break for users, once there is a release to compare with.

use anyhow::{Result, bail};

use crate::sh;

/// The tag a release gets: `v0.1.0`.
const TAGS: &str = "v[0-9]*";

/// Compare the public API with the newest release's.
pub fn run() -> Result<()> {
    let tags = sh::read(&mut sh::cmd("git", &["tag", "--list", "--sort=-v:refname", TAGS]))?;
    let Some(baseline) = tags.lines().next() else {
        println!("no baseline yet: no release is tagged (v0.1.0 …), so nothing can be broken");
        return Ok(());
    };
    if !sh::has("cargo-semver-checks") {
        bail!("comparing with {baseline} needs: cargo install --locked cargo-semver-checks");
    }
    let mut checks = sh::cmd("cargo", &["semver-checks", "--workspace", "--baseline-rev", baseline]);
    sh::run(&mut checks)
}
