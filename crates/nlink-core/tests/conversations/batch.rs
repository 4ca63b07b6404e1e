//! Batches: whose an answer is, and what is told when answers are missing.

use std::future::IntoFuture;
use std::time::Duration;

use nlink_core::batch::{Batch, BatchOutcome};
use nlink_core::testing::{Asked, FakeKernel};
use nlink_core::wire::{Codec, RawAttr, UnknownAttrs, Writer, attr_id};
use nlink_core::{Connection, Result, Rtnetlink};
use nlink_uapi::netlink::{NLM_F_ACK, NLMSG_OVERRUN, NLMSGERR_ATTR_MSG, NLMSGERR_ATTR_OFFS};
use nlink_uapi::rtnetlink::{RTM_DELLINK, RTM_GETLINK};

use super::link::Link;
use super::script::{NEW, all_asked, connect, link, poll_once};

const EXIST: i32 = 17;
const NODEV: i32 = 19;
const ACK: u16 = attr_id(NLM_F_ACK);

/// Adds links of these names.
fn adding(rt: &Connection<Rtnetlink>, names: &[&str]) -> Batch<Rtnetlink> {
    let mut batch = rt.batch();
    for name in names {
        batch.add(Link::named(name));
    }
    batch
}

/// More than go in one part.
const MANY: usize = 50_000;

fn many(rt: &Connection<Rtnetlink>) -> Batch<Rtnetlink> {
    let mut batch = rt.batch();
    for number in 0..MANY {
        batch.add(Link::named(&format!("l{number}")));
    }
    batch
}

/// A batch that is under way, and what it asked.
async fn under_way(
    kernel: &FakeKernel,
    batch: Batch<Rtnetlink>,
) -> (<Batch<Rtnetlink> as IntoFuture>::IntoFuture, Vec<Asked>) {
    let mut batch = batch.into_future();
    assert!(poll_once(&mut batch).await.is_pending());
    (batch, all_asked(kernel))
}

/// The failures in words.
fn told(outcome: &BatchOutcome) -> Vec<(usize, String)> {
    outcome.failures().map(|failure| (failure.index(), failure.error().to_string())).collect()
}

#[tokio::test]
async fn one_acknowledgement_answers_for_all_that_came_before() -> Result<()> {
    let (kernel, rt) = connect();
    let (batch, asked) = under_way(&kernel, adding(&rt, &["a", "b", "c"])).await;
    assert_eq!(asked.iter().map(|asked| asked.header.flags & ACK != 0).collect::<Vec<_>>(), [false, false, true]);
    assert_eq!(asked[2].header.sequence, asked[0].header.sequence + 2);
    kernel.control().deliver(&asked[2].ack());
    let done = batch.await?;
    assert_eq!((done.len(), done.succeeded(), done.is_success()), (3, 3, true));
    assert_eq!(rt.counters().requests, 3);
    kernel.assert_all_is_settled(&rt);
    done.into_result()
}

#[tokio::test]
async fn an_inner_error_reaches_its_item_and_is_not_skipped() -> Result<()> {
    let (kernel, rt) = connect();
    let mut batch = adding(&rt, &["a", "b"]);
    batch.add(Link { mtu: Some(7), ..Link::named("c") }).del(Link::named("d"));
    let (batch, asked) = under_way(&kernel, batch).await;
    assert_eq!(asked[3].header.message_type, attr_id(RTM_DELLINK));
    let mut tlvs = Writer::new();
    tlvs.attr(attr_id(NLMSGERR_ATTR_MSG), |text| "mtu less than device minimum".to_owned().encode(text));
    tlvs.attr(attr_id(NLMSGERR_ATTR_OFFS), |offset| (16u32 + 16 + 8).encode(offset));
    kernel.control().deliver_each(&[
        asked[0].error(EXIST, &[]),
        asked[2].error(22, &tlvs.finish().unwrap()),
        asked[3].ack(),
    ]);
    let done = batch.await?;
    assert_eq!((done.len(), done.succeeded()), (4, 2));
    assert_eq!(
        told(&done),
        [
            (0, "add link a: File exists (EEXIST)".into()),
            (2, "add link c: mtu less than device minimum (EINVAL)\n  at IFLA_MTU".into()),
        ]
    );
    assert_eq!(done.failures().map(|failure| failure.item()).collect::<Vec<_>>(), ["link a", "link c"]);
    assert!(done.into_result().unwrap_err().is_exists());
    kernel.assert_all_is_settled(&rt);
    Ok(())
}

