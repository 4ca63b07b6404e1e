//! Routes made: by a bare batch writer, by our batch, and one by one, awaited, called and bare; in turn, in one process.
//!
//! `cargo run --release -p nlink-benches --bin add-routes [ROUTES] [ROUNDS]`: makes that many routes (200,000) in a
//! namespace of its own in each way and takes them away again, which is not timed. What is printed are rates, by the time
//! on the processor, where the bare batch writer's is 1. See docs/performance.md.

use std::time::Duration;

use anyhow::{Context, Result};
use nlink::blocking;
use nlink::connection::Edit;
use nlink::driver::Blocking;
use nlink::prelude::*;
use nlink_benches::bare::Socket;
use nlink_benches::namespace;
use nlink_benches::ratios::Ratios;
use nlink_benches::template::Template;
use nlink_contest::Clock;
use nlink_contest::routes::destinations;
use nlink_uapi::rtnetlink::{RTM_DELROUTE, RTM_NEWROUTE};
use tokio::runtime::{Builder, Runtime};

type CalledEdit = Edit<Route, Blocking>;

/// The first route's destination, and how many there are.
#[derive(Clone, Copy)]
struct Routes(u32);

fn main() -> Result<()> {
    let mut arguments = std::env::args().skip(1).map(|word| word.parse::<u32>());
    let routes = Routes(arguments.next().transpose().context("how many routes?")?.unwrap_or(200_000));
    let rounds = arguments.next().transpose().context("how many rounds?")?.unwrap_or(7);
    namespace::enter()?;
    let runtime = Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(prepare())?;
    let ways: [(&'static str, &dyn Fn() -> Result<Duration>); 7] = [
        ("batch", &|| runtime.block_on(batch(routes))),
        ("one by one, awaited", &|| one_by_one(&runtime, routes, |add| add)),
        ("one by one, called", &|| called(routes, |add| add)),
        ("one by one, bare", &|| bare_one_by_one(routes, Bare::Acknowledged)),
        ("unacknowledged, awaited", &|| one_by_one(&runtime, routes, Edit::unacknowledged)),
        ("unacknowledged, called", &|| called(routes, Edit::unacknowledged)),
        ("unacknowledged, bare", &|| bare_one_by_one(routes, Bare::Unacknowledged)),
    ];
    let mut rates = ways.map(|(name, _)| Ratios::of(name));
    // the first round warms all up and is not counted
    for round in 0..=rounds {
        let bare = bare_batch(routes, RTM_NEWROUTE)?;
        bare_batch(routes, RTM_DELROUTE)?;
        for ((_, way), rates) in ways.iter().zip(&mut rates) {
            let time = way()?;
            bare_batch(routes, RTM_DELROUTE)?;
            if round > 0 {
                rates.add(bare, time);
            }
        }
    }
    println!("{} routes; rates, where the bare batch writer's is 1:", routes.0);
    rates.iter().for_each(|rates| println!("  {rates}"));
    Ok(())
}

async fn prepare() -> Result<()> {
    Connection::<Rtnetlink>::open()?.change(Link::named("lo").up()).await?;
    Ok(())
}

impl Routes {
    fn objects(self) -> impl Iterator<Item = Route> {
        destinations(self.0).map(|destination| Route::new(std::net::IpAddr::from(destination).into()).on(1))
    }
}

/// The same datagrams and acknowledgements as our batch has, and nothing else.
fn bare_batch(routes: Routes, message_type: u32) -> Result<Duration> {
    let template = Template::new(message_type)?;
    let start = Clock::start()?;
    template.fill(routes.0)?;
    Ok(start.elapsed()?.processor)
}

/// Whether a bare request is acknowledged, or nothing is found where a refusal would be.
#[derive(Clone, Copy, PartialEq)]
enum Bare {
    Acknowledged,
    Unacknowledged,
}

fn bare_one_by_one(routes: Routes, bare: Bare) -> Result<Duration> {
    let template = Template::new(RTM_NEWROUTE)?;
    let socket = Socket::open()?;
    let (mut message, mut buffer) = (Vec::new(), vec![0; 64 * 1024]);
    let start = Clock::start()?;
    for (destination, sequence) in destinations(routes.0).zip(1..) {
        message.clear();
        template.append(&mut message, destination, sequence);
        if bare == Bare::Acknowledged {
            template.acknowledge(&mut message);
            socket.send(&message)?;
            socket.acknowledged(&mut buffer)?;
        } else {
            socket.send(&message)?;
            socket.silent(&mut buffer)?;
        }
    }
    Ok(start.elapsed()?.processor)
}

async fn batch(routes: Routes) -> Result<Duration> {
    let rt = Connection::<Rtnetlink>::open()?;
    let start = Clock::start()?;
    let mut batch = rt.batch();
    for route in routes.objects() {
        batch.add(route);
    }
    batch.await?.into_result()?;
    Ok(start.elapsed()?.processor)
}

fn one_by_one(runtime: &Runtime, routes: Routes, how: fn(Edit<Route>) -> Edit<Route>) -> Result<Duration> {
    runtime.block_on(async {
        let rt = Connection::<Rtnetlink>::open()?;
        let start = Clock::start()?;
        for route in routes.objects() {
            how(rt.add(route)).await?;
        }
        Ok(start.elapsed()?.processor)
    })
}

fn called(routes: Routes, how: fn(CalledEdit) -> CalledEdit) -> Result<Duration> {
    let rt = blocking::Connection::<Rtnetlink>::open()?;
    let start = Clock::start()?;
    for route in routes.objects() {
        how(rt.add(route)).call()?;
    }
    Ok(start.elapsed()?.processor)
}
