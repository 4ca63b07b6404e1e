//! Values of `wg set` and of configuration files: marks, keys, intervals, allowed IPs. What is none is refused in
//! wireguard-tools' words.

use std::fs::File;
use std::io::Read;
use std::net::IpAddr;

use ipnet::IpNet;
use nlink_cli::failure::{complain, reason};
use nlink_wireguard::{AllowedIp, Peer, PeerFlags};
use zeroize::Zeroizing;

/// Characters of a key in text.
const KEY: usize = 44;

fn digits(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_digit())
}

/// A mark: a number, also hexadecimal, or `off`.
pub(crate) fn fwmark(text: &str) -> Result<u32, String> {
    if text.eq_ignore_ascii_case("off") {
        return Ok(0);
    }
    let number = match text.strip_prefix("0x") {
        Some(digits) if !digits.is_empty() && !digits.starts_with('+') => u32::from_str_radix(digits, 16).ok(),
        _ if digits(text) => text.parse().ok(),
        _ => None,
    };
    number.ok_or_else(|| format!("Fwmark is neither 0/off nor 0-0xffffffff: `{text}'"))
}

/// Seconds between signs of life, or `off`.
pub(crate) fn keepalive(text: &str) -> Result<u16, String> {
    if text.eq_ignore_ascii_case("off") {
        return Ok(0);
    }
    let number = if digits(text) { text.parse().ok() } else { None };
    number.ok_or_else(|| format!("Persistent keepalive interval is neither 0/off nor 1-65535: `{text}'"))
}

/// A public key. One that is none is repeated to the user, who typed it; a secret one never is.
pub(crate) fn public_key<K: std::str::FromStr>(text: &str) -> Result<K, String> {
    text.parse().map_err(|_| format!("Key is not the correct length or format: `{text}'"))
}

/// A secret key.
pub(crate) fn secret_key<K: std::str::FromStr>(text: &str) -> Result<K, String> {
    text.parse().map_err(|_| "Key is not the correct length or format".into())
}

/// The secret key in a file; an empty file, such as /dev/null, has none.
pub(crate) fn key_file<K: std::str::FromStr + Default>(path: &str) -> Result<K, String> {
    let mut text = Zeroizing::new(Vec::with_capacity(2 * KEY));
    let file = File::open(path).map_err(|error| format!("fopen: {}", reason(&error)))?;
    // Far more than a key: what is too long need not be read to its end.
    file.take(1 << 16).read_to_end(&mut text).map_err(|error| format!("fread: {}", reason(&error)))?;
    if text.is_empty() {
        return Ok(K::default());
    }
    let (key, behind) = text.split_at_checked(KEY).ok_or("Invalid length key in key file")?;
    if behind.iter().any(|byte| !byte.is_ascii_whitespace() && *byte != 0x0b) {
        return Err("Found trailing character in key file".into());
    }
    std::str::from_utf8(key)
        .ok()
        .and_then(|key| key.parse().ok())
        .ok_or_else(|| "Key is not the correct length or format".into())
}

/// Allowed IPs, separated by commas, without spaces. They replace those that the peer has, unless one begins with `+`
/// or `-`: then each is added, or with `-` taken away.
pub(crate) fn allowed_ips(peer: &mut Peer, text: &str) -> Result<(), String> {
    let mut flags = peer.flags.unwrap_or_default() | PeerFlags::REPLACE_ALLOWED_IPS;
    // A device may have very many peers, and most have a prefix or two.
    peer.allowed_ips.reserve_exact(text.split(',').count());
    for entry in text.split(',').filter(|_| !text.is_empty()) {
        let (removed, net) = match (entry.strip_prefix('-'), entry.strip_prefix('+')) {
            (Some(net), _) => (true, net),
            (_, Some(net)) => (false, net),
            (None, None) => (false, entry),
        };
        if net.len() < entry.len() {
            flags.remove(PeerFlags::REPLACE_ALLOWED_IPS);
        }
        let net = prefix(net)?;
        peer.allowed_ips.push(if removed { AllowedIp::removed(net) } else { net.into() });
    }
    peer.flags = Some(flags);
    Ok(())
}

fn prefix(text: &str) -> Result<IpNet, String> {
    let (address, length) = match text.split_once('/') {
        Some((address, length)) => (address, Some(length)),
        None => (text, None),
    };
    let ip: IpAddr = address.parse().map_err(|_| format!("Unable to parse IP address: `{address}'"))?;
    let wrong = || format!("AllowedIP is not in the correct format: `{text}'");
    let length = match length {
        None if ip.is_ipv4() => 32,
        None => 128,
        Some(length) if digits(length) => length.parse().map_err(|_| wrong())?,
        Some(_) => return Err(wrong()),
    };
    let net = IpNet::new(ip, length).map_err(|_| wrong())?;
    if net.trunc() != net {
        complain(format_args!("Warning: AllowedIP has nonzero host part: {address}/{length}"));
    }
    Ok(net)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_and_intervals_are_numbers_or_off() {
        assert_eq!(
            ["0", "off", "OFF", "42", "0x2a", "4294967295"].map(fwmark),
            [Ok(0), Ok(0), Ok(0), Ok(42), Ok(42), Ok(u32::MAX)]
        );
        for text in ["", "-1", "+1", "zz", "0x", "0x+1", "4294967296", "1 "] {
            assert_eq!(fwmark(text), Err(format!("Fwmark is neither 0/off nor 0-0xffffffff: `{text}'")));
        }
        assert_eq!(["0", "off", "25", "65535"].map(keepalive), [Ok(0), Ok(0), Ok(25), Ok(65535)]);
        assert!(["", "65536", "x", "0x19"].into_iter().all(|text| keepalive(text).is_err()));
    }

    #[test]
    fn allowed_ips_replace_unless_they_are_added_or_taken_away() {
        let parse = |text: &str| {
            let mut peer = Peer::default();
            allowed_ips(&mut peer, text).map(|()| (peer.flags.unwrap(), peer.allowed_ips))
        };
        let net = |text: &str| text.parse::<IpNet>().unwrap();
        let replace = PeerFlags::REPLACE_ALLOWED_IPS;
        assert_eq!(parse(""), Ok((replace, vec![])));
        assert_eq!(
            parse("10.0.0.1,fd00::/64"),
            Ok((replace, vec![net("10.0.0.1/32").into(), net("fd00::/64").into()]))
        );
        let changed = vec![net("10.0.0.0/8").into(), AllowedIp::removed(net("fd00::/64"))];
        assert_eq!(parse("+10.0.0.0/8,-fd00::/64"), Ok((PeerFlags::default(), changed)));
        let refused = [
            ("10.0.0", "Unable to parse IP address: `10.0.0'"),
            ("10.0.0.0/33", "AllowedIP is not in the correct format: `10.0.0.0/33'"),
            ("10.0.0.0/x", "AllowedIP is not in the correct format: `10.0.0.0/x'"),
            ("fd00::/129", "AllowedIP is not in the correct format: `fd00::/129'"),
            ("10.0.0.0/8,", "Unable to parse IP address: `'"),
        ];
        for (text, error) in refused {
            assert_eq!(parse(text), Err(error.to_owned()));
        }
    }
}
