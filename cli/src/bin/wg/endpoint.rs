//! Endpoints: read, with names looked up as patiently as wireguard-tools does; and printed.

use std::fmt;
use std::net::{Ipv6Addr, SocketAddr, ToSocketAddrs};
use std::thread;
use std::time::Duration;

use nlink_cli::failure::complain;

use crate::{ports, tool};

/// `HOST:PORT`, `[IPV6]:PORT`.
pub(crate) fn parse(text: &str) -> Result<SocketAddr, String> {
    let (host, port) = split(text)?;
    let port = ports::port(port).map_err(|error| error.replace(&format!("`{port}'"), &format!("`{text}'")))?;
    look_up(host, port, text)
}

fn split(text: &str) -> Result<(&str, &str), String> {
    if text.is_empty() {
        return Err("Unable to parse empty endpoint".into());
    }
    let no_port = || format!("Unable to find port of endpoint: `{text}'");
    let (host, port) = match text.strip_prefix('[') {
        Some(bracketed) => {
            let (host, behind) = bracketed
                .split_once(']')
                .ok_or_else(|| format!("Unable to find matching brace of endpoint: `{text}'"))?;
            (host, behind.strip_prefix(':').ok_or_else(no_port)?)
        }
        None => text.rsplit_once(':').ok_or_else(no_port)?,
    };
    if port.is_empty() { Err(no_port()) } else { Ok((host, port)) }
}

/// How often a lookup that may yet succeed is tried again; `None` is for ever.
fn retries() -> Result<Option<u32>, String> {
    match std::env::var("WG_ENDPOINT_RESOLUTION_RETRIES") {
        Err(_) => Ok(Some(15)),
        Ok(text) if text == "infinity" => Ok(None),
        Ok(text) => match text.parse() {
            Ok(number) => Ok(Some(number)),
            Err(_) => Err(format!("Unable to parse WG_ENDPOINT_RESOLUTION_RETRIES: `{text}'")),
        },
    }
}

fn look_up(host: &str, port: u16, text: &str) -> Result<SocketAddr, String> {
    let mut left = retries()?;
    let mut pause = Duration::from_secs(1);
    loop {
        let why = match (host, port).to_socket_addrs().map(|mut found| found.next()) {
            Ok(Some(address)) => return Ok(address),
            Ok(None) => "No address associated with hostname".into(),
            Err(error) => {
                let words = error.to_string();
                words.rsplit_once("address information: ").map_or(words.clone(), |(_, why)| why.to_owned())
            }
        };
        if why != "Temporary failure in name resolution" || left == Some(0) {
            return Err(format!("{why}: `{text}'"));
        }
        left = left.map(|left| left - 1);
        complain(format_args!("{why}: `{text}'. Trying again in {:.2} seconds...", pause.as_secs_f64()));
        thread::sleep(pause);
        pause = (pause * 6 / 5).min(Duration::from_secs(20));
    }
}

/// As the C library writes it: with the name of the interface where the address is link-local.
pub(crate) fn text(address: SocketAddr) -> String {
    match address {
        SocketAddr::V4(address) => address.to_string(),
        SocketAddr::V6(address) => {
            let scope = match address.scope_id() {
                0 => String::new(),
                index => format!("%{}", tool::interface_name(index).unwrap_or_else(|| index.to_string())),
            };
            format!("[{}{scope}]:{}", ipv6(*address.ip()), address.port())
        }
    }
}

/// The C library writes addresses with an IPv4 one inside in its form, Rust's only mapped ones.
pub(crate) fn ipv6(address: Ipv6Addr) -> impl fmt::Display {
    fmt::from_fn(move |f| match address.segments() {
        [0, 0, 0, 0, 0, 0, high, _] if high != 0 => {
            let [.., a, b, c, d] = address.octets();
            write!(f, "::{a}.{b}.{c}.{d}")
        }
        _ => write!(f, "{address}"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_endpoint_has_a_host_and_a_port() {
        assert_eq!(parse("192.0.2.1:4500"), Ok("192.0.2.1:4500".parse().unwrap()));
        assert_eq!(parse("[2001:db8::1]:4500"), Ok("[2001:db8::1]:4500".parse().unwrap()));
        let refused = [
            ("", "Unable to parse empty endpoint"),
            ("foo", "Unable to find port of endpoint: `foo'"),
            ("foo:", "Unable to find port of endpoint: `foo:'"),
            ("[::1", "Unable to find matching brace of endpoint: `[::1'"),
            ("[::1]", "Unable to find port of endpoint: `[::1]'"),
            ("[::1]:", "Unable to find port of endpoint: `[::1]:'"),
            ("192.0.2.1:no-port", "Servname not supported for ai_socktype: `192.0.2.1:no-port'"),
        ];
        for (text, error) in refused {
            assert_eq!(parse(text), Err(error.to_owned()));
        }
    }

    #[test]
    fn addresses_are_written_as_the_c_library_does() {
        let written =
            ["::1", "::102:304", "::ffff:1.2.3.4", "2001:db8::1"].map(|text| ipv6(text.parse().unwrap()).to_string());
        assert_eq!(written, ["::1", "::1.2.3.4", "::ffff:1.2.3.4", "2001:db8::1"]);
    }
}
