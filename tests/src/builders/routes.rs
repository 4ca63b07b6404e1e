//! Setters of `Route` and `NextHop`.

use anyhow::ensure;
use nlink::prelude::*;
use nlink::route::{RoutePreference, RouteType, Scope};
use nlink_tests::{Cx, Result, Test, tests};
use serde_json::{Value, json};

use super::read::{only, pair, rt, says};

pub const TESTS: &[Test] = tests![
    through_a_gateway,
    to_nowhere,
    in_a_table,
    on_the_link,
    with_metrics,
    over_several,
    by_a_nexthop_object,
    of_ipv6,
    from_a_source,
];

/// Adds the route beside `v0` with 192.0.2.1/24 and 2001:db8::1/64, and gives what iproute2 says of it.
async fn added(cx: &Cx, route: Route, words: &str) -> Result<Value> {
    let rt = rt()?;
    pair(cx, &rt).await?;
    rt.add(Address::new("192.0.2.1/24".parse()?).on("v0")).await?;
    let nodad = nlink::address::AddressFlags::NODAD;
    rt.add(Address::new("2001:db8::1/64".parse()?).flags(nodad).on("v0")).await?;
    rt.add(route).await?;
    only(cx, words)
}

async fn through_a_gateway(cx: &Cx) -> Result {
    let route = Route::new("10.0.0.0/8".parse()?)
        .via("192.0.2.9".parse()?)
        .on("v0")
        .protocol(RouteProtocol::STATIC)
        .metric(5)
        .source("192.0.2.1".parse()?)
        .tos(0x10);
    says(
        &added(cx, route, "route show 10.0.0.0/8").await?,
        &[
            ("/gateway", json!("192.0.2.9")),
            ("/dev", json!("v0")),
            ("/protocol", json!("static")),
            ("/metric", json!(5)),
            ("/prefsrc", json!("192.0.2.1")),
            ("/tos", json!("0x10")),
        ],
    )
}

async fn to_nowhere(cx: &Cx) -> Result {
    let route = Route::new("10.0.0.0/8".parse()?).kind(RouteType::UNREACHABLE);
    says(&added(cx, route, "route show 10.0.0.0/8").await?, &[("/type", json!("unreachable"))])
}

async fn in_a_table(cx: &Cx) -> Result {
    let route = Route::new("10.0.0.0/8".parse()?).on("v0").table(1000).scope(Scope::HOST);
    says(
        &added(cx, route, "route show table all 10.0.0.0/8").await?,
        &[("/table", json!("1000")), ("/scope", json!("host"))],
    )
}

async fn on_the_link(cx: &Cx) -> Result {
    let route = Route::new("10.0.0.0/8".parse()?).via("203.0.113.1".parse()?).on("v0").onlink();
    says(
        &added(cx, route, "route show 10.0.0.0/8").await?,
        &[("/gateway", json!("203.0.113.1")), ("/flags", json!(["onlink"]))],
    )
}

async fn with_metrics(cx: &Cx) -> Result {
    let mut route = Route::new("10.0.0.0/8".parse()?).on("v0").mtu(1400);
    route.metrics_mut().advmss = Some(1300);
    says(
        &added(cx, route, "route show 10.0.0.0/8").await?,
        &[("/metrics/0/mtu", json!(1400)), ("/metrics/0/advmss", json!(1300))],
    )
}

async fn over_several(cx: &Cx) -> Result {
    let route = Route::new("10.0.0.0/8".parse()?)
        .nexthop(NextHop::via("192.0.2.8".parse()?).on("v0").weight(3))
        .nexthop(NextHop::via("203.0.113.1".parse()?).on("v0").onlink())
        .nexthop(NextHop::device("v0").weight(256));
    let shown = added(cx, route, "route show 10.0.0.0/8").await?;
    says(
        &shown,
        &[
            ("/nexthops/0/gateway", json!("192.0.2.8")),
            ("/nexthops/0/weight", json!(3)),
            ("/nexthops/1/gateway", json!("203.0.113.1")),
            ("/nexthops/1/flags", json!(["onlink"])),
            ("/nexthops/2/dev", json!("v0")),
            ("/nexthops/2/weight", json!(256)),
        ],
    )
}

async fn by_a_nexthop_object(cx: &Cx) -> Result {
    let rt = rt()?;
    pair(cx, &rt).await?;
    cx.ip(&["nexthop", "add", "id", "7", "dev", "v0"])?;
    rt.add(Route::new("10.0.0.0/8".parse()?).nexthop_id(7)).await?;
    says(&only(cx, "route show 10.0.0.0/8")?, &[("/nhid", json!(7)), ("/dev", json!("v0"))])
}

async fn of_ipv6(cx: &Cx) -> Result {
    let route = Route::default_v6().via("2001:db8::9".parse()?).pref(RoutePreference::HIGH).expires(3000);
    let shown = added(cx, route, "-6 route show default").await?;
    says(&shown, &[("/gateway", json!("2001:db8::9")), ("/pref", json!("high"))])?;
    let left = shown.get("expires").and_then(Value::as_u64);
    ensure!(left.is_some_and(|left| (2990..=3000).contains(&left)), "{shown}");
    Ok(())
}

async fn from_a_source(cx: &Cx) -> Result {
    let route = Route::new("2001:db8:1::/48".parse()?).for_source("2001:db8:2::/48".parse()?).on("v0");
    match added(cx, route, "-6 route show 2001:db8:1::/48").await {
        Err(error) if error.downcast_ref::<Error>().is_some_and(|error| error.errno() == Some(nix::libc::EINVAL)) => {
            cx.needs(false, "IPv6 subtrees", "the kernel was built without them")
        }
        shown => says(&shown?, &[("/from", json!("2001:db8:2::/48"))]),
    }
}
