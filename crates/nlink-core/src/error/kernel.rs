//! A request that the kernel refused.

use std::fmt;

use super::ext_ack::{ExtAck, Sent};
use super::{errno, hint};
use crate::engine::Refusal;

/// The kernel's refusal of a request.
///
/// ```
/// use nlink_core::KernelError;
/// let error = KernelError::new(1, "add link dummy0");
/// assert_eq!(error.errno(), 1);
/// assert!(error.to_string().starts_with("add link dummy0: Operation not permitted (EPERM)\n  hint: "));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KernelError {
    errno: i32,
    asked: String,
    ack: ExtAck,
    hint: Option<Box<str>>,
}

impl KernelError {
    /// A refusal with an error number (positive) and no further words.
    pub fn new(errno: i32, asked: impl Into<String>) -> Self {
        Self { errno, asked: asked.into(), ack: ExtAck::default(), hint: None }
    }

    /// What came over the wire in answer to `sent`.
    pub(crate) fn read(refusal: &Refusal, asked: String, sent: Option<Sent<'_>>) -> Self {
        Self { errno: refusal.errno, asked, ack: ExtAck::read(&refusal.tlvs, sent), hint: None }
    }

    /// The error number, positive.
    pub fn errno(&self) -> i32 {
        self.errno
    }

    /// What was asked: `add route 10.0.0.0/8 via 192.0.2.1`.
    pub fn asked(&self) -> &str {
        &self.asked
    }

    /// What the kernel said beyond the number.
    pub fn ack(&self) -> &ExtAck {
        &self.ack
    }

    /// The kernel's sentence, or the C library's for the number when it said none.
    pub fn message(&self) -> String {
        match &self.ack.message {
            // Some of the kernel's sentences end in a full stop, some in a line feed: ours go on behind.
            Some(message) => message.trim_end_matches(['.', '\n', ' ']).to_owned(),
            None => errno::text(self.errno),
        }
    }

    /// The attribute at fault by name, from the outermost nest inwards: `RTA_MULTIPATH / RTA_GATEWAY`.
    pub fn attribute(&self) -> Option<String> {
        (!self.ack.path.is_empty()).then(|| self.ack.path.to_string())
    }

    /// What to do about it, where that is known.
    pub fn hint(&self) -> Option<&str> {
        match &self.hint {
            Some(hint) => Some(hint),
            None => hint::for_refusal(self.errno, self.ack.message.as_deref(), &self.asked),
        }
    }

    /// Takes in what the object knows to do about it.
    pub(super) fn hinted(&mut self, by: impl FnOnce(&Self) -> Option<String>) {
        self.hint = by(self).map(String::into_boxed_str);
    }
}

/// What was asked, the kernel's words and the number; on a second line, if there is something, where and what to do.
impl fmt::Display for KernelError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {} ({})", self.asked, self.message(), errno::Name(self.errno))?;
        let mut before = "\n  ";
        if let Some(path) = self.attribute() {
            write!(f, "{before}at {path}")?;
            before = "; ";
        }
        if let Some(missing) = &self.ack.missing {
            write!(f, "{before}missing {}", missing.path)?;
            before = "; ";
        }
        if let Some(policy) = &self.ack.policy {
            write!(f, "{before}the kernel takes: {policy}")?;
            before = "; ";
        }
        if let Some(hint) = self.hint() {
            write!(f, "{before}hint: {hint}")?;
        }
        Ok(())
    }
}

impl std::error::Error for KernelError {}
