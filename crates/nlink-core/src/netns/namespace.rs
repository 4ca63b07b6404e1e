//! A network namespace as a value, and how one is opened.

use std::fmt;
use std::fs::{self, File};
use std::io;
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use nix::sys::stat::fstat;

use super::named;
use crate::connection::Connection;
use crate::error::{Error, Result};
use crate::object::Protocol;

/// A network namespace, held open: it lives at least as long as this value. Cheap to clone.
///
/// See [network_namespaces(7)](https://man7.org/linux/man-pages/man7/network_namespaces.7.html).
#[derive(Clone)]
pub struct Namespace {
    fd: Arc<OwnedFd>,
    id: NamespaceId,
    /// How errors call it: its name, or the path it was opened by.
    label: Arc<str>,
}

/// Which namespace it is: two values are the same namespace if and only if these are equal, as long as one is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NamespaceId {
    /// The device of the namespace file system.
    pub device: u64,
    /// The inode, as `net:[4026531840]` shows it.
    pub inode: u64,
}

/// The calling thread's own; `/proc/self` would be the process's first thread.
const OWN: &str = "/proc/thread-self/ns/net";

impl Namespace {
    /// The calling thread's.
    pub fn current() -> Result<Self> {
        Self::open(Path::new(OWN), "current")
    }

    /// One that has a name: `ip netns add blue`, [`create`](Namespace::create).
    pub fn named(name: &str) -> Result<Self> {
        Self::open(&named::path(name)?, name)
    }

    /// By a file that is one: below `/proc/…/ns`, or what one is mounted on (`/run/docker/netns/…`).
    pub fn path(path: impl AsRef<Path>) -> Result<Self> {
        let path = path.as_ref();
        Self::open(path, &path.display().to_string())
    }

    /// A process's.
    pub fn of_pid(pid: u32) -> Result<Self> {
        let path = PathBuf::from(format!("/proc/{pid}/ns/net"));
        Self::open(&path, &format!("of process {pid}"))
    }

    /// By an open file, for instance one received over a socket.
    pub fn from_fd(fd: OwnedFd) -> Result<Self> {
        Self::hold(fd, "by fd")
    }

    fn open(path: &Path, label: &str) -> Result<Self> {
        let file = File::open(path).map_err(|error| Error::namespace(label, "open it", error))?;
        Self::hold(file.into(), label)
    }

    pub(super) fn hold(fd: OwnedFd, label: &str) -> Result<Self> {
        let status = fstat(&fd).map_err(|errno| Error::namespace(label, "look at it", errno.into()))?;
        // A plain file (a name whose mount is gone) opens as well, and would fail later without saying why.
        let magic = nix::sys::statfs::fstatfs(&fd).map(|system| system.filesystem_type());
        if !matches!(magic, Ok(nix::sys::statfs::NSFS_MAGIC | nix::sys::statfs::PROC_SUPER_MAGIC)) {
            return Err(Error::namespace_name(label, "the file is no network namespace (its mount may be gone)"));
        }
        #[allow(clippy::useless_conversion)] // 32 bit machines have narrower ones
        let id = NamespaceId { device: status.st_dev.into(), inode: status.st_ino.into() };
        Ok(Self { fd: Arc::new(fd), id, label: label.into() })
    }

    /// Which one it is.
    pub fn id(&self) -> NamespaceId {
        self.id
    }

    /// A connection inside it. The calling thread stays where it is.
    ///
    /// ```no_run
    /// # use nlink_core::{Namespace, Rtnetlink};
    /// let inner = Namespace::named("blue")?.connect::<Rtnetlink>()?;
    /// # Ok::<(), nlink_core::Error>(())
    /// ```
    pub fn connect<P: Protocol + Default>(&self) -> Result<Connection<P>> {
        Connection::open_in(self)
    }

    /// Whether the calling thread is in it.
    pub(super) fn is_current(&self) -> bool {
        id_at(Path::new(OWN)).is_ok_and(|id| id == self.id)
    }

    pub(super) fn label(&self) -> &str {
        &self.label
    }

    pub(super) fn shared_fd(&self) -> Arc<OwnedFd> {
        Arc::clone(&self.fd)
    }
}

/// Which namespace the file at `path` is.
pub(super) fn id_at(path: &Path) -> io::Result<NamespaceId> {
    let status = fs::metadata(path)?;
    Ok(NamespaceId { device: status.dev(), inode: status.ino() })
}

impl AsFd for Namespace {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.fd.as_fd()
    }
}

impl PartialEq for Namespace {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

impl Eq for Namespace {}

impl fmt::Debug for Namespace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Namespace({}, net:[{}])", self.label, self.id.inode)
    }
}
