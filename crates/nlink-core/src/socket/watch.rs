//! Waiting until a socket has something to read, registered with the runtime only when it comes to that.
//!
//! # Safety
//!
//! Registration wants the fd to stay open, and the same, for as long as it lasts. The registered value owns a share of
//! the socket, and a socket never changes its fd.

#![allow(unsafe_code)]

use std::io;
use std::os::fd::{AsRawFd, RawFd};
use std::sync::Arc;
use std::task::{Context, Poll};

use tokio::io::Interest;
use tokio::io::unix::{AsyncFd, AsyncFdReadyGuard};

use super::Socket;
use crate::error::Error;

/// A registration with the runtime of whoever waits first; dropped with the wait, so a connection belongs to no
/// runtime.
#[derive(Debug, Default)]
pub(crate) struct Watch(Option<AsyncFd<Watched>>);

#[derive(Debug)]
pub(crate) struct Watched(Arc<Socket>);

impl AsRawFd for Watched {
    fn as_raw_fd(&self) -> RawFd {
        self.0.as_raw_fd()
    }
}

pub(crate) type Ready<'a> = AsyncFdReadyGuard<'a, Watched>;

impl Watch {
    /// Ready when something may be there to read. Should there be nothing, say so to the guard and come again.
    pub(crate) fn poll_ready(&mut self, socket: &Arc<Socket>, cx: &mut Context<'_>) -> Poll<io::Result<Ready<'_>>> {
        // One that belongs to a runtime that is no more is replaced.
        let stale = self.0.as_ref().is_some_and(|fd| matches!(fd.poll_read_ready(cx), Poll::Ready(Err(_))));
        if stale {
            self.0 = None;
        }
        let fd = match &mut self.0 {
            Some(fd) => fd,
            empty => {
                in_runtime()?;
                let watched = Watched(Arc::clone(socket));
                // SAFETY: see the module: the fd is open and the same as long as `watched` is.
                let fd = unsafe { AsyncFd::register_with_interest(watched, Interest::READABLE) };
                empty.insert(fd.map_err(|error| error.into_parts().1)?)
            }
        };
        fd.poll_read_ready(cx)
    }

    /// Takes the socket off the runtime.
    pub(crate) fn clear(&mut self) {
        self.0 = None;
    }
}

/// Whether there is a runtime to wait with.
pub(crate) fn in_runtime() -> io::Result<()> {
    match tokio::runtime::Handle::try_current() {
        Ok(_) => Ok(()),
        Err(_) => Err(Error::no_runtime().into()),
    }
}
