//! The comparison, without a kernel.

use std::collections::{BTreeMap, BTreeSet};

use ipnet::IpNet;

use super::{Difference, PeerDifference, WireguardConfig};
use crate::{AllowedIp, Device, Peer, PeerFlags, PublicKey};

/// What to send, and what it changes.
pub(super) fn compare(wanted: &WireguardConfig, now: &Device) -> (Device, Vec<Difference>) {
    let mut edit = Device { device: now.device.clone(), ..Device::default() };
    let mut differences = Vec::new();
    if let Some(key) = &wanted.private_key
        && *key != now.private_key.clone().unwrap_or_default()
    {
        edit.private_key = Some(key.clone());
        differences.push(Difference::PrivateKey);
    }
    let (from, to) = (now.listen_port.unwrap_or_default(), wanted.listen_port);
    if let Some(to) = to.filter(|to| *to != from) {
        edit.listen_port = Some(to);
        differences.push(Difference::ListenPort { from, to });
    }
    let (from, to) = (now.fwmark.unwrap_or_default(), wanted.fwmark);
    if let Some(to) = to.filter(|to| *to != from) {
        edit.fwmark = Some(to);
        differences.push(Difference::Fwmark { from, to });
    }
    peers(wanted, now, &mut edit.peers, &mut differences);
    (edit, differences)
}

/// Those that go come first, so that nothing they had stands in the way.
fn peers(wanted: &WireguardConfig, now: &Device, edits: &mut Vec<Peer>, differences: &mut Vec<Difference>) {
    let wanted_peers = merged(&wanted.peers);
    let existing: BTreeMap<PublicKey, &Peer> =
        now.peers.iter().filter_map(|peer| Some((peer.public_key?, peer))).collect();
    if !wanted.keep_other_peers {
        let keys: BTreeSet<PublicKey> = wanted_peers.iter().filter_map(|peer| peer.public_key).collect();
        for key in now.peers.iter().filter_map(|peer| peer.public_key).filter(|key| !keys.contains(key)) {
            edits.push(Peer::removed(key));
            differences.push(Difference::PeerRemoved(key));
        }
    }
    for peer in wanted_peers {
        let Some(key) = peer.public_key else {
            // The kernel refuses a peer without a key, in its own words.
            edits.push(peer);
            continue;
        };
        let Some(existing) = existing.get(&key) else {
            edits.push(peer);
            differences.push(Difference::PeerAdded(key));
            continue;
        };
        let (edit, what) = compare_peer(&peer, existing);
        if !what.is_empty() {
            edits.push(edit);
            differences.push(Difference::PeerChanged(key, what));
        }
    }
}

/// Each peer once, each prefix at the last peer that it is given to.
fn merged(peers: &[Peer]) -> Vec<Peer> {
    let mut merged: Vec<Peer> = Vec::with_capacity(peers.len());
    let mut places: BTreeMap<PublicKey, usize> = BTreeMap::new();
    let mut owners: BTreeMap<IpNet, usize> = BTreeMap::new();
    for peer in peers {
        let place = peer.public_key.and_then(|key| places.get(&key).copied()).unwrap_or(merged.len());
        for net in peer.allowed_ips.iter().filter_map(AllowedIp::net) {
            owners.insert(net, place);
        }
        match merged.get_mut(place) {
            Some(earlier) => {
                earlier.preshared_key = peer.preshared_key.clone().or(earlier.preshared_key.take());
                earlier.endpoint = peer.endpoint.or(earlier.endpoint);
                earlier.keepalive = peer.keepalive.or(earlier.keepalive);
                earlier.allowed_ips.extend(peer.allowed_ips.iter().cloned());
            }
            None => merged.push(peer.clone()),
        }
        places.extend(peer.public_key.map(|key| (key, place)));
    }
    for (place, peer) in merged.iter_mut().enumerate() {
        let mut seen = BTreeSet::new();
        let belongs = |net: IpNet| owners.get(&net) == Some(&place);
        peer.allowed_ips.retain(|ip| ip.net().is_none_or(|net| belongs(net) && seen.insert(net)));
    }
    merged
}

fn compare_peer(wanted: &Peer, now: &Peer) -> (Peer, Vec<PeerDifference>) {
    let mut edit = Peer { public_key: wanted.public_key, flags: Some(PeerFlags::UPDATE_ONLY), ..Peer::default() };
    let mut what = Vec::new();
    if let Some(key) = &wanted.preshared_key
        && *key != now.preshared_key.clone().unwrap_or_default()
    {
        edit.preshared_key = Some(key.clone());
        what.push(PeerDifference::PresharedKey);
    }
    if let Some(to) = wanted.endpoint.filter(|to| Some(*to) != now.endpoint) {
        edit.endpoint = Some(to);
        what.push(PeerDifference::Endpoint { from: now.endpoint, to });
    }
    let (from, to) = (now.keepalive.unwrap_or_default(), wanted.keepalive);
    if let Some(to) = to.filter(|to| *to != from) {
        edit.keepalive = Some(to);
        what.push(PeerDifference::Keepalive { from, to });
    }
    allowed_ips(wanted, now, &mut edit, &mut what);
    (edit, what)
}

