//! Batches on the kernel: what became of each item, and many of them.

use std::net::{IpAddr, Ipv4Addr};

use anyhow::ensure;
use nlink::batch::BatchOutcome;
use nlink::prelude::*;
use nlink::uapi::rtnetlink::RTA_PRIORITY;
use nlink::wire::{RawAttr, attr_id};
use nlink_tests::{Cx, Result, Test, tests};

pub const TESTS: &[Test] = tests![
    those_that_fail_are_told_and_the_others_are_carried_out,
    items_of_many_kinds_are_carried_out_in_their_order,
    ten_thousand_routes_are_made_changed_and_taken_away,
    where_everything_is_refused_no_refusal_is_lost,
    batches_and_requests_side_by_side_do_not_mix,
];

async fn connect() -> Result<Connection<Rtnetlink>> {
    let rt = Connection::<Rtnetlink>::open()?;
    rt.add(Address::new("192.0.2.2/24".parse()?).on("lo")).await?;
    Ok(rt)
}

fn told(outcome: &BatchOutcome) -> Vec<(usize, String)> {
    outcome.failures().map(|failure| (failure.index(), failure.error().to_string())).collect()
}

async fn those_that_fail_are_told_and_the_others_are_carried_out(cx: &Cx) -> Result {
    let rt = connect().await?;
    let route = |prefix: &str| Ok::<_, anyhow::Error>(Route::new(prefix.parse()?));
    let mut short = route("10.9.0.0/16")?.on(1);
    short.unknown.push(RawAttr::new(attr_id(RTA_PRIORITY), [1]));

    let mut batch = rt.batch();
    batch.add(route("10.1.0.0/16")?.on("lo"));
    batch.add(route("10.2.0.0/16")?.via("198.51.100.1".parse()?));
    batch.add(route("10.1.0.0/16")?.on("lo"));
    batch.add(route("10.3.0.0/16")?.on("gone"));
    batch.add(short);
    batch.del(route("10.4.0.0/16")?.on("lo"));
    batch.add(route("10.5.0.0/16")?.on("lo"));
    let done = batch.await?;

    let told = told(&done);
    let wanted = [
        (1, "add route 10.2.0.0/16 via 198.51.100.1: Nexthop has invalid gateway (ENETUNREACH)"),
        (2, "add route 10.1.0.0/16 dev lo: File exists (EEXIST)"),
        (3, "Cannot find device \"gone\""),
        (4, "add route: "),
        (5, "delete route 10.4.0.0/16 dev lo: No such process (ESRCH)"),
    ];
    ensure!(told.len() == wanted.len(), "{told:?}");
    for ((index, text), (at, starts)) in told.iter().zip(wanted) {
        ensure!(*index == at && text.starts_with(starts), "{index}: {text}");
    }
    let place = done.failures().nth(3).and_then(|failure| failure.error().kernel().and_then(|error| error.attribute()));
    ensure!(place.as_deref() == Some("RTA_PRIORITY"), "at {place:?}");
    ensure!((done.len(), done.succeeded()) == (7, 2));
    let there = cx.ip(&["route", "show", "dev", "lo"])?;
    ensure!(there.contains("10.1.0.0/16") && there.contains("10.5.0.0/16") && !there.contains("10.9."), "{there}");
    Ok(())
}

async fn items_of_many_kinds_are_carried_out_in_their_order(cx: &Cx) -> Result {
    cx.needs_kind("veth")?;
    let rt = Connection::<Rtnetlink>::open()?;
    rt.add(Link::new("v0").kind(Veth::peer("v1"))).await?;
    let mut batch = rt.batch();
    batch.change(Link::named("v0").up()).change(Link::named("v1").up());
    batch.add(Address::new("10.0.0.1/24".parse()?).on("v0"));
    batch.add(Route::new("10.1.0.0/16".parse()?).via("10.0.0.2".parse()?));
    batch.replace(Route::new("10.1.0.0/16".parse()?).via("10.0.0.3".parse()?));
    batch.await?.into_result()?;
    let there = cx.ip(&["route", "show", "dev", "v0"])?;
    ensure!(there.contains("10.1.0.0/16 via 10.0.0.3"), "{there}");
    Ok(())
}

const MANY: u32 = 10_000;

fn many() -> impl Iterator<Item = Route> {
    let first = u32::from(Ipv4Addr::new(11, 0, 0, 0));
    (first..first + MANY).map(|number| Route::new(IpAddr::from(Ipv4Addr::from(number)).into()).on("lo").table(100))
}

async fn count(rt: &Connection<Rtnetlink>) -> Result<usize> {
    Ok(rt.dump::<Route>().table(100).await?.len())
}

async fn ten_thousand_routes_are_made_changed_and_taken_away(_: &Cx) -> Result {
    let rt = connect().await?;
    let mut batch = rt.batch();
    for route in many() {
        batch.add(route);
    }
    batch.await?.into_result()?;
    ensure!(count(&rt).await? == usize::try_from(MANY)?);
    let mut batch = rt.batch();
    for route in many() {
        batch.replace(route.protocol(RouteProtocol::BGP));
    }
    batch.await?.into_result()?;
    ensure!(rt.dump::<Route>().table(100).await?.iter().all(|route| route.header.protocol == RouteProtocol::BGP));
    let mut batch = rt.batch();
    for route in many() {
        batch.del(route.protocol(RouteProtocol::BGP));
    }
    batch.await?.into_result()?;
    ensure!(count(&rt).await? == 0);
    Ok(())
}

async fn where_everything_is_refused_no_refusal_is_lost(_: &Cx) -> Result {
    let rt = connect().await?;
    let twice = || {
        let mut batch = rt.batch();
        for mut route in many() {
            // the longest that the kernel has to say: a sentence, a place and a policy
            route.oif = Some(1.into());
            route.unknown.push(RawAttr::new(attr_id(RTA_PRIORITY), [1]));
            batch.add(route);
        }
        batch
    };
    let done = twice().await?;
    ensure!((done.succeeded(), done.failures().len()) == (0, usize::try_from(MANY)?));
    for (place, failure) in done.failures().enumerate() {
        let error = failure.error();
        ensure!(failure.index() == place && error.kernel().is_some(), "{place}: {error}");
    }
    ensure!(rt.counters().overruns == 0);
    Ok(())
}

async fn batches_and_requests_side_by_side_do_not_mix(_: &Cx) -> Result {
    let rt = connect().await?;
    let batch = |add: bool| {
        let mut batch = rt.batch();
        for route in many() {
            if add {
                batch.add(route)
            } else {
                batch.del(route)
            };
        }
        batch
    };
    batch(true).await?.into_result()?;
    let gets = async {
        for _ in 0..1000 {
            let lo = rt.get::<Link>("lo").await?;
            ensure!(lo.name.is_some_and(|name| name == "lo"));
            tokio::task::yield_now().await;
        }
        Ok(())
    };
    let (again, gone, gets) = tokio::join!(batch(true), batch(false), gets);
    gets?;
    let (again, gone) = (again?, gone?);
    // What one of them took away the other could make again; nothing else came out.
    ensure!(again.failures().all(|failure| failure.error().is_exists()));
    ensure!(gone.is_success(), "{:?}", told(&gone).first());
    ensure!(count(&rt).await? == again.succeeded());
    ensure!((rt.counters().late_answers, rt.counters().in_flight) == (0, 0));
    Ok(())
}
