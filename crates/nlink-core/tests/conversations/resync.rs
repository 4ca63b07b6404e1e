//! Mirrors: what is lost, late, unreadable or never announced, and what is known all the same in the end.

use std::pin::pin;
use std::time::Duration;

use nlink_core::interface::Interface;
use nlink_core::object::Event;
use nlink_core::stream::{Change, Marker, ResyncedEvent, WatchStream};
use nlink_core::testing::{Asked, FakeKernel, Line, verb::*};
use nlink_core::wire::attr_id;
use nlink_core::{Result, Rtnetlink};
use nlink_uapi::netlink::{NLM_F_DUMP_INTR, NLM_F_REPLACE};
use nlink_uapi::rtnetlink::RTM_DELADDR;

use super::link::Link;
use super::script::{NEW, connect, items, poll_once, unreadable};

/// A change in a word: `+a`, `-a`, `a: IFLA_MTU`.
fn word(change: Change<Link>) -> String {
    let name = |link: &Link| link.name.unwrap().to_string();
    match change {
        Change::Added(link) => format!("+{}", name(&link)),
        Change::Removed(link) => format!("-{}", name(&link)),
        Change::Changed { new, fields, .. } => format!("{}: {fields}", name(&new)),
        Change::Marker(marker) => format!("{marker:?}"),
    }
}

/// All changes up to the end of a snapshot, sorted but for the markers.
async fn snapshot(links: &mut WatchStream<Link>) -> Result<Vec<String>> {
    let mut words = Vec::new();
    loop {
        let change = links.try_next().await?.unwrap();
        let is_end = change == Change::Marker(Marker::ResyncEnd);
        words.push(word(change));
        if is_end {
            return Ok(words);
        }
    }
}

/// The next change.
async fn next(links: &mut WatchStream<Link>) -> Result<String> {
    Ok(word(links.try_next().await?.unwrap()))
}

/// Goes on until it has to wait.
async fn waits(links: &mut WatchStream<Link>) {
    assert!(poll_once(&mut pin!(links.try_next())).await.is_pending());
}

/// Begins a snapshot that the test answers: the listing's socket, and what was asked there.
async fn listing(kernel: &FakeKernel, links: &mut WatchStream<Link>) -> Result<(Line, Asked)> {
    while next(links).await? != "ResyncStart" {}
    waits(links).await;
    let line = kernel.line(kernel.lines() - 1);
    let asked = line.asked();
    Ok((line, asked))
}

/// The socket that listens.
fn subscriber(kernel: &FakeKernel) -> Line {
    (0..kernel.lines()).map(|line| kernel.line(line)).find(|line| !line.groups().is_empty()).unwrap()
}

fn announce(kernel: &FakeKernel, message_type: u16, flags: u32, body: &[u8]) {
    let nobody = Asked { header: Default::default(), body: Vec::new() };
    subscriber(kernel).deliver(&nobody.object(message_type, attr_id(flags), body));
}

fn named(name: &str, mtu: u32) -> Link {
    Link { mtu: Some(mtu), ..Link::named(name) }
}

fn under(name: &str, master: u32) -> Link {
    Link { master: Some(Interface::Index(master)), ..Link::named(name) }
}

#[tokio::test(start_paused = true)]
async fn list_first_then_subscribe_loses_events_so_it_is_the_other_way_round() -> Result<()> {
    let (kernel, rt) = connect();
    let mut links = rt.watch::<Link>();
    let (line, asked) = listing(&kernel, &mut links).await?;
    kernel.announce(Event::New(named("new", 1500)));
    kernel.announce(Event::New(named("changed", 1400)));
    kernel.announce(Event::Del(named("deleted", 1500)));
    line.deliver_each(&items(&asked, &["changed", "deleted"]));
    line.deliver(&asked.done(0));
    let told = snapshot(&mut links).await?;
    assert_eq!(told, ["+changed", "+deleted", "+new", "changed: IFLA_MTU", "-deleted", "ResyncEnd"]);
    assert_eq!(links.known().len(), 2);
    assert!(links.is_current());
    assert_eq!(rt.counters().resyncs, 0);
    Ok(())
}

