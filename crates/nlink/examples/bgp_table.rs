//! A full BGP table: routes by the hundred thousand put in place in few system calls, what failed told one by one, and
//! the table read back in flat memory.
//!
//! `cargo run --example bgp_table [ROUTES]`

use std::net::Ipv4Addr;

use nlink::prelude::*;

#[path = "support/own_namespace.rs"]
mod own_namespace;

/// What a routing daemon knows of a destination.
struct Entry {
    prefix: String,
    gateway: Ipv4Addr,
}

const TABLE: u32 = 100;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let routes = std::env::args().nth(1).map_or(Ok(10_000), |word| word.parse())?;
    own_namespace::enter()?;
    own_namespace::runtime()?.block_on(install(&rib(routes)))
}

async fn install(rib: &[Entry]) -> Result<(), Box<dyn std::error::Error>> {
    let rt = Connection::<Rtnetlink>::open()?;
    rt.add(Link::new("uplink").kind(Veth::peer("upstream")).up()).await?;
    rt.change(Link::named("upstream").up()).await?;
    rt.add(Address::new("192.0.2.2/24".parse()?).on("uplink")).await?;

    let mut batch = rt.batch();
    for entry in rib {
        let route = Route::new(entry.prefix.parse()?).via(entry.gateway.into()).on("uplink");
        batch.replace(route.protocol(RouteProtocol::BGP).table(TABLE));
    }
    let done = batch.await?; // few system calls, no acknowledgement per item
    for failure in done.failures() {
        eprintln!("item {}: {}", failure.index(), failure.error());
    }
    println!("{} of {} routes are in place", done.succeeded(), done.len());

    let mut routes = rt.dump::<Route>().table(TABLE).stream(); // flat memory, however many there are
    let (mut count, mut first) = (0, None);
    while let Some(route) = routes.try_next().await? {
        count += 1;
        first.get_or_insert_with(|| route.to_string());
    }
    println!("{count} read back, the first one: {}", first.unwrap_or_default());
    Ok(())
}

/// A table as peers might have announced it; the gateway of the last entry is on no network of ours.
fn rib(routes: u32) -> Vec<Entry> {
    let first = u32::from(Ipv4Addr::new(11, 0, 0, 0));
    let entry = |number: u32| Entry {
        prefix: format!("{}/24", Ipv4Addr::from(first + (number << 8))),
        gateway: if number + 1 == routes { Ipv4Addr::new(198, 51, 100, 1) } else { Ipv4Addr::new(192, 0, 2, 1) },
    };
    (0..routes).map(entry).collect()
}
