//! Devices that outgrow a message. A nest ends at 64 KiB, so peers go into several messages, and a peer with many allowed
//! IPs goes on in the next one (drivers/net/wireguard/netlink.c, `wg_get_device_dumpit`).

use super::{AllowedIp, Device, Peer, PeerFlags};

/// Bytes of peers in one message, well below what a nest can hold.
const MOST: usize = 56 * 1024;

/// Attributes that nobody here knows are sent back as they came.
fn unknown(attrs: &nlink_core::wire::UnknownAttrs) -> usize {
    attrs.iter().map(|attr| attr.payload().len() + 8).sum()
}

/// Bytes of a peer without its allowed IPs, or a few more: its nest, its key and the nest of those, what else is set.
fn size(peer: &Peer) -> usize {
    let told = peer.last_handshake.is_some() || peer.received.is_some() || peer.sent.is_some();
    let set = [
        (peer.preshared_key.is_some(), 36),
        (peer.flags.is_some(), 8),
        (peer.endpoint.is_some(), 32),
        (peer.keepalive.is_some(), 8),
        (peer.protocol_version.is_some(), 8),
        (told, 20 + 2 * 16),
    ];
    44 + set.into_iter().filter_map(|(set, bytes)| set.then_some(bytes)).sum::<usize>() + unknown(&peer.unknown)
}

/// Bytes of an allowed IP, or a few more: its nest, the family, an IPv6 address, the prefix, flags.
fn size_of(ip: &AllowedIp) -> usize {
    4 + 8 + 20 + 8 + 8 + unknown(&ip.unknown)
}

/// Where messages end: before that allowed IP of that peer.
fn cuts(device: &Device) -> Vec<(usize, usize)> {
    let mut cuts = Vec::new();
    let mut room = MOST;
    for (at, peer) in device.peers.iter().enumerate() {
        let ips = peer.allowed_ips.iter().enumerate().map(|(ip_at, ip)| (ip_at, size_of(ip)));
        // The peer itself stands with its first allowed IP, should there be any.
        let mut before = size(peer);
        for (ip_at, len) in ips.chain(peer.allowed_ips.is_empty().then_some((0, 0))) {
            let len = len + std::mem::take(&mut before);
            room = room.checked_sub(len).unwrap_or_else(|| {
                cuts.push((at, ip_at));
                // A peer that goes on begins with its key again.
                MOST.saturating_sub(len + if ip_at > 0 { size(peer) } else { 0 })
            });
        }
    }
    cuts
}

/// Takes off the half of the messages behind.
pub(super) fn split_off(device: &mut Device) -> Option<Device> {
    let cuts = cuts(device);
    let (at, ip_at) = cuts.get(cuts.len() / 2).copied().filter(|cut| *cut != (0, 0))?;
    // A peer that goes on has its flags and settings in the first message: the rest only adds to it.
    let mut rest = if ip_at == 0 { device.peers.split_off(at) } else { device.peers.split_off(at + 1) };
    if ip_at > 0
        && let Some(begun) = device.peers.last_mut()
    {
        let allowed_ips = begun.allowed_ips.split_off(ip_at);
        let flags = Some(PeerFlags::UPDATE_ONLY);
        rest.insert(0, Peer { public_key: begun.public_key, flags, allowed_ips, ..Peer::default() });
    }
    // What is behind has room of its own now.
    device.peers.shrink_to_fit();
    Some(Device { device: device.device.clone(), peers: rest, ..Device::default() })
}

/// Takes in a message that goes on with the device; a listing has one device only, but its first attributes may come again
/// as long as its first peer is not whole.
pub(super) fn join(device: &mut Device, next: Device) -> Option<Device> {
    if next.device.is_some() && next.device != device.device {
        return Some(next);
    }
    let mut peers = next.peers.into_iter();
    let same = |begun: &Peer, peer: &Peer| begun.public_key == peer.public_key;
    if let Some(first) = peers.next() {
        match device.peers.last_mut() {
            Some(begun) if same(begun, &first) => begun.allowed_ips.extend(first.allowed_ips),
            _ => device.peers.push(first),
        }
    }
    device.peers.extend(peers);
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{PresharedKey, PublicKey};
    use nlink_core::wire::{Message, Writer};
    use std::net::Ipv6Addr;

    fn peer(number: u16, ips: u16) -> Peer {
        let mut key = [0; 32];
        key[..2].copy_from_slice(&number.to_be_bytes());
        let mut peer = Peer::new(PublicKey::from_bytes(key)).preshared_key(PresharedKey::from_bytes([1; 32]));
        for ip in 0..ips {
            let address = Ipv6Addr::new(0xfd00, number, 0, 0, 0, 0, 0, ip);
            peer = peer.allow(ipnet::IpNet::new(address.into(), 128).unwrap());
        }
        peer.endpoint("[2001:db8::1]:51820".parse().unwrap()).keepalive(25)
    }

    /// Every message in turn, as sent and received.
    fn sent(device: Device) -> Vec<Device> {
        let (mut waiting, mut parts) = (vec![device], Vec::new());
        while let Some(mut device) = waiting.pop() {
            if let Some(behind) = device.split_off() {
                waiting.extend([behind, device]);
                continue;
            }
            let mut writer = Writer::new();
            device.emit(&mut writer);
            parts.push(Device::decode(&writer.finish().expect("a part fits its message")).unwrap());
        }
        parts
    }

    use nlink_core::object::Object;

    fn joined(parts: Vec<Device>) -> Device {
        let mut parts = parts.into_iter();
        let mut whole = parts.next().unwrap();
        for part in parts {
            assert!(join(&mut whole, part).is_none());
        }
        whole
    }

    #[test]
    fn a_device_of_any_size_is_split_and_put_together_again() {
        let sizes = [
            (0, 0, false),
            (1, 1, false),
            (200, 1, false),
            (400, 1, true),
            (1000, 3, true),
            (3, 5000, true),
            (1, 9000, true),
        ];
        for (peers, ips, split) in sizes {
            let device = Device { peers: (0..peers).map(|number| peer(number, ips)).collect(), ..Device::new("wg0") };
            let parts = sent(device.clone());
            assert_eq!(parts.len() > 1, split, "{peers} peers with {ips} allowed IPs");
            assert!(joined(parts) == device, "{peers} peers with {ips} allowed IPs");
        }
    }

    #[test]
    fn only_the_first_part_replaces_and_the_others_make_no_peer() {
        let mut device = Device { peers: vec![peer(1, 5000)], ..Device::new("wg0") };
        device.flags = Some(crate::DeviceFlags::REPLACE_PEERS);
        device.peers[0].flags = Some(PeerFlags::REPLACE_ALLOWED_IPS);
        let parts = sent(device);
        assert!(parts.len() > 2);
        assert!(parts[1..].iter().all(|part| part.flags.is_none() && part.private_key.is_none()));
        assert!(parts[1..].iter().all(|part| part.peers[0].flags == Some(PeerFlags::UPDATE_ONLY)));
    }

    #[test]
    fn a_message_of_another_device_is_another_device() {
        let mut device = Device::new("wg0");
        assert!(join(&mut device, Device::new("wg1")).is_some());
        assert!(join(&mut device, Device::new("wg0")).is_none());
    }
}
