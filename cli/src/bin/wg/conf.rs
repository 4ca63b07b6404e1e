//! Configuration files: `[Interface]`, `[Peer]`, and `Key = value` lines. Case and spaces do not count.

use nlink_wireguard::{Device, Peer, PeerFlags};
use zeroize::Zeroizing;

use crate::{endpoint, ports, values};

#[derive(Clone, Copy, PartialEq, Eq)]
enum Section {
    None,
    Interface,
    Peer,
}

/// Reads a file into what it says of a device; what is wrong, as the tool says it.
pub(crate) fn read(text: &str) -> Result<Device, String> {
    let mut device = Device::default();
    let mut section = Section::None;
    let mut line = Zeroizing::new(String::new());
    for written in text.lines() {
        line.clear();
        line.extend(written.split('#').next().unwrap_or_default().split_ascii_whitespace());
        if line.is_empty() {
            continue;
        }
        read_line(&line, &mut section, &mut device).map_err(|error| format!("{error}\nConfiguration parsing error"))?;
    }
    if device.peers.iter().any(|peer| peer.public_key.is_none()) {
        return Err("A peer is missing a public key\nInvalid configuration".into());
    }
    Ok(device)
}

fn read_line(line: &str, section: &mut Section, device: &mut Device) -> Result<(), String> {
    if line.eq_ignore_ascii_case("[Interface]") {
        *section = Section::Interface;
        return Ok(());
    }
    if line.eq_ignore_ascii_case("[Peer]") {
        *section = Section::Peer;
        device.peers.push(Peer { flags: Some(PeerFlags::REPLACE_ALLOWED_IPS), ..Peer::default() });
        return Ok(());
    }
    let unknown = || {
        // A line may hold a secret under a misspelled name: only the name is repeated.
        let name = line.split_once('=').map_or(line, |(name, _)| name);
        format!("Line unrecognized: `{name}'")
    };
    let (name, value) = line.split_once('=').filter(|(_, value)| !value.is_empty()).ok_or_else(unknown)?;
    let name = name.to_ascii_lowercase();
    match (*section, device.peers.last_mut()) {
        (Section::Interface, _) => match name.as_str() {
            "listenport" => device.listen_port = Some(ports::port(value)?),
            "fwmark" => device.fwmark = Some(values::fwmark(value)?),
            "privatekey" => device.private_key = Some(values::secret_key(value)?),
            _ => return Err(unknown()),
        },
        (Section::Peer, Some(peer)) => match name.as_str() {
            "publickey" => peer.public_key = Some(values::public_key(value)?),
            "presharedkey" => peer.preshared_key = Some(values::secret_key(value)?),
            "allowedips" => values::allowed_ips(peer, value)?,
            "endpoint" => peer.endpoint = Some(endpoint::parse(value)?.into()),
            "persistentkeepalive" => peer.keepalive = Some(values::keepalive(value)?),
            _ => return Err(unknown()),
        },
        _ => return Err(unknown()),
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: &str = "xTIBA5rboUvnH4htodjb6e697QjLERt1NAB4mZqp8Dg=";

    #[test]
    fn case_spaces_and_comments_do_not_count() {
        let text = format!(
            "[interface] # a comment\nlistenPORT=51820\n\n [ Peer ]\nPublicKey = {KEY}\nAllowedIPs = 10.0.0.0/8, fd00::/64\n"
        );
        let device = read(&text).unwrap();
        assert_eq!((device.listen_port, device.peers.len()), (Some(51820), 1));
        assert_eq!(device.peers[0].public_key, Some(KEY.parse().unwrap()));
        assert_eq!(device.peers[0].allowed_ips.len(), 2);
    }

    #[test]
    fn what_is_wrong_is_said_without_a_secret() {
        let cases = [
            ("ListenPort = 1", "Line unrecognized: `ListenPort'\nConfiguration parsing error"),
            ("[Interface]\nPrivateKee = SECRET", "Line unrecognized: `PrivateKee'\nConfiguration parsing error"),
            (
                "[Interface]\nPrivateKey = SECRET",
                "Key is not the correct length or format\nConfiguration parsing error",
            ),
            ("[Peer]\nAllowedIPs = 10.0.0.0/8", "A peer is missing a public key\nInvalid configuration"),
            ("[Peer]\nPublicKey = abc", "Key is not the correct length or format: `abc'\nConfiguration parsing error"),
        ];
        for (text, error) in cases {
            assert_eq!(read(text), Err(error.to_owned()));
        }
    }
}
