//! What other libraries fell into and no other file here is about: fatal errors, what is left behind, flags, and who
//! holds up whom.

use std::future::IntoFuture;

use nlink_core::Result;
use nlink_core::connection::Edit;
use nlink_core::object::{Append, Change, Event, Replace};
use nlink_core::stream::Notice;
use nlink_core::wire::attr_id;
use nlink_uapi::netlink::{NLM_F_ACK, NLM_F_APPEND, NLM_F_CREATE, NLM_F_EXCL, NLM_F_REPLACE, NLM_F_REQUEST};

use super::link::{Link, OnMaster};
use super::script::{NEW, connect, items, link, poll_once};

impl Replace for Link {}
impl Change for Link {}
impl Append for Link {}

/// The error of a socket that is no more.
const EBADF: i32 = 9;
const ENOBUFS: i32 = 105;

#[tokio::test]
async fn every_receive_path_notices_a_full_buffer() -> Result<()> {
    let (kernel, rt) = connect();
    let mut request = rt.add(Link::named("eth0")).into_future();
    assert!(poll_once(&mut request).await.is_pending());
    kernel.control().asked();
    kernel.control().fail(ENOBUFS);
    assert!(request.await.unwrap_err().is_lost());

    let mut look_up = rt.add(Link { master: Some("br0".into()), ..Link::named("eth0") }).into_future();
    assert!(poll_once(&mut look_up).await.is_pending());
    kernel.control().asked();
    kernel.control().fail(ENOBUFS);
    assert!(look_up.await.unwrap_err().is_lost());

    let mut listing = rt.dump::<Link>().stream();
    let mut next = Box::pin(listing.try_next());
    assert!(poll_once(&mut next).await.is_pending());
    kernel.line(1).asked();
    kernel.line(1).fail(ENOBUFS);
    assert!(next.await.unwrap_err().is_lost());
    assert!(listing.try_next().await?.is_none());

    let mut events = rt.events::<Link>().await?;
    kernel.lose_events();
    assert_eq!(events.try_next().await?, Some(Notice::Overrun));
    kernel.assert_all_is_settled(&rt);
    Ok(())
}

#[tokio::test]
async fn a_fatal_error_ends_what_it_is_about_and_nothing_hangs() -> Result<()> {
    let (kernel, rt) = connect();
    let mut events = rt.events::<Link>().await?;
    kernel.announce(Event::New(Link::named("a")));
    kernel.line(1).fail(EBADF);
    assert_eq!(events.try_next().await?, Some(Notice::Event(Event::New(Link::named("a")))));
    assert_eq!(events.try_next().await.unwrap_err().errno(), Some(EBADF));
    for _ in 0..2 {
        assert_eq!(events.try_next().await?, None);
    }

    let mut listing = rt.dump::<Link>().stream();
    let mut next = Box::pin(listing.try_next());
    assert!(poll_once(&mut next).await.is_pending());
    let asked = kernel.line(2).asked();
    kernel.line(2).deliver_each(&items(&asked, &["a"]));
    kernel.line(2).fail(EBADF);
    assert_eq!(next.await?, Some(Link::named("a")));
    assert_eq!(listing.try_next().await.unwrap_err().errno(), Some(EBADF));
    assert!(listing.try_next().await?.is_none());
    assert!(kernel.line(2).is_closed());

    let mut request = rt.get::<Link>("eth0").into_future();
    assert!(poll_once(&mut request).await.is_pending());
    kernel.control().asked();
    kernel.control().fail(EBADF);
    assert_eq!(request.await.unwrap_err().errno(), Some(EBADF));
    kernel.assert_all_is_settled(&rt);
    Ok(())
}

#[tokio::test]
async fn nothing_is_left_behind_whenever_one_is_dropped() -> Result<()> {
    for polls in 0..4 {
        let (kernel, rt) = connect();
        let mut events = rt.events::<Link>().await?;
        let mut listing = rt.dump::<Link>().filter(OnMaster(Some("br0".into()))).stream();
        for _ in 0..polls {
            let mut event = Box::pin(events.try_next());
            assert!(poll_once(&mut event).await.is_pending());
            let mut item = Box::pin(listing.try_next());
            assert!(poll_once(&mut item).await.is_pending());
            if let Some(name) = kernel.control().try_asked() {
                kernel.control().deliver(&name.object(NEW, 0, &link("br0")));
            }
        }
        assert!(!kernel.line(1).is_closed());
        drop(events);
        assert!(kernel.line(1).is_closed(), "after {polls} polls");
        drop(listing);
        assert_eq!(rt.counters().in_flight, 0);
        drop(rt);
        for line in 0..kernel.lines() {
            assert!(kernel.line(line).is_closed(), "socket {line} after {polls} polls");
        }
    }
    Ok(())
}

