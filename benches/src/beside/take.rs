//! A run of a program, taken by a process that runs nothing else, for the memory of one's children is that of the largest.

use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail, ensure};
use nlink_contest::{Report, Took, child};

/// What says on the command line that the rest is a command to be run.
pub(crate) const TAKE: &str = "--take";

/// Runs it, and prints what it took.
pub(crate) fn run(command: &[&str]) -> Result<()> {
    let (program, words) = command.split_first().context("no command")?;
    let took = child::run(Command::new(program).args(words).stdin(Stdio::null()).stdout(Stdio::null()))?;
    println!("{}", Report::Took(took));
    Ok(())
}

/// What a command takes.
pub(crate) fn of(program: &Path, words: &[String]) -> Result<Took> {
    let mut command = Command::new(std::env::current_exe()?);
    let output = command.arg(TAKE).arg(program).args(words).stderr(Stdio::inherit()).output()?;
    ensure!(output.status.success(), "{} {words:?} failed", program.display());
    match String::from_utf8(output.stdout)?.parse()? {
        Report::Took(took) => Ok(took),
        Report::Cannot(why) => bail!(why),
    }
}