#[tokio::test(start_paused = true)]
async fn what_happens_after_the_snapshot_is_told_with_what_was_known() -> Result<()> {
    let kernel = FakeKernel::new().on::<Link>(Dump).reply([named("a", 1500)]);
    let mut links = kernel.connect::<Rtnetlink>().watch::<Link>();
    assert_eq!(snapshot(&mut links).await?, ["ResyncStart", "+a", "ResyncEnd"]);
    kernel.announce(Event::New(named("a", 1500)));
    kernel.announce(Event::New(named("a", 1400)));
    kernel.announce(Event::Del(named("unknown", 1500)));
    match links.try_next().await?.unwrap() {
        Change::Changed { old, new, fields } => {
            assert_eq!((old.mtu, new.mtu), (Some(1500), Some(1400)));
            assert!(fields.contains(Link::MTU) && !fields.contains(Link::ADDRESS));
        }
        other => panic!("{other:?}"),
    }
    waits(&mut links).await;
    Ok(())
}

#[tokio::test(start_paused = true)]
async fn after_an_overrun_the_difference_is_told() -> Result<()> {
    let kernel = FakeKernel::new()
        .on::<Link>(Dump)
        .reply([named("stays", 1500), named("changes", 1500), named("goes", 1500)])
        .on::<Link>(Dump)
        .reply([named("stays", 1500), named("changes", 1400), named("comes", 1500)]);
    let rt = kernel.connect::<Rtnetlink>();
    let mut links = rt.watch::<Link>();
    snapshot(&mut links).await?;
    kernel.lose_events();
    let told = snapshot(&mut links).await?;
    assert_eq!(told, ["ResyncStart", "changes: IFLA_MTU", "+comes", "-goes", "ResyncEnd"]);
    let counters = rt.counters();
    assert_eq!((counters.event_overruns, counters.resyncs), (1, 1));
    Ok(())
}

#[tokio::test(start_paused = true)]
async fn what_was_queued_before_an_overrun_is_told_and_the_mirror_follows_while_it_rests() -> Result<()> {
    let kernel = FakeKernel::new().on::<Link>(Dump).reply([]).on::<Link>(Dump).reply([named("a", 1500)]);
    let mut links = kernel.connect::<Rtnetlink>().watch::<Link>();
    snapshot(&mut links).await?;
    kernel.lose_events();
    kernel.announce(Event::New(named("a", 1500)));
    assert_eq!(next(&mut links).await?, "+a");
    assert!(!links.is_current());
    waits(&mut links).await;
    kernel.announce(Event::New(named("b", 1500)));
    assert_eq!(next(&mut links).await?, "+b");
    assert_eq!(snapshot(&mut links).await?, ["ResyncStart", "-b", "ResyncEnd"]);
    Ok(())
}

#[tokio::test(start_paused = true)]
async fn loss_while_merging_leaves_the_snapshot_without_an_end() -> Result<()> {
    let (kernel, rt) = connect();
    let mut links = rt.watch::<Link>();
    let (line, asked) = listing(&kernel, &mut links).await?;
    kernel.lose_events();
    line.deliver_each(&[items(&asked, &["a", "b"]).concat(), asked.done(0)]);
    let (line, asked) = listing(&kernel, &mut links).await?;
    line.deliver_each(&[items(&asked, &["a", "c"]).concat(), asked.done(0)]);
    assert_eq!(snapshot(&mut links).await?, ["+c", "-b", "ResyncEnd"]);
    Ok(())
}

#[tokio::test(start_paused = true)]
async fn an_interrupted_listing_begins_again_and_nothing_is_told_twice() -> Result<()> {
    let (kernel, rt) = connect();
    let mut links = rt.watch::<Link>();
    let (line, asked) = listing(&kernel, &mut links).await?;
    let done = Asked::flagged(asked.done(0), NLM_F_DUMP_INTR);
    line.deliver_each(&[items(&asked, &["a", "stale"]).concat(), done]);
    assert_eq!((next(&mut links).await?, next(&mut links).await?), ("+a".into(), "+stale".into()));
    let (line, asked) = listing(&kernel, &mut links).await?;
    line.deliver_each(&[items(&asked, &["a"]).concat(), asked.done(0)]);
    assert_eq!(snapshot(&mut links).await?, ["-stale", "ResyncEnd"]);
    Ok(())
}

