//! Names of ports and of protocols, as /etc/services and /etc/protocols have them.

use std::collections::HashMap;
use std::sync::OnceLock;

/// Which name a port has, and which port a name.
#[derive(Clone, Debug, Default)]
pub struct Services {
    ports: HashMap<String, Ports>,
    protocols: HashMap<u16, String>,
}

/// What one protocol's ports are called.
#[derive(Clone, Debug, Default)]
struct Ports {
    names: HashMap<u16, String>,
    numbers: HashMap<String, u16>,
}

impl Services {
    /// Those of this machine, read once. Without the files there are none.
    pub fn of_system() -> &'static Self {
        static SYSTEM: OnceLock<Services> = OnceLock::new();
        let read = |file| std::fs::read_to_string(file).unwrap_or_default();
        SYSTEM.get_or_init(|| Self::read(&read("/etc/services")).with_protocols(&read("/etc/protocols")))
    }

    /// Reads the form of services(5); of two names for a port the first counts.
    pub fn read(text: &str) -> Self {
        let mut services = Self::default();
        for line in text.lines() {
            let mut words = line.split('#').next().unwrap_or_default().split_whitespace();
            let (Some(name), Some(place)) = (words.next(), words.next()) else { continue };
            let Some((port, protocol)) = place.split_once('/') else { continue };
            let Ok(port) = port.parse::<u16>() else { continue };
            let ports = services.ports.entry(protocol.into()).or_default();
            ports.names.entry(port).or_insert_with(|| name.into());
            for name in std::iter::once(name).chain(words) {
                ports.numbers.entry(name.into()).or_insert(port);
            }
        }
        services
    }

    /// Adds names of protocols, from the form of protocols(5).
    #[must_use]
    pub fn with_protocols(mut self, text: &str) -> Self {
        for line in text.lines() {
            let mut words = line.split('#').next().unwrap_or_default().split_whitespace();
            if let (Some(name), Some(Ok(number))) = (words.next(), words.next().map(str::parse)) {
                self.protocols.entry(number).or_insert_with(|| name.into());
            }
        }
        self
    }

    /// The name of a protocol by its number (`IPPROTO_…`).
    pub fn protocol(&self, number: u16) -> Option<&str> {
        self.protocols.get(&number).map(String::as_str)
    }

    /// The name of a port; the protocol is `tcp`, `udp` …
    pub fn name(&self, port: u16, protocol: &str) -> Option<&str> {
        self.ports.get(protocol)?.names.get(&port).map(String::as_str)
    }

    /// The port of a name.
    pub fn port(&self, name: &str, protocol: &str) -> Option<u16> {
        self.ports.get(protocol)?.numbers.get(name).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_aliases_are_found_by_protocol() {
        let services =
            Services::read("ssh 22/tcp # remote\nhttp\t80/tcp www\nsyslog 514/udp\nshell 514/tcp cmd\n# x 1/tcp");
        assert_eq!((services.port("www", "tcp"), services.port("x", "tcp")), (Some(80), None));
        assert_eq!((services.name(514, "tcp"), services.name(514, "udp")), (Some("shell"), Some("syslog")));
        let services = services.with_protocols("ip\t0\tIP # remark\ngre\t47\tGRE\n# icmp 1");
        assert_eq!((services.protocol(47), services.protocol(1)), (Some("gre"), None));
    }
}
