//! Errors: what was asked, what the kernel answered in its own words, where in the request the fault lies, and what to
//! do about it if we know.
//!
//! One type, [`Error`], one pointer wide, with predicates instead of variants to match on; a refusal by the kernel is
//! a [`KernelError`] within it.
//! ```
//! use nlink_core::{Error, KernelError};
//! let error = Error::from(KernelError::new(17, "add link dummy0"));
//! assert!(error.is_exists());
//! assert_eq!(error.to_string(), "add link dummy0: File exists (EEXIST)");
//! ```
//!
//! Every message is written in this folder and nowhere else: the rest of the crate calls the constructors.

mod cause;
mod errno;
mod ext_ack;
mod hint;
mod kernel;
mod policy;
mod public;
#[cfg(test)]
mod tests;

pub(crate) use ext_ack::Sent;
pub use ext_ack::{ExtAck, Missing};
pub use kernel::KernelError;
pub use policy::Policy;
pub use public::{Error, Result};
