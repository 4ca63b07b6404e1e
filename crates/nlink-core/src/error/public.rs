//! The public error type: constructors for this crate and the protocol crates, predicates for callers.

use std::time::Duration;
use std::{fmt, io};

use nix::errno::Errno;

use super::cause::Cause;
use super::ext_ack::Sent;
use super::{KernelError, hint};
use crate::engine::Refusal;
use crate::wire::WireError;

/// A `Result` with this crate's [`Error`].
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// What went wrong, with what was asked; one pointer wide.
///
/// Printed, it is a sentence for the person at the keyboard, with a second line where there is a place or a hint.
pub struct Error(Box<Cause>);

/// Predicates: what callers may want to tell apart.
impl Error {
    /// The thing is there already (`EEXIST`).
    ///
    /// ```
    /// # use nlink_core::{Error, KernelError};
    /// let made = Err(Error::from(KernelError::new(17, "add link br0")));
    /// match made {
    ///     Err(error) if error.is_exists() => {}   // somebody was faster: fine
    ///     other => other?,
    /// }
    /// # Ok::<(), Error>(())
    /// ```
    pub fn is_exists(&self) -> bool {
        self.is_one_of(&[Errno::EEXIST])
    }

    /// The thing is not there (`ENOENT`, `ENODEV`, `ESRCH`, `EADDRNOTAVAIL`, `ENXIO`), or an interface of that name.
    ///
    /// ```
    /// # use nlink_core::{Error, KernelError};
    /// assert!(Error::from(KernelError::new(19, "delete link br0")).is_not_found());
    /// ```
    pub fn is_not_found(&self) -> bool {
        self.is_one_of(&[Errno::ENOENT, Errno::ENODEV, Errno::ESRCH, Errno::EADDRNOTAVAIL, Errno::ENXIO])
    }

    /// The caller may not do that (`EPERM`, `EACCES`).
    ///
    /// ```
    /// # use nlink_core::{Error, KernelError};
    /// assert!(Error::from(KernelError::new(1, "add link br0")).is_permission());
    /// ```
    pub fn is_permission(&self) -> bool {
        self.is_one_of(&[Errno::EPERM, Errno::EACCES])
    }

    /// This kernel cannot do that (`EOPNOTSUPP`, `EPROTONOSUPPORT`, `EAFNOSUPPORT`).
    ///
    /// ```
    /// # use nlink_core::{Error, KernelError};
    /// assert!(Error::from(KernelError::new(95, "add link br0")).is_unsupported());
    /// ```
    pub fn is_unsupported(&self) -> bool {
        self.errno() == Some(KERNEL_ENOTSUPP)
            || self.is_one_of(&[Errno::EOPNOTSUPP, Errno::EPROTONOSUPPORT, Errno::EAFNOSUPPORT])
    }

    /// No answer came in time. The request may or may not have been carried out.
    ///
    /// ```
    /// # use nlink_core::Error;
    /// let error = Error::timeout("add link br0", std::time::Duration::from_secs(30));
    /// assert!(error.is_timeout());
    /// ```
    pub fn is_timeout(&self) -> bool {
        matches!(*self.0, Cause::Timeout { .. } | Cause::NoneFree { .. })
    }

    /// A listing changed underneath more often than it may start over.
    ///
    /// ```
    /// # use nlink_core::Error;
    /// assert!(Error::interrupted("dump route", 8).is_interrupted());
    /// ```
    pub fn is_interrupted(&self) -> bool {
        matches!(*self.0, Cause::Interrupted { .. })
    }

    /// A stream tells that its listing starts over: forget what came before, and go on.
    ///
    /// ```
    /// # use nlink_core::Error;
    /// let mut seen = vec![1, 2];
    /// let error = Error::restarted("dump route");
    /// if error.is_restarted() {
    ///     seen.clear();
    /// }
    /// # assert!(seen.is_empty());
    /// ```
    pub fn is_restarted(&self) -> bool {
        matches!(*self.0, Cause::Restarted { .. })
    }

