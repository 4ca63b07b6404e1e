//! One row: every contestant in turn, round by round.

use anyhow::{Context, Result};
use nlink_benches::ratios::Ratios;
use nlink_contest::{Report, Row, Took};

use crate::contestant::Contestant;
use crate::{Settings, stage};

/// What became of a row.
#[derive(Clone, Debug)]
pub struct Rounds {
    /// Which one.
    pub row: Row,
    /// How many of what it is about.
    pub count: u32,
    /// Each contestant's, in their order.
    pub results: Vec<Standing>,
}

/// How a contestant did.
#[derive(Clone, Debug)]
pub enum Standing {
    /// Its times to the bare program's, and the most memory it had in any round, in KiB.
    Did { ratios: Ratios, peak: u64 },
    /// Why not.
    Cannot(String),
}

impl Rounds {
    /// Lets all of them do it.
    pub fn of(row: Row, contestants: &[Contestant], settings: &Settings) -> Result<Self> {
        let count = count(row, settings.quick);
        stage::set(row, count)?;
        let mut results: Vec<_> =
            contestants.iter().map(|one| Standing::Did { ratios: Ratios::of(one.name), peak: 0 }).collect();
        // the first round warms all up and is not counted
        for round in 0..=settings.rounds() {
            eprintln!("{}, round {round}", row.name());
            let mut bare = None;
            for (contestant, standing) in contestants.iter().zip(&mut results) {
                let Standing::Did { ratios, peak } = standing else { continue };
                stage::reset(row)?;
                match contestant.run(row, count)? {
                    Report::Cannot(why) => *standing = Standing::Cannot(why),
                    Report::Took(Took { spent, peak: had }) => {
                        let time = if settings.wall { spent.wall } else { spent.processor };
                        let bare = *bare.get_or_insert(time);
                        if round > 0 {
                            ratios.add(time, bare);
                            *peak = had.max(*peak);
                            eprintln!("  {}: {:.2}", contestant.name, ratios.last());
                        }
                    }
                }
            }
            bare.context("nobody to compare with")?;
        }
        Ok(Self { row, count, results })
    }
}

/// How many of what the row is about.
fn count(row: Row, quick: bool) -> u32 {
    let (full, fewer) = match row {
        Row::DumpRoutes => (1_000_000, 100_000),
        Row::DumpLinks => (5_000, 500),
        Row::AddBatch | Row::AddPipelined | Row::AddAwaited => (200_000, 20_000),
        Row::Get => (20_000, 5_000),
        Row::Storm => (20_000, 5_000),
        Row::StartUp => (100, 20),
    };
    if quick { fewer } else { full }
}
