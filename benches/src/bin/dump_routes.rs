//! A full table, listed: a receive loop that looks at nothing, then our typed stream, the same read into one object, and
//! our iterator, in turn, in one process.
//!
//! `cargo run --release -p nlink-benches --bin dump-routes [ROUTES] [ROUNDS]`: makes a namespace of its own with that
//! many routes (1,000,000), lists them in these ways, and prints the ratios of the times and what the memory grew by. See
//! docs/performance.md.

use std::hint::black_box;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use nlink::blocking;
use nlink::prelude::*;
use nlink_benches::bare::{self, Socket};
use nlink_benches::ratios::Ratios;
use nlink_benches::template::Template;
use nlink_benches::{memory, namespace};
use nlink_uapi::rtnetlink::RTM_NEWROUTE;

/// How long it took, and how many there were.
type Listed = Result<(Duration, u64)>;

fn main() -> Result<()> {
    let mut arguments = std::env::args().skip(1).map(|word| word.parse::<u32>());
    let routes = arguments.next().transpose().context("how many routes?")?.unwrap_or(1_000_000);
    let rounds = arguments.next().transpose().context("how many rounds?")?.unwrap_or(7);
    namespace::enter()?;
    prepare()?;
    Template::new(RTM_NEWROUTE)?.fill(routes)?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let ways: [(&'static str, &dyn Fn() -> Listed); 3] = [
        ("stream / bare loop", &|| runtime.block_on(typed_stream())),
        ("stream into one object / bare loop", &|| runtime.block_on(typed_into())),
        ("iterator / bare loop", &typed_iterator),
    ];
    let mut ratios = ways.map(|(name, _)| Ratios::of(name));
    let mut grown = 0;
    // the first round warms all up and is not counted
    for round in 0..=rounds {
        let (bare, bare_count) = bare_loop()?;
        ensure!(bare_count >= u64::from(routes), "{bare_count} routes listed");
        for ((name, way), ratios) in ways.iter().zip(&mut ratios) {
            let before = memory::resident()?;
            let (time, count) = way()?;
            ensure!(count == bare_count, "{bare_count} routes listed by the bare loop, {count} in the way of {name}");
            if round > 0 {
                ratios.add(time, bare);
                grown = grown.max(memory::resident()?.saturating_sub(before));
            }
        }
    }
    ratios.iter().for_each(|ratios| println!("{routes} routes: {ratios}"));
    println!("memory grew by {grown} KiB during a listing, at most; its peak was {} KiB", memory::peak()?);
    Ok(())
}

fn prepare() -> Result<()> {
    let rt = blocking::Connection::<Rtnetlink>::open()?;
    rt.change(Link::named("lo").up()).call()?;
    rt.add(Address::new("10.0.0.1/8".parse()?).on("lo")).call()?;
    Ok(())
}

/// What any lister must do: ask, receive, count messages; nothing of them is read.
fn bare_loop() -> Listed {
    let (socket, request, mut buffer) = (Socket::open()?, bare::all_routes()?, vec![0; 64 * 1024]);
    let start = Instant::now();
    let count = socket.listed(&request, &mut buffer)?;
    Ok((start.elapsed(), u64::from(count)))
}

/// Our way: every route as a typed object.
async fn typed_stream() -> Listed {
    let rt = Connection::<Rtnetlink>::open()?;
    // every table, as the bare loop asks
    let mut stream = rt.dump::<Route>().map_filter(|filter| filter.table = None).family(Family::INET).stream();
    let start = Instant::now();
    let mut count = 0;
    while let Some(route) = stream.try_next().await? {
        black_box(&route);
        count += 1;
    }
    Ok((start.elapsed(), count))
}

/// The same, each read in the place of the one before.
async fn typed_into() -> Listed {
    let rt = Connection::<Rtnetlink>::open()?;
    let mut stream = rt.dump::<Route>().map_filter(|filter| filter.table = None).family(Family::INET).stream();
    let start = Instant::now();
    let (mut route, mut count) = (Route::default(), 0);
    while stream.try_next_into(&mut route).await? {
        black_box(&route);
        count += 1;
    }
    Ok((start.elapsed(), count))
}

/// One by one without a runtime.
fn typed_iterator() -> Listed {
    let rt = blocking::Connection::<Rtnetlink>::open()?;
    let listing = rt.dump::<Route>().map_filter(|filter| filter.table = None).family(Family::INET);
    let start = Instant::now();
    let mut count = 0;
    for route in listing {
        black_box(&route?);
        count += 1;
    }
    Ok((start.elapsed(), count))
}
