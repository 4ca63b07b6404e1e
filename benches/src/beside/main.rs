//! Our tools beside those they are after, at the same work: `beside-tools SCENARIO [COUNT [ROUNDS]]`, as root. Their
//! programs are found by the path, ours beside this one. Each run is a process of its own, timed on the processor.

mod nft;
mod ss;
mod step;
mod take;
mod wg;

use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, Result, bail, ensure};
use nlink_benches::{namespace, ratios::Ratios};

use step::Step;

/// A scenario: the tool's name, how many things it is about, what is done with them, and what has to last meanwhile.
type Scenario = (&'static str, u32, fn(u32) -> Result<(Vec<Step>, Vec<ss::Holder>)>);

const SCENARIOS: &[Scenario] = &[
    ("wg", 10_000, |peers| Ok((wg::steps(peers)?, Vec::new()))),
    ("ss", 100_000, ss::steps),
    ("nft", 50_000, |rules| Ok((nft::steps(rules)?, Vec::new()))),
];

fn main() -> ExitCode {
    match start() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::FAILURE
        }
    }
}

fn start() -> Result<()> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let (name, count, rounds) = match words.as_slice() {
        [take::TAKE, command @ ..] => return take::run(command),
        [ss::HOLD, holder, connections] => return ss::hold(holder.parse()?, connections.parse()?),
        [name] => (*name, None, None),
        [name, count] => (*name, Some(count.parse()?), None),
        [name, count, rounds] => (*name, Some(count.parse()?), Some(rounds.parse()?)),
        _ => bail!("beside-tools SCENARIO [COUNT [ROUNDS]]"),
    };
    let (tool, usual, steps) = SCENARIOS.iter().find(|(tool, ..)| *tool == name).context("no such scenario")?;
    namespace::enter()?;
    let ours = std::env::current_exe()?.with_file_name(tool);
    ensure!(ours.exists(), "build {} first", ours.display());
    let (steps, _lasting) = steps(count.unwrap_or(*usual))?;
    steps.iter().try_for_each(|step| compare(step, tool, &ours, rounds.unwrap_or(5)))
}

/// Both in turn; the first round is not counted. They have to say as much.
fn compare(step: &Step, tool: &str, ours: &Path, rounds: u32) -> Result<()> {
    let lines = [step.lines(ours)?, step.lines(tool.as_ref())?];
    ensure!(lines[0] == lines[1], "{}: ours says {} lines, theirs {}", step.what, lines[0], lines[1]);
    let (mut times, mut memory) = (Ratios::of("time"), Ratios::of("peak memory"));
    for round in 0..=rounds {
        let theirs = step.take(tool.as_ref())?;
        let ours = step.take(ours)?;
        if round > 0 {
            times.add(ours.spent.processor, theirs.spent.processor);
            memory.add_numbers(ours.peak, theirs.peak);
        }
    }
    println!("{}\n  {times}\n  {memory}", step.what);
    Ok(())
}
