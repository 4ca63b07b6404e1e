//! Namespaces: threads stay where they are, names mean what they mean where the connection is.

use std::future::{Future, poll_fn};
use std::pin::pin;
use std::task::Poll;

use anyhow::ensure;
use nlink::netns::NameEvent;
use nlink::prelude::*;
use nlink_tests::{Cx, Result, Test, tests};

pub const TESTS: &[Test] = tests![
    no_thread_changes_its_namespace,
    a_name_is_looked_up_where_the_connection_is,
    what_a_connection_opens_later_is_where_it_was_opened,
    a_watch_over_names_waits_and_does_not_fail,
];

async fn no_thread_changes_its_namespace(cx: &Cx) -> Result {
    let inside = cx.netns("a")?;
    let before = Namespace::current()?;
    let namespace = Namespace::named(inside.name())?;
    ensure!(namespace != before);
    let rt = namespace.connect::<Rtnetlink>()?;
    let mut events = rt.events::<Link>().await?;
    rt.dump::<Link>().await?;
    let there = namespace.run(Namespace::current)??;
    ensure!(there == namespace, "what runs inside runs in {there:?}");
    rt.change(Link::named("lo").up()).await?;
    events.try_next().await?;
    ensure!(Namespace::current()? == before, "the test's thread was moved");
    Ok(())
}

/// The index of what is called `same0` in each of two namespaces and here differs.
async fn a_name_is_looked_up_where_the_connection_is(cx: &Cx) -> Result {
    cx.needs_kind("bridge")?;
    cx.ip(&["link", "add", "same0", "index", "71", "type", "bridge"])?;
    for (name, index, address) in [("a", "72", "192.0.2.1/24"), ("b", "73", "192.0.2.2/24")] {
        let inside = cx.netns(name)?;
        inside.ip(&["link", "add", "same0", "index", index, "type", "bridge"])?;
        let rt = Namespace::named(name)?.connect::<Rtnetlink>()?;
        rt.add(Address::new(address.parse()?).on("same0")).await?;
        let listed = rt.dump::<Address>().on("same0").await?;
        ensure!(listed.len() == 1, "{listed:?}");
        ensure!(listed.iter().all(|listed| listed.interface == Some(Interface::Index(index.parse().unwrap_or(0)))));
        ensure!(inside.ip(&["addr", "show", "dev", "same0"])?.contains(address));
    }
    ensure!(!cx.ip(&["addr", "show", "dev", "same0"])?.contains("192.0.2."), "an address came to the wrong same0");
    Ok(())
}

async fn what_a_connection_opens_later_is_where_it_was_opened(cx: &Cx) -> Result {
    let inside = cx.netns("a")?;
    inside.ip(&["link", "add", "inside0", "type", "bridge"])?;
    let rt = Namespace::named("a")?.connect::<Rtnetlink>()?;
    // Each of them takes a socket of its own.
    let mut listings: Vec<_> = (0..8).map(|_| rt.dump::<Link>().stream()).collect();
    for listing in &mut listings {
        let mut found = false;
        while let Some(link) = listing.try_next().await? {
            found |= link.name.is_some_and(|name| name == "inside0");
        }
        ensure!(found, "a listing of another namespace");
    }
    Ok(())
}

async fn a_watch_over_names_waits_and_does_not_fail(_: &Cx) -> Result {
    let mut watch = Namespace::watch()?;
    {
        let mut next = pin!(watch.next());
        let polled = poll_fn(|cx| Poll::Ready(next.as_mut().poll(cx))).await;
        ensure!(polled.is_pending(), "nothing happened yet: {polled:?}");
        Namespace::create("blue")?;
        ensure!(next.await? == NameEvent::Added("blue".into()));
    }
    Namespace::delete("blue")?;
    ensure!(watch.next().await? == NameEvent::Deleted("blue".into()));
    Ok(())
}
