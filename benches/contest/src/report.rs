//! The line that a contestant prints, and reading it.

use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use anyhow::{Context, Error, Result, bail};

use crate::Spent;

/// What became of a row's work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Report {
    /// It is done.
    Took(Took),
    /// The contestant has no way to do it: why.
    Cannot(String),
}

/// What the work took.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Took {
    /// Time.
    pub spent: Spent,
    /// Resident memory at most, of the whole process, in KiB.
    pub peak: u64,
}

impl Report {
    /// Not to be done, for a reason that stands in the table.
    pub fn cannot(why: &str) -> Result<Self> {
        Ok(Report::Cannot(why.to_owned()))
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Report::Took(Took { spent: Spent { wall, processor }, peak }) => {
                write!(f, "took {} {} {peak}", wall.as_nanos(), processor.as_nanos())
            }
            Report::Cannot(why) => write!(f, "cannot {why}"),
        }
    }
}

impl FromStr for Report {
    type Err = Error;

    fn from_str(line: &str) -> Result<Self> {
        match line.trim().split_once(' ') {
            Some(("cannot", why)) => Report::cannot(why),
            Some(("took", numbers)) => {
                let mut numbers = numbers.split(' ').map(str::parse::<u64>);
                let mut next = || numbers.next().context("a number is missing")?.context("no number");
                let (wall, processor) = (Duration::from_nanos(next()?), Duration::from_nanos(next()?));
                Ok(Report::Took(Took { spent: Spent { wall, processor }, peak: next()? }))
            }
            _ => bail!("no report: {line:?}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_printed_reads_back() {
        let spent = Spent { wall: Duration::from_nanos(7), processor: Duration::from_nanos(5) };
        for report in [Report::Took(Took { spent, peak: 3 }), Report::Cannot("has no batches".into())] {
            assert_eq!(report.to_string().parse::<Report>().unwrap(), report);
        }
        assert!("took 1 2".parse::<Report>().is_err());
        assert!("hello".parse::<Report>().is_err());
    }
}
