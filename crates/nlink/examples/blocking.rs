//! No runtime at hand: the same objects and verbs on a connection that blocks, in a namespace of one's own.
//!
//! `cargo run --example blocking`

use std::thread;
use std::time::Duration;

use nlink::prelude::*;

#[path = "support/own_namespace.rs"]
mod own_namespace;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    own_namespace::enter()?;
    let rt = nlink::blocking::Connection::<Rtnetlink>::open()?;
    let mut events = rt.events::<Link>().call()?;

    rt.add(Link::new("left").kind(Veth::peer("right")).up()).call()?;
    rt.add(Address::new("10.0.0.1/24".parse()?).on("left")).timeout(Duration::from_secs(5)).call()?;
    for link in rt.dump::<Link>() {
        println!("{}", link?);
    }
    for address in rt.dump::<Address>().on("left").family(Family::INET).call()? {
        println!("{address}");
    }

    // one connection, many threads: each gets the answer to its own question
    thread::scope(|scope| {
        let ask = |name| rt.get::<Link>(name).call().map(|link| link.interface);
        let (left, right) = (scope.spawn(move || ask("left")), scope.spawn(move || ask("right")));
        if let (Ok(Ok(left)), Ok(Ok(right))) = (left.join(), right.join()) {
            println!("left and right differ: {}", left != right);
        }
    });

    // what happened meanwhile, and no waiting for more
    while let Some(Ok(notice)) = events.next_within(Duration::ZERO) {
        if let Some(Event::New(link)) = notice.event() {
            println!("an event: {} was made", link.name.unwrap_or_default());
        }
    }
    Ok(())
}
