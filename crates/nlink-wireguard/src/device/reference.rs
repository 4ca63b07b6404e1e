//! Which device is meant: by index or by name, as the kernel takes one or the other.

use std::fmt;

use nlink_core::Interface;
use nlink_core::wire::{Codec, EitherAttr, IfName, Shape, WireError, Writer};

/// A device by its index (`WGDEVICE_A_IFINDEX`) or its name (`WGDEVICE_A_IFNAME`). The kernel answers with both and takes
/// one: the index where it is known. It looks names up itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DeviceRef {
    /// The index.
    pub index: Option<u32>,
    /// The name.
    pub name: Option<IfName>,
}

impl From<Interface> for DeviceRef {
    fn from(interface: Interface) -> Self {
        match interface {
            Interface::Index(index) => index.into(),
            Interface::Name(name) => (*name).into(),
        }
    }
}

impl From<&Interface> for DeviceRef {
    fn from(interface: &Interface) -> Self {
        interface.clone().into()
    }
}

impl From<u32> for DeviceRef {
    fn from(index: u32) -> Self {
        Self { index: Some(index), name: None }
    }
}

/// A name that no interface can have is an error when it is written.
impl From<&str> for DeviceRef {
    fn from(name: &str) -> Self {
        Self { index: None, name: Some(IfName::unchecked(name)) }
    }
}

/// The name, else `if` and the index.
impl fmt::Display for DeviceRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.name, self.index) {
            (Some(name), _) => name.fmt(f),
            (None, index) => Interface::Index(index.unwrap_or_default()).fmt(f),
        }
    }
}

impl EitherAttr for DeviceRef {
    const FIRST: Shape = u32::SHAPE;
    const SECOND: Shape = IfName::SHAPE;

    fn put(field: &mut Option<Self>, second: bool, payload: &[u8]) -> Result<(), WireError> {
        let device = field.get_or_insert_default();
        match second {
            false => device.index = Some(u32::decode(payload)?),
            true => device.name = Some(IfName::decode(payload)?),
        }
        Ok(())
    }

    fn emit(&self, first: u16, second: u16, writer: &mut Writer) {
        match (self.index, &self.name) {
            (Some(index), _) => writer.attr(first, |payload| index.encode(payload)),
            (None, Some(name)) => writer.attr(second, |payload| name.encode(payload)),
            (None, None) => {}
        }
    }
}
