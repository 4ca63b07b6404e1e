//! Listings: interrupted, broken off, with items that cannot be read, several at once.

use std::time::Duration;

use nlink_core::testing::{Asked, FakeKernel};
use nlink_core::wire::{Message, Writer};
use nlink_core::{Error, Result};
use nlink_uapi::netlink::NLM_F_DUMP_INTR;
use tokio::task::yield_now;

use super::link::Link;
use super::script::{NEW, connect, items, poll_once, unreadable};

/// Waits until a listing was asked for on that socket.
async fn asked_on(kernel: &FakeKernel, line: usize) -> Asked {
    loop {
        if kernel.lines() > line
            && let Some(asked) = kernel.line(line).try_asked()
        {
            return asked;
        }
        yield_now().await;
    }
}

fn names(links: &[Link]) -> Vec<&str> {
    links.iter().filter_map(|link| link.name.as_ref()).map(|name| name.as_str()).collect()
}

fn interrupted(asked: &Asked, name: &str) -> Vec<u8> {
    Asked::flagged(items(asked, &[name]).remove(0), NLM_F_DUMP_INTR)
}

#[tokio::test]
async fn split_at_every_message_boundary_or_joined_is_the_same_listing() -> Result<()> {
    let (kernel, rt) = connect();
    for joined in [false, true] {
        let (links, ()) = tokio::join!(rt.dump::<Link>(), async {
            let asked = asked_on(&kernel, 1).await;
            let mut messages = items(&asked, &["a", "b", "c"]);
            messages.push(asked.done(0));
            match joined {
                true => kernel.line(1).deliver(&messages.concat()),
                false => kernel.line(1).deliver_each(&messages),
            }
        });
        assert_eq!(names(&links?), ["a", "b", "c"]);
    }
    // The socket of the first served the second.
    assert_eq!(kernel.lines(), 2);
    kernel.assert_all_is_settled(&rt);
    Ok(())
}

#[tokio::test]
async fn objects_read_into_one_place_keep_nothing_of_each_other() -> Result<()> {
    let (kernel, rt) = connect();
    let mut stream = rt.dump::<Link>().stream();
    let mut link = Link { mtu: Some(7), ..Link::named("before") };
    let mut first = Box::pin(stream.try_next_into(&mut link));
    assert!(poll_once(&mut first).await.is_pending());
    let asked = kernel.line(1).asked();
    let mut body = Writer::new();
    Link { mtu: Some(9000), ..Link::named("a") }.emit(&mut body);
    let large = asked.item(NEW, &body.finish().unwrap());
    kernel.line(1).deliver(&[large, items(&asked, &["b"]).remove(0), asked.done(0)].concat());
    assert!(first.await?);
    assert_eq!(link, Link { mtu: Some(9000), ..Link::named("a") });
    assert!(stream.try_next_into(&mut link).await?);
    assert_eq!(link, Link::named("b"));
    assert!(!stream.try_next_into(&mut link).await?);
    assert_eq!(link, Link::default());
    Ok(())
}

#[tokio::test]
async fn an_entry_that_cannot_be_decoded_is_an_error_in_its_place_and_the_stream_goes_on() -> Result<()> {
    let (kernel, rt) = connect();
    let mut stream = rt.dump::<Link>().stream();
    let mut first = Box::pin(stream.try_next());
    assert!(poll_once(&mut first).await.is_pending());
    let asked = kernel.line(1).asked();
    let [a, c] = <[Vec<u8>; 2]>::try_from(items(&asked, &["a", "c"])).unwrap();
    kernel.line(1).deliver_each(&[a, asked.item(NEW, &unreadable()), c, asked.done(0)]);
    assert_eq!(first.await?.unwrap().name.unwrap(), "a");
    let error = stream.try_next().await.unwrap_err();
    assert_eq!(error.to_string(), "a link cannot be read: IFLA_MTU: 2 bytes where 4 belong");
    assert_eq!(stream.try_next().await?.unwrap().name.unwrap(), "c");
    assert!(stream.try_next().await?.is_none());
    assert!(stream.try_next().await?.is_none());
    Ok(())
}

#[tokio::test]
async fn an_interrupted_dump_is_told_and_starts_over() -> Result<()> {
    let (kernel, rt) = connect();
    let mut stream = rt.dump::<Link>().stream();
    let mut first = Box::pin(stream.try_next());
    assert!(poll_once(&mut first).await.is_pending());
    let asked = kernel.line(1).asked();
    kernel.line(1).deliver_each(&[items(&asked, &["a"]).concat(), interrupted(&asked, "b"), asked.done(0)]);
    assert_eq!(first.await?.unwrap().name.unwrap(), "a");
    assert!(stream.try_next().await.unwrap_err().is_restarted());
    assert!(kernel.line(1).is_closed(), "what is left of the first attempt goes with its socket");

    let mut again = Box::pin(stream.try_next());
    assert!(poll_once(&mut again).await.is_pending());
    let asked = kernel.line(2).asked();
    kernel.line(2).deliver_each(&[items(&asked, &["x"]).concat(), asked.done(0)]);
    assert_eq!(again.await?.unwrap().name.unwrap(), "x");
    assert!(stream.try_next().await?.is_none());
    assert_eq!(rt.counters().restarted_dumps, 1);
    Ok(())
}

