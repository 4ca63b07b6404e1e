//! Recordings: what was answered then is answered again, whatever the numbers of requests and sockets are now.

use std::future::IntoFuture;
use std::io::{self, Write};
use std::sync::{Arc, Mutex};

use nlink_core::object::Event;
use nlink_core::pcap::Capture;
use nlink_core::testing::{FakeKernel, Faults, Recording, Refused, verb::*};
use nlink_core::wire::attr_id;
use nlink_core::{Connection, Result, Rtnetlink};
use nlink_uapi::if_link::IFLA_MTU;

use super::link::Link;
use super::script::{NEW, connect, link, poll_once};

/// A file in memory.
#[derive(Clone, Default)]
struct Tape(Arc<Mutex<Vec<u8>>>);

impl Tape {
    fn capture(&self) -> Capture {
        Capture::to(self.clone()).unwrap()
    }

    fn recording(&self) -> Recording {
        Recording::read(&self.0.lock().unwrap()).unwrap()
    }
}

impl Write for Tape {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Requests, a refusal, a name, a listing that starts over; what was seen.
async fn talk(rt: &Connection<Rtnetlink>) -> Result<Vec<String>> {
    let mut events = rt.events::<Link>().await?;
    let mut seen = vec![format!("{:?}", rt.get::<Link>("eth0").await?)];
    rt.add(Link { master: Some("br0".into()), ..Link::named("eth1") }).await?;
    seen.push(rt.add(Link { mtu: Some(7), ..Link::named("eth2") }).await.unwrap_err().to_string());
    seen.push(format!("{:?}", rt.dump::<Link>().await?));
    if let Some(event) = events.try_next().await? {
        seen.push(format!("{event:?}"));
    }
    Ok(seen)
}

#[tokio::test]
async fn a_recorded_conversation_is_the_same_again() -> Result<()> {
    let tape = Tape::default();
    let capture = tape.capture();
    let refused = Refused::with(22).saying("mtu less than device minimum").about(attr_id(IFLA_MTU));
    let kernel = FakeKernel::new()
        .interface("br0", 7)
        .on::<Link>(Get)
        .when(|link| link.name.is_some_and(|name| name == "eth0"))
        .reply([Link::named("eth0")])
        .on::<Link>(Add)
        .when(|link| link.mtu.is_none())
        .ack()
        .on::<Link>(Add)
        .refuse(refused)
        .on::<Link>(Dump)
        .reply([Link::named("stale")])
        .interrupted()
        .on::<Link>(Dump)
        .reply([Link::named("a"), Link::named("b")]);
    let rt = kernel.connect::<Rtnetlink>();
    rt.capture(&capture);
    let talking = talk(&rt).into_future();
    let announcing = async {
        // After the subscription, whenever that is.
        while kernel.lines() < 2 {
            tokio::task::yield_now().await;
        }
        kernel.announce(Event::New(Link::named("new")));
    };
    let (seen, ()) = tokio::join!(talking, announcing);
    let seen = seen?;
    capture.finish().unwrap();

    let replay = FakeKernel::new().replay(tape.recording());
    let again = replay.connect::<Rtnetlink>();
    assert!(again.request(4711).await.unwrap_err().is_unsupported());
    let dropped = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| drop(replay)));
    assert!(dropped.is_err(), "a request that was not recorded, and those that were are to come");

    let replay = FakeKernel::new().replay(tape.recording());
    let again = replay.connect::<Rtnetlink>();
    assert_eq!(talk(&again).await?, seen);
    replay.assert_all_is_settled(&again);
    Ok(())
}

#[tokio::test]
async fn answers_of_several_requests_in_one_datagram_go_to_their_own_again() -> Result<()> {
    let tape = Tape::default();
    let (kernel, rt) = connect();
    let capture = tape.capture();
    rt.capture(&capture);
    let mut gets = ["a", "b"].map(|name| rt.get::<Link>(name).into_future());
    let mut joined = Vec::new();
    for (get, name) in gets.iter_mut().zip(["a", "b"]) {
        assert!(poll_once(get).await.is_pending());
        joined.splice(0..0, kernel.control().asked().object(NEW, 0, &link(name)));
    }
    kernel.control().deliver(&joined);
    for get in gets {
        get.await?;
    }
    let replay = FakeKernel::new().replay(tape.recording());
    let again = replay.connect::<Rtnetlink>();
    for name in ["b", "a"] {
        assert_eq!(again.get::<Link>(name).await?, Link::named(name));
    }
    Ok(())
}

#[test]
fn what_is_no_capture_is_an_error() {
    for bytes in [&[][..], &[0; 10], &[0; 100], b"not a capture, but long enough for the header of one"] {
        assert_eq!(Recording::read(bytes).unwrap_err().kind(), io::ErrorKind::InvalidData);
    }
}

#[tokio::test]
async fn a_writer_that_fails_ends_the_capture_and_nothing_else() -> Result<()> {
    /// Takes the header, and no more.
    struct Full(usize);
    impl Write for Full {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0 = self.0.checked_sub(bytes.len()).ok_or(io::ErrorKind::StorageFull)?;
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }
    let capture = Capture::to(Full(24)).unwrap();
    let kernel = FakeKernel::new().on::<Link>(Add).times(2).ack();
    let rt = kernel.connect::<Rtnetlink>();
    rt.capture(&capture);
    rt.add(Link::named("eth0")).await?;
    assert_eq!(format!("{capture:?}"), "Capture(failed)");
    rt.add(Link::named("eth1")).await?;
    assert_eq!(capture.finish().unwrap_err().kind(), io::ErrorKind::StorageFull);
    Ok(())
}
