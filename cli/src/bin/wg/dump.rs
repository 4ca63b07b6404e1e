//! `wg show … PARAMETER`: for scripts, values separated by tabs.

use std::fmt::Write;

use nlink_wireguard::{Device, Peer};
use zeroize::Zeroizing;

use crate::endpoint;
use crate::show::{allowed_ip, secret};

/// What prints a line of one device, or of one peer.
enum Column {
    Device(fn(&Device) -> String),
    Peer(fn(&Peer) -> String),
    /// All of it.
    Dump,
}

const COLUMNS: [(&str, Column); 12] = [
    ("public-key", Column::Device(public_key)),
    ("private-key", Column::Device(private_key)),
    ("listen-port", Column::Device(listen_port)),
    ("fwmark", Column::Device(fwmark)),
    ("peers", Column::Peer(|_| String::new())),
    ("preshared-keys", Column::Peer(preshared_key)),
    ("endpoints", Column::Peer(where_it_is)),
    ("allowed-ips", Column::Peer(|peer| allowed_ips(peer, " "))),
    ("latest-handshakes", Column::Peer(handshake)),
    ("transfer", Column::Peer(transfer)),
    ("persistent-keepalive", Column::Peer(keepalive)),
    ("dump", Column::Dump),
];

const NONE: &str = "(none)";

fn public_key(device: &Device) -> String {
    device.public_key.map_or_else(|| NONE.into(), |key| key.to_string())
}

fn private_key(device: &Device) -> String {
    device.private_key.as_ref().map_or_else(|| NONE.into(), |key| key.reveal().to_string())
}

fn listen_port(device: &Device) -> String {
    device.listen_port.unwrap_or_default().to_string()
}

fn fwmark(device: &Device) -> String {
    match device.fwmark.unwrap_or_default() {
        0 => "off".into(),
        mark => format!("{mark:#x}"),
    }
}

fn preshared_key(peer: &Peer) -> String {
    secret(peer).map_or_else(|| NONE.into(), |key| key.reveal().to_string())
}

fn where_it_is(peer: &Peer) -> String {
    peer.endpoint.map_or_else(|| NONE.into(), |endpoint| endpoint::text(endpoint.0))
}

fn allowed_ips(peer: &Peer, between: &str) -> String {
    if peer.allowed_ips.is_empty() {
        return NONE.into();
    }
    peer.allowed_ips.iter().map(allowed_ip).collect::<Vec<_>>().join(between)
}

fn handshake(peer: &Peer) -> String {
    peer.last_handshake.unwrap_or_default().seconds.to_string()
}

fn transfer(peer: &Peer) -> String {
    format!("{}\t{}", peer.received.unwrap_or_default(), peer.sent.unwrap_or_default())
}

fn keepalive(peer: &Peer) -> String {
    match peer.keepalive.unwrap_or_default() {
        0 => "off".into(),
        seconds => seconds.to_string(),
    }
}

/// The lines of one device; with its name before each where `named`. `None` where there is no such parameter.
pub(crate) fn lines(device: &Device, parameter: &str, named: bool) -> Option<Zeroizing<String>> {
    let (_, column) = COLUMNS.iter().find(|(name, _)| *name == parameter)?;
    let name = match named {
        true => format!("{}\t", device.device.clone().unwrap_or_default()),
        false => String::new(),
    };
    let mut text = Zeroizing::new(String::new());
    match column {
        Column::Device(show) => {
            let _ = writeln!(text, "{name}{}", show(device));
        }
        Column::Peer(show) => {
            for peer in &device.peers {
                let key = peer.public_key.unwrap_or_default();
                let value = show(peer);
                let tab = if value.is_empty() { "" } else { "\t" };
                let _ = writeln!(text, "{name}{key}{tab}{value}");
            }
        }
        Column::Dump => {
            let values = [private_key, public_key, listen_port, fwmark].map(|show| show(device));
            let _ = writeln!(text, "{name}{}", values.join("\t"));
            for peer in &device.peers {
                let _ = write!(text, "{name}{}", peer.public_key.unwrap_or_default());
                let comma = |peer: &Peer| allowed_ips(peer, ",");
                let columns: [&dyn Fn(&Peer) -> String; 6] =
                    [&preshared_key, &where_it_is, &comma, &handshake, &transfer, &keepalive];
                for show in columns {
                    let _ = write!(text, "\t{}", show(peer));
                }
                text.push('\n');
            }
        }
    }
    Some(text)
}
