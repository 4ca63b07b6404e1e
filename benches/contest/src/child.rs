//! What a program took from its start to its end, for those that cannot say it themselves.

use std::process::{Child, Command};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use nix::sys::resource::{UsageWho, getrusage};
use nix::sys::time::{TimeVal, TimeValLike};

use crate::{Spent, Took};

/// Starts the program, lets `attend` see to it until it has ended or may be waited for, and waits. The memory is that of
/// the largest program waited for so far.
pub fn attended(command: &mut Command, attend: impl FnOnce(&mut Child) -> Result<()>) -> Result<Took> {
    let (wall, before) = (Instant::now(), on_processor()?);
    let mut child = command.spawn().with_context(|| format!("cannot start {command:?}"))?;
    attend(&mut child)?;
    child.wait()?;
    let spent = Spent { wall: wall.elapsed(), processor: on_processor()?.saturating_sub(before) };
    let peak = getrusage(UsageWho::RUSAGE_CHILDREN)?.max_rss();
    Ok(Took { spent, peak: u64::try_from(peak).unwrap_or_default() })
}

/// The same of one that ends by itself and well.
pub fn run(command: &mut Command) -> Result<Took> {
    let mut ended_well = false;
    let took = attended(command, |child| {
        ended_well = child.wait()?.success();
        Ok(())
    })?;
    ensure!(ended_well, "{command:?} failed");
    Ok(took)
}

/// Of all children waited for so far.
fn on_processor() -> Result<Duration> {
    let usage = getrusage(UsageWho::RUSAGE_CHILDREN)?;
    let micros = |time: TimeVal| Duration::from_micros(u64::try_from(time.num_microseconds()).unwrap_or_default());
    Ok(micros(usage.user_time()) + micros(usage.system_time()))
}
