//! `wg showconf`: a device as a configuration file, secrets included.

use std::fmt::Write;

use nlink_cli::{Exit, Failure, Result, output};
use nlink_wireguard::{Device, Peer};
use zeroize::Zeroizing;

use crate::endpoint;
use crate::show::{allowed_ip, secret};
use crate::tool::{self, Tool};

pub(crate) fn showconf(tool: &Tool, words: &[&str]) -> Result<Exit> {
    let [interface] = words else { return Err(tool.misused("showconf", "<interface>")) };
    let device = tool::get(interface)
        .map_err(|why| Failure::said(Exit::Failed, format!("Unable to access interface: {why}")))?;
    output::bytes(conf(&device).as_bytes())
}

/// The lines that have a value.
fn put(text: &mut String, name: &str, value: Option<impl std::fmt::Display>) {
    if let Some(value) = value {
        let _ = writeln!(text, "{name} = {value}");
    }
}

fn conf(device: &Device) -> Zeroizing<String> {
    let mut text = Zeroizing::new(String::from("[Interface]\n"));
    put(&mut text, "ListenPort", device.listen_port.filter(|port| *port != 0));
    put(&mut text, "FwMark", device.fwmark.filter(|mark| *mark != 0).map(|mark| format!("{mark:#x}")));
    put(&mut text, "PrivateKey", device.private_key.as_ref().map(|key| key.reveal()).as_deref());
    text.push('\n');
    for (at, peer) in device.peers.iter().enumerate() {
        if at > 0 {
            text.push('\n');
        }
        put_peer(&mut text, peer);
    }
    text
}

fn put_peer(text: &mut String, peer: &Peer) {
    text.push_str("[Peer]\n");
    put(text, "PublicKey", peer.public_key);
    put(text, "PresharedKey", secret(peer).map(|key| key.reveal()).as_deref());
    let allowed: Vec<String> = peer.allowed_ips.iter().map(|ip| allowed_ip(ip).to_string()).collect();
    put(text, "AllowedIPs", Some(allowed.join(", ")).filter(|_| !allowed.is_empty()));
    put(text, "Endpoint", peer.endpoint.map(|endpoint| endpoint::text(endpoint.0)));
    put(text, "PersistentKeepalive", peer.keepalive.filter(|seconds| *seconds != 0));
}
