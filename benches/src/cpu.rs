//! Time that a thread was on a processor: what others do on the machine stays out of it.

use std::time::Duration;

use anyhow::{Context, Result};
use nix::time::{ClockId, clock_gettime};

/// Runs since it was started, while the calling thread runs, in user mode or in the kernel.
#[derive(Clone, Copy, Debug)]
pub struct Clock(Duration);

impl Clock {
    /// Starts one.
    pub fn start() -> Result<Self> {
        on_cpu().map(Self)
    }

    /// How long the thread ran since.
    pub fn elapsed(self) -> Result<Duration> {
        Ok(on_cpu()?.saturating_sub(self.0))
    }
}

fn on_cpu() -> Result<Duration> {
    Ok(clock_gettime(ClockId::CLOCK_THREAD_CPUTIME_ID).context("the thread's clock")?.into())
}
