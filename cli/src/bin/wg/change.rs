//! `wg set`, `setconf`, `addconf`, `syncconf`: what changes a device.

use std::collections::BTreeMap;

use nlink_cli::failure::reason;
use nlink_cli::{Exit, Failure, Result};
use nlink_wireguard::{Device, DeviceFlags, DeviceRef, Peer, PeerFlags, PublicKey};

use crate::tool::{self, Tool};
use crate::{conf, endpoint, ports, values};

const SET: &str = "<interface> [listen-port <port>] [fwmark <mark>] [private-key <file path>] [peer <base64 public key> \
                   [remove] [preshared-key <file path>] [endpoint <ip>:<port>] [persistent-keepalive <interval seconds>] \
                   [allowed-ips [+|-]<ip1>/<cidr1>[,[+|-]<ip2>/<cidr2>]...] ]...";
const CONF: &str = "<interface> <configuration filename>";

fn failed(message: impl Into<String>) -> Failure {
    Failure::said(Exit::Failed, message)
}

pub(crate) fn set(tool: &Tool, words: &[&str]) -> Result<Exit> {
    let [interface, words @ ..] = words else { return Err(tool.misused("set", SET)) };
    if words.is_empty() {
        return Err(tool.misused("set", SET));
    }
    let device = read(words).map_err(failed)?;
    tool::set(Device { device: Some(DeviceRef::from(*interface)), ..device })
}

fn read(mut words: &[&str]) -> Result<Device, String> {
    let mut device = Device::default();
    while let [word, rest @ ..] = words {
        let peer = device.peers.last_mut();
        let taken = match (*word, rest, peer) {
            ("listen-port", [value, ..], None) => {
                device.listen_port = Some(ports::port(value)?);
                2
            }
            ("fwmark", [value, ..], None) => {
                device.fwmark = Some(values::fwmark(value)?);
                2
            }
            ("private-key", [path, ..], None) => {
                device.private_key = Some(values::key_file(path)?);
                2
            }
            ("peer", [key, ..], _) => {
                device.peers.push(Peer::new(values::public_key(key)?));
                2
            }
            ("remove", _, Some(peer)) => {
                peer.flags = Some(peer.flags.unwrap_or_default() | PeerFlags::REMOVE_ME);
                1
            }
            ("endpoint", [value, ..], Some(peer)) => {
                peer.endpoint = Some(endpoint::parse(value)?.into());
                2
            }
            ("allowed-ips", [value, ..], Some(peer)) => {
                let value: String = value.split_ascii_whitespace().collect();
                values::allowed_ips(peer, &value)?;
                2
            }
            ("persistent-keepalive", [value, ..], Some(peer)) => {
                peer.keepalive = Some(values::keepalive(value)?);
                2
            }
            ("preshared-key", [path, ..], Some(peer)) => {
                peer.preshared_key = Some(values::key_file(path)?);
                2
            }
            _ => return Err(format!("Invalid argument: {word}")),
        };
        words = words.get(taken..).unwrap_or_default();
    }
    Ok(device)
}

/// The file's configuration for the interface, both named by the words.
fn from_file(tool: &Tool, command: &str, words: &[&str]) -> Result<(String, Device)> {
    let [interface, path] = words else { return Err(tool.misused(command, CONF)) };
    let text = std::fs::read(path).map(zeroize::Zeroizing::new);
    let text = text.map_err(|error| failed(format!("fopen: {}", reason(&error))))?;
    let device = match std::str::from_utf8(&text) {
        Ok(text) => conf::read(text),
        Err(_) => conf::read(&String::from_utf8_lossy(&text)),
    };
    let device = device.map_err(failed)?;
    Ok(((*interface).to_owned(), Device { device: Some(DeviceRef::from(*interface)), ..device }))
}

/// What a file does not say is taken away.
fn whole(device: Device) -> Device {
    Device {
        flags: Some(DeviceFlags::REPLACE_PEERS),
        private_key: Some(device.private_key.unwrap_or_default()),
        fwmark: Some(device.fwmark.unwrap_or_default()),
        listen_port: Some(device.listen_port.unwrap_or_default()),
        ..device
    }
}

pub(crate) fn setconf(tool: &Tool, words: &[&str]) -> Result<Exit> {
    let (_, device) = from_file(tool, "setconf", words)?;
    tool::set(whole(device))
}

pub(crate) fn addconf(tool: &Tool, words: &[&str]) -> Result<Exit> {
    let (_, device) = from_file(tool, "addconf", words)?;
    tool::set(device)
}

pub(crate) fn syncconf(tool: &Tool, words: &[&str]) -> Result<Exit> {
    let (interface, device) = from_file(tool, "syncconf", words)?;
    let mut device = whole(device);
    if !device.peers.is_empty() {
        let now = tool::get(&interface)
            .map_err(|why| failed(format!("Unable to retrieve current interface configuration: {why}")))?;
        sync(&mut device, &now);
    }
    tool::set(device)
}

/// Removes the peers that the file does not have, so that those it has go on undisturbed; what the file does not say of
/// them is taken away.
fn sync(wanted: &mut Device, now: &Device) {
    if now.peers.is_empty() {
        return;
    }
    wanted.flags = None;
    let now_by_key: BTreeMap<PublicKey, &Peer> =
        now.peers.iter().filter_map(|peer| Some((peer.public_key?, peer))).collect();
    for peer in &mut wanted.peers {
        let Some(existing) = peer.public_key.and_then(|key| now_by_key.get(&key)) else { continue };
        if existing.preshared_key.as_ref().is_some_and(|key| !key.is_none()) {
            peer.preshared_key.get_or_insert_default();
        }
        if existing.keepalive.unwrap_or_default() != 0 {
            peer.keepalive.get_or_insert_default();
        }
    }
    let gone = now_by_key.keys().filter(|key| wanted.peer(key).is_none());
    let mut peers: Vec<Peer> = gone.copied().map(Peer::removed).collect();
    peers.append(&mut wanted.peers);
    wanted.peers = peers;
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: &str = "xTIBA5rboUvnH4htodjb6e697QjLERt1NAB4mZqp8Dg=";

    #[test]
    fn what_belongs_to_a_peer_follows_it() {
        let device = read(&["listen-port", "1", "peer", KEY, "persistent-keepalive", "25", "remove"]).unwrap();
        assert_eq!((device.listen_port, device.peers.len()), (Some(1), 1));
        assert_eq!(device.peers[0].flags, Some(PeerFlags::REMOVE_ME));
        for words in [&["peer", KEY, "listen-port", "1"][..], &["remove"], &["endpoint", "x"], &["fwmark"]] {
            let at = words.iter().rev().nth(usize::from(words.len() > 1)).unwrap();
            let error = read(words).unwrap_err();
            assert!(error == format!("Invalid argument: {at}") || error == format!("Invalid argument: {}", words[0]));
        }
    }
}
