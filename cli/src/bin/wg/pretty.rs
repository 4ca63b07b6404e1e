//! `wg show` for people, and the same as JSON. Secret keys are hidden unless `WG_HIDE_KEYS` is `never`.

use std::fmt::Write;
use std::time::{SystemTime, UNIX_EPOCH};

use nlink_cli::{Exit, Result};
use nlink_core::show::Sink;
use nlink_wireguard::{Device, Peer, Timestamp};
use zeroize::Zeroizing;

use crate::endpoint;
use crate::pages::{Pages, Place};
use crate::show::{allowed_ip, secret};
use crate::terminal::{Look, Terminal};
use crate::tool::Reader;

fn hidden(reveal: impl FnOnce() -> Zeroizing<String>) -> Zeroizing<String> {
    match std::env::var("WG_HIDE_KEYS").as_deref() {
        Ok("never") => reveal(),
        _ => Zeroizing::new("(hidden)".into()),
    }
}

/// A device for people.
pub(crate) struct Text {
    terminal: Terminal,
    pages: Pages,
    device: Option<Place>,
    /// Its peers, and when they were heard of.
    peers: Vec<((i64, i64), Place)>,
}

impl Text {
    pub(crate) fn new() -> Self {
        Self { terminal: Terminal::new(), pages: Pages::default(), device: None, peers: Vec::new() }
    }

    /// Prints it. Peers that were heard of last come first.
    pub(crate) fn print(mut self) -> Result<Exit> {
        self.peers.sort_by_key(|(heard, _)| std::cmp::Reverse(*heard));
        let peers = self.peers.iter().map(|(_, place)| *place);
        let mut printed = Pages::default();
        self.device.into_iter().chain(peers).try_fold(Exit::Success, |_, place| {
            printed.put(|text| text.push_str(self.pages.at(place)));
            printed.print_full()
        })?;
        printed.print()
    }
}

impl Reader for Text {
    fn begin(&mut self, device: &Device) {
        self.pages.clear();
        self.peers.clear();
        self.device = Some(self.pages.put(|text| put_device(text, self.terminal, device)));
    }

    fn peer(&mut self, peer: &Peer) {
        let Timestamp { seconds, nanoseconds } = peer.last_handshake.unwrap_or_default();
        let place = self.pages.put(|text| {
            text.push('\n');
            put_peer(text, self.terminal, peer);
        });
        self.peers.push(((seconds, nanoseconds), place));
    }
}

fn put_device(text: &mut String, terminal: Terminal, device: &Device) {
    text.push_str(terminal.reset());
    let name = device.device.clone().unwrap_or_default().to_string();
    let (title, name) = (terminal.paint_bold(Look::Interface, "interface"), terminal.paint(Look::Interface, &name));
    let _ = writeln!(text, "{title}: {name}");
    let mut line = |what: &str, value: &str| {
        let _ = writeln!(text, "  {}: {value}", terminal.paint(Look::Bold, what));
    };
    if let Some(key) = device.public_key {
        line("public key", &key.to_string());
    }
    if let Some(key) = &device.private_key {
        line("private key", &hidden(|| key.reveal()));
    }
    if let Some(port) = device.listen_port.filter(|port| *port != 0) {
        line("listening port", &port.to_string());
    }
    if let Some(mark) = device.fwmark.filter(|mark| *mark != 0) {
        line("fwmark", &format!("{mark:#x}"));
    }
}

fn put_peer(text: &mut String, terminal: Terminal, peer: &Peer) {
    let key = peer.public_key.unwrap_or_default().to_string();
    let (title, key) = (terminal.paint_bold(Look::Peer, "peer"), terminal.paint(Look::Peer, &key));
    let _ = writeln!(text, "{title}: {key}");
    let mut line = |what: &str, value: &str| {
        let _ = writeln!(text, "  {}: {value}", terminal.paint(Look::Bold, what));
    };
    if let Some(key) = secret(peer) {
        line("preshared key", &hidden(|| key.reveal()));
    }
    if let Some(endpoint) = peer.endpoint {
        line("endpoint", &endpoint::text(endpoint.0));
    }
    let slash = terminal.paint(Look::Unit, "/");
    let allowed: Vec<String> =
        peer.allowed_ips.iter().map(|ip| allowed_ip(ip).to_string().replace('/', &slash)).collect();
    line("allowed ips", if allowed.is_empty() { "(none)".into() } else { allowed.join(", ") }.as_str());
    let handshake = peer.last_handshake.unwrap_or_default().seconds;
    if handshake != 0 {
        line("latest handshake", &ago(handshake, now(), terminal));
    }
    let (received, sent) = (peer.received.unwrap_or_default(), peer.sent.unwrap_or_default());
    if received != 0 || sent != 0 {
        line("transfer", &format!("{} received, {} sent", bytes(received, terminal), bytes(sent, terminal)));
    }
    if let Some(seconds) = peer.keepalive.filter(|seconds| *seconds != 0) {
        line("persistent keepalive", &format!("every {}", duration(seconds.into(), terminal)));
    }
}

