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
    let device = tool::get(interface)
        .map_err(|why| Failure::said(Exit::Failed, format!("Unable to access interface: {why}")))?;
    match parameter {
        None if tool.json => json(|sink| sink.item(|sink| pretty::json(&device, sink))),
        None => output::bytes(pretty::text(device).as_bytes()),
        Some(parameter) => dump::print(&device, parameter, false)?.ok_or_else(|| invalid(tool, parameter)),
    }
}

/// Those that cannot be looked at are named; it is a failure if none can.
fn all(tool: &Tool, parameter: Option<&str>) -> Result<Exit> {
    refuse_json_with(tool, parameter)?;
    let names = tool::interfaces()?;
    let mut devices = Vec::new();
    for name in &names {
        match tool::get(name) {
            Ok(device) => devices.push(device),
            Err(why) => complain(format_args!("Unable to access interface {name}: {why}")),
        }
    }
    let exit = if devices.is_empty() && !names.is_empty() { Exit::Failed } else { Exit::Success };
    if tool.json {
        json(|sink| devices.iter().for_each(|device| sink.item(|sink| pretty::json(device, sink))))?;
        return Ok(exit);
    }
    for (at, device) in devices.into_iter().enumerate() {
        match parameter {
            Some(parameter) => dump::print(&device, parameter, true)?.ok_or_else(|| invalid(tool, parameter))?,
            None => {
                let between = if at == 0 { "" } else { "\n" };
                output::bytes(format!("{between}{}", *pretty::text(device)).as_bytes())?
            }
        };
    }
    Ok(exit)
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
