//! Every sentence of an [`Error`](super::Error) that is not the kernel's own.

use std::io;
use std::time::Duration;

use super::{KernelError, errno};
use crate::wire::WireError;

#[derive(Debug, thiserror::Error)]
#[allow(clippy::large_enum_variant)] // always behind the one pointer of `Error`
pub(super) enum Cause {
    #[error(transparent)]
    Kernel(#[from] KernelError),

    /// The asked-for object could not be written as a message; nothing was sent.
    #[error("{asked}: {source}")]
    Invalid { asked: String, source: WireError },

    /// The kernel answered, but what it sent is no such object.
    #[error("{asked}: the kernel's answer cannot be read: {source}")]
    Reply { asked: String, source: WireError },

    /// One item of a listing, or one event.
    #[error("a {object} cannot be read: {source}")]
    Item { object: &'static str, source: WireError },

    #[error("{asked}: the kernel answered without an object")]
    NoReply { asked: String },

    #[error("{asked}: there is none")]
    None { asked: String },

    #[error("{doing}: {}{}", Words(source), Hinted(hint))]
    Socket { doing: String, source: io::Error, hint: Option<&'static str> },

    #[error("{asked}: no answer within {after:?}")]
    Timeout { asked: String, after: Duration },

    #[error("all {protocol} connections of the pool were in use for {after:?}")]
    NoneFree { protocol: &'static str, after: Duration },

    #[error(
        "{asked}: the kernel's answer was lost, the receive buffer was full; the request may have been carried out"
    )]
    Lost { asked: String },

    #[error("{asked}: not sent, for a part of the batch before it went wrong")]
    Unsent { asked: String },

    #[error("{asked}: the listing changed underneath and starts over; what came before is void")]
    Restarted { asked: String },

    #[error("{asked}: the listing changed underneath {times} times over; too much is going on for a consistent one")]
    Interrupted { asked: String, times: u32 },

    #[error("the mirror of {object} objects has ended; what it holds is no longer kept up to date")]
    Ended { object: &'static str },

    #[error("Cannot find device {name:?}")]
    NoInterface { name: String },

    #[error("network namespace {which}: {doing}: {}{}", Words(source), Hinted(hint))]
    Namespace { which: String, doing: &'static str, source: io::Error, hint: Option<&'static str> },

    #[error("network namespace {which}: {problem}")]
    NamespaceName { which: String, problem: &'static str },

    #[error("the connection was used outside of a tokio runtime, and the kernel's answer was not there at once")]
    NoRuntime,
}

/// `Operation not permitted (EPERM)`, without what std adds.
struct Words<'a>(&'a io::Error);

impl std::fmt::Display for Words<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.0.raw_os_error() {
            Some(number) => write!(f, "{} ({})", errno::text(number), errno::Name(number)),
            None => self.0.fmt(f),
        }
    }
}

/// `\n  hint: …`, or nothing.
struct Hinted<'a>(&'a Option<&'static str>);

impl std::fmt::Display for Hinted<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.0 {
            Some(hint) => write!(f, "\n  hint: {hint}"),
            None => Ok(()),
        }
    }
}
