//! `cargo xtask format`: rustfmt on every file of the tree.
//!
//! `cargo fmt` follows `mod` lines, and so does not find the files that a macro such as `kinds!` declares.

use anyhow::{Context, Result, ensure};

use crate::{sh, workspace};

/// Format them; or, with `check`, fail when one is not formatted.
pub fn run(check: bool) -> Result<()> {
    let top = workspace::top()?;
    let tracked = sh::read(sh::cmd("git", &["ls-files", "*.rs"]).current_dir(top))?;
    // The compiler's messages about the cases in tests/ui/ name their lines.
    let files = tracked.lines().filter(|file| !file.contains("/tests/ui/") && top.join(file).is_file());
    let mut rustfmt = sh::cmd("rustfmt", &["--edition", "2024"]);
    if check {
        rustfmt.arg("--check");
    }
    let status = rustfmt.args(files).current_dir(top).status().context("cannot start rustfmt")?;
    ensure!(status.success(), "{}", if check { "not formatted: run `cargo xtask format`" } else { "rustfmt failed" });
    Ok(())
}
