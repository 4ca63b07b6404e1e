//! Work inside a namespace, on a thread that enters it and ends: no thread that anybody else uses ever changes.

use std::io;
use std::panic::resume_unwind;
use std::thread;

use nix::sched::{CloneFlags, setns};

use super::Namespace;
use crate::error::{Error, Result};

impl Namespace {
    /// Runs `work` on a thread of its own inside the namespace, and waits for it.
    ///
    /// What `work` opens there (sockets, `/proc/net`) belongs to the namespace and may be handed out. Takes
    /// `CAP_SYS_ADMIN` in the namespace's user namespace and in the caller's own; a caller who is in the namespace
    /// already needs nothing.
    ///
    /// ```
    /// # use nlink_core::Namespace;
    /// let inside = Namespace::current()?;
    /// let interfaces = inside.run(|| std::fs::read_to_string("/proc/thread-self/net/dev"))?;
    /// assert!(interfaces.unwrap().contains("lo:"));
    /// # Ok::<(), nlink_core::Error>(())
    /// ```
    pub fn run<T: Send>(&self, work: impl FnOnce() -> T + Send) -> Result<T> {
        if self.is_current() {
            return Ok(work());
        }
        on_own_thread(|| {
            setns(self, CloneFlags::CLONE_NEWNET)
                .map_err(|errno| Error::namespace(self.label(), "enter it", errno.into()))?;
            Ok(work())
        })
        .map_err(|error| Error::namespace(self.label(), "start a thread for it", error))?
    }
}

/// Runs `work` on a thread of its own and waits for it. A panic in there goes on out here.
pub(super) fn on_own_thread<T: Send>(work: impl FnOnce() -> T + Send) -> io::Result<T> {
    thread::scope(|scope| {
        let thread = thread::Builder::new().name("nlink-netns".into()).spawn_scoped(scope, work)?;
        Ok(thread.join().unwrap_or_else(|panic| resume_unwind(panic)))
    })
}