fn allowed_ips(wanted: &Peer, now: &Peer, edit: &mut Peer, what: &mut Vec<PeerDifference>) {
    let nets = |peer: &Peer| peer.allowed_ips.iter().filter_map(AllowedIp::net).collect::<BTreeSet<_>>();
    let (wanted_nets, has) = (nets(wanted), nets(now));
    what.extend(wanted_nets.difference(&has).copied().map(PeerDifference::Allowed));
    let goes = has.difference(&wanted_nets).copied().map(PeerDifference::Disallowed);
    let before = what.len();
    what.extend(goes);
    if what.len() > before {
        // Kernels before 6.16 take no single one away.
        edit.flags = Some(PeerFlags::UPDATE_ONLY | PeerFlags::REPLACE_ALLOWED_IPS);
        edit.allowed_ips = wanted.allowed_ips.clone();
    } else {
        edit.allowed_ips = wanted_nets.difference(&has).copied().map(AllowedIp::from).collect();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{PresharedKey, PrivateKey};

    fn key(number: u8) -> PublicKey {
        PublicKey::from_bytes([number; 32])
    }

    fn net(text: &str) -> IpNet {
        text.parse().unwrap()
    }

    fn device() -> Device {
        Device {
            private_key: Some(PrivateKey::from_bytes([9; 32])),
            listen_port: Some(51820),
            fwmark: Some(0),
            peers: vec![
                Peer::new(key(1)).allow(net("10.0.0.0/24")).allow(net("10.0.1.0/24")).keepalive(25),
                Peer::new(key(2)).allow(net("10.0.2.0/24")),
            ],
            ..Device::new("wg0")
        }
    }

    fn same() -> WireguardConfig {
        WireguardConfig { peers: device().peers, ..WireguardConfig::new() }
    }

    #[test]
    fn what_is_as_it_shall_be_is_not_touched() {
        let config = same().private_key(PrivateKey::from_bytes([9; 32])).listen_port(51820).fwmark(0);
        let (edit, differences) = compare(&config, &device());
        assert_eq!((edit, differences), (Device::new("wg0"), vec![]));
    }

    #[test]
    fn only_what_differs_is_sent() {
        let mut config = same().private_key(PrivateKey::from_bytes([8; 32])).listen_port(1);
        config.peers[0].keepalive = Some(0);
        config.peers[0].preshared_key = Some(PresharedKey::from_bytes([7; 32]));
        let (edit, differences) = compare(&config, &device());
        assert_eq!(edit.peers.len(), 1);
        assert_eq!((edit.listen_port, edit.fwmark), (Some(1), None));
        assert_eq!(edit.peers[0].allowed_ips, []);
        let what = vec![PeerDifference::PresharedKey, PeerDifference::Keepalive { from: 25, to: 0 }];
        assert_eq!(
            differences,
            [
                Difference::PrivateKey,
                Difference::ListenPort { from: 51820, to: 1 },
                Difference::PeerChanged(key(1), what)
            ]
        );
    }

    #[test]
    fn peers_come_and_go_and_others_stay_where_that_is_asked_for() {
        let config = WireguardConfig::new().peer(Peer::new(key(3)).allow(net("10.0.3.0/24")));
        let (edit, differences) = compare(&config, &device());
        assert_eq!(edit.peers.iter().filter(|peer| peer.flags == Some(PeerFlags::REMOVE_ME)).count(), 2);
        assert_eq!(edit.peers.last().unwrap().public_key, Some(key(3)));
        assert_eq!(differences.len(), 3);
        let (edit, differences) = compare(&config.keep_other_peers(), &device());
        assert_eq!((edit.peers.len(), differences), (1, vec![Difference::PeerAdded(key(3))]));
    }

    #[test]
    fn allowed_ips_are_added_alone_and_replaced_where_some_go() {
        let mut config = same();
        config.peers[0] = config.peers[0].clone().allow(net("10.0.9.0/24"));
        let (edit, _) = compare(&config, &device());
        assert_eq!(edit.peers[0].allowed_ips, [AllowedIp::from(net("10.0.9.0/24"))]);
        assert_eq!(edit.peers[0].flags, Some(PeerFlags::UPDATE_ONLY));
        config.peers[0].allowed_ips.remove(0);
        let (edit, differences) = compare(&config, &device());
        assert_eq!(edit.peers[0].allowed_ips.len(), 2);
        assert_eq!(edit.peers[0].flags, Some(PeerFlags::UPDATE_ONLY | PeerFlags::REPLACE_ALLOWED_IPS));
        let what = vec![PeerDifference::Allowed(net("10.0.9.0/24")), PeerDifference::Disallowed(net("10.0.0.0/24"))];
        assert_eq!(differences, [Difference::PeerChanged(key(1), what)]);
    }

    #[test]
    fn a_prefix_belongs_to_the_last_peer_that_it_is_given_to() {
        let mut config = same();
        config.peers[1] = config.peers[1].clone().allow(net("10.0.0.7/24"));
        let (edit, differences) = compare(&config, &device());
        assert_eq!(edit.peers.len(), 2);
        assert_eq!(
            differences,
            [
                Difference::PeerChanged(key(1), vec![PeerDifference::Disallowed(net("10.0.0.0/24"))]),
                Difference::PeerChanged(key(2), vec![PeerDifference::Allowed(net("10.0.0.0/24"))]),
            ]
        );
    }

    #[test]
    fn a_peer_given_twice_is_one() {
        let config = WireguardConfig::new()
            .peer(Peer::new(key(1)).allow(net("10.0.0.0/24")))
            .peer(Peer::new(key(1)).allow(net("10.0.1.0/24")).keepalive(25))
            .peer(device().peers[1].clone());
        assert_eq!(compare(&config, &device()).1, []);
    }

    #[test]
    fn differences_read_as_sentences_without_secrets() {
        let mut config = same().private_key(PrivateKey::from_bytes([8; 32]));
        config.peers[1].keepalive = Some(5);
        let (_, differences) = compare(&config, &device());
        let text: Vec<String> = differences.iter().map(ToString::to_string).collect();
        assert_eq!(
            text,
            ["another private key".to_owned(), format!("change peer {}: keepalive 5 s (was 0 s)", key(2))]
        );
    }
}
