//! How much is shown, and names for numbers.

use std::net::IpAddr;

use nlink_core::show::Names;

use super::Cgroups;
use crate::Services;

/// How much of a socket is shown; the fields are the options of `ss`.
#[derive(Clone, Debug, Default)]
pub struct View {
    /// `-o`: timers, and what a connection agreed on.
    pub timers: bool,
    /// `-e`: user, inode, cookie, control group.
    pub details: bool,
    /// `-m`: memory.
    pub memory: bool,
    /// `-i`: the state of the connection.
    pub info: bool,
    /// `--tos`: type of service and class.
    pub tos: bool,
    /// `--cgroup`: the control group.
    pub cgroup: bool,
    /// `--inet-sockopt`: options.
    pub options: bool,
    /// `-b`: filters.
    pub filters: bool,
    /// `-O`: all in one line.
    pub oneline: bool,
    /// `-r`: names of hosts, where there are any.
    pub hosts: Option<fn(IpAddr) -> Option<String>>,
    /// Without `-n`: names of ports. `None` shows numbers only.
    pub services: Option<&'static Services>,
    /// Ports that the kernel chooses have no name: the first and the last of them.
    pub ephemeral: (u16, u16),
    /// Paths of control groups.
    pub cgroups: Cgroups,
    /// Names of interfaces.
    pub names: Names,
}

impl View {
    /// The text of an address: IPv6 in brackets.
    pub(super) fn address(&self, ip: IpAddr) -> String {
        match (self.hosts.and_then(|name_of| name_of(ip)), ip) {
            (Some(name), _) => name,
            (None, IpAddr::V4(ip)) => ip.to_string(),
            (None, IpAddr::V6(ip)) => format!("[{ip}]"),
        }
    }

    /// The text of a port.
    pub(super) fn port(&self, port: u16, protocol: &str) -> String {
        let (first, last) = self.ephemeral;
        let named = self.services.filter(|_| !(first..=last).contains(&port) || port == 0);
        match named.and_then(|services| services.name(port, protocol)) {
            _ if port == 0 => "*".into(),
            Some(name) => name.into(),
            None => port.to_string(),
        }
    }

    /// What begins a further line.
    pub(super) fn line(&self, oneline: &'static str) -> &'static str {
        if self.oneline { oneline } else { "\n\t" }
    }
}
