//! Setters of `Link`.

use anyhow::ensure;
use nlink::prelude::*;
use nlink_tests::{Cx, Result, Test, tests};
use serde_json::json;

use super::read::{only, pair, rt, says};

pub const TESTS: &[Test] = tests![made, changed, up_and_down, enslaved_and_freed, moved, slave_options];

async fn made(cx: &Cx) -> Result {
    cx.needs_kind("veth")?;
    let link = Link::new("v0")
        .kind(Veth::peer("v1"))
        .mtu(1300)
        .address([2, 0, 0, 0, 0, 1])
        .broadcast([0xff, 0xff, 0xff, 0xff, 0xff, 0xfe])
        .tx_queue_length(77)
        .queues(2, 3)
        .with_index(50);
    rt()?.add(link).await?;
    let shown = only(cx, "link show v0")?;
    says(
        &shown,
        &[
            ("/ifindex", json!(50)),
            ("/mtu", json!(1300)),
            ("/address", json!("02:00:00:00:00:01")),
            ("/broadcast", json!("ff:ff:ff:ff:ff:fe")),
            ("/txqlen", json!(77)),
            ("/num_tx_queues", json!(2)),
        ],
    )?;
    // a kernel built without RPS does not tell of receive queues
    if shown.get("num_rx_queues").is_some() {
        says(&shown, &[("/num_rx_queues", json!(3))])?;
    }
    Ok(())
}

async fn changed(cx: &Cx) -> Result {
    let rt = rt()?;
    pair(cx, &rt).await?;
    rt.change(Link::named("v0").down()).await?;
    let change = Link::named("v0").rename("lan0").alias("to the lab").group(42).flag(LinkFlags::NOARP, true);
    rt.change(change).await?;
    let shown = only(cx, "link show lan0")?;
    says(&shown, &[("/ifalias", json!("to the lab")), ("/group", json!("42"))])?;
    ensure!(shown.to_string().contains("NOARP"), "no NOARP in {shown}");
    rt.change(Link::named("lan0").flag(LinkFlags::NOARP, false)).await?;
    ensure!(!only(cx, "link show lan0")?.to_string().contains("NOARP"), "NOARP stayed");
    Ok(())
}

async fn up_and_down(cx: &Cx) -> Result {
    let rt = rt()?;
    pair(cx, &rt).await?;
    ensure!(rt.get::<Link>("v0").await?.is_up(), "up() did not set it up");
    rt.change(Link::named("v0").down()).await?;
    says(&only(cx, "link show v0")?, &[("/operstate", json!("DOWN"))])?;
    ensure!(!rt.get::<Link>("v0").await?.is_up(), "down() did not take it down");
    Ok(())
}

async fn enslaved_and_freed(cx: &Cx) -> Result {
    cx.needs_kind("bridge")?;
    let rt = rt()?;
    pair(cx, &rt).await?;
    rt.add(Link::new("br0").kind(Bridge::new())).await?;
    rt.change(Link::named("v0").master("br0")).await?;
    says(&only(cx, "link show v0")?, &[("/master", json!("br0"))])?;
    rt.change(Link::named("v0").no_master()).await?;
    ensure!(only(cx, "link show v0")?.get("master").is_none(), "no_master() did not free it");
    Ok(())
}

async fn moved(cx: &Cx) -> Result {
    let blue = cx.netns("blue")?;
    let rt = rt()?;
    pair(cx, &rt).await?;
    rt.change(Link::named("v1").in_namespace(&Namespace::named(blue.name())?)).await?;
    ensure!(blue.ip(&["-br", "link"])?.contains("v1@"), "v1 is not in the namespace");
    let gone = rt.get::<Link>("v1").await;
    ensure!(gone.as_ref().is_err_and(Error::is_not_found), "v1 is still here: {gone:?}");
    Ok(())
}

async fn slave_options(cx: &Cx) -> Result {
    cx.needs_kind("bridge")?;
    let rt = rt()?;
    pair(cx, &rt).await?;
    rt.add(Link::new("br0").kind(Bridge::new())).await?;
    rt.change(Link::named("v0").master("br0")).await?;
    let port = nlink::link::slaves::BridgePort { cost: Some(7), ..Default::default() };
    rt.change(Link::named("v0").slave_options(port)).await?;
    says(&only(cx, "link show v0")?, &[("/linkinfo/info_slave_data/cost", json!(7))])?;
    Ok(())
}
