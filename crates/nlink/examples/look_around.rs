//! Look around: links, the addresses of one of them, the route to somewhere. Changes nothing, needs no privileges.
//!
//! `cargo run --example look_around`

use nlink::prelude::*;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let rt = Connection::<Rtnetlink>::open()?;
    for link in rt.dump::<Link>().await? {
        println!("{link}");
    }
    let lo = rt.get::<Link>("lo").await?;
    for address in rt.dump::<Address>().on(&lo).family(Family::INET).await? {
        println!("{address}");
    }
    match rt.lookup("127.0.0.1".parse::<std::net::IpAddr>()?).await {
        Ok(route) => println!("{route}"),
        Err(error) => println!("{error}"), // in a fresh namespace lo is down, and nothing leads anywhere
    }
    Ok(())
}
