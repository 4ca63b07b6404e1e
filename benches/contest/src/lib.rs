//! What every contestant of the benches shares, and nothing of nlink's: the rows, the clock, the report.
//!
//! A contestant is a program that is called `PROGRAM ROW COUNT`, does that row's work in the network namespace in which it
//! finds itself, and prints a line: what the work took, or why it cannot do it. Only the work is timed, from the open
//! connection on; save in [`Row::StartUp`], where whoever called times the whole process.

// Never published: `pub` marks what the programs use.
#![allow(unreachable_pub)]

pub mod child;
mod clock;
pub mod memory;
mod report;
pub mod routes;
mod row;
pub mod storm;

use std::process::ExitCode;

use anyhow::{Context, Result};

pub use clock::{Clock, Spent};
pub use report::{Report, Took};
pub use row::Row;

/// Requests of the pipelined row that are on their way at once.
pub const IN_FLIGHT: u32 = 64;

/// A contestant's `main`: reads row and count from the command line's end, does the work, prints the report.
pub fn run(work: impl FnOnce(Row, u32) -> Result<Report>) -> ExitCode {
    match asked().and_then(|(row, count)| work(row, count)) {
        Ok(report) => {
            println!("{report}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::FAILURE
        }
    }
}

fn asked() -> Result<(Row, u32)> {
    let mut words = std::env::args().rev();
    let count = words.next().and_then(|word| word.parse().ok()).context("how many?")?;
    let row = words.next().as_deref().and_then(Row::named).context("which row?")?;
    Ok((row, count))
}