#[tokio::test]
async fn a_collected_dump_is_one_consistent_state() -> Result<()> {
    let (kernel, rt) = connect();
    let (links, ()) = tokio::join!(rt.dump::<Link>(), async {
        let asked = asked_on(&kernel, 1).await;
        // The kernel often says so only at the end.
        let done = Asked::flagged(asked.done(0), NLM_F_DUMP_INTR);
        kernel.line(1).deliver_each(&[items(&asked, &["stale"]).concat(), done]);
        let asked = asked_on(&kernel, 2).await;
        kernel.line(2).deliver_each(&[items(&asked, &["fresh"]).concat(), asked.done(0)]);
    });
    assert_eq!(names(&links?), ["fresh"]);
    Ok(())
}

#[tokio::test]
async fn restarts_have_a_bound() -> Result<()> {
    let (kernel, rt) = connect();
    let (links, ()) = tokio::join!(rt.dump::<Link>().restarts(3), async {
        for line in 1..=4 {
            let asked = asked_on(&kernel, line).await;
            kernel.line(line).deliver(&interrupted(&asked, "a"));
        }
    });
    let error = links.unwrap_err();
    assert!(error.is_interrupted());
    assert!(error.to_string().contains("3 times"), "{error}");
    assert_eq!(kernel.lines(), 5);
    Ok(())
}

#[tokio::test]
async fn an_error_in_mid_dump_ends_it_and_its_socket_serves_again() -> Result<()> {
    let (kernel, rt) = connect();
    for in_done in [true, false] {
        let (links, ()) = tokio::join!(rt.dump::<Link>(), async {
            let asked = asked_on(&kernel, 1).await;
            let end = if in_done { asked.done(95) } else { asked.error(95, &[]) };
            kernel.line(1).deliver_each(&[items(&asked, &["a"]).concat(), end]);
        });
        let error: Error = links.unwrap_err();
        assert!(error.is_unsupported());
        assert_eq!(error.to_string(), "dump link: Operation not supported (EOPNOTSUPP)");
    }
    assert_eq!(kernel.lines(), 2);
    Ok(())
}

#[tokio::test]
async fn an_undrained_stream_blocks_no_other_and_none_is_busy() -> Result<()> {
    let (kernel, rt) = connect();
    let mut undrained = rt.dump::<Link>().stream();
    let mut first = Box::pin(undrained.try_next());
    assert!(poll_once(&mut first).await.is_pending());
    let asked = kernel.line(1).asked();
    kernel.line(1).deliver_each(&items(&asked, &["a", "b"]));
    first.await?;
    let (links, ()) = tokio::join!(rt.dump::<Link>(), async {
        let asked = asked_on(&kernel, 2).await;
        kernel.line(2).deliver_each(&[items(&asked, &["x"]).concat(), asked.done(0)]);
    });
    assert_eq!(names(&links?), ["x"]);
    assert_eq!(undrained.try_next().await?.unwrap().name.unwrap(), "b");
    Ok(())
}

#[tokio::test(start_paused = true)]
async fn the_deadline_counts_waiting_without_progress() -> Result<()> {
    let (kernel, rt) = connect();
    let mut stream = rt.dump::<Link>().timeout(Duration::from_secs(10)).stream();
    let mut first = Box::pin(stream.try_next());
    assert!(poll_once(&mut first).await.is_pending());
    drop(first);
    let asked = kernel.line(1).asked();
    for name in ["a", "b", "c"] {
        tokio::time::advance(Duration::from_secs(9)).await;
        kernel.line(1).deliver_each(&items(&asked, &[name]));
        assert_eq!(stream.try_next().await?.unwrap().name.unwrap(), name);
    }
    let error = stream.try_next().await.unwrap_err();
    assert!(error.is_timeout());
    assert!(kernel.line(1).is_closed());
    Ok(())
}

#[tokio::test]
async fn messages_of_another_listing_are_passed_over() -> Result<()> {
    let (kernel, rt) = connect();
    let (links, ()) = tokio::join!(rt.dump::<Link>(), async {
        let asked = asked_on(&kernel, 1).await;
        let mut other = asked.clone();
        other.header.sequence += 1;
        kernel.line(1).deliver_each(&[items(&other, &["other"]).concat(), other.done(0)]);
        kernel.line(1).deliver_each(&[items(&asked, &["ours"]).concat(), asked.done(0)]);
    });
    assert_eq!(names(&links?), ["ours"]);
    Ok(())
}

#[tokio::test]
async fn garbage_ends_a_listing_with_an_error() -> Result<()> {
    let (kernel, rt) = connect();
    let (links, ()) = tokio::join!(rt.dump::<Link>(), async {
        let asked = asked_on(&kernel, 1).await;
        kernel.line(1).deliver(&items(&asked, &["a"]).concat()[..30]);
    });
    assert!(links.unwrap_err().is_malformed());
    assert!(kernel.line(1).is_closed());
    Ok(())
}
