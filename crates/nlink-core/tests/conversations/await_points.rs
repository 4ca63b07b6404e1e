//! Every builder, dropped at every await point: the connection stays usable, and nothing is left behind.

use std::collections::VecDeque;
use std::future::{Future, IntoFuture};
use std::pin::Pin;

use nlink_core::object::{Event, Object, Protocol};
use nlink_core::pool::ConnectionPool;
use nlink_core::stream::{Change, Marker};
use nlink_core::testing::{Asked, FakeKernel};
use nlink_core::wire::{Message, Writer, attr_id};
use nlink_core::{Connection, Result, Rtnetlink};
use nlink_uapi::netlink::{NLM_F_ACK, NLM_F_ECHO};

use super::link::{Link, OnMaster};
use super::script::{NEW, link, poll_once};
use super::table::{Nftables, Table};

type Boxed = Pin<Box<dyn Future<Output = Result<()>>>>;

/// A kernel that has one datagram come at each step.
#[derive(Default)]
struct Slow {
    kernel: FakeKernel,
    answers: VecDeque<(usize, Vec<u8>)>,
}

impl Slow {
    /// Reads what was asked, and delivers the next datagram; if there is none, something happens.
    fn step(&mut self) {
        for number in 0..self.kernel.lines() {
            while let Some(asked) = self.kernel.line(number).try_asked() {
                self.answers.extend(answers(&asked).into_iter().map(|answer| (number, answer)));
            }
        }
        match self.answers.pop_front() {
            Some((number, answer)) => self.kernel.line(number).deliver(&answer),
            None => self.kernel.announce(Event::New(Link::named("eth0"))),
        }
    }
}

/// What the kernel says to that, a datagram each.
fn answers(asked: &Asked) -> Vec<Vec<u8>> {
    if asked.is_dump() {
        return vec![asked.item(NEW, &link("a")), asked.item(NEW, &link("b")), asked.done(0)];
    }
    // The low byte is the command, whatever the protocol.
    let (flags, get) = (asked.header.flags, asked.header.message_type & 0xff == Link::GET);
    let mut answers = Vec::new();
    if get || flags & attr_id(NLM_F_ECHO) != 0 {
        answers.push(asked.object(NEW, 0, &link("eth0")));
    }
    if flags & attr_id(NLM_F_ACK) != 0 {
        answers.push(asked.ack());
    }
    answers
}

/// Drops what `make` gives after no poll, after one, and so on until it is done; how many polls that takes.
async fn dropped_at_each<P: Protocol + Default>(make: impl Fn(Connection<P>) -> Boxed) -> Result<usize> {
    for polls in 0.. {
        let mut slow = Slow::default();
        let connection = slow.kernel.connect::<P>();
        let mut future = make(connection.clone());
        let mut done = false;
        for _ in 0..polls {
            if let std::task::Poll::Ready(outcome) = poll_once(&mut future).await {
                outcome?;
                done = true;
                break;
            }
            slow.step();
            // The turn of tasks that it has.
            tokio::task::yield_now().await;
        }
        drop(future);
        // A task that was ended with it is gone at the runtime's next turn.
        tokio::task::yield_now().await;
        assert_eq!(connection.counters().in_flight, 0, "after {polls} polls");

        // It goes on, whatever comes late.
        let mut next = connection.request(Link::GET).into_future();
        for _ in 0..10 {
            if poll_once(&mut next).await.is_ready() {
                break;
            }
            slow.step();
        }
        assert_eq!(connection.counters().in_flight, 0, "after {polls} polls");
        let lines = || (0..slow.kernel.lines()).map(|number| slow.kernel.line(number));
        assert!(lines().filter(|line| !line.is_closed()).count() <= 2, "sockets are left after {polls} polls");
        drop(connection);
        assert!(lines().all(|line| line.is_closed()), "sockets are left after {polls} polls");
        if done {
            return Ok(polls);
        }
    }
    Ok(0)
}

/// A link that names another one.
fn port(name: &str) -> Link {
    Link { master: Some("br0".into()), ..Link::named(name) }
}

