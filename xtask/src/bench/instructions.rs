//! The instructions that each hot path takes in user space, counted by valgrind, against benches/instructions.toml: a
//! guard against becoming slower that no busy machine disturbs.
//!
//! A path is run so often, then twice as often: the difference has no start-up in it.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};

use crate::{debian, programs, sh, workspace};

const TABLE: &str = "benches/instructions.toml";
/// Times a path is run at first.
const TIMES: u64 = 5_000;
/// Percent that a path may take more or less: another C library allocates in other steps.
const TOLERANCE: u64 = 5;

/// Count, and compare with the table, or write it anew.
pub fn run(bless: bool) -> Result<()> {
    debian::install(&["valgrind"])?;
    let built = programs::build(&["build", "--release", "--package", "nlink-benches", "--bin", "hot-paths"])?;
    let program = &built.iter().find(|program| program.target == "hot-paths").context("cargo built no hot-paths")?.path;
    let paths = sh::read(&mut sh::cmd::<&str>(&program.display().to_string(), &[]))?;
    let (tools, mut counted) = (tools()?, BTreeMap::new());
    for path in paths.lines() {
        let (once, twice) = (count(program, path, TIMES)?, count(program, path, 2 * TIMES)?);
        let each = twice.saturating_sub(once) / TIMES;
        println!("{path}: {each} instructions");
        counted.insert(path.to_owned(), each);
    }
    let table = workspace::top()?.join(TABLE);
    if bless {
        return Ok(fs::write(table, written(&tools, &counted))?);
    }
    let expected: toml::Table = fs::read_to_string(table)?.parse()?;
    let wrong = differences(&expected, &counted);
    if wrong.is_empty() {
        return Ok(());
    }
    let with = expected.get("tools").and_then(toml::Value::as_str).unwrap_or("unknown tools");
    let why = if with == tools {
        "if that is meant"
    } else {
        "the tools are others than those of the table, which may be the reason; if it is"
    };
    bail!(
        "{}\nthe table was counted with {with}, this with {tools}: {why}, take it for right by `cargo xtask bench --bless`",
        wrong.join("\n")
    );
}

/// What the numbers hang on.
fn tools() -> Result<String> {
    let version = |program: &str| sh::read(&mut sh::cmd(program, &["--version"]));
    let (rustc, valgrind) = (version("rustc")?, version("valgrind")?);
    let library = sh::read(&mut sh::cmd("getconf", &["GNU_LIBC_VERSION"]))?;
    Ok(format!("{}, {}, {}", rustc.trim(), valgrind.trim(), library.trim()))
}

/// All instructions of a run.
fn count(program: &Path, path: &str, times: u64) -> Result<u64> {
    let mut valgrind = sh::cmd("valgrind", &["--tool=callgrind", "--callgrind-out-file=/dev/null"]);
    let output = valgrind.arg(program).arg(path).arg(times.to_string()).output().context("cannot start valgrind")?;
    let text = String::from_utf8_lossy(&output.stderr);
    if !output.status.success() {
        bail!("`{}` ended with {}:\n{text}", sh::text(&valgrind), output.status);
    }
    let line = text.lines().find_map(|line| line.split_once("Collected : ")).context("valgrind has counted nothing")?;
    Ok(line.1.trim().parse()?)
}

/// A line for each path that is no more what the table says.
fn differences(expected: &toml::Table, counted: &BTreeMap<String, u64>) -> Vec<String> {
    let mut expected: BTreeMap<&str, u64> = expected
        .get("instructions")
        .and_then(toml::Value::as_table)
        .into_iter()
        .flatten()
        .filter_map(|(path, count)| Some((path.as_str(), count.as_integer()?.try_into().ok()?)))
        .collect();
    let mut wrong = Vec::new();
    for (path, now) in counted {
        match expected.remove(path.as_str()) {
            None => wrong.push(format!("{path}: {now} instructions, of which the table says nothing")),
            Some(then) if now.abs_diff(then) * 100 > then * TOLERANCE => {
                wrong.push(format!("{path}: {now} instructions instead of {then}, more than {TOLERANCE} % off"));
            }
            Some(_) => {}
        }
    }
    wrong.extend(expected.keys().map(|path| format!("{path}: in the table, but no path any more")));
    wrong
}

fn written(tools: &str, counted: &BTreeMap<String, u64>) -> String {
    let mut text = format!(
        "# Instructions of the hot paths in user space, counted and written by `cargo xtask bench --bless`; the gate\n\
         # \"hot paths\" of `cargo xtask ci` compares, {TOLERANCE} % being allowed.\n\ntools = {tools:?}\n\n[instructions]\n"
    );
    for (path, count) in counted {
        _ = writeln!(text, "{path:?} = {count}");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slower_faster_new_and_lost_paths_are_found() {
        let table =
            written("tools", &[("a", 100), ("b", 100), ("c", 100), ("d", 100)].map(|(p, n)| (p.into(), n)).into());
        let counted = [("a", 105), ("b", 106), ("c", 94), ("e", 1)].map(|(path, count)| (path.to_owned(), count));
        let wrong = differences(&table.parse().unwrap(), &counted.into());
        let about: Vec<_> = wrong.iter().map(|line| &line[..2]).collect();
        assert_eq!(about, ["b:", "c:", "e:", "d:"]);
    }
}
