//! A container's network, as a CNI plug-in makes it: a pair of interfaces, one of them moved into a namespace, an
//! address and a default route there. Needs no privileges: it works in a user namespace of its own.
//!
//! `cargo run --example container`

use nlink::prelude::*;

#[path = "support/own_namespace.rs"]
mod own_namespace;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    own_namespace::enter()?;
    let container = own_namespace::another()?;
    own_namespace::runtime()?.block_on(connect(&container))
}

async fn connect(container: &Namespace) -> Result<(), Box<dyn std::error::Error>> {
    let (host, inner) = (Connection::<Rtnetlink>::open()?, container.connect::<Rtnetlink>()?);

    host.add(Link::new("br0").kind(Bridge::default()).up()).await?;
    host.add(Link::new("veth0").kind(Veth::peer("eth0").in_namespace(container)).master("br0").up()).await?;
    inner.change(Link::named("eth0").up()).await?;
    inner.add(Address::new("10.88.0.7/16".parse()?).on("eth0")).await?;
    inner.add(Route::default_v4().via("10.88.0.1".parse()?)).await?;

    println!("on the host:");
    for link in host.dump::<Link>().await? {
        println!("{link}");
    }
    println!("in the container:");
    for route in inner.dump::<Route>().family(Family::INET).table(RouteTable::MAIN).await? {
        println!("{route}");
    }
    Ok(())
}