    /// The kernel's answer was lost, for the receive buffer was full. The request may have been carried out.
    ///
    /// ```
    /// # use nlink_core::Error;
    /// assert!(Error::lost("add link br0").is_lost());
    /// ```
    pub fn is_lost(&self) -> bool {
        matches!(*self.0, Cause::Lost { .. })
    }

    /// An item of a batch that was not sent, for a part of the batch before it went wrong.
    ///
    /// ```
    /// # use nlink_core::Error;
    /// assert!(Error::unsent("add route 10.0.0.0/8").is_unsent());
    /// ```
    pub fn is_unsent(&self) -> bool {
        matches!(*self.0, Cause::Unsent { .. })
    }

    /// What was asked cannot be said in a message (a name too long, an interface unresolved); nothing was sent.
    ///
    /// ```
    /// # use nlink_core::{Error, wire::WireCause};
    /// let error = Error::invalid("add link br0", WireCause::Nul("br\0".into()).into());
    /// assert!(error.is_invalid());
    /// ```
    pub fn is_invalid(&self) -> bool {
        matches!(*self.0, Cause::Invalid { .. } | Cause::NamespaceName { .. })
    }

    /// Something that the kernel sent cannot be read.
    ///
    /// ```
    /// # use nlink_core::{Error, wire::WireCause};
    /// let error = Error::item("link", WireCause::Width { want: 4, got: 2 }.into());
    /// assert!(error.is_malformed());
    /// ```
    pub fn is_malformed(&self) -> bool {
        matches!(*self.0, Cause::Reply { .. } | Cause::Item { .. })
    }

    /// A store is no longer kept up to date: its subscription failed, or the runtime that kept it is gone.
    ///
    /// ```
    /// # use nlink_core::Error;
    /// assert!(Error::ended("link").is_ended());
    /// ```
    pub fn is_ended(&self) -> bool {
        matches!(*self.0, Cause::Ended { .. })
    }

    /// The error number, where there is one.
    ///
    /// ```
    /// # use nlink_core::{Error, KernelError};
    /// assert_eq!(Error::from(KernelError::new(22, "add route")).errno(), Some(22));
    /// assert_eq!(Error::lost("add route").errno(), None);
    /// ```
    pub fn errno(&self) -> Option<i32> {
        match &*self.0 {
            Cause::Kernel(error) => Some(error.errno()),
            Cause::Socket { source, .. } | Cause::Namespace { source, .. } => source.raw_os_error(),
            Cause::NoInterface { .. } => Some(Errno::ENODEV as i32),
            Cause::None { .. } => Some(Errno::ENOENT as i32),
            _ => None,
        }
    }

    /// The kernel's refusal, where it is one.
    ///
    /// ```
    /// # use nlink_core::{Error, KernelError};
    /// let error = Error::from(KernelError::new(22, "add route 10.0.0.0/8"));
    /// let kernel = error.kernel().map(|kernel| (kernel.asked(), kernel.attribute()));
    /// assert_eq!(kernel, Some(("add route 10.0.0.0/8", None)));
    /// ```
    pub fn kernel(&self) -> Option<&KernelError> {
        match &*self.0 {
            Cause::Kernel(error) => Some(error),
            _ => None,
        }
    }

    fn is_one_of(&self, errnos: &[Errno]) -> bool {
        self.errno().is_some_and(|number| errnos.iter().any(|errno| *errno as i32 == number))
    }
}

/// The kernel's own number for "not supported"; no C library has it, and a few drivers leak it.
const KERNEL_ENOTSUPP: i32 = 524;

/// Constructors.
impl Error {
    /// The object asked about cannot be written as a message.
    pub fn invalid(asked: impl Into<String>, source: WireError) -> Self {
        Cause::Invalid { asked: asked.into(), source }.into()
    }

    /// The answer to a request cannot be read.
    pub fn reply(asked: impl Into<String>, source: WireError) -> Self {
        Cause::Reply { asked: asked.into(), source }.into()
    }

    /// An item of a listing, or an event, cannot be read.
    #[cold]
    pub fn item(object: &'static str, source: WireError) -> Self {
        Cause::Item { object, source }.into()
    }

