//! The contestant that is the crate rtnetlink: a connection spawned on a runtime of one thread, a handle to ask it.

use std::hint::black_box;
use std::net::Ipv4Addr;
use std::process::ExitCode;

use anyhow::{Context, Result};
use futures_util::{Stream, StreamExt, TryStreamExt};
use nlink_contest::{Clock, IN_FLIGHT, Report, Row, routes, storm};
use rtnetlink::packet_route::route::RouteMessage;
use rtnetlink::sys::AsyncSocket;
use rtnetlink::{Handle, MulticastGroup, RouteMessageBuilder, new_connection, new_multicast_connection};
use tokio::runtime::Builder;
use tokio::task::JoinSet;

fn main() -> ExitCode {
    nlink_contest::run(|row, count| {
        Builder::new_current_thread().enable_all().build()?.block_on(async {
            if row == Row::Storm {
                return take_in_storm(count).await;
            }
            let (connection, handle, _messages) = new_connection()?;
            tokio::spawn(connection);
            match row {
                Row::DumpRoutes => {
                    let all = RouteMessageBuilder::<Ipv4Addr>::new().build();
                    list(count, || handle.route().get(all).execute()).await
                }
                Row::DumpLinks => list(count, || handle.link().get().execute()).await,
                Row::AddBatch => Report::cannot("has no batches"),
                Row::AddPipelined => pipelined(&handle, count).await,
                Row::AddAwaited => awaited(&handle, count).await,
                Row::Get | Row::StartUp | Row::Storm => get(&handle, count).await,
            }
        })
    })
}

async fn list<T, S: Stream<Item = Result<T, rtnetlink::Error>>>(count: u32, ask: impl FnOnce() -> S) -> Result<Report> {
    let clock = Clock::start()?;
    let (mut stream, mut listed) = (Box::pin(ask()), 0);
    while let Some(item) = stream.try_next().await? {
        black_box(&item);
        listed += 1;
    }
    clock.stop(listed, count)
}

async fn pipelined(handle: &Handle, count: u32) -> Result<Report> {
    let clock = Clock::start()?;
    let mut tasks = JoinSet::new();
    for task in 0..IN_FLIGHT {
        let handle = handle.clone();
        tasks.spawn(async move {
            for destination in routes::share(task, count) {
                handle.route().add(route(destination)).execute().await?;
            }
            Ok::<(), rtnetlink::Error>(())
        });
    }
    while let Some(done) = tasks.join_next().await {
        done??;
    }
    clock.stop(count, count)
}

async fn awaited(handle: &Handle, count: u32) -> Result<Report> {
    let clock = Clock::start()?;
    for destination in routes::destinations(count) {
        handle.route().add(route(destination)).execute().await?;
    }
    clock.stop(count, count)
}

async fn get(handle: &Handle, count: u32) -> Result<Report> {
    let clock = Clock::start()?;
    for _ in 0..count {
        let mut links = Box::pin(handle.link().get().match_index(routes::LO).execute());
        black_box(links.try_next().await?.context("no lo")?);
    }
    clock.stop(count, count)
}

async fn take_in_storm(count: u32) -> Result<Report> {
    let (mut connection, _handle, mut messages) = new_multicast_connection(&[MulticastGroup::Ipv4Route])?;
    storm::widen(connection.socket_mut().socket_mut())?;
    tokio::spawn(connection);
    storm::pass()?;
    let (clock, mut events) = (Clock::start()?, 0);
    while events < count {
        black_box(messages.next().await.context("the connection ended")?);
        events += 1;
    }
    clock.stop(events, count)
}

fn route(destination: Ipv4Addr) -> RouteMessage {
    RouteMessageBuilder::<Ipv4Addr>::new().destination_prefix(destination, 32).output_interface(routes::LO).build()
}
