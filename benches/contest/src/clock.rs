//! Time, by the clock on the wall and on the processor.

use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use nix::time::{ClockId, clock_gettime};

use crate::{Report, Took, memory};

/// Runs since it was started.
#[derive(Clone, Copy, Debug)]
pub struct Clock {
    wall: Instant,
    processor: Duration,
}

/// Time that passed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Spent {
    /// By the clock on the wall.
    pub wall: Duration,
    /// On a processor, all threads, in user mode and in the kernel: what others do on the machine stays out of it.
    pub processor: Duration,
}

impl Clock {
    /// Starts one.
    pub fn start() -> Result<Self> {
        Ok(Self { wall: Instant::now(), processor: on_processor()? })
    }

    /// What passed since.
    pub fn elapsed(self) -> Result<Spent> {
        Ok(Spent { wall: self.wall.elapsed(), processor: on_processor()?.saturating_sub(self.processor) })
    }

    /// Ends the work: so many were done where so many were asked for.
    pub fn stop(self, done: u32, asked: u32) -> Result<Report> {
        let spent = self.elapsed()?;
        ensure!(done >= asked, "{done} done of {asked}");
        Ok(Report::Took(Took { spent, peak: memory::peak()? }))
    }
}

fn on_processor() -> Result<Duration> {
    Ok(clock_gettime(ClockId::CLOCK_PROCESS_CPUTIME_ID).context("the process's clock")?.into())
}
