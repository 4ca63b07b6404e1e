//! The contestant that is iproute2's `ip`: the whole program is timed, what it prints goes nowhere.

use std::fmt::Write as _;
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, ExitCode, Stdio};
use std::sync::mpsc::channel;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use nlink_contest::{Report, Row, Took, child, routes, storm};
use nlink_uapi::rtnetlink::RTMGRP_IPV4_ROUTE;

fn main() -> ExitCode {
    nlink_contest::run(|row, count| match row {
        Row::DumpRoutes => ip("-4 route show table all"),
        Row::DumpLinks => ip("link show"),
        Row::AddBatch => Report::cannot("`ip -batch` sends each line by itself and waits for its acknowledgement"),
        Row::AddPipelined => Report::cannot("one request at a time"),
        Row::AddAwaited => batch(routes::destinations(count).map(|to| format!("route add {to} dev lo"))),
        Row::Get => batch((0..count).map(|_| "link show dev lo".to_owned())),
        Row::Storm => monitor(count),
        Row::StartUp => ip("link show dev lo"),
    })
}

fn ip(words: &str) -> Result<Report> {
    child::run(Command::new("ip").args(words.split(' ')).stdout(Stdio::null())).map(Report::Took)
}

/// The lines in a file, for `ip -batch`; it is the reading of a file that is timed with it, for it must read something.
fn batch(lines: impl Iterator<Item = String>) -> Result<Report> {
    let mut text = String::new();
    lines.for_each(|line| _ = writeln!(text, "{line}"));
    let path = std::env::temp_dir().join(format!("contest-{}.batch", std::process::id()));
    std::fs::write(&path, &text)?;
    let took = child::run(Command::new("ip").arg("-batch").arg(&path).stdout(Stdio::null()));
    std::fs::remove_file(&path)?;
    took.map(Report::Took)
}

/// It has no end of its own: it is stopped at the last line. By the wall it starts before the storm.
fn monitor(count: u32) -> Result<Report> {
    let mut command = Command::new("ip");
    command.args(["-rcvbuf", &storm::BUFFER.to_string(), "-o", "monitor", "route"]).stdout(Stdio::piped());
    let mut told = 0;
    let Took { spent, peak } = child::attended(&mut command, |monitor| {
        let lines = BufReader::new(monitor.stdout.take().context("no output")?).lines();
        let (line, each_line) = channel();
        std::thread::spawn(move || lines.map_while(Result::ok).try_for_each(|_| line.send(())));
        until_subscribed(monitor)?;
        storm::pass()?;
        while told < count && each_line.recv_timeout(SILENCE).is_ok() {
            told += 1;
        }
        Ok(monitor.kill()?)
    })?;
    if told < count {
        return Report::cannot("its `-rcvbuf` is limited by net.core.rmem_max, and so it lost some of the storm");
    }
    Ok(Report::Took(Took { spent, peak }))
}

/// After so long without a line there are no more.
const SILENCE: Duration = Duration::from_secs(2);

/// It does not say when it has subscribed; the kernel does.
fn until_subscribed(monitor: &mut Child) -> Result<()> {
    loop {
        let sockets = std::fs::read_to_string("/proc/net/netlink")?;
        let subscribed = sockets.lines().any(|line| {
            let fields: Vec<_> = line.split_whitespace().collect();
            let groups = fields.get(3).and_then(|groups| u32::from_str_radix(groups, 16).ok()).unwrap_or_default();
            fields.get(1) == Some(&"0") && groups & RTMGRP_IPV4_ROUTE != 0
        });
        if subscribed {
            return Ok(());
        }
        ensure!(monitor.try_wait()?.is_none(), "`ip monitor` ended");
        std::thread::sleep(Duration::from_millis(1));
    }
}
