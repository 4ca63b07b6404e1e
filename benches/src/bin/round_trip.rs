//! One question, one answer: a bare socket, an awaited `get` and a called one, in turn, in one process; and how long it
//! takes from nothing to the first answer.
//!
//! `cargo run --release -p nlink-benches --bin round-trip [QUESTIONS] [ROUNDS]`: asks for `lo` that often (20,000) in each
//! way, and opens a connection for every hundredth of them. See docs/performance.md.

use std::hint::black_box;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use nlink::blocking;
use nlink::prelude::*;
use nlink_benches::bare::{self, Socket};
use nlink_benches::namespace;
use nlink_benches::ratios::Ratios;
use tokio::runtime::{Builder, Runtime};

fn main() -> Result<()> {
    let mut arguments = std::env::args().skip(1).map(|word| word.parse::<u32>());
    let questions = arguments.next().transpose().context("how many questions?")?.unwrap_or(20_000);
    let rounds = arguments.next().transpose().context("how many rounds?")?.unwrap_or(15);
    namespace::enter()?;
    let start_ups = questions.div_ceil(100);
    let mut awaited = Ratios::of("awaited get / bare round trip");
    let mut called = Ratios::of("called get / bare round trip");
    let mut awaited_first = Ratios::of("runtime, connection and first awaited get / bare socket and first answer");
    let mut called_first = Ratios::of("connection and first called get / bare socket and first answer");
    // the first round warms all up and is not counted
    for round in 0..=rounds {
        let bare = bare_round_trips(questions)?;
        let by_await = awaited_gets(questions)?;
        let by_call = called_gets(questions)?;
        let bare_first = timed(start_ups, || bare_round_trips(1).map(drop))?;
        let await_first = timed(start_ups, || awaited_gets(1).map(drop))?;
        let call_first = timed(start_ups, || called_gets(1).map(drop))?;
        if round > 0 {
            awaited.add(by_await, bare);
            called.add(by_call, bare);
            awaited_first.add(await_first, bare_first);
            called_first.add(call_first, bare_first);
        }
    }
    println!("{awaited}\n{called}\n{awaited_first}\n{called_first}");
    Ok(())
}

/// How long that many of them take.
fn timed(times: u32, mut work: impl FnMut() -> Result<()>) -> Result<Duration> {
    let start = Instant::now();
    for _ in 0..times {
        work()?;
    }
    Ok(start.elapsed())
}

/// What `get` asks, sent and received; nothing is read.
fn bare_round_trips(questions: u32) -> Result<Duration> {
    let (request, mut buffer, socket) = (bare::lo()?, vec![0; 64 * 1024], Socket::open()?);
    timed(questions, || {
        socket.send(&request)?;
        black_box(socket.receive(&mut buffer)?);
        Ok(())
    })
}

fn runtime() -> Result<Runtime> {
    Ok(Builder::new_current_thread().enable_all().build()?)
}

fn awaited_gets(questions: u32) -> Result<Duration> {
    runtime()?.block_on(async {
        let rt = Connection::<Rtnetlink>::open()?;
        let start = Instant::now();
        for _ in 0..questions {
            black_box(rt.get::<Link>(1).await?);
        }
        Ok(start.elapsed())
    })
}

fn called_gets(questions: u32) -> Result<Duration> {
    let rt = blocking::Connection::<Rtnetlink>::open()?;
    timed(questions, || {
        black_box(rt.get::<Link>(1).call()?);
        Ok(())
    })
}