#[tokio::test]
async fn the_last_item_refused_is_the_end_as_well() -> Result<()> {
    let (kernel, rt) = connect();
    let (batch, asked) = under_way(&kernel, adding(&rt, &["a", "b"])).await;
    kernel.control().deliver(&[asked[0].error(EXIST, &[]), asked[1].error(NODEV, &[])].concat());
    let errnos: Vec<_> = batch.await?.failures().map(|failure| failure.error().errno()).collect();
    assert_eq!(errnos, [Some(EXIST), Some(NODEV)]);
    kernel.assert_all_is_settled(&rt);
    Ok(())
}

#[tokio::test]
async fn a_stray_done_is_no_success() -> Result<()> {
    let (kernel, rt) = connect();
    let (mut batch, asked) = under_way(&kernel, adding(&rt, &["a", "b"])).await;
    let strays = [asked[0].ack(), asked[0].done(0), asked[1].done(0), asked[1].object(NEW, 0, &link("b"))];
    kernel.control().deliver_each(&strays);
    assert!(poll_once(&mut batch).await.is_pending());
    kernel.control().deliver_each(&[asked[0].done(NODEV), asked[1].ack()]);
    assert_eq!(told(&batch.await?), [(0, "add link a: No such device (ENODEV)".into())]);
    kernel.assert_all_is_settled(&rt);
    Ok(())
}

#[tokio::test]
async fn two_batches_and_requests_in_between_get_their_own_answers() -> Result<()> {
    let (kernel, rt) = connect();
    let (one, first) = under_way(&kernel, adding(&rt, &["a", "b"])).await;
    let mut get = rt.get::<Link>("eth0").into_future();
    assert!(poll_once(&mut get).await.is_pending());
    let asked = kernel.control().asked();
    let (two, second) = under_way(&kernel, adding(&rt, &["c", "d"])).await;
    kernel.control().deliver(&[second[0].error(EXIST, &[]), first[1].error(NODEV, &[])].concat());
    kernel.control().deliver(&[asked.object(NEW, 0, &link("eth0")), second[1].ack()].concat());
    assert_eq!(told(&two.await?), [(0, "add link c: File exists (EEXIST)".into())]);
    assert_eq!(told(&one.await?), [(1, "add link b: No such device (ENODEV)".into())]);
    assert_eq!(get.await?.name.unwrap(), "eth0");
    assert_eq!(rt.counters().late_answers, 0);
    kernel.assert_all_is_settled(&rt);
    Ok(())
}

#[tokio::test]
async fn late_answers_of_a_dropped_batch_are_not_taken_for_the_next_ones() -> Result<()> {
    let (kernel, rt) = connect();
    let (batch, dropped) = under_way(&kernel, adding(&rt, &["a", "b"])).await;
    drop(batch);
    assert_eq!(rt.counters().in_flight, 0);
    let (batch, asked) = under_way(&kernel, adding(&rt, &["c", "d"])).await;
    let late = [dropped[0].error(EXIST, &[]), dropped[1].error(EXIST, &[])];
    kernel.control().deliver_each(&late);
    kernel.control().deliver(&asked[1].ack());
    assert!(batch.await?.is_success());
    assert_eq!(rt.counters().late_answers, 2);
    kernel.assert_all_is_settled(&rt);
    Ok(())
}

#[tokio::test]
async fn after_an_overrun_what_is_not_known_is_told_and_the_batch_goes_on() -> Result<()> {
    let (kernel, rt) = connect();
    let mut batch = many(&rt).into_future();
    let mut runs = Vec::new();
    let done = loop {
        if let std::task::Poll::Ready(done) = poll_once(&mut batch).await {
            break done?;
        }
        let asked = all_asked(&kernel);
        let Some(last) = asked.last() else {
            // It has left its place to others.
            tokio::task::yield_now().await;
            continue;
        };
        if runs.is_empty() {
            let overrun = last.object(attr_id(NLMSG_OVERRUN), 0, &[]);
            kernel.control().deliver_each(&[asked[1].error(EXIST, &[]), overrun]);
        } else {
            kernel.control().deliver(&last.ack());
        }
        runs.push(asked.len());
    };
    assert!(runs.len() > 1);
    assert_eq!(runs.iter().sum::<usize>(), MANY);
    assert_eq!(done.succeeded(), MANY - runs[0]);
    for (place, failure) in done.failures().enumerate() {
        assert_eq!(failure.index(), place);
        assert_eq!(failure.error().is_lost(), place != 1);
        assert_eq!(failure.error().is_exists(), place == 1);
    }
    kernel.assert_all_is_settled(&rt);
    Ok(())
}

