//! A driver of one's own: one that never sleeps, for any executor.

use std::borrow::Cow;
use std::io;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};
use std::thread;
use std::time::{Duration, Instant};

use nlink_core::driver::{Driver, Wait};
use nlink_core::socket::Socket;
use nlink_core::{Connection, Result, Rtnetlink, blocking};

use super::link::Link;
use super::script::{NEW, asked, connect, link};

#[derive(Clone, Copy, Debug, Default)]
struct Busy;

impl Driver for Busy {
    type Wait = Spin;
}

#[derive(Debug, Default)]
struct Spin;

impl Wait for Spin {
    fn now() -> Instant {
        Instant::now()
    }

    fn waker<'a>(cx: &Context<'a>) -> Cow<'a, Waker> {
        Cow::Borrowed(cx.waker())
    }

    fn poll_turn(_: &mut Context<'_>) -> Poll<()> {
        Poll::Ready(())
    }

    fn poll_attempt<R>(
        &mut self,
        _: &Arc<Socket>,
        until: Option<Instant>,
        cx: &mut Context<'_>,
        mut attempt: impl FnMut() -> io::Result<R>,
    ) -> Poll<io::Result<R>> {
        match attempt() {
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => {
                self.poll_woken(until, cx).map(|woken| woken.and_then(|()| Err(error)))
            }
            result => Poll::Ready(result),
        }
    }

    fn poll_woken(&mut self, until: Option<Instant>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        if until.is_some_and(|until| until <= Instant::now()) {
            return Poll::Ready(Err(io::ErrorKind::TimedOut.into()));
        }
        cx.waker().wake_by_ref();
        Poll::Pending
    }

    fn clear(&mut self) {}
}

#[test]
fn requests_and_deadlines_are_those_of_any_driver() -> Result<()> {
    let (kernel, rt) = connect();
    let rt: Connection<Rtnetlink, Busy> = rt.driven_by();
    let get = |name: &'static str| rt.get::<Link>(name).timeout(Duration::from_millis(20));
    assert!(blocking::run(async { get("lost").await }).unwrap_err().is_timeout());
    let _ = kernel.control().asked();
    thread::scope(|scope| {
        let answered = scope.spawn(|| blocking::run(async { get("eth0").no_timeout().await }));
        let asked = asked(&kernel.control());
        kernel.control().deliver(&asked.object(NEW, 0, &link("eth0")));
        assert_eq!(answered.join().unwrap()?.name.unwrap(), "eth0");
        kernel.assert_all_is_settled(&rt);
        Ok(())
    })
}