#[tokio::test(start_paused = true)]
async fn an_announcement_that_cannot_be_read_is_made_up_for_by_a_listing() -> Result<()> {
    let kernel = FakeKernel::new().on::<Link>(Dump).reply([]).on::<Link>(Dump).reply([named("a", 1500)]);
    let mut links = kernel.connect::<Rtnetlink>().watch::<Link>();
    snapshot(&mut links).await?;
    announce(&kernel, NEW, 0, &unreadable());
    assert_eq!(snapshot(&mut links).await?, ["ResyncStart", "+a", "ResyncEnd"]);
    Ok(())
}

#[tokio::test(start_paused = true)]
async fn an_entry_that_cannot_be_read_is_an_error_in_its_place_and_the_mirror_goes_on() -> Result<()> {
    let (kernel, rt) = connect();
    let mut links = rt.watch::<Link>();
    let (line, asked) = listing(&kernel, &mut links).await?;
    line.deliver_each(&[items(&asked, &["a"]).concat(), asked.item(NEW, &unreadable())]);
    line.deliver_each(&[items(&asked, &["c"]).concat(), asked.done(0)]);
    assert_eq!(next(&mut links).await?, "+a");
    assert!(links.try_next().await.unwrap_err().is_malformed());
    assert_eq!(snapshot(&mut links).await?, ["+c", "ResyncEnd"]);
    Ok(())
}

#[tokio::test(start_paused = true)]
async fn deletions_that_the_kernel_does_not_announce_are_found_when_something_hints_at_them() -> Result<()> {
    let kernel = FakeKernel::new().on::<Link>(Dump).reply([named("a", 1500)]).on::<Link>(Dump).reply([]);
    let mut links = kernel.connect::<Rtnetlink>().watch::<Link>();
    snapshot(&mut links).await?;
    // Two hints in a rush are one listing.
    announce(&kernel, attr_id(RTM_DELADDR), 0, &[0; 8]);
    announce(&kernel, attr_id(RTM_DELADDR), 0, &[0; 8]);
    assert_eq!(snapshot(&mut links).await?, ["ResyncStart", "-a", "ResyncEnd"]);
    waits(&mut links).await;
    Ok(())
}

#[tokio::test(start_paused = true)]
async fn a_hint_while_merging_asks_for_another_snapshot() -> Result<()> {
    let (kernel, rt) = connect();
    let mut links = rt.watch::<Link>();
    let (line, asked) = listing(&kernel, &mut links).await?;
    announce(&kernel, attr_id(RTM_DELADDR), 0, &[0; 8]);
    line.deliver_each(&[items(&asked, &["a"]).concat(), asked.done(0)]);
    assert_eq!(snapshot(&mut links).await?, ["+a", "ResyncEnd"]);
    assert!(!links.is_current());
    let (line, asked) = listing(&kernel, &mut links).await?;
    line.deliver(&asked.done(0));
    assert_eq!(snapshot(&mut links).await?, ["-a", "ResyncEnd"]);
    assert!(links.is_current());
    Ok(())
}

#[tokio::test(start_paused = true)]
async fn one_that_takes_anothers_place_is_a_change_and_among_several_a_matter_for_a_listing() -> Result<()> {
    let kernel = FakeKernel::new()
        .on::<Link>(Dump)
        .reply([under("a", 1)])
        .on::<Link>(Dump)
        .reply([under("a", 4), under("a", 3)]);
    let mut links = kernel.connect::<Rtnetlink>().watch::<Link>();
    snapshot(&mut links).await?;
    let body = |master| {
        let mut writer = nlink_core::wire::Writer::new();
        nlink_core::wire::Message::emit(&under("a", master), &mut writer);
        writer.finish().unwrap()
    };
    announce(&kernel, NEW, NLM_F_REPLACE, &body(2));
    assert_eq!(next(&mut links).await?, "a: IFLA_MASTER");
    announce(&kernel, NEW, 0, &body(3));
    assert_eq!(next(&mut links).await?, "+a");
    assert_eq!(links.known().all(&Some("a".into())).count(), 2);
    announce(&kernel, NEW, NLM_F_REPLACE, &body(4));
    assert_eq!(next(&mut links).await?, "+a");
    assert_eq!(snapshot(&mut links).await?, ["ResyncStart", "-a", "ResyncEnd"]);
    let mut masters: Vec<_> = links.known().iter().map(|link| link.master.clone().unwrap().index()).collect();
    masters.sort_unstable();
    assert_eq!(masters, [Some(3), Some(4)]);
    Ok(())
}

