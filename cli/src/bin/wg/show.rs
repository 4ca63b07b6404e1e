//! `wg show`: for people, for scripts, and with `-j` as JSON.

use std::fmt;

use nlink_cli::failure::complain;
use nlink_cli::{Exit, Failure, Result, output};
use nlink_core::show::{Format, Options, Sink};
use nlink_wireguard::{AllowedIp, Peer, PresharedKey};

use crate::tool::{self, Tool};
use crate::{dump, endpoint, pretty};

const SYNOPSIS: &str = "{ <interface> | all | interfaces } [public-key | private-key | listen-port | fwmark | peers | \
                        preshared-keys | endpoints | allowed-ips | latest-handshakes | transfer | \
                        persistent-keepalive | dump]";

pub(crate) fn show(tool: &Tool, words: &[&str]) -> Result<Exit> {
    match words {
        ["-h" | "--help" | "help"] => {
            complain(tool.usage("show", SYNOPSIS));
            Ok(Exit::Success)
        }
        ["interfaces"] => interfaces(tool),
        ["interfaces", ..] => Err(tool.misused("show", SYNOPSIS)),
        [] | ["all"] => all(tool, None),
        ["all", parameter] => all(tool, Some(parameter)),
        [interface] => one(tool, interface, None),
        [interface, parameter] => one(tool, interface, Some(parameter)),
        _ => Err(tool.misused("show", SYNOPSIS)),
    }
}

fn interfaces(tool: &Tool) -> Result<Exit> {
    let names = tool::interfaces()?;
    if tool.json {
        return json(|sink| names.iter().for_each(|name| sink.element(name.as_str(), format_args!(""))));
    }
    match names.is_empty() {
        true => Ok(Exit::Success),
        false => output::lines([names.join(" ")]),
    }
}

fn one(tool: &Tool, interface: &str, parameter: Option<&str>) -> Result<Exit> {
    refuse_json_with(tool, parameter)?;
    let refused = |why| Failure::said(Exit::Failed, format!("Unable to access interface: {why}"));
    if tool.json {
        let device = tool::get(interface).map_err(refused)?;
        return json(|sink| sink.item(|sink| pretty::json(&device, sink)));
    }
    Shown::read(interface, parameter, false).map_err(refused)?.print(tool, parameter)
}

/// Those that cannot be looked at are named; it is a failure if none can.
fn all(tool: &Tool, parameter: Option<&str>) -> Result<Exit> {
    refuse_json_with(tool, parameter)?;
    let names = tool::interfaces()?;
    let complained = |name, why| complain(format_args!("Unable to access interface {name}: {why}"));
    let mut shown = 0;
    if tool.json {
        let devices = names.iter().filter_map(|name| tool::get(name).map_err(|why| complained(name, why)).ok());
        json(|sink| {
            for device in devices {
                shown += 1;
                sink.item(|sink| pretty::json(&device, sink));
            }
        })?;
    } else {
        for name in &names {
            match Shown::read(name, parameter, true) {
                Ok(device) => {
                    if shown > 0 && parameter.is_none() {
                        output::bytes(b"\n")?;
                    }
                    device.print(tool, parameter)?;
                    shown += 1;
                }
                Err(why) => complained(name, why),
            }
        }
    }
    Ok(if shown == 0 && !names.is_empty() { Exit::Failed } else { Exit::Success })
}

/// What is shown of a device.
enum Shown {
    Text(pretty::Text),
    Lines(dump::Lines),
    /// There is no such parameter.
    Nothing,
}

impl Shown {
    fn read(interface: &str, parameter: Option<&str>, named: bool) -> Result<Self, String> {
        match parameter.map(|parameter| dump::Lines::of(parameter, named)) {
            None => {
                let mut text = pretty::Text::new();
                tool::read(interface, &mut text).map(|()| Self::Text(text))
            }
            Some(Some(mut lines)) => tool::read(interface, &mut lines).map(|()| Self::Lines(lines)),
            Some(None) => tool::get(interface).map(|_| Self::Nothing),
        }
    }

    fn print(self, tool: &Tool, parameter: Option<&str>) -> Result<Exit> {
        match self {
            Self::Text(text) => text.print(),
            Self::Lines(lines) => lines.print(),
            Self::Nothing => Err(invalid(tool, parameter.unwrap_or_default())),
        }
    }
}

fn invalid(tool: &Tool, parameter: &str) -> Failure {
    let usage = tool.usage("show", SYNOPSIS);
    Failure::said(Exit::Failed, format!("Invalid parameter: `{parameter}'\n{usage}"))
}

/// Whatever a parameter shows is in the JSON of the whole interface.
fn refuse_json_with(tool: &Tool, parameter: Option<&str>) -> Result<()> {
    match parameter {
        Some(parameter) if tool.json => {
            Err(Failure::said(Exit::Failed, format!("`-j' shows whole interfaces, not `{parameter}' alone")))
        }
        _ => Ok(()),
    }
}

fn json(within: impl FnOnce(&mut Sink<'_>)) -> Result<Exit> {
    let options = Options::default();
    let mut sink = Sink::new(Format::Json, &options);
    sink.list(within);
    output::lines([sink.finish()])
}

/// `10.0.0.0/8`, as the C library writes it.
pub(crate) fn allowed_ip(ip: &AllowedIp) -> impl fmt::Display {
    fmt::from_fn(move |f| match ip.address {
        Some(std::net::IpAddr::V6(address)) => {
            write!(f, "{}/{}", endpoint::ipv6(address), ip.prefix_length.unwrap_or_default())
        }
        _ => write!(f, "{ip}"),
    })
}

/// The key shared with a peer, where there is one.
pub(crate) fn secret(peer: &Peer) -> Option<&PresharedKey> {
    peer.preshared_key.as_ref().filter(|key| !key.is_none())
}
