//! Which device is asked for: the kernel lists one at a time.

use nlink_core::Interface;
use nlink_core::object::{ByInterface, Filter};
use nlink_core::wire::{Message, Writer};

use super::{Device, DeviceRef};

/// The device asked for. Without one the kernel refuses (`EBADR`): which links are WireGuard's, rtnetlink knows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DeviceFilter {
    /// The device.
    pub device: Option<DeviceRef>,
}

impl ByInterface for DeviceFilter {
    fn set_interface(&mut self, interface: Interface) {
        self.device = Some(interface.into());
    }
}

impl Filter<Device> for DeviceFilter {
    fn emit(&self, writer: &mut Writer) {
        Device { device: self.device.clone(), ..Device::default() }.emit(writer);
    }

    fn matches(&self, _: &Device) -> bool {
        true
    }
}
