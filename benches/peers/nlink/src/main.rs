//! The contestant that is the crate of our name on crates.io, 0.33: streams, and its dispatcher for what is pipelined.

use std::hint::black_box;
use std::net::Ipv4Addr;
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::{Context, Result};
use nlink::netlink::route::Ipv4Route;
use nlink::netlink::{Connection, Route, RtnetlinkGroup};
use nlink_contest::{Clock, IN_FLIGHT, Report, Row, routes, storm};
use tokio::runtime::Builder;
use tokio::task::JoinSet;
use tokio_stream::{Stream, StreamExt};

fn main() -> ExitCode {
    nlink_contest::run(|row, count| {
        Builder::new_current_thread().enable_all().build()?.block_on(async {
            let conn = Connection::<Route>::new()?;
            match row {
                Row::DumpRoutes => {
                    let clock = Clock::start()?;
                    list(clock, conn.stream_routes().await?, count).await
                }
                Row::DumpLinks => {
                    let clock = Clock::start()?;
                    list(clock, conn.stream_links().await?, count).await
                }
                Row::AddBatch => {
                    Report::cannot("its batch leaves a route's device out, and the kernel refuses the route")
                }
                Row::AddPipelined => pipelined(Arc::new(conn.with_dispatcher()), count).await,
                Row::AddAwaited => awaited(&conn, count).await,
                Row::Get | Row::StartUp => get(&conn, count).await,
                Row::Storm => take_in_storm(&conn, count).await,
            }
        })
    })
}

async fn list<T>(clock: Clock, stream: impl Stream<Item = nlink::Result<T>>, count: u32) -> Result<Report> {
    let (mut stream, mut listed) = (Box::pin(stream), 0);
    while let Some(item) = stream.next().await {
        black_box(&item?);
        listed += 1;
    }
    clock.stop(listed, count)
}

async fn pipelined(conn: Arc<Connection<Route>>, count: u32) -> Result<Report> {
    let clock = Clock::start()?;
    let mut tasks = JoinSet::new();
    for task in 0..IN_FLIGHT {
        let conn = Arc::clone(&conn);
        tasks.spawn(async move {
            for destination in routes::share(task, count) {
                conn.add_route(route(destination)).await?;
            }
            nlink::Result::Ok(())
        });
    }
    while let Some(done) = tasks.join_next().await {
        done??;
    }
    clock.stop(count, count)
}

async fn awaited(conn: &Connection<Route>, count: u32) -> Result<Report> {
    let clock = Clock::start()?;
    for destination in routes::destinations(count) {
        conn.add_route(route(destination)).await?;
    }
    clock.stop(count, count)
}

async fn get(conn: &Connection<Route>, count: u32) -> Result<Report> {
    let clock = Clock::start()?;
    for _ in 0..count {
        black_box(conn.get_link_by_index(routes::LO).await?.context("no lo")?);
    }
    clock.stop(count, count)
}

async fn take_in_storm(conn: &Connection<Route>, count: u32) -> Result<Report> {
    conn.socket().set_rcvbuf(usize::try_from(storm::BUFFER)?)?;
    conn.subscribe(&[RtnetlinkGroup::Ipv4Route])?;
    let mut announced = conn.events().await;
    storm::pass()?;
    let (clock, mut events) = (Clock::start()?, 0);
    while events < count {
        black_box(announced.next().await.context("the stream ended")??);
        events += 1;
    }
    clock.stop(events, count)
}

fn route(destination: Ipv4Addr) -> Ipv4Route {
    Ipv4Route::from_addr(destination, 32).dev_index(routes::LO)
}
