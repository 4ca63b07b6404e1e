//! Adding up the closing lines of test programs: `test result: ok. 6 passed; 0 failed; 1 ignored; …`.

use std::fmt;
use std::io::{BufRead, BufReader, Write};
use std::process::{Command, ExitStatus, Stdio};

use anyhow::{Context, Result};

use crate::sh;

/// How many tests of some programs passed, failed and were skipped.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Tests that ran and were right.
    pub passed: u64,
    /// Tests that ran and were wrong.
    pub failed: u64,
    /// Tests that did not run.
    pub skipped: u64,
}

impl Tally {
    /// Take one line of output into account.
    pub fn line(&mut self, line: &str) {
        let Some((_, counts)) = line.strip_prefix("test result: ").and_then(|l| l.split_once(". ")) else {
            return;
        };
        for count in counts.split("; ") {
            let Some((number, what)) = count.split_once(' ') else {
                continue;
            };
            let number: u64 = number.parse().unwrap_or(0);
            match what {
                "passed" => self.passed += number,
                "failed" => self.failed += number,
                "ignored" => self.skipped += number,
                _ => {}
            }
        }
    }

    /// Add another tally to this one.
    pub fn add(&mut self, other: Tally) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.skipped += other.skipped;
    }

    /// Run a command, showing its output, and add up what its test programs say.
    pub fn run(&mut self, command: &mut Command) -> Result<ExitStatus> {
        eprintln!("$ {}", sh::text(command));
        let mut child = command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .with_context(|| format!("cannot start `{}`", sh::text(command)))?;
        if let Some(output) = child.stdout.take() {
            let mut shown = std::io::stdout().lock();
            for line in BufReader::new(output).split(b'\n') {
                let line = line.context("cannot read the tests' output")?;
                let line = String::from_utf8_lossy(&line);
                self.line(&line);
                writeln!(shown, "{line}")?;
            }
        }
        child.wait().with_context(|| format!("cannot wait for `{}`", sh::text(command)))
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} passed, {} failed, {} skipped", self.passed, self.failed, self.skipped)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn closing_lines_add_up_and_others_do_not_count() {
        let mut tally = Tally::default();
        tally.line("test result: ok. 6 passed; 0 failed; 1 ignored; 0 measured; 2 filtered out");
        tally.line("test result: FAILED. 3 passed; 2 failed; 0 ignored; 0 measured; 0 filtered");
        tally.line("test a::b ... 7 passed; 7 failed");
        assert_eq!(tally, Tally { passed: 9, failed: 2, skipped: 1 });
        assert_eq!(tally.to_string(), "9 passed, 2 failed, 1 skipped");
    }
}