fn now() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_secs()).unwrap_or(i64::MAX)
}

fn ago(then: i64, now: i64, terminal: Terminal) -> String {
    match u64::try_from(now.saturating_sub(then)) {
        Ok(0) => "Now".into(),
        Ok(seconds) => format!("{} ago", duration(seconds, terminal)),
        Err(_) => {
            let alarm = "System clock wound backward; connection problems may ensue.";
            format!("({})", terminal.paint(Look::Alarm, alarm))
        }
    }
}

/// `1 day, 2 hours, 3 seconds`.
fn duration(mut seconds: u64, terminal: Terminal) -> String {
    let units = [("year", 365 * 24 * 3600), ("day", 24 * 3600), ("hour", 3600), ("minute", 60), ("second", 1)];
    let mut parts = Vec::new();
    for (unit, length) in units {
        let count = seconds / length;
        seconds %= length;
        if count != 0 {
            let plural = if count == 1 { "" } else { "s" };
            parts.push(format!("{count} {}", terminal.paint(Look::Unit, &format!("{unit}{plural}"))));
        }
    }
    parts.join(", ")
}

#[allow(clippy::cast_precision_loss)] // two digits are printed
fn bytes(count: u64, terminal: Terminal) -> String {
    let units = [("TiB", 40), ("GiB", 30), ("MiB", 20), ("KiB", 10)];
    match units.into_iter().find(|(_, bits)| count >> bits != 0) {
        Some((unit, bits)) => {
            format!("{:.2} {}", count as f64 / (1u64 << bits) as f64, terminal.paint(Look::Unit, unit))
        }
        None => format!("{count} {}", terminal.paint(Look::Unit, "B")),
    }
}

/// All that the text has and what it leaves out, in the kernel's order.
pub(crate) fn json(device: &Device, sink: &mut Sink<'_>) {
    let none = format_args!("");
    sink.put("interface", device.device.clone().unwrap_or_default().to_string(), none);
    if let Some(key) = device.public_key {
        sink.put("publicKey", key.to_string(), none);
    }
    if let Some(key) = &device.private_key {
        sink.put("privateKey", hidden(|| key.reveal()).as_str(), none);
    }
    sink.put("listenPort", u32::from(device.listen_port.unwrap_or_default()), none);
    sink.put("fwmark", device.fwmark.unwrap_or_default(), none);
    sink.array("peers", |sink| device.peers.iter().for_each(|peer| sink.item(|sink| json_peer(peer, sink))));
}

fn json_peer(peer: &Peer, sink: &mut Sink<'_>) {
    let none = format_args!("");
    sink.put("publicKey", peer.public_key.unwrap_or_default().to_string(), none);
    if let Some(key) = secret(peer) {
        sink.put("presharedKey", hidden(|| key.reveal()).as_str(), none);
    }
    if let Some(endpoint) = peer.endpoint {
        sink.put("endpoint", endpoint::text(endpoint.0), none);
    }
    sink.array("allowedIps", |sink| {
        peer.allowed_ips.iter().for_each(|ip| sink.element(allowed_ip(ip).to_string(), none));
    });
    sink.put("latestHandshake", peer.last_handshake.unwrap_or_default().seconds, none);
    sink.put("transferRx", peer.received.unwrap_or_default(), none);
    sink.put("transferTx", peer.sent.unwrap_or_default(), none);
    sink.put("persistentKeepalive", u32::from(peer.keepalive.unwrap_or_default()), none);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain() -> Terminal {
        // Tests have no terminal, and no WG_COLOR_MODE.
        Terminal::new()
    }

    #[test]
    fn times_and_sizes_read_as_in_wireguard_tools() {
        let durations = [1, 61, 3600, 90_061, 366 * 24 * 3600].map(|seconds| duration(seconds, plain()));
        assert_eq!(
            durations,
            ["1 second", "1 minute, 1 second", "1 hour", "1 day, 1 hour, 1 minute, 1 second", "1 year, 1 day"]
        );
        let sizes = [1, 1023, 1024, 1_572_864, 5 << 30, 1 << 50].map(|count| bytes(count, plain()));
        assert_eq!(sizes, ["1 B", "1023 B", "1.00 KiB", "1.50 MiB", "5.00 GiB", "1024.00 TiB"]);
        assert_eq!([ago(5, 5, plain()), ago(5, 7, plain())], ["Now", "2 seconds ago"]);
        assert!(ago(7, 5, plain()).contains("wound backward"));
    }
}
