//! The quick start of the README: as an ordinary user, a namespace of one's own, in it a pair of interfaces with
//! addresses and a route; all of it printed, and an event awaited.
//!
//! `cargo run --example quick_start`

use nlink::prelude::*;

#[path = "support/own_namespace.rs"]
mod own_namespace;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    own_namespace::enter()?;
    own_namespace::runtime()?.block_on(quick_start())
}

async fn quick_start() -> Result<(), Box<dyn std::error::Error>> {
    let rt = Connection::<Rtnetlink>::open()?;
    let mut events = rt.events::<Link>().await?;

    rt.add(Link::new("left").kind(Veth::peer("right")).up()).await?;
    rt.change(Link::named("right").up()).await?;
    rt.add(Address::new("10.0.0.1/24".parse()?).on("left")).await?;
    rt.add(Address::new("2001:db8::1/64".parse()?).on("left")).await?;
    rt.add(Route::new("192.0.2.0/24".parse()?).via("10.0.0.2".parse()?)).await?;

    for link in rt.dump::<Link>().await? {
        println!("{link}");
    }
    for address in rt.dump::<Address>().on("left").await? {
        println!("{address}");
    }
    for route in rt.dump::<Route>().family(Family::INET).table(RouteTable::MAIN).await? {
        println!("{route}");
    }

    match events.try_next().await? {
        Some(Notice::Event(Event::New(link))) => println!("an event: {} was made", link.name.unwrap_or_default()),
        Some(other) => println!("an event: {other:?}"),
        None => println!("no events any more"),
    }
    Ok(())
}
