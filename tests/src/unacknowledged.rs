//! Changes without acknowledgement on the kernel: what succeeds is there, what is refused is told, each to whom it
//! concerns.

use std::net::Ipv4Addr;

use anyhow::{bail, ensure};
use ipnet::Ipv4Net;
use nlink::prelude::*;
use nlink_tests::{Connection, Cx, Result, Test, tests};

pub const TESTS: &[Test] =
    tests![what_succeeds_is_there_and_what_is_refused_is_told, of_many_tasks_each_hears_of_its_own_refusals];

fn route(number: u32) -> Result<Route> {
    let destination = Ipv4Net::new(Ipv4Addr::from(0x0a00_0000 + (number << 8)), 24)?;
    Ok(Route::new(destination.into()).on("lo"))
}

async fn connect() -> Result<Connection<Rtnetlink>> {
    let rt = Connection::<Rtnetlink>::open()?;
    rt.change(Link::named("lo").up()).unacknowledged().await?;
    Ok(rt)
}

async fn what_succeeds_is_there_and_what_is_refused_is_told(cx: &Cx) -> Result {
    let rt = connect().await?;
    rt.add(route(1)?).unacknowledged().await?;
    ensure!(cx.ip(&["route", "show", "10.0.1.0/24"])?.contains("10.0.1.0/24 dev lo"));
    let acknowledged = rt.add(route(1)?).await;
    let unacknowledged = rt.add(route(1)?).unacknowledged().await;
    let (Err(acknowledged), Err(unacknowledged)) = (acknowledged, unacknowledged) else {
        bail!("a route was made three times");
    };
    ensure!(unacknowledged.is_exists(), "{unacknowledged}");
    ensure!(unacknowledged.to_string() == acknowledged.to_string(), "{unacknowledged}, and {acknowledged}");
    rt.del(route(1)?).unacknowledged().await?;
    ensure!(cx.ip(&["route", "show", "10.0.1.0/24"])?.is_empty());
    ensure!(rt.counters().in_flight == 0);
    Ok(())
}

async fn of_many_tasks_each_hears_of_its_own_refusals(_: &Cx) -> Result {
    let rt = connect().await?;
    let tasks = (0..8u32).map(|task| {
        let rt = rt.clone();
        tokio::spawn(async move {
            for number in (0..200).map(|number| task * 200 + number) {
                rt.add(route(number)?).unacknowledged().await?;
                // between the others', and with an answer that another one may receive
                rt.get::<Link>("lo").await?;
                let again = rt.add(route(number)?).unacknowledged().await;
                ensure!(again.is_err_and(|error| error.is_exists()), "route {number} was made twice");
            }
            Ok(())
        })
    });
    for task in tasks.collect::<Vec<_>>() {
        task.await??;
    }
    let routes = rt.dump::<Route>().await?;
    let made =
        routes.iter().filter(|route| route.destination().is_some_and(|prefix| prefix.prefix_len() == 24)).count();
    ensure!(made == 1600, "{made} routes");
    ensure!(rt.counters().overruns == 0 && rt.counters().late_answers == 0, "{:?}", rt.counters());
    Ok(())
}
