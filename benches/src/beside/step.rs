//! Something to be done by a tool.

use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Result, ensure};
use nlink_contest::Took;

use crate::take;

/// One thing to be done, the same for both tools.
pub(crate) struct Step {
    /// What it is, as it stands in the table.
    pub(crate) what: String,
    /// A command that puts everything back first, untimed.
    pub(crate) before: Option<String>,
    /// The words behind the tool's name.
    pub(crate) words: Vec<String>,
}

impl Step {
    /// With words that have no spaces in them.
    pub(crate) fn new(what: String, words: &str) -> Self {
        Self { what, before: None, words: words.split(' ').map(str::to_owned).collect() }
    }

    /// The same, after that command of the shell.
    pub(crate) fn after(self, before: &str) -> Self {
        Self { before: Some(before.to_owned()), ..self }
    }

    /// Puts everything back, lets the program do it, says what that took.
    pub(crate) fn take(&self, program: &Path) -> Result<Took> {
        self.before.as_deref().map_or(Ok(()), shell)?;
        take::of(program, &self.words)
    }

    /// Does it as well; how many lines the program prints.
    pub(crate) fn lines(&self, program: &Path) -> Result<usize> {
        self.before.as_deref().map_or(Ok(()), shell)?;
        let output = Command::new(program).args(&self.words).stderr(Stdio::inherit()).output()?;
        ensure!(output.status.success(), "{} {:?} failed", program.display(), self.words);
        Ok(output.stdout.iter().filter(|byte| **byte == b'\n').count())
    }
}

/// Runs a command of the shell.
pub(crate) fn shell(command: &str) -> Result<()> {
    ensure!(Command::new("sh").args(["-ec", command]).status()?.success(), "{command} failed");
    Ok(())
}