#[tokio::test(start_paused = true)]
async fn one_that_was_replaced_and_deleted_while_it_was_listed_is_listed_again() -> Result<()> {
    let (kernel, rt) = connect();
    let mut links = rt.watch::<Link>();
    let (line, asked) = listing(&kernel, &mut links).await?;
    // Before the listing came to them, one of two was replaced, and the new one deleted: the other is what is listed.
    announce(&kernel, NEW, NLM_F_REPLACE, &{
        let mut writer = nlink_core::wire::Writer::new();
        nlink_core::wire::Message::emit(&under("a", 2), &mut writer);
        writer.finish().unwrap()
    });
    kernel.announce(Event::Del(under("a", 2)));
    line.deliver_each(&[items(&asked, &["a"]).concat(), asked.done(0)]);
    assert_eq!(snapshot(&mut links).await?, ["+a", "a: IFLA_MASTER", "-a", "ResyncEnd"]);
    let (line, asked) = listing(&kernel, &mut links).await?;
    line.deliver_each(&[items(&asked, &["a"]).concat(), asked.done(0)]);
    assert_eq!(snapshot(&mut links).await?, ["+a", "ResyncEnd"]);
    Ok(())
}

#[tokio::test(start_paused = true)]
async fn what_the_filter_no_longer_lets_through_is_gone_and_what_does_not_belong_is_never_told() -> Result<()> {
    let kernel = FakeKernel::new().interface("br0", 7).on::<Link>(Dump).reply([
        under("port", 7),
        under("other", 8),
        under("elsewhere", 7),
    ]);
    let mut links = kernel.connect::<Rtnetlink>().watch::<Link>().map_filter(|filter| filter.0 = Some("br0".into()));
    assert_eq!(snapshot(&mut links).await?, ["ResyncStart", "+port", "ResyncEnd"]);
    kernel.announce(Event::New(under("other", 8)));
    kernel.announce(Event::New(under("elsewhere", 7)));
    kernel.announce(Event::Del(under("elsewhere", 7)));
    kernel.announce(Event::New(under("second", 7)));
    assert_eq!(next(&mut links).await?, "+second");
    Ok(())
}

#[tokio::test(start_paused = true)]
async fn a_refused_listing_is_told_and_tried_again() -> Result<()> {
    let kernel = FakeKernel::new().on::<Link>(Dump).refuse(12).on::<Link>(Dump).reply([named("a", 1500)]);
    let mut links = kernel.connect::<Rtnetlink>().watch::<Link>();
    assert_eq!(next(&mut links).await?, "ResyncStart");
    assert_eq!(links.try_next().await.unwrap_err().errno(), Some(12));
    assert_eq!(snapshot(&mut links).await?, ["ResyncStart", "+a", "ResyncEnd"]);
    Ok(())
}

#[tokio::test(start_paused = true)]
async fn an_interface_that_is_not_there_ends_it() -> Result<()> {
    let kernel = FakeKernel::new();
    let rt = kernel.connect::<Rtnetlink>();
    let mut links = rt.watch::<Link>().map_filter(|filter| filter.0 = Some("br0".into()));
    waits(&mut links).await;
    kernel.control().deliver(&kernel.control().asked().error(19, &[]));
    assert_eq!(links.try_next().await.unwrap_err().to_string(), "Cannot find device \"br0\"");
    assert_eq!(links.try_next().await?, None);
    Ok(())
}

#[tokio::test(start_paused = true)]
async fn a_mirror_dropped_at_any_point_leaves_no_socket_behind() -> Result<()> {
    for polls in 0..12 {
        let kernel = FakeKernel::new();
        let rt = kernel.connect::<Rtnetlink>();
        let mut links = rt.watch::<Link>();
        for _ in 0..polls {
            let _ = poll_once(&mut pin!(links.try_next())).await;
            if kernel.lines() > 2
                && let Some(asked) = kernel.line(2).try_asked()
            {
                kernel.line(2).deliver_each(&[items(&asked, &["a", "b"]).concat(), asked.done(0)]);
            }
        }
        drop(links);
        // A listing's socket is kept for the next one when it was read to its end.
        assert!((1..kernel.lines()).all(|line| kernel.line(line).is_closed() || kernel.line(line).groups().is_empty()));
        assert_eq!(rt.counters().in_flight, 0);
    }
    Ok(())
}

