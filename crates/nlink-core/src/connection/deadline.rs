//! Until when a request waits.

use std::time::{Duration, Instant};

use crate::driver::{Driver, Wait};

/// A point in time, or never; with the duration it came from, for the error's sake.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Deadline {
    pub(crate) after: Option<Duration>,
    pub(crate) at: Option<Instant>,
}

impl Deadline {
    /// So long after now. What is too far away to be said is never.
    pub(crate) fn in_time<D: Driver>(after: Option<Duration>) -> Self {
        let at = after.and_then(|after| D::Wait::now().checked_add(after));
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
