//! The contest: every contestant's programs on every row, in turn, round by round; prints the table for
//! docs/performance.md. `cargo xtask bench` builds them all and starts it.
//!
//! `contest [quick] [wall] [rounds=N] [peers=FOLDER] [ROW]`: with `quick` smaller rows and fewer rounds; with `wall` time
//! by the clock on the wall, else on the processor. Works as root and as an ordinary user.

// A program has no outside, so `pub` here just means "used by the other files".
#![allow(unreachable_pub)]

mod contestant;
mod rounds;
mod stage;
mod table;

use std::path::PathBuf;

use anyhow::{Context, Result};
use nlink_contest::Row;

use rounds::Rounds;

fn main() -> Result<()> {
    let settings = Settings::read()?;
    let ours = std::env::current_exe()?.parent().context("a program in no folder")?.to_owned();
    let contestants = contestant::all(&ours, &settings.peers);
    let table = table::Table::of(&contestants, &settings);
    let rows = Row::ALL.into_iter().filter(|row| settings.only.is_none_or(|only| only == *row));
    let rounds: Vec<_> = rows.map(|row| Rounds::of(row, &contestants, &settings)).collect::<Result<_>>()?;
    print!("{}", table.with(&rounds));
    Ok(())
}

/// What the command line says.
#[derive(Clone, Debug, Default)]
struct Settings {
    quick: bool,
    wall: bool,
    rounds: Option<u32>,
    peers: PathBuf,
    only: Option<Row>,
}

impl Settings {
    fn read() -> Result<Self> {
        let mut settings = Self::default();
        for word in std::env::args().skip(1) {
            match word.split_once('=') {
                Some(("rounds", rounds)) => settings.rounds = Some(rounds.parse().context("how many rounds?")?),
                Some(("peers", folder)) => settings.peers = folder.into(),
                None if word == "quick" => settings.quick = true,
                None if word == "wall" => settings.wall = true,
                _ => settings.only = Some(Row::named(&word).with_context(|| format!("no row is called {word}"))?),
            }
        }
        Ok(settings)
    }

    /// Rounds that count.
    fn rounds(&self) -> u32 {
        self.rounds.unwrap_or(if self.quick { 3 } else { 7 })
    }
}
