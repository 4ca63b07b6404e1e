//! Names that come and go: `ip netns monitor`.

use std::ffi::OsString;
use std::os::fd::{AsFd, AsRawFd, RawFd};
use std::{fmt, io};

use nix::errno::Errno;
use nix::sys::inotify::{AddWatchFlags, InitFlags, Inotify, InotifyEvent};
use tokio::io::Interest;
use tokio::io::unix::AsyncFd;

use super::Namespace;
use super::named::{DIRECTORY, share_directory};
use crate::error::{Error, Result};

/// What happened to a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NameEvent {
    /// It was given.
    Added(String),
    /// It was taken away.
    Deleted(String),
    /// More happened than could be kept. List anew.
    Overrun,
}

/// Names of namespaces as they are given and taken away. Made by [`Namespace::watch`].
pub struct NameWatch {
    inotify: AsyncFd<Watched>,
    events: std::vec::IntoIter<InotifyEvent>,
}

/// inotify, as the runtime can watch it.
struct Watched(Inotify);

impl AsRawFd for Watched {
    fn as_raw_fd(&self) -> RawFd {
        self.0.as_fd().as_raw_fd()
    }
}

fn failed(error: impl Into<io::Error>) -> Error {
    Error::namespace("names", "watch /run/netns", error.into())
}

impl Namespace {
    /// Watches which names are given and taken away from now on. Makes /run/netns should it not be there yet.
    ///
    /// Has to be called within a tokio runtime.
    pub fn watch() -> Result<NameWatch> {
        if !std::path::Path::new(DIRECTORY).is_dir() {
            share_directory().map_err(failed)?;
        }
        let inotify = Inotify::init(InitFlags::IN_NONBLOCK | InitFlags::IN_CLOEXEC).map_err(failed)?;
        let which = AddWatchFlags::IN_CREATE | AddWatchFlags::IN_DELETE;
        inotify.add_watch(DIRECTORY, which).map_err(failed)?;
        crate::socket::in_runtime().map_err(failed)?;
        #[allow(
            deprecated,
            reason = "its successor is for socket/ only; the fd stays open as long as this value, which is what it asks"
        )]
        let inotify = AsyncFd::with_interest(Watched(inotify), Interest::READABLE).map_err(failed)?;
        Ok(NameWatch { inotify, events: Vec::new().into_iter() })
    }
}

impl NameWatch {
    /// What happens next.
    pub async fn next(&mut self) -> Result<NameEvent> {
        loop {
            if let Some(event) = self.events.by_ref().find_map(read) {
                return Ok(event);
            }
            let mut ready = self.inotify.readable().await.map_err(failed)?;
            match ready.get_inner().0.read_events() {
                Ok(events) => self.events = events.into_iter(),
                Err(Errno::EAGAIN) => ready.clear_ready(),
                Err(Errno::EINTR) => {}
                Err(errno) => return Err(failed(errno)),
            }
        }
    }
}

/// `None` is nothing that a name is about.
fn read(event: InotifyEvent) -> Option<NameEvent> {
    if event.mask.contains(AddWatchFlags::IN_Q_OVERFLOW) {
        return Some(NameEvent::Overrun);
    }
    let name = event.name.map(OsString::into_encoded_bytes)?;
    let name = String::from_utf8_lossy(&name).into_owned();
    let deleted = event.mask.contains(AddWatchFlags::IN_DELETE);
    Some(if deleted { NameEvent::Deleted(name) } else { NameEvent::Added(name) })
}

impl fmt::Debug for NameWatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("NameWatch").finish_non_exhaustive()
    }
}
