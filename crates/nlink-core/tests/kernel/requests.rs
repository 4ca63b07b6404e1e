//! Requests: what is there, what is not, many at once, dropped ones.

use std::task::{Context, Poll, Waker};
use std::time::Duration;

use nlink_core::{Connection, Interface, Result, Rtnetlink};

use super::link::Link;
use super::namespace::{fresh, ip};

#[tokio::test]
async fn the_loopback_interface_is_there() -> Result<()> {
    let rt = Connection::<Rtnetlink>::open()?;
    let lo = rt.get::<Link>("lo").await?;
    assert_eq!((lo.name.unwrap().as_str(), lo.header.ifi_index), ("lo", 1));
    assert_eq!(rt.counters().in_flight, 0);
    Ok(())
}

#[tokio::test]
async fn a_link_that_is_not_there_is_not_found_and_named() -> Result<()> {
    let rt = Connection::<Rtnetlink>::open()?;
    let error = rt.get::<Link>("nlink-none").await.unwrap_err();
    assert!(error.is_not_found());
    assert_eq!(error.to_string(), "get link nlink-none: No such device (ENODEV)");
    Ok(())
}

#[tokio::test]
async fn a_name_that_no_interface_has_is_refused_before_anything_is_sent() -> Result<()> {
    let rt = Connection::<Rtnetlink>::open()?;
    for name in ["eth9", "a-name-that-only-an-alternative-name-can-have", "", "nul\0"] {
        let link = Link { master: Some(Interface::from(name)), ..Link::named("never") };
        let error = rt.add(link).await.unwrap_err();
        assert!(error.is_not_found() || error.is_invalid(), "{name:?}: {error}");
    }
    let error = rt.add(Link { master: Some("eth9".into()), ..Link::named("never") }).await.unwrap_err();
    assert_eq!(error.to_string(), "Cannot find device \"eth9\"");
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_hundred_tasks_get_their_own_answers() -> Result<()> {
    let rt = Connection::<Rtnetlink>::open()?;
    let links = rt.dump::<Link>().await?;
    let tasks: Vec<_> = (0..100)
        .map(|task| {
            let rt = rt.clone();
            let want = links[task % links.len()].clone();
            tokio::spawn(async move {
                for _ in 0..100 {
                    let name = want.name.unwrap();
                    let got = rt.get::<Link>(name.as_str()).await.unwrap();
                    assert_eq!((got.name, got.header.ifi_index), (want.name, want.header.ifi_index));
                }
            })
        })
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
    let counters = rt.counters();
    assert_eq!((counters.requests, counters.in_flight, counters.late_answers), (10_000, 0, 0));
    Ok(())
}

/// Files that this process has open.
fn open_files() -> usize {
    std::fs::read_dir("/proc/self/fd").unwrap().count()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_hundred_thousand_requests_and_a_hundred_dumps_in_flight_are_never_busy_nor_mixed_up() -> Result<()> {
    let rt = match fresh() {
        Some(inside) => {
            (0..20).for_each(|pair| ip(&inside, &format!("link add left{pair} type veth peer name right{pair}")));
            inside.connect::<Rtnetlink>()?
        }
        // Whatever is here.
        None => Connection::<Rtnetlink>::open()?,
    };
    let links = rt.dump::<Link>().await?;
    let files = open_files();
    let dumps: Vec<_> = (0..100)
        .map(|_| {
            let (rt, want) = (rt.clone(), links.clone());
            tokio::spawn(async move {
                let mut stream = rt.dump::<Link>().stream();
                let mut seen = Vec::new();
                while let Some(link) = stream.try_next().await.unwrap() {
                    seen.push(link.name);
                    tokio::task::yield_now().await;
                }
                assert_eq!(seen, want.iter().map(|link| link.name).collect::<Vec<_>>());
            })
        })
        .collect();
    let requests: Vec<_> = (0..100_000)
        .map(|request| {
            let (rt, name) = (rt.clone(), links[request % links.len()].name);
            let index = links[request % links.len()].header.ifi_index;
            tokio::spawn(async move {
                let got = rt.get::<Link>(name.unwrap().as_str()).await.unwrap();
                assert_eq!((got.name, got.header.ifi_index), (name, index));
            })
        })
        .collect();
    for task in requests.into_iter().chain(dumps) {
        task.await.unwrap();
    }
    let counters = rt.counters();
    assert_eq!((counters.requests, counters.in_flight), (100_000, 0));
    assert_eq!((counters.late_answers, counters.overruns, counters.malformed_datagrams), (0, 0, 0));
    // Idle sockets of dumps are few; other tests of this process open and close theirs meanwhile.
    assert!(open_files() < files + 50, "{files} files before, {} now", open_files());
    Ok(())
}

#[test]
fn a_request_needs_no_runtime_when_the_answer_is_there_at_once() {
    let rt = Connection::<Rtnetlink>::open().unwrap();
    let mut asked = IntoFuture::into_future(rt.get::<Link>("lo"));
    let mut cx = Context::from_waker(Waker::noop());
    assert!(matches!(asked.as_mut().poll(&mut cx), Poll::Ready(Ok(_))));
}

#[test]
fn a_connection_serves_one_runtime_after_the_other() {
    let rt = Connection::<Rtnetlink>::open().unwrap();
    for _ in 0..3 {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async { rt.get::<Link>("lo").await }).unwrap();
    }
}

#[tokio::test]
async fn a_timeout_does_not_hurry_an_answer_that_is_there() -> Result<()> {
    let rt = Connection::<Rtnetlink>::open()?;
    rt.get::<Link>("lo").timeout(Duration::ZERO).await?;
    Ok(())
}
