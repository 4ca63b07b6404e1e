//! The contestants, and one run of one of them.

use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use anyhow::{Context, Result, bail};
use nlink_contest::{Report, Row, Spent, Took, child, storm};

use crate::stage;

/// A program, and how it is called.
#[derive(Clone, Debug)]
pub struct Contestant {
    /// What the table calls it.
    pub name: &'static str,
    program: PathBuf,
    words: &'static [&'static str],
    /// Reports of another program's whole process.
    of_another: bool,
}

/// All of them; the first one is what the others are measured by.
pub fn all(ours: &Path, peers: &Path) -> Vec<Contestant> {
    let contestant = |name, program, words| Contestant { name, program, words, of_another: false };
    vec![
        contestant("bare", ours.join("contest-bare"), &[]),
        contestant("ours, stream", ours.join("contest-ours"), &["stream"]),
        contestant("ours, collected", ours.join("contest-ours"), &["collected"]),
        contestant("ours, blocking", ours.join("contest-ours-blocking"), &[]),
        contestant("rtnetlink 0.24", peers.join("contest-rtnetlink"), &[]),
        contestant("neli 0.7", peers.join("contest-neli"), &[]),
        contestant("crates.io nlink 0.33", peers.join("contest-nlink"), &[]),
        Contestant { of_another: true, ..contestant("iproute2", ours.join("contest-iproute2"), &[]) },
    ]
}

impl Contestant {
    /// One run, on the stage as it is.
    pub fn run(&self, row: Row, count: u32) -> Result<Report> {
        match row {
            Row::StartUp => self.started(count),
            Row::Storm => self.report(row, count, |program| in_storm(program, count)),
            _ => self.report(row, count, |_| Ok(String::new())),
        }
        .with_context(|| format!("{}, {}", self.name, row.name()))
    }

    /// `attend` may take a part of the report beforehand, and gives it back.
    fn report(&self, row: Row, count: u32, attend: impl FnOnce(&mut Child) -> Result<String>) -> Result<Report> {
        let mut program = self.command(row, count).stdin(Stdio::piped()).spawn()?;
        let mut report = attend(&mut program)?;
        let output = program.wait_with_output()?;
        if !output.status.success() {
            bail!("it ended with {}", output.status);
        }
        report.push_str(&String::from_utf8_lossy(&output.stdout));
        report.parse()
    }

    /// From the start of the process to its end, so often.
    fn started(&self, times: u32) -> Result<Report> {
        let mut sum = Took { spent: Spent::default(), peak: 0 };
        for _ in 0..times {
            let mut line = String::new();
            let process = child::attended(&mut self.command(Row::StartUp, 1), |program| {
                program.stdout.take().context("no output")?.read_to_string(&mut line)?;
                Ok(())
            })?;
            let Report::Took(told) = line.parse()? else { return line.parse() };
            let spent = if self.of_another { told.spent } else { process.spent };
            sum.spent.wall += spent.wall;
            sum.spent.processor += spent.processor;
            sum.peak = sum.peak.max(told.peak);
        }
        Ok(Report::Took(sum))
    }

    fn command(&self, row: Row, count: u32) -> Command {
        let mut command = Command::new(&self.program);
        command.args(self.words).arg(row.name()).arg(count.to_string()).stdout(Stdio::piped());
        command
    }
}

/// Waits until it is subscribed, lets the storm pass, and says so; one that takes no part has reported instead.
fn in_storm(program: &mut Child, count: u32) -> Result<String> {
    let mut line = String::new();
    // Unbuffered: what comes behind this line is the report.
    let output = program.stdout.as_mut().context("no output")?;
    BufReader::with_capacity(1, output).read_line(&mut line)?;
    if line.trim() != storm::READY {
        return Ok(line);
    }
    stage::fill(count)?;
    writeln!(program.stdin.take().context("no input")?)?;
    Ok(String::new())
}