#[tokio::test]
async fn a_request_can_be_dropped_at_every_await_point() -> Result<()> {
    let get =
        dropped_at_each::<Rtnetlink>(|rt| Box::pin(async move { rt.get::<Link>("eth0").await.map(drop) })).await?;
    let add = dropped_at_each::<Rtnetlink>(|rt| Box::pin(async move { rt.add(port("eth0")).await })).await?;
    let echo =
        |rt: Connection<Rtnetlink>| -> Boxed { Box::pin(async move { rt.add(port("eth0")).echo().await.map(drop) }) };
    let echo = dropped_at_each(echo).await?;
    let raw = dropped_at_each::<Rtnetlink>(|rt| {
        let mut body = Writer::new();
        Link::named("eth0").emit(&mut body);
        Box::pin(async move { rt.request(Link::GET).body(body.finish().unwrap()).await.map(drop) })
    });
    // One poll each for the name, for the change, and for what is told back.
    assert_eq!((get, add, echo, raw.await?), (2, 3, 4, 2));
    Ok(())
}

#[tokio::test]
async fn a_listing_and_a_stream_can_be_dropped_at_every_await_point() -> Result<()> {
    let narrowed = |rt: Connection<Rtnetlink>| rt.dump::<Link>().filter(OnMaster(Some("br0".into())));
    let listing = move |rt: Connection<Rtnetlink>| -> Boxed { Box::pin(async move { narrowed(rt).await.map(drop) }) };
    let stream = move |rt: Connection<Rtnetlink>| -> Boxed {
        Box::pin(async move {
            let mut stream = narrowed(rt).stream();
            while stream.try_next().await?.is_some() {}
            Ok(())
        })
    };
    assert_eq!((dropped_at_each(listing).await?, dropped_at_each(stream).await?), (5, 5));
    Ok(())
}

#[tokio::test]
async fn a_subscription_can_be_dropped_at_every_await_point() -> Result<()> {
    let events = |rt: Connection<Rtnetlink>| -> Boxed {
        Box::pin(async move {
            let mut events = rt.events::<Link>().await?;
            for _ in 0..2 {
                events.try_next().await?;
            }
            Ok(())
        })
    };
    assert_eq!(dropped_at_each(events).await?, 3);
    Ok(())
}

#[tokio::test]
async fn a_mirror_can_be_dropped_at_every_await_point() -> Result<()> {
    let end = Change::Marker(Marker::ResyncEnd);
    let watch = move |rt: Connection<Rtnetlink>| -> Boxed {
        let end = end.clone();
        Box::pin(async move {
            let mut links = rt.watch::<Link>();
            while links.try_next().await?.as_ref() != Some(&end) {}
            links.try_next().await.map(drop)
        })
    };
    let store = |rt: Connection<Rtnetlink>| -> Boxed {
        Box::pin(async move {
            let store = rt.store::<Link>().await?;
            store.wait_until(|links| links.len() > 2).await.map(drop)
        })
    };
    // Subscribed, two links and the end of the listing one by one, then a change.
    assert_eq!(dropped_at_each(watch).await?, 5);
    assert!(dropped_at_each(store).await? >= 5, "and as many more as the task takes");
    Ok(())
}

#[tokio::test]
async fn a_lease_of_a_pool_can_be_dropped_at_every_await_point() -> Result<()> {
    let lent = |rt: Connection<Rtnetlink>| -> Boxed {
        Box::pin(async move {
            let pool = ConnectionPool::over(1, move || Ok(rt.clone()));
            let first = pool.lease().await?;
            let (second, _) = tokio::join!(pool.lease(), async { drop(first) });
            second?.get::<Link>("eth0").await.map(drop)
        })
    };
    assert_eq!(dropped_at_each(lent).await?, 3);
    Ok(())
}

#[tokio::test]
async fn a_batch_can_be_dropped_at_every_await_point() -> Result<()> {
    let batch = |rt: Connection<Rtnetlink>| -> Boxed {
        Box::pin(async move {
            let mut batch = rt.batch();
            batch.add(port("a")).add(Link::named("b")).del(Link::named("c"));
            batch.await?.into_result()
        })
    };
    assert_eq!(dropped_at_each(batch).await?, 3);
    Ok(())
}

#[tokio::test]
async fn a_transaction_can_be_dropped_at_every_await_point() -> Result<()> {
    let transaction = |nft: Connection<Nftables>| -> Boxed {
        Box::pin(async move {
            let mut transaction = nft.transaction();
            transaction.add(Table::inet("a")).add(Table::inet("b"));
            transaction.await?.into_result()
        })
    };
    assert_eq!(dropped_at_each(transaction).await?, 2);
    Ok(())
}
