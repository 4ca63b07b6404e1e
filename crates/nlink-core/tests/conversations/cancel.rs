//! Futures dropped in mid-request, and the watch over the socket passed on.

use std::future::IntoFuture;
use std::time::Duration;

use nlink_core::Result;

use super::link::Link;
use super::script::{NEW, connect, items, link, poll_once};

#[tokio::test]
async fn a_late_reply_of_a_dropped_request_is_not_taken_for_the_next_ones() -> Result<()> {
    let (kernel, rt) = connect();
    let mut dropped = rt.get::<Link>("old").into_future();
    assert!(poll_once(&mut dropped).await.is_pending());
    drop(dropped);
    assert_eq!(rt.counters().in_flight, 0);
    let old = kernel.control().asked();

    let mut next = rt.get::<Link>("next").into_future();
    assert!(poll_once(&mut next).await.is_pending());
    let asked = kernel.control().asked();
    kernel.control().deliver_each(&[old.object(NEW, 0, &link("old")), asked.object(NEW, 0, &link("next"))]);
    assert_eq!(next.await?.name.unwrap(), "next");
    assert_eq!(rt.counters().late_answers, 1);
    kernel.assert_all_is_settled(&rt);
    Ok(())
}

#[tokio::test]
async fn nothing_is_sent_before_the_await() -> Result<()> {
    let (kernel, rt) = connect();
    drop(rt.add(Link::named("eth0")));
    drop(rt.add(Link::named("eth0")).into_future());
    drop(rt.dump::<Link>().stream());
    kernel.assert_all_is_settled(&rt);
    assert_eq!(kernel.lines(), 1);
    Ok(())
}

#[tokio::test]
async fn the_pending_table_does_not_grow_by_dropped_requests() -> Result<()> {
    let (kernel, rt) = connect();
    for _ in 0..1000 {
        let mut dropped = rt.get::<Link>("eth0").into_future();
        assert!(poll_once(&mut dropped).await.is_pending());
        let asked = kernel.control().asked();
        kernel.control().deliver(&asked.object(NEW, 0, &link("eth0")));
        drop(dropped);
    }
    assert_eq!((rt.counters().in_flight, rt.counters().late_answers), (0, 1000));
    Ok(())
}

#[tokio::test(start_paused = true)]
async fn when_the_one_that_watches_is_dropped_the_others_still_get_their_answers() -> Result<()> {
    for dropped_first in 0..3 {
        let (kernel, rt) = connect();
        let mut tasks: Vec<_> = ["a", "b", "c"]
            .map(|name| {
                let get = rt.get::<Link>(name).into_future();
                tokio::spawn(get)
            })
            .into();
        tokio::task::yield_now().await;
        let asked: Vec<_> = (0..3).map(|_| kernel.control().asked()).collect();
        let dropped = tasks.remove(dropped_first);
        dropped.abort();
        assert!(dropped.await.unwrap_err().is_cancelled());
        let mut answers: Vec<_> = asked.iter().zip(["a", "b", "c"]).collect();
        answers.swap(0, dropped_first);
        for (asked, name) in answers {
            kernel.control().deliver(&asked.object(NEW, 0, &link(name)));
            tokio::task::yield_now().await;
        }
        for task in tasks {
            task.await.unwrap()?;
        }
        assert_eq!(rt.counters().late_answers, 1);
        kernel.assert_all_is_settled(&rt);
    }
    Ok(())
}

#[tokio::test]
async fn a_request_dropped_while_a_name_is_resolved_leaves_nothing() -> Result<()> {
    let (kernel, rt) = connect();
    let mut add = rt.add(Link { master: Some("br0".into()), ..Link::named("eth0") }).into_future();
    assert!(poll_once(&mut add).await.is_pending());
    drop(add);
    kernel.control().asked();
    kernel.assert_all_is_settled(&rt);
    Ok(())
}

#[tokio::test]
async fn a_stream_dropped_halfway_closes_its_socket_and_disturbs_nobody() -> Result<()> {
    let (kernel, rt) = connect();
    let mut stream = rt.dump::<Link>().stream();
    let mut next = Box::pin(stream.try_next());
    assert!(poll_once(&mut next).await.is_pending());
    let asked = kernel.line(1).asked();
    kernel.line(1).deliver_each(&items(&asked, &["a", "b"]));
    assert_eq!(next.await?.unwrap().name.unwrap(), "a");
    drop(stream);
    assert!(kernel.line(1).is_closed());
    let mut get = rt.get::<Link>("eth0").timeout(Duration::from_secs(1)).into_future();
    assert!(poll_once(&mut get).await.is_pending());
    kernel.control().deliver(&kernel.control().asked().object(NEW, 0, &link("eth0")));
    get.await?;
    Ok(())
}
