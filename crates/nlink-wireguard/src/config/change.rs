//! What is to be done, ready to be done.

use std::fmt;

use nlink_core::driver::{Driver, Tokio};
use nlink_core::{Connection, Result};

use super::Difference;
use crate::{Device, Wireguard};

/// The way from what a device is to what it shall be; printed, it says what would change. Made by
/// [`WireguardConfig::diff`](super::WireguardConfig::diff).
#[derive(Debug)]
#[must_use = "nothing changes before it is applied"]
pub struct Change<D: Driver = Tokio> {
    connection: Connection<Wireguard, D>,
    edit: Device,
    differences: Vec<Difference>,
}

impl<D: Driver> Change<D> {
    pub(super) fn new(connection: Connection<Wireguard, D>, edit: Device, differences: Vec<Difference>) -> Self {
        Self { connection, edit, differences }
    }

    /// Whether all is as it shall be.
    pub fn is_empty(&self) -> bool {
        self.differences.is_empty()
    }

    /// What would change.
    pub fn differences(&self) -> &[Difference] {
        &self.differences
    }

    /// What would be sent: only what differs.
    pub fn edit(&self) -> &Device {
        &self.edit
    }

    /// Carries it out; where nothing differs, nothing is sent. Peers and settings that do not differ go on undisturbed.
    ///
    /// It is one request unless it outgrows a message.
    pub async fn apply(self) -> Result<()> {
        if self.differences.is_empty() {
            return Ok(());
        }
        self.connection.change(self.edit).await
    }
}

/// A line for each difference.
impl<D: Driver> fmt::Display for Change<D> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let device = self.edit.device.clone().unwrap_or_default();
        if self.differences.is_empty() {
            return write!(f, "{device}: nothing to change");
        }
        for (at, difference) in self.differences.iter().enumerate() {
            write!(f, "{}{device}: {difference}", if at == 0 { "" } else { "\n" })?;
        }
        Ok(())
    }
}
