//! What every subcommand works with: how the tool was called, and devices.

use std::io;

use nlink_cli::failure::reason;
use nlink_cli::{Exit, Failure, Result};
use nlink_core::blocking::{Connection, run};
use nlink_core::{Error, Rtnetlink};
use nlink_route::link::{Link, LinkFilter};
use nlink_wireguard::{Device, Wireguard};

/// How the tool was called.
#[derive(Debug)]
pub(crate) struct Tool {
    /// The name it was called by.
    pub(crate) name: String,
    /// Whether JSON is wanted.
    pub(crate) json: bool,
}

impl Tool {
    pub(crate) fn new(name: &str, json: bool) -> Self {
        Self { name: name.into(), json }
    }

    /// Says how a subcommand is called.
    pub(crate) fn usage(&self, command: &str, synopsis: &str) -> String {
        format!("Usage: {} {command}{}{synopsis}", self.name, if synopsis.is_empty() { "" } else { " " })
    }

    /// The same, as what went wrong.
    pub(crate) fn misused(&self, command: &str, synopsis: &str) -> Failure {
        Failure::said(Exit::Failed, self.usage(command, synopsis))
    }
}

/// Why something failed, in the C library's words for the error number, as wireguard-tools has it.
pub(crate) fn words(error: &Error) -> String {
    let errno = match error.errno() {
        Some(errno) => errno,
        // A name that no interface can have.
        None if error.is_invalid() => libc::ENAMETOOLONG,
        None => return error.to_string(),
    };
    reason(&io::Error::from_raw_os_error(errno))
}

/// A connection; that the kernel lacks the family is a protocol that it does not have.
fn wireguard() -> Result<Connection<Wireguard>, String> {
    Connection::<Wireguard>::open().map_err(|error| match error.is_not_found() {
        true => reason(&io::Error::from_raw_os_error(libc::EPROTONOSUPPORT)),
        false => words(&error),
    })
}

/// A device as it is.
pub(crate) fn get(name: &str) -> Result<Device, String> {
    run(wireguard()?.dump::<Device>().on(name).one()).map_err(|error| words(&error))
}

/// Changes a device.
pub(crate) fn set(device: Device) -> Result<Exit> {
    let done = wireguard().and_then(|wg| wg.change(device).call().map_err(|error| words(&error)));
    match done {
        Ok(()) => Ok(Exit::Success),
        Err(why) => Err(Failure::said(Exit::Failed, format!("Unable to modify interface: {why}"))),
    }
}

/// The names of WireGuard's interfaces, in the kernel's order.
pub(crate) fn interfaces() -> Result<Vec<String>> {
    let list = || {
        let rt = Connection::<Rtnetlink>::open()?;
        let filter = LinkFilter { without_statistics: true, ..LinkFilter::kind("wireguard") };
        rt.dump::<Link>().filter(filter).call()
    };
    match list() {
        Ok(links) => Ok(links.into_iter().filter_map(|link| link.name).map(|name| name.to_string()).collect()),
        Err(error) => Err(Failure::said(Exit::Failed, format!("Unable to list interfaces: {}", words(&error)))),
    }
}

/// The name of the interface with that index, for the scope of a link-local address.
pub(crate) fn interface_name(index: u32) -> Option<String> {
    let rt = Connection::<Rtnetlink>::open().ok()?;
    let link = rt.get::<Link>(index).call().ok()?;
    link.name.map(|name| name.to_string())
}