#[tokio::test(start_paused = true)]
async fn the_first_layer_keeps_nothing_and_tells_all_between_markers() -> Result<()> {
    let kernel = FakeKernel::new().on::<Link>(Dump).times(2).reply([named("a", 1500)]);
    let mut links = kernel.connect::<Rtnetlink>().resync::<Link>();
    let all = [
        ResyncedEvent::Marker(Marker::ResyncStart),
        ResyncedEvent::New(named("a", 1500)),
        ResyncedEvent::Marker(Marker::ResyncEnd),
    ];
    for _ in 0..2 {
        for wanted in &all {
            assert_eq!(links.try_next().await?.as_ref(), Some(wanted));
        }
        links.relist();
    }
    kernel.announce(Event::Del(named("a", 1500)));
    assert_eq!(links.try_next().await?, Some(ResyncedEvent::Del(named("a", 1500))));
    Ok(())
}

#[tokio::test(start_paused = true)]
async fn readers_of_a_store_never_see_it_half_empty() -> Result<()> {
    let (kernel, rt) = connect();
    let (store, ()) = tokio::join!(rt.store::<Link>(), async {
        while kernel.lines() < 3 {
            tokio::task::yield_now().await;
        }
        let asked = kernel.line(2).asked();
        kernel.line(2).deliver_each(&[items(&asked, &["a", "b"]).concat(), asked.done(0)]);
    });
    let store = store?;
    let names = || {
        let mut names: Vec<_> = store.snapshot().iter().map(|link| link.name.unwrap().to_string()).collect();
        names.sort_unstable();
        names
    };
    assert_eq!(names(), ["a", "b"]);
    kernel.lose_events();
    tokio::time::sleep(Duration::from_millis(50)).await;
    assert!(!store.is_current());
    let asked = kernel.line(2).asked();
    kernel.line(2).deliver_each(&[items(&asked, &["b", "c"]).concat()]);
    tokio::time::sleep(Duration::from_millis(50)).await;
    assert_eq!(names(), ["a", "b"]);
    kernel.line(2).deliver(&asked.done(0));
    store.ready().await?;
    assert_eq!(names(), ["b", "c"]);
    Ok(())
}

#[tokio::test(start_paused = true)]
async fn a_store_is_waited_for_and_ends_with_its_last_reader() -> Result<()> {
    let kernel = FakeKernel::new().on::<Link>(Dump).reply([named("a", 1500)]);
    let rt = kernel.connect::<Rtnetlink>();
    let store = rt.store::<Link>().await?;
    let a = Some("a".to_owned());
    let (waited, ()) = tokio::join!(store.wait_until(|table| table.get(&a).unwrap().mtu == Some(1400)), async {
        kernel.announce(Event::New(named("b", 1400)));
        tokio::time::sleep(Duration::from_millis(10)).await;
        kernel.announce(Event::New(named("a", 1400)));
    });
    waited?;
    assert_eq!((store.len(), store.get(&a).unwrap().mtu), (2, Some(1400)));
    let listening = subscriber(&kernel);
    let second = store.clone();
    drop(store);
    tokio::time::sleep(Duration::from_millis(1)).await;
    assert!(!listening.is_closed());
    drop(second);
    tokio::time::sleep(Duration::from_millis(1)).await;
    assert!(listening.is_closed());
    Ok(())
}

#[tokio::test(start_paused = true)]
async fn a_store_whose_first_listing_fails_is_an_error() {
    let kernel = FakeKernel::new().on::<Link>(Dump).refuse(1);
    let store = kernel.connect::<Rtnetlink>().store::<Link>().await;
    assert!(store.unwrap_err().is_permission());
}

#[test]
fn without_a_runtime_a_mirror_blocks() -> Result<()> {
    let kernel = FakeKernel::new().on::<Link>(Dump).reply([named("a", 1500)]).on::<Link>(Dump).reply([]);
    let rt = kernel.connect::<Rtnetlink>().driven_by::<nlink_core::driver::Blocking>();
    let mut links = rt.watch::<Link>();
    let told: Result<Vec<_>> = links.by_ref().take(3).map(|change| change.map(word)).collect();
    assert_eq!(told?, ["ResyncStart", "+a", "ResyncEnd"]);
    kernel.lose_events();
    let told: Result<Vec<_>> = links.take(3).map(|change| change.map(word)).collect();
    assert_eq!(told?, ["ResyncStart", "-a", "ResyncEnd"]);
    Ok(())
}
