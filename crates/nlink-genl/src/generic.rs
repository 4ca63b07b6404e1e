//! `Generic`: the marker of generic netlink itself, which speaks to its controller.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use nlink_core::driver::Driver;
use nlink_core::object::Protocol;
use nlink_core::wire::Writer;
use nlink_core::{Connection, Result};
use nlink_uapi::genetlink::GENL_ID_CTRL;
use nlink_uapi::netlink::NETLINK_GENERIC;

use crate::{Family, Handle, header};

/// All families of generic netlink: asks the [`controller`](crate::controller) about them, and through
/// [`Typed`](crate::Typed) speaks to each. What it learned of a family is kept for all clones of the connection.
#[derive(Clone, Debug, Default)]
pub struct Generic {
    families: Arc<Mutex<BTreeMap<&'static str, Handle>>>,
}

/// The controller's number, the only one that is fixed.
const CONTROLLER: u16 = nlink_core::wire::attr_id(GENL_ID_CTRL);

/// The version of the controller's commands (net/netlink/genetlink.c).
const VERSION: u8 = 2;

impl Protocol for Generic {
    const NAME: &'static str = "generic netlink";
    const NUMBER: u32 = NETLINK_GENERIC;
    const PREFIX: usize = header::SIZE;

    fn begin(&self, command: u16, writer: &mut Writer) -> u16 {
        header::write(command, VERSION, writer);
        CONTROLLER
    }

    fn open<'a>(&self, message_type: u16, body: &'a [u8]) -> (u16, &'a [u8]) {
        header::open(CONTROLLER, message_type, body)
    }
}

/// Protocols that a family can be reached from: all of generic netlink, and the family itself.
pub trait Reaches<F: Family>: Protocol {
    /// The same connection, speaking to the family.
    fn reach<D: Driver>(connection: &Connection<Self, D>) -> Result<Connection<F, D>>;
}

impl<F: Family> Reaches<F> for F {
    fn reach<D: Driver>(connection: &Connection<Self, D>) -> Result<Connection<F, D>> {
        Ok(connection.clone())
    }
}

impl<F: Family> Reaches<F> for Generic {
    fn reach<D: Driver>(connection: &Connection<Self, D>) -> Result<Connection<F, D>> {
        let mut families = connection.protocol().families.lock().unwrap_or_else(PoisonError::into_inner);
        let handle = families.entry(F::NAME).or_default().clone();
        drop(families);
        let known = handle.id().is_some();
        let family = connection.speak(F::from(handle));
        if !known {
            family.learn()?;
        }
        Ok(family)
    }
}
