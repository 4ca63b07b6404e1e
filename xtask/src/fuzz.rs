//! The gate "fuzzing": each fuzz target for a short time, from the seeds, with the toolchain at hand.

use anyhow::{Context, Result};

use crate::{debian, sh, workspace};

/// Seconds for each target. What takes longer to find, longer runs find: `fuzz/run`.
const SECONDS: &str = "45";

/// Run `fuzz/run`.
pub fn run() -> Result<()> {
    // libFuzzer is written in C++.
    debian::install(&["g++"])?;
    let script = workspace::top()?.join("fuzz/run");
    sh::run(&mut sh::cmd(script.to_str().context("a path that is no UTF-8")?, &[SECONDS]))
}
