//! A mirror that is never stale: what changes among the links, and the routes as a table that is kept for us.
//!
//! `cargo run --example watch`; in a namespace of its own, so it needs no privileges.

use nlink::prelude::*;

#[path = "support/own_namespace.rs"]
mod own_namespace;

type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

fn main() -> Result<()> {
    own_namespace::enter()?;
    own_namespace::runtime()?.block_on(async {
        let rt = Connection::<Rtnetlink>::open()?;
        let mut links = rt.watch::<Link>(); // subscribe, snapshot, merge; recovers by itself
        let routes = rt.store::<Route>().await?; // the same, kept for us
        let tell = async {
            while let Some(change) = links.try_next().await? {
                match change {
                    Change::Added(link) => println!("added {link}"),
                    Change::Removed(link) => {
                        println!("removed {link}");
                        break;
                    }
                    Change::Changed { new, fields, .. } if fields.contains(Link::OPERSTATE) => {
                        println!("{} is {}", name(&new), new.oper_state.unwrap_or_default());
                    }
                    Change::Changed { new, fields, .. } => println!("{} has changed: {fields}", name(&new)),
                    Change::Marker(marker) => println!("{marker:?}"),
                }
            }
            Result::<()>::Ok(())
        };
        let (told, changed) = tokio::join!(tell, change(&rt, &routes));
        told?;
        changed
    })
}

/// Brings up a link, adds a route by it, and deletes the link.
async fn change(rt: &Connection<Rtnetlink>, routes: &Store<Route>) -> Result<()> {
    rt.add(Link::new("left").kind(Veth::peer("right"))).await?;
    rt.change(Link::named("right").up()).await?;
    rt.change(Link::named("left").up()).await?;
    rt.add(Address::new("10.0.0.1/24".parse()?).on("left")).await?;
    rt.add(Route::new("192.0.2.0/24".parse()?).via("10.0.0.2".parse()?)).await?;
    let known = Route::matching("192.0.2.0/24".parse()?).key();
    routes.wait_until(|table| table.get(&known).is_some()).await?;
    if let Some(route) = routes.get(&known) {
        println!("the route {route} is there");
    }
    rt.del(Link::named("left")).await?;
    // The kernel does not announce that the route went with it.
    routes.wait_until(|table| table.get(&known).is_none()).await?;
    println!("the route is gone");
    Ok(())
}

fn name(link: &Link) -> String {
    link.name.map(|name| name.to_string()).unwrap_or_default()
}
