//! What every subcommand works with: how the tool was called, and devices.

use std::io;

use nlink_cli::failure::reason;
use nlink_cli::{Exit, Failure, Result};
use nlink_core::blocking::{Connection, run};
use nlink_core::object::Dump;
use nlink_core::{Error, Rtnetlink};
use nlink_route::link::{Link, LinkFilter};
use nlink_wireguard::{Device, Peer, Wireguard};

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

/// What becomes of a device as it is read.
pub(crate) trait Reader {
    /// The device, with none of its peers or some. Comes once more where the device changed meanwhile: then all that
    /// was read before is void.
    fn begin(&mut self, device: &Device);

    /// The next of its peers.
    fn peer(&mut self, peer: &Peer);
}

/// Reads a device peer by peer: many of them take far more room than what is shown of them.
pub(crate) fn read(name: &str, reader: &mut impl Reader) -> Result<(), String> {
    let mut device: Option<Device> = None;
    for part in wireguard()?.dump::<Device>().on(name).in_parts() {
        match part {
            Ok(part) => goes_on(&mut device, part, reader),
            Err(error) if error.is_restarted() => device = None,
            Err(error) => return Err(words(&error)),
        }
    }
    let device = device.ok_or_else(|| reason(&io::Error::from_raw_os_error(libc::ENODEV)))?;
    device.peers.iter().for_each(|peer| reader.peer(peer));
    Ok(())
}

/// Takes in a part; its last peer stays, for it may go on in the next one.
fn goes_on(device: &mut Option<Device>, part: Device, reader: &mut impl Reader) {
    let device = match device {
        Some(device) => {
            device.join(part);
            device
        }
        None => {
            reader.begin(&part);
            device.insert(part)
        }
    };
    let last = device.peers.pop();
    device.peers.drain(..).for_each(|peer| reader.peer(&peer));
    device.peers.extend(last);
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