#[tokio::test(start_paused = true)]
async fn after_a_timeout_what_was_not_sent_is_told_apart_from_what_is_not_known() -> Result<()> {
    let (kernel, rt) = connect();
    let done = many(&rt).timeout(Duration::from_secs(5)).await?;
    let sent = all_asked(&kernel).len();
    let (unknown, unsent): (Vec<_>, Vec<_>) = done.failures().partition(|failure| failure.index() < sent);
    assert!(sent > 0 && !unsent.is_empty());
    assert_eq!((done.succeeded(), unknown.len() + unsent.len()), (0, MANY));
    assert_eq!(unknown[0].error().to_string(), "add link l0: no answer within 5s");
    assert!(unknown.iter().all(|failure| failure.error().is_timeout()));
    assert!(unsent.iter().all(|failure| failure.error().is_unsent()));
    kernel.assert_all_is_settled(&rt);
    Ok(())
}

#[tokio::test]
async fn names_are_resolved_once_and_one_that_is_not_there_fails_its_items_alone() -> Result<()> {
    let (kernel, rt) = connect();
    let on = |name: &str, master: &str| Link { master: Some(master.into()), ..Link::named(name) };
    let mut batch = rt.batch();
    batch.add(on("a", "br0")).add(on("b", "gone")).add(Link::named("c")).add(on("d", "br0")).add(on("e", "gone"));
    let mut batch = batch.into_future();
    for answer in [Some("br0"), None] {
        assert!(poll_once(&mut batch).await.is_pending());
        let asked = kernel.control().asked();
        assert_eq!(asked.header.message_type, attr_id(RTM_GETLINK));
        kernel.control().deliver(&match answer {
            Some(name) => asked.object(NEW, 0, &link(name)),
            None => asked.error(NODEV, &[]),
        });
    }
    assert!(poll_once(&mut batch).await.is_pending());
    let asked = all_asked(&kernel);
    assert_eq!(asked.len(), 3);
    kernel.control().deliver_each(&[asked[0].error(EXIST, &[]), asked[2].ack()]);
    let done = batch.await?;
    let gone = "Cannot find device \"gone\"".to_owned();
    assert_eq!(told(&done), [(0, "add link a master br0: File exists (EEXIST)".into()), (1, gone.clone()), (4, gone)]);
    assert_eq!(done.failures().last().unwrap().item(), "link e master gone");
    kernel.assert_all_is_settled(&rt);
    Ok(())
}

#[tokio::test]
async fn an_item_that_cannot_be_written_fails_alone() -> Result<()> {
    let (kernel, rt) = connect();
    let mut batch = adding(&rt, &["a"]);
    batch.add(Link { master: Some("br0".into()), unknown: too_long(), ..Link::named("b") });
    batch.add(Link::named("c"));
    let mut batch = batch.into_future();
    assert!(poll_once(&mut batch).await.is_pending());
    kernel.control().deliver(&kernel.control().asked().object(NEW, 0, &link("br0")));
    assert!(poll_once(&mut batch).await.is_pending());
    let asked = all_asked(&kernel);
    kernel.control().deliver(&asked[1].ack());
    let done = batch.await?;
    assert_eq!((asked.len(), done.succeeded()), (2, 2));
    let failure = done.failures().next().unwrap();
    assert!(failure.error().is_invalid());
    assert_eq!((failure.index(), failure.item()), (1, "link b master br0".into()));
    kernel.assert_all_is_settled(&rt);
    Ok(())
}

/// An attribute that no length field can hold.
fn too_long() -> UnknownAttrs {
    [RawAttr::new(1000, vec![0; 70_000])].into_iter().collect()
}

#[tokio::test]
async fn an_empty_batch_is_done_without_a_word() -> Result<()> {
    let (kernel, rt) = connect();
    let done = rt.batch().await?;
    assert!(done.is_empty() && done.is_success());
    kernel.assert_all_is_settled(&rt);
    Ok(())
}
