//! `wg show … PARAMETER`: for scripts, values separated by tabs.

use std::fmt::Write;

use nlink_cli::{Exit, Result};
use nlink_wireguard::{Device, Peer};

use crate::endpoint;
use crate::pages::Pages;
use crate::show::{allowed_ip, secret};
use crate::tool::Reader;

/// What prints a value of one device, or of one peer.
enum Column {
    Device(Print<Device>),
    Peer(Print<Peer>),
    /// All of it.
    Dump,
}

/// Adds a value to the text. Nothing that fails: it is a string.
type Print<T> = fn(&T, &mut String);

const COLUMNS: [(&str, Column); 12] = [
    ("public-key", Column::Device(public_key)),
    ("private-key", Column::Device(private_key)),
    ("listen-port", Column::Device(listen_port)),
    ("fwmark", Column::Device(fwmark)),
    ("peers", Column::Peer(|_, _| ())),
    ("preshared-keys", Column::Peer(preshared_key)),
    ("endpoints", Column::Peer(where_it_is)),
    ("allowed-ips", Column::Peer(|peer, text| allowed_ips(peer, " ", text))),
    ("latest-handshakes", Column::Peer(handshake)),
    ("transfer", Column::Peer(transfer)),
    ("persistent-keepalive", Column::Peer(keepalive)),
    ("dump", Column::Dump),
];

const NONE: &str = "(none)";

/// A value, or that there is none.
fn or_none(value: Option<impl std::fmt::Display>, text: &mut String) {
    let _ = match value {
        Some(value) => write!(text, "{value}"),
        None => text.write_str(NONE),
    };
}

fn public_key(device: &Device, text: &mut String) {
    or_none(device.public_key, text);
}

fn private_key(device: &Device, text: &mut String) {
    let key = device.private_key.as_ref().map(|key| key.reveal());
    or_none(key.as_deref(), text);
}

fn listen_port(device: &Device, text: &mut String) {
    let _ = write!(text, "{}", device.listen_port.unwrap_or_default());
}

fn fwmark(device: &Device, text: &mut String) {
    let _ = match device.fwmark.unwrap_or_default() {
        0 => text.write_str("off"),
        mark => write!(text, "{mark:#x}"),
    };
}

fn preshared_key(peer: &Peer, text: &mut String) {
    let key = secret(peer).map(|key| key.reveal());
    or_none(key.as_deref(), text);
}

fn where_it_is(peer: &Peer, text: &mut String) {
    or_none(peer.endpoint.map(|endpoint| endpoint::text(endpoint.0)), text);
}

fn allowed_ips(peer: &Peer, between: &str, text: &mut String) {
    for (at, ip) in peer.allowed_ips.iter().enumerate() {
        let before = if at == 0 { "" } else { between };
        let _ = write!(text, "{before}{}", allowed_ip(ip));
    }
    if peer.allowed_ips.is_empty() {
        text.push_str(NONE);
    }
}

fn handshake(peer: &Peer, text: &mut String) {
    let _ = write!(text, "{}", peer.last_handshake.unwrap_or_default().seconds);
}

fn transfer(peer: &Peer, text: &mut String) {
    let _ = write!(text, "{}\t{}", peer.received.unwrap_or_default(), peer.sent.unwrap_or_default());
}

fn keepalive(peer: &Peer, text: &mut String) {
    let _ = match peer.keepalive.unwrap_or_default() {
        0 => text.write_str("off"),
        seconds => write!(text, "{seconds}"),
    };
}

/// What a line of `dump` has, the key of a peer excepted.
const OF_DEVICE: [Print<Device>; 4] = [private_key, public_key, listen_port, fwmark];
const OF_PEER: [Print<Peer>; 6] =
    [preshared_key, where_it_is, |peer, text| allowed_ips(peer, ",", text), handshake, transfer, keepalive];

/// The lines of a device.
pub(crate) struct Lines {
    column: &'static Column,
    /// Whether its name stands before each.
    named: bool,
    /// The name as it stands there.
    name: String,
    pages: Pages,
}

impl Lines {
    /// What that parameter shows, with the device's name before each line where `named`. `None` where there is none.
    pub(crate) fn of(parameter: &str, named: bool) -> Option<Self> {
        let (_, column) = COLUMNS.iter().find(|(name, _)| *name == parameter)?;
        Some(Self { column, named, name: String::new(), pages: Pages::default() })
    }

    /// Prints them.
    pub(crate) fn print(self) -> Result<Exit> {
        self.pages.print()
    }
}

impl Reader for Lines {
    fn begin(&mut self, device: &Device) {
        self.pages.clear();
        if self.named {
            self.name = format!("{}\t", device.device.clone().unwrap_or_default());
        }
        let columns = match self.column {
            Column::Device(print) => std::slice::from_ref(print),
            Column::Peer(_) => return,
            Column::Dump => &OF_DEVICE,
        };
        self.pages.put(|text| line(text, &self.name, device, columns));
    }

    fn peer(&mut self, peer: &Peer) {
        let columns = match self.column {
            Column::Device(_) => return,
            Column::Peer(print) => std::slice::from_ref(print),
            Column::Dump => &OF_PEER,
        };
        self.pages.put(|text| {
            let _ = write!(text, "{}{}\t", self.name, peer.public_key.unwrap_or_default());
            let tab = text.len();
            line(text, "", peer, columns);
            // A line that is the key alone ends with it.
            if text.len() == tab + 1 {
                text.truncate(tab - 1);
                text.push('\n');
            }
        });
    }
}

/// Values with tabs between them.
fn line<T>(text: &mut String, name: &str, of: &T, prints: &[Print<T>]) {
    text.push_str(name);
    for (at, print) in prints.iter().enumerate() {
        text.push_str(if at == 0 { "" } else { "\t" });
        print(of, text);
    }
    text.push('\n');
}
