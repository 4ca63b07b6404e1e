//! Setters of `Address`.

use anyhow::{Context, ensure};
use nlink::address::{AddressFlags, AddressProtocol};
use nlink::prelude::*;
use nlink::route::Scope;
use nlink_tests::{Cx, Result, Test, tests};
use serde_json::{Value, json};

use super::read::{only, pair, rt, says};

pub const TESTS: &[Test] = tests![plain, peer, broadcast_of_the_network, lifetimes, flags, metric, protocol];

/// Adds the address to `v0` of a fresh pair, and gives what iproute2 says of the only one there.
async fn added(cx: &Cx, address: Address) -> Result<Value> {
    let rt = rt()?;
    pair(cx, &rt).await?;
    rt.add(address.on("v0")).await?;
    let link = only(cx, "addr show dev v0 scope global")
        .or_else(|_| only(cx, "addr show dev v0"))
        .context("the link with its addresses")?;
    let addresses = link.pointer("/addr_info").and_then(Value::as_array).context("no addresses")?;
    let ours = addresses.iter().find(|address| address.get("scope") != Some(&json!("link")));
    ours.or(addresses.first()).cloned().context("no address")
}

async fn plain(cx: &Cx) -> Result {
    let address =
        Address::new("192.0.2.1/24".parse()?).broadcast([192, 0, 2, 77].into()).label("v0:one").scope(Scope::SITE);
    says(
        &added(cx, address).await?,
        &[
            ("/local", json!("192.0.2.1")),
            ("/prefixlen", json!(24)),
            ("/broadcast", json!("192.0.2.77")),
            ("/label", json!("v0:one")),
            ("/scope", json!("site")),
        ],
    )
}

async fn peer(cx: &Cx) -> Result {
    let address = Address::new("192.0.2.1/32".parse()?).peer("192.0.2.9/32".parse()?);
    says(&added(cx, address).await?, &[("/local", json!("192.0.2.1")), ("/address", json!("192.0.2.9"))])
}

async fn broadcast_of_the_network(cx: &Cx) -> Result {
    let address = Address::new("192.0.2.1/25".parse()?).broadcast_of_network();
    says(&added(cx, address).await?, &[("/broadcast", json!("192.0.2.127"))])
}

async fn lifetimes(cx: &Cx) -> Result {
    let shown = added(cx, Address::new("192.0.2.1/24".parse()?).lifetimes(4000, 5000)).await?;
    let seconds = |key: &str| shown.get(key).and_then(Value::as_u64).context("no lifetime");
    // a second may pass
    ensure!((3990..=4000).contains(&seconds("preferred_life_time")?), "{shown}");
    ensure!((4990..=5000).contains(&seconds("valid_life_time")?), "{shown}");
    Ok(())
}

async fn flags(cx: &Cx) -> Result {
    let address = Address::new("192.0.2.1/24".parse()?).flags(AddressFlags::NOPREFIXROUTE);
    says(&added(cx, address).await?, &[("/noprefixroute", json!(true))])
}

async fn metric(cx: &Cx) -> Result {
    says(&added(cx, Address::new("192.0.2.1/24".parse()?).metric(77)).await?, &[("/metric", json!(77))])
}

/// Read back by ours: an iproute2 before 6.3 does not print it.
async fn protocol(cx: &Cx) -> Result {
    cx.needs_kernel("5.18")?;
    added(cx, Address::new("192.0.2.1/24".parse()?).protocol(AddressProtocol(77))).await?;
    let listed = rt()?.dump::<Address>().on("v0").family(Family::INET).await?;
    let protocols: Vec<_> = listed.iter().map(|address| address.protocol).collect();
    ensure!(protocols == [Some(AddressProtocol(77))], "{protocols:?}");
    Ok(())
}
