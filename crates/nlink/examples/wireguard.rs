//! WireGuard: say what a device shall be, look at what would change, apply it.
//!
//! `cargo run --features wireguard --example wireguard`

use nlink::prelude::*;
use nlink::wireguard::Device;

#[path = "support/own_namespace.rs"]
mod own_namespace;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    own_namespace::enter()?;
    own_namespace::runtime()?.block_on(configure())
}

async fn configure() -> Result<(), Box<dyn std::error::Error>> {
    let rt = Connection::<Rtnetlink>::open()?;
    if let Err(error) = rt.add(Link::new("wg0").kind(LinkKind::named("wireguard"))).await {
        println!("this kernel has no WireGuard: {error}");
        return Ok(());
    }
    let wg = Connection::<Wireguard>::open()?;
    let peer = PrivateKey::generate()?.public_key();
    let config = WireguardConfig::new()
        .private_key(PrivateKey::generate()?)
        .listen_port(51820)
        .peer(Peer::new(peer).endpoint("192.0.2.1:51820".parse()?).allow("10.9.0.0/24".parse()?).keepalive(25));

    let change = config.diff(&wg, "wg0").await?;
    println!("{change}"); // what would change, no secret in it
    change.apply().await?;

    let device = wg.dump::<Device>().on("wg0").one().await?;
    println!("{} peer", device.peers.len());
    println!("{}", config.diff(&wg, "wg0").await?); // nothing
    Ok(())
}
