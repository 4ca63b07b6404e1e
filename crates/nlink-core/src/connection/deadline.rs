//! Until when a request waits. The timer is made only when it really waits.

use std::future::Future;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use tokio::time::Sleep;

use crate::socket::in_runtime;

/// A point in time, or never; with the duration it came from, for the error's sake.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Deadline {
    pub(crate) after: Option<Duration>,
    pub(crate) at: Option<Instant>,
}

impl Deadline {
    /// So long after now. What is too far away to be said is never.
    pub(crate) fn in_time(after: Option<Duration>) -> Self {
        let at = after.and_then(|after| now().checked_add(after));
        Self { after, at }
    }
}

/// The setters of a builder's `timeout`; `what` is waited for.
macro_rules! timeouts {
    ($what:literal) => {
        #[doc = concat!("Waits so long for ", $what, " at most.")]
        pub fn timeout(mut self, timeout: ::std::time::Duration) -> Self {
            self.timeout = Some(timeout);
            self
        }

        #[doc = concat!("Waits for ", $what, " for ever.")]
        pub fn no_timeout(mut self) -> Self {
            self.timeout = None;
            self
        }
    };
}
pub(crate) use timeouts;

/// The runtime's time, which tests may stand still.
pub(crate) fn now() -> Instant {
    tokio::time::Instant::now().into_std()
}

/// A timer that is made when first polled.
#[derive(Debug, Default)]
pub(crate) struct Timer(Option<Pin<Box<Sleep>>>);

impl Timer {
    /// Ready when the time has come.
    pub(crate) fn poll(&mut self, at: Option<Instant>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let Some(at) = at else { return Poll::Pending };
        let sleep = match &mut self.0 {
            Some(sleep) => sleep,
            empty => {
                in_runtime()?;
                empty.insert(Box::pin(tokio::time::sleep_until(at.into())))
            }
        };
        sleep.as_mut().poll(cx).map(Ok)
    }

    /// Forgets the timer: the next poll makes a new one.
    pub(crate) fn clear(&mut self) {
        self.0 = None;
    }
}
