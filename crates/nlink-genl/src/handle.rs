//! What is known of a family on one connection, in one namespace: its number and its multicast groups.

use std::sync::atomic::{AtomicU16, Ordering};
use std::sync::{Arc, PoisonError, RwLock};

use nlink_core::blocking;
use nlink_core::object::Protocol;
use nlink_core::wire::{WireCause, Writer};
use nlink_core::{Error, Result};

use crate::controller::FamilyInfo;
use crate::{Generic, header};

/// The number and the groups of a family, shared by all clones of a connection and brought up to date by any of them.
#[derive(Clone, Debug, Default)]
pub struct Handle(Arc<Known>);

#[derive(Debug, Default)]
struct Known {
    /// 0 as long as nobody asked.
    id: AtomicU16,
    info: RwLock<Option<FamilyInfo>>,
}

impl Handle {
    /// One for a family of that number, without asking; for kernels that are played by a test.
    pub fn with_id(id: u16) -> Self {
        let handle = Self::default();
        handle.0.id.store(id, Ordering::Relaxed);
        handle
    }

    /// The family's number, once it is known.
    pub fn id(&self) -> Option<u16> {
        match self.0.id.load(Ordering::Relaxed) {
            0 => None,
            id => Some(id),
        }
    }

    /// What the controller said of the family.
    pub fn info(&self) -> Option<FamilyInfo> {
        self.0.info.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The number of a multicast group of the family called `family`.
    pub fn group(&self, family: &str, group: &str) -> Result<u32> {
        let info = self.0.info.read().unwrap_or_else(PoisonError::into_inner);
        let found = info.as_ref().and_then(|info| info.group(group));
        found.ok_or_else(|| Error::none(format!("find multicast group {group:?} of family {family}")))
    }

    /// Bytes between `nlmsghdr` and what a family's messages begin with.
    #[doc(hidden)] // for what `family!` makes
    pub const PREFIX: usize = header::SIZE;

    /// Whether a refusal may mean that the number is nobody's by now.
    #[doc(hidden)] // for what `family!` makes
    pub fn is_outdated(errno: i32) -> bool {
        errno == libc::ENOENT
    }

    #[doc(hidden)] // called by what `family!` makes
    pub fn learn<F: Protocol>(&self, connection: &blocking::Connection<F>) -> Result<bool> {
        let info = connection.speak(Generic::default()).get::<FamilyInfo>(F::NAME).call()?;
        let id = info.id.unwrap_or_default();
        *self.0.info.write().unwrap_or_else(PoisonError::into_inner) = Some(info);
        Ok(self.0.id.swap(id, Ordering::Relaxed) != id)
    }

    #[doc(hidden)] // called by what `family!` makes
    pub fn begin(&self, command: u16, version: u8, writer: &mut Writer) -> u16 {
        header::write(command, version, writer);
        self.id().unwrap_or_else(|| {
            writer.fail(WireCause::Invalid("nobody asked for the number of the family yet"));
            0
        })
    }

    #[doc(hidden)] // called by what `family!` makes
    #[inline]
    pub fn open<'a>(&self, message_type: u16, body: &'a [u8]) -> (u16, &'a [u8]) {
        header::open(self.0.id.load(Ordering::Relaxed), message_type, body)
    }
}