#[tokio::test]
async fn each_verb_sends_its_own_flags() -> Result<()> {
    let (kernel, rt) = connect();
    let object = || Link::named("eth0");
    let sent: [(Edit<Link>, u32); 5] = [
        (rt.add(object()), NLM_F_CREATE | NLM_F_EXCL),
        (rt.replace(object()), NLM_F_CREATE | NLM_F_REPLACE),
        (rt.change(object()), NLM_F_REPLACE),
        // Without it rules would stand in the reverse order.
        (rt.append(object()), NLM_F_CREATE | NLM_F_APPEND),
        (rt.del(object()), 0),
    ];
    for (edit, flags) in sent {
        let mut edit = edit.into_future();
        assert!(poll_once(&mut edit).await.is_pending());
        let asked = kernel.control().asked();
        assert_eq!(asked.header.flags, attr_id(NLM_F_REQUEST | NLM_F_ACK | flags), "{asked:?}");
        kernel.control().deliver(&asked.ack());
        edit.await?;
    }
    kernel.assert_all_is_settled(&rt);
    Ok(())
}

#[tokio::test]
async fn answers_that_nobody_fetches_hold_up_nobody() -> Result<()> {
    let (kernel, rt) = connect();
    let mut gets: Vec<_> = (0..1000).map(|number| rt.get::<Link>(format!("v{number}")).into_future()).collect();
    for get in &mut gets {
        assert!(poll_once(get).await.is_pending());
    }
    let asked: Vec<_> = (0..1000).map(|_| kernel.control().asked()).collect();
    for (number, asked) in asked.iter().enumerate() {
        kernel.control().deliver(&asked.object(NEW, 0, &link(&format!("v{number}"))));
    }
    // The last one first, and all the others lie unfetched meanwhile.
    while let Some(get) = gets.pop() {
        let name = format!("v{}", gets.len());
        assert_eq!(get.await?, Link::named(&name));
    }
    kernel.assert_all_is_settled(&rt);
    Ok(())
}

/// On one connection; requests are answered from the last one to the first, then those in between.
#[tokio::test]
async fn a_hundred_thousand_requests_and_a_hundred_listings_in_flight_do_not_mix() -> Result<()> {
    const REQUESTS: usize = 100_000;
    const LISTINGS: usize = 100;
    let (kernel, rt) = connect();
    let mut gets: Vec<_> = (0..REQUESTS).map(|number| rt.get::<Link>(format!("v{number}")).into_future()).collect();
    for get in &mut gets {
        assert!(poll_once(get).await.is_pending());
    }
    let mut listings: Vec<_> = (0..LISTINGS).map(|_| rt.dump::<Link>().into_future()).collect();
    for listing in &mut listings {
        assert!(poll_once(listing).await.is_pending());
    }
    assert_eq!((rt.counters().in_flight, kernel.lines()), (REQUESTS, 1 + LISTINGS));

    let asked: Vec<_> = (0..REQUESTS).map(|_| kernel.control().asked()).collect();
    let order = (0..REQUESTS).rev().step_by(2).chain((0..REQUESTS).step_by(2));
    for number in order {
        kernel.control().deliver(&asked[number].object(NEW, 0, &link(&format!("v{number}"))));
    }
    for number in (0..LISTINGS).rev() {
        let line = kernel.line(1 + number);
        let asked = line.asked();
        line.deliver_each(&[items(&asked, &[&format!("d{number}")]).concat(), asked.done(0)]);
    }
    for (number, get) in gets.into_iter().enumerate() {
        assert_eq!(get.await?, Link::named(&format!("v{number}")));
    }
    for (number, listing) in listings.into_iter().enumerate() {
        assert_eq!(listing.await?, [Link::named(&format!("d{number}"))]);
    }
    let open = (0..kernel.lines()).filter(|line| !kernel.line(*line).is_closed()).count();
    assert!(open <= 5, "{open} sockets are kept");
    assert_eq!(rt.counters().late_answers, 0);
    kernel.assert_all_is_settled(&rt);
    Ok(())
}