    /// An acknowledgement came where an object was asked for.
    pub fn no_reply(asked: impl Into<String>) -> Self {
        Cause::NoReply { asked: asked.into() }.into()
    }

    /// A listing that should have an object has none.
    pub fn none(asked: impl Into<String>) -> Self {
        Cause::None { asked: asked.into() }.into()
    }

    /// No answer in time.
    pub fn timeout(asked: impl Into<String>, after: Duration) -> Self {
        Cause::Timeout { asked: asked.into(), after }.into()
    }

    /// No connection of a pool came back in time.
    pub(crate) fn none_free(protocol: &'static str, after: Duration) -> Self {
        Cause::NoneFree { protocol, after }.into()
    }

    /// The answer was lost to a full receive buffer.
    pub fn lost(asked: impl Into<String>) -> Self {
        Cause::Lost { asked: asked.into() }.into()
    }

    /// An item of a batch was not sent.
    pub fn unsent(asked: impl Into<String>) -> Self {
        Cause::Unsent { asked: asked.into() }.into()
    }

    /// A listing starts over.
    pub fn restarted(asked: impl Into<String>) -> Self {
        Cause::Restarted { asked: asked.into() }.into()
    }

    /// A listing started over too often.
    pub fn interrupted(asked: impl Into<String>, times: u32) -> Self {
        Cause::Interrupted { asked: asked.into(), times }.into()
    }

    /// A mirror has ended.
    pub fn ended(object: &'static str) -> Self {
        Cause::Ended { object }.into()
    }

    /// There is no interface of that name.
    pub fn no_interface(name: impl Into<String>) -> Self {
        Cause::NoInterface { name: name.into() }.into()
    }

    /// The same error with what the object that was asked about knows to do.
    pub(crate) fn hinted(mut self, by: impl FnOnce(&KernelError) -> Option<String>) -> Self {
        if let Cause::Kernel(error) = &mut *self.0 {
            error.hinted(by);
        }
        self
    }

    /// A refusal as it came over the wire.
    pub(crate) fn refused(refusal: &Refusal, asked: String, sent: Option<Sent<'_>>) -> Self {
        KernelError::read(refusal, asked, sent).into()
    }

    /// A system call on a socket failed.
    pub(crate) fn socket(doing: impl Into<String>, source: io::Error) -> Self {
        let hint = source.raw_os_error().and_then(hint::for_socket);
        Cause::Socket { doing: doing.into(), source: plain(source), hint }.into()
    }

    /// A system call on a namespace failed.
    pub(crate) fn namespace(which: impl Into<String>, doing: &'static str, source: io::Error) -> Self {
        let forbidden = source.raw_os_error() == Some(Errno::EPERM as i32);
        let hint = forbidden.then_some("this takes CAP_SYS_ADMIN");
        Cause::Namespace { which: which.into(), doing, source: plain(source), hint }.into()
    }

    /// A namespace cannot have that name.
    pub(crate) fn namespace_name(which: impl Into<String>, problem: &'static str) -> Self {
        Cause::NamespaceName { which: which.into(), problem }.into()
    }

    /// There is nothing that could wait.
    pub(crate) fn no_runtime() -> Self {
        Cause::NoRuntime.into()
    }
}

/// Keeps the number of an I/O error and drops what was wrapped around it.
fn plain(error: io::Error) -> io::Error {
    match error.raw_os_error() {
        Some(number) => io::Error::from_raw_os_error(number),
        None => error,
    }
}

impl From<Cause> for Error {
    #[cold]
    fn from(cause: Cause) -> Self {
        Self(Box::new(cause))
    }
}

impl From<KernelError> for Error {
    fn from(error: KernelError) -> Self {
        Cause::Kernel(error).into()
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.0.source()
    }
}

impl From<Error> for io::Error {
    fn from(error: Error) -> Self {
        let kind = error.errno().map_or(io::ErrorKind::Other, |errno| io::Error::from_raw_os_error(errno).kind());
        io::Error::new(kind, error)
    }
}
