//! The table, in Markdown: a row for each row, a column for each contestant.

use std::fmt::Write;

use nlink_contest::Row;

use crate::Settings;
use crate::contestant::Contestant;
use crate::rounds::{Rounds, Standing};

/// A table to be filled.
#[derive(Clone, Debug)]
pub struct Table {
    names: Vec<&'static str>,
    clock: &'static str,
    rounds: u32,
    load_before: String,
}

impl Table {
    /// Looks how busy the machine is before anything runs.
    pub fn of(contestants: &[Contestant], settings: &Settings) -> Self {
        let names = contestants.iter().map(|one| one.name).collect();
        let clock = if settings.wall { "on the wall" } else { "on the processor" };
        Self { names, clock, rounds: settings.rounds(), load_before: load() }
    }

    /// The whole of it.
    pub fn with(&self, rows: &[Rounds]) -> String {
        let mut text = format!("| | {} |\n|---|{}\n", self.names.join(" | "), "---|".repeat(self.names.len()));
        for rounds in rows {
            let cells: Vec<_> = rounds.results.iter().map(cell).collect();
            _ = writeln!(text, "| {} | {} |", title(rounds.row, rounds.count), cells.join(" | "));
        }
        _ = writeln!(
            text,
            "\nTime {}, median of {} rounds, where bare is 1; peak resident memory of the process. {} processors; load \
             before {}, after {}.",
            self.clock,
            self.rounds,
            std::thread::available_parallelism().map_or(1, usize::from),
            self.load_before,
            load(),
        );
        let missing: Vec<_> = rows.iter().flat_map(|rounds| self.missing(rounds)).collect();
        if !missing.is_empty() {
            _ = writeln!(text, "\nNot done:\n\n{}", missing.join("\n"));
        }
        text
    }

    /// Who did not do it, and why: a line for each reason.
    fn missing(&self, rounds: &Rounds) -> Vec<String> {
        let mut reasons: Vec<(&str, Vec<&str>)> = Vec::new();
        for (name, standing) in self.names.iter().zip(&rounds.results) {
            let Standing::Cannot(why) = standing else { continue };
            match reasons.iter_mut().find(|(reason, _)| reason == why) {
                Some((_, names)) => names.push(name),
                None => reasons.push((why, vec![name])),
            }
        }
        let line = |(why, names): (&str, Vec<&str>)| format!("- {}: {} ({why})", rounds.row.name(), names.join("; "));
        reasons.into_iter().map(line).collect()
    }
}

fn cell(standing: &Standing) -> String {
    match standing {
        Standing::Did { ratios, peak } => format!("{:.2}, {:.1} MB", ratios.median(), mebibytes(*peak)),
        Standing::Cannot(_) => "—".to_owned(),
    }
}

/// `peak` is in KiB and far below 2^53.
fn mebibytes(peak: u64) -> f64 {
    f64::from(u32::try_from(peak).unwrap_or(u32::MAX)) / 1024.0
}

fn title(row: Row, count: u32) -> String {
    match row {
        Row::DumpRoutes => format!("list {count} routes"),
        Row::DumpLinks => format!("list {count} links"),
        Row::AddBatch => format!("add {count} routes, batch"),
        Row::AddPipelined => format!("add {count} routes, pipelined"),
        Row::AddAwaited => format!("add {count} routes, one by one"),
        Row::Get => format!("get a link, {count} times"),
        Row::Storm => format!("take in {count} events"),
        Row::StartUp => format!("start, first answer, end, {count} times"),
    }
}

/// Of the last minute.
fn load() -> String {
    let loads = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    loads.split(' ').next().unwrap_or("?").to_owned()
}
