//! Our contestant on a runtime: `PROGRAM stream ROW COUNT` takes listings one by one, `PROGRAM collected …` as a list.

use std::hint::black_box;
use std::process::ExitCode;

use anyhow::{Context, Result, ensure};
use nlink::object::Dump;
use nlink::prelude::*;
use nlink::stream::Listing;
use nlink_contest::{Clock, IN_FLIGHT, Report, Row, routes, storm};
use tokio::runtime::Builder;
use tokio::task::JoinSet;

fn main() -> ExitCode {
    nlink_contest::run(|row, count| {
        let collected = std::env::args().nth(1).as_deref() == Some("collected");
        Builder::new_current_thread().enable_all().build()?.block_on(async {
            let rt = Connection::<Rtnetlink>::open()?;
            match row {
                Row::DumpRoutes => {
                    // every table, as the bare loop asks
                    let routes = rt.dump::<Route>().map_filter(|filter| filter.table = None).family(Family::INET);
                    list(routes, collected, count).await
                }
                Row::DumpLinks => list(rt.dump::<Link>(), collected, count).await,
                _ if collected => Report::cannot("the same as the stream where nothing is listed"),
                Row::AddBatch => batch(&rt, count).await,
                Row::AddPipelined => pipelined(&rt, count).await,
                Row::AddAwaited => awaited(&rt, count).await,
                Row::Get | Row::StartUp => get(&rt, count).await,
                Row::Storm => take_in_storm(&rt, count).await,
            }
        })
    })
}

async fn list<T: Dump>(listing: Listing<T>, collected: bool, count: u32) -> Result<Report> {
    let clock = Clock::start()?;
    if collected {
        let all = listing.await?;
        return clock.stop(u32::try_from(all.len())?, count);
    }
    let (mut stream, mut listed) = (listing.stream(), 0);
    while let Some(item) = stream.try_next().await? {
        black_box(&item);
        listed += 1;
    }
    clock.stop(listed, count)
}

async fn batch(rt: &Connection<Rtnetlink>, count: u32) -> Result<Report> {
    let clock = Clock::start()?;
    let mut batch = rt.batch();
    for destination in routes::destinations(count) {
        batch.add(route(destination));
    }
    batch.await?.into_result()?;
    clock.stop(count, count)
}

async fn pipelined(rt: &Connection<Rtnetlink>, count: u32) -> Result<Report> {
    let clock = Clock::start()?;
    let mut tasks = JoinSet::new();
    for task in 0..IN_FLIGHT {
        let rt = rt.clone();
        tasks.spawn(async move {
            for destination in routes::share(task, count) {
                rt.add(route(destination)).await?;
            }
            Ok::<(), Error>(())
        });
    }
    while let Some(done) = tasks.join_next().await {
        done??;
    }
    clock.stop(count, count)
}

async fn awaited(rt: &Connection<Rtnetlink>, count: u32) -> Result<Report> {
    let clock = Clock::start()?;
    for destination in routes::destinations(count) {
        rt.add(route(destination)).await?;
    }
    clock.stop(count, count)
}

async fn get(rt: &Connection<Rtnetlink>, count: u32) -> Result<Report> {
    let clock = Clock::start()?;
    for _ in 0..count {
        black_box(rt.get::<Link>(routes::LO).await?);
    }
    clock.stop(count, count)
}

async fn take_in_storm(rt: &Connection<Rtnetlink>, count: u32) -> Result<Report> {
    let mut announced = rt.events::<Route>().receive_buffer(storm::BUFFER).await?;
    storm::pass()?;
    let (clock, mut events) = (Clock::start()?, 0);
    while events < count {
        let notice = announced.try_next().await?.context("the stream ended")?;
        ensure!(notice != Notice::Overrun, "events were lost");
        black_box(&notice);
        events += 1;
    }
    clock.stop(events, count)
}

fn route(destination: std::net::Ipv4Addr) -> Route {
    Route::new(std::net::IpAddr::from(destination).into()).on(routes::LO)
}
