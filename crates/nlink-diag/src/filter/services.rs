//! Names of ports, as /etc/services has them.

use std::collections::HashMap;
use std::sync::OnceLock;

/// Which name a port has, and which port a name.
#[derive(Clone, Debug, Default)]
pub struct Services {
    protocols: HashMap<String, Protocol>,
}

/// What one protocol's ports are called.
#[derive(Clone, Debug, Default)]
struct Protocol {
    names: HashMap<u16, String>,
    ports: HashMap<String, u16>,
}

impl Services {
    /// Those of this machine, read once. Without the file there are none.
    pub fn of_system() -> &'static Self {
        static SYSTEM: OnceLock<Services> = OnceLock::new();
        SYSTEM
            .get_or_init(|| std::fs::read_to_string("/etc/services").map(|text| Self::read(&text)).unwrap_or_default())
    }

    /// Reads the form of services(5); of two names for a port the first counts.
    pub fn read(text: &str) -> Self {
        let mut services = Self::default();
        for line in text.lines() {
            let mut words = line.split('#').next().unwrap_or_default().split_whitespace();
            let (Some(name), Some(place)) = (words.next(), words.next()) else { continue };
            let Some((port, protocol)) = place.split_once('/') else { continue };
            let Ok(port) = port.parse::<u16>() else { continue };
            let protocol = services.protocols.entry(protocol.into()).or_default();
            protocol.names.entry(port).or_insert_with(|| name.into());
            for name in std::iter::once(name).chain(words) {
                protocol.ports.entry(name.into()).or_insert(port);
            }
        }
        services
    }

    /// The name of a port; the protocol is `tcp`, `udp` …
    pub fn name(&self, port: u16, protocol: &str) -> Option<&str> {
        self.protocols.get(protocol)?.names.get(&port).map(String::as_str)
    }

    /// The port of a name.
    pub fn port(&self, name: &str, protocol: &str) -> Option<u16> {
        self.protocols.get(protocol)?.ports.get(name).copied()
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
    }
}
