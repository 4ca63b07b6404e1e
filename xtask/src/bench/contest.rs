//! The contest: builds the contestants, starts it, shows or files the table.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

use crate::{debian, sh, workspace};

/// What is wanted.
#[derive(Clone, Debug)]
pub struct Contest {
    /// One row only.
    pub row: Option<String>,
    /// Smaller rows, fewer rounds.
    pub quick: bool,
    /// Time by the clock on the wall.
    pub wall: bool,
    /// Rounds that count.
    pub rounds: Option<u32>,
    /// File the table.
    pub write: bool,
}

/// Other libraries, in a workspace of their own.
const PEERS: &str = "benches/peers";
const PAGE: &str = "docs/performance.md";
/// Between these two lines stands the table.
const MARKS: (&str, &str) = ("<!-- contest -->\n", "<!-- /contest -->\n");

/// Build all, let them, print the table.
pub fn run(wanted: &Contest) -> Result<()> {
    debian::install(&["iproute2"])?;
    let (top, peers) = (workspace::top()?, workspace::top()?.join(PEERS));
    sh::run(sh::cmd("cargo", &["build", "--release", "--package", "nlink-benches", "--bins"]).current_dir(top))?;
    let target = peers.join("target");
    let mut build = sh::cmd("cargo", &["build", "--release", "--locked", "--target-dir"]);
    sh::run(build.arg(&target).current_dir(&peers))?;

    let mut contest = Command::new(workspace::target()?.join("release/contest"));
    contest.arg(format!("peers={}", target.join("release").display()));
    contest.args(wanted.quick.then_some("quick")).args(wanted.wall.then_some("wall"));
    contest.args(wanted.rounds.map(|rounds| format!("rounds={rounds}"))).args(&wanted.row);
    eprintln!("$ {}", sh::text(&contest));
    let output = contest.stderr(Stdio::inherit()).output().context("cannot start the contest")?;
    if !output.status.success() {
        bail!("the contest ended with {}", output.status);
    }
    let table = String::from_utf8(output.stdout)?;
    print!("{table}");
    if wanted.write {
        file(&top.join(PAGE), &table)?;
    }
    Ok(())
}

/// Put the table between the marks.
fn file(page: &Path, table: &str) -> Result<()> {
    let text = fs::read_to_string(page)?;
    let (before, rest) = text.split_once(MARKS.0).context("no mark where the table begins")?;
    let (_, behind) = rest.split_once(MARKS.1).context("no mark where the table ends")?;
    Ok(fs::write(page, format!("{before}{}{table}{}{behind}", MARKS.0, MARKS.1))?)
}
