//! `ss -E`: both tools tell of the same sockets as they end.

use std::collections::HashSet;
use std::io::{BufRead, BufReader};
use std::process::{Child, Stdio};

use anyhow::{Context, ensure};
use nlink::sockdiag::{NetlinkProtocol, NetlinkSocket};
use nlink_tests::{Cx, Result, Test, tests, tool};

use super::compare::{diag, needs_newest, same_texts};
use super::sockets::{connected, listen, udp};

pub const TESTS: &[Test] = tests![
    sockets_that_end_are_shown_as_they_end,
    events_are_filtered,
    events_are_a_line_of_json_each,
    who_stops_reading_ends_it,
];

/// A tool that follows events; killed when dropped.
struct Follower(Child);

impl Drop for Follower {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

impl Follower {
    fn start(tool: &tool::Tool, words: &[&str]) -> Result<Self> {
        Ok(Self(tool.command(words).stdin(Stdio::null()).stdout(Stdio::piped()).spawn()?))
    }

    /// So many lines, as they come.
    fn lines(&mut self, count: usize) -> Result<String> {
        let output = self.0.stdout.take().context("read once already")?;
        let lines: Vec<_> = BufReader::new(output).lines().take(count).collect::<std::io::Result<_>>()?;
        Ok(lines.join("\n"))
    }
}

/// Waits until so many sockets listen to what sock_diag announces.
async fn until_heard_by(count: usize) -> Result {
    let diag = diag()?;
    let listens = |socket: &&NetlinkSocket| {
        let groups = socket.groups.as_ref().is_some_and(|groups| groups.0.iter().any(|byte| *byte != 0));
        groups && socket.header.protocol == NetlinkProtocol::SOCK_DIAG
    };
    loop {
        let all = diag.dump::<NetlinkSocket>().await?;
        // One that has joined groups comes twice.
        let ports: HashSet<u32> = all.iter().filter(listens).map(|socket| socket.header.port).collect();
        if ports.len() >= count {
            return Ok(());
        }
        tokio::time::sleep(std::time::Duration::from_millis(5)).await;
    }
}

/// What both tools show of these events: so many lines, the head among them.
async fn both(cx: &Cx, words: &[&str], lines: usize, happen: impl FnOnce() -> Result) -> Result {
    // An older one keeps events to itself until its buffer is full.
    needs_newest(cx)?;
    cx.ip(&["link", "set", "lo", "up"])?;
    let mut theirs = Follower::start(&tool::reference("ss")?, words)?;
    let mut ours = Follower::start(&tool::ours("ss")?, words)?;
    until_heard_by(2).await?;
    happen()?;
    same_texts(&words.join(" "), &theirs.lines(lines)?, &ours.lines(lines)?, true)
}

fn some_end() -> Result {
    let [listener, client, server] = connected("127.0.0.1:8080", "127.0.0.1:40001")?;
    client.set_linger(Some(std::time::Duration::ZERO))?;
    drop(client);
    drop(server);
    drop(udp("127.0.0.1:53")?);
    drop(listener);
    drop(listen("[::1]:443")?);
    Ok(())
}

async fn sockets_that_end_are_shown_as_they_end(cx: &Cx) -> Result {
    both(cx, &["-E"], 6, some_end).await?;
    both(cx, &["-Ete"], 5, some_end).await?;
    both(cx, &["-EuH"], 1, some_end).await
}

async fn events_are_filtered(cx: &Cx) -> Result {
    both(cx, &["-Ent", "src", "[::1]"], 2, some_end).await?;
    both(cx, &["-EtnH", "sport", "=", ":8080"], 2, some_end).await?;
    both(cx, &["-Etn6"], 2, some_end).await
}

async fn events_are_a_line_of_json_each(cx: &Cx) -> Result {
    cx.ip(&["link", "set", "lo", "up"])?;
    let mut ours = Follower::start(&tool::ours("ss")?, &["-Ejtn"])?;
    until_heard_by(1).await?;
    drop(listen("127.0.0.1:80")?);
    drop(listen("127.0.0.1:81")?);
    for (line, port) in ours.lines(2)?.lines().zip(["80", "81"]) {
        let json: serde_json::Value = serde_json::from_str(line)?;
        ensure!(json[0]["local_port"] == port && json[0]["state"] == "UNCONN", "{line}");
    }
    Ok(())
}

async fn who_stops_reading_ends_it(cx: &Cx) -> Result {
    cx.ip(&["link", "set", "lo", "up"])?;
    let mut ours = Follower::start(&tool::ours("ss")?, &["-EtnH"])?;
    until_heard_by(1).await?;
    drop(ours.0.stdout.take());
    drop(listen("127.0.0.1:80")?);
    let status = ours.0.wait()?;
    ensure!(status.success(), "{status}");
    Ok(())
}
