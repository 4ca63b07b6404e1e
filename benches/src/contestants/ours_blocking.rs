//! Our contestant without a runtime.

use std::hint::black_box;
use std::net::{IpAddr, Ipv4Addr};
use std::process::ExitCode;
use std::thread;

use anyhow::{Context, Result, ensure};
use nlink::blocking::Connection;
use nlink::driver::Blocking;
use nlink::object::Dump;
use nlink::prelude::{Family, Link, Narrow, Notice, Route, Rtnetlink};
use nlink::stream::Listing;
use nlink_contest::{Clock, IN_FLIGHT, Report, Row, routes, storm};

fn main() -> ExitCode {
    nlink_contest::run(|row, count| {
        let rt = Connection::<Rtnetlink>::open()?;
        match row {
            Row::DumpRoutes => {
                list(rt.dump::<Route>().map_filter(|filter| filter.table = None).family(Family::INET), count)
            }
            Row::DumpLinks => list(rt.dump::<Link>(), count),
            Row::AddBatch => batch(&rt, count),
            Row::AddPipelined => pipelined(&rt, count),
            Row::AddAwaited => called(&rt, count),
            Row::Get | Row::StartUp => get(&rt, count),
            Row::Storm => take_in_storm(&rt, count),
        }
    })
}

fn list<T: Dump>(listing: Listing<T, Blocking>, count: u32) -> Result<Report> {
    let (clock, mut listed) = (Clock::start()?, 0);
    for item in listing {
        black_box(&item?);
        listed += 1;
    }
    clock.stop(listed, count)
}

fn batch(rt: &Connection<Rtnetlink>, count: u32) -> Result<Report> {
    let clock = Clock::start()?;
    let mut batch = rt.batch();
    for destination in routes::destinations(count) {
        batch.add(route(destination));
    }
    batch.call()?.into_result()?;
    clock.stop(count, count)
}

/// A thread for each request on its way.
fn pipelined(rt: &Connection<Rtnetlink>, count: u32) -> Result<Report> {
    let clock = Clock::start()?;
    thread::scope(|scope| {
        let share = |task| move || routes::share(task, count).try_for_each(|to| rt.add(route(to)).call().map(drop));
        let threads: Vec<_> = (0..IN_FLIGHT).map(|task| scope.spawn(share(task))).collect();
        threads.into_iter().try_for_each(|thread| anyhow::Ok(thread.join().ok().context("a thread died")??))
    })?;
    clock.stop(count, count)
}

fn called(rt: &Connection<Rtnetlink>, count: u32) -> Result<Report> {
    let clock = Clock::start()?;
    for destination in routes::destinations(count) {
        rt.add(route(destination)).call()?;
    }
    clock.stop(count, count)
}

fn get(rt: &Connection<Rtnetlink>, count: u32) -> Result<Report> {
    let clock = Clock::start()?;
    for _ in 0..count {
        black_box(rt.get::<Link>(routes::LO).call()?);
    }
    clock.stop(count, count)
}

fn take_in_storm(rt: &Connection<Rtnetlink>, count: u32) -> Result<Report> {
    let mut announced = rt.events::<Route>().receive_buffer(storm::BUFFER).call()?;
    storm::pass()?;
    let (clock, mut events) = (Clock::start()?, 0);
    while events < count {
        let notice = announced.next().context("the stream ended")??;
        ensure!(notice != Notice::Overrun, "events were lost");
        black_box(&notice);
        events += 1;
    }
    clock.stop(events, count)
}

fn route(destination: Ipv4Addr) -> Route {
    Route::new(IpAddr::from(destination).into()).on(routes::LO)
}
