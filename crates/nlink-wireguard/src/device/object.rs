//! Devices.

use nlink_core::flag_set;
use nlink_core::object::{Change, Dump};
use nlink_core::wire::{UnknownAttrs, attr_id};
use nlink_uapi::wireguard::*;

use super::{DeviceFilter, DeviceRef, Peer, parts};
use crate::{PrivateKey, PublicKey, Wireguard};

/// A WireGuard device with its peers; in requests a field that is `None` is left as it is.
///
/// Listed, it is always whole, over however many messages the kernel tells it; changed, it is sent in as many as it
/// takes, and then not all at once.
#[derive(nlink_core::Message, Clone, Debug, Default, PartialEq)]
#[message(protocol = Wireguard, name = "WireGuard device", describe = Device::described, split = parts::split_off)]
#[message(new = WG_CMD_GET_DEVICE, del = WG_CMD_GET_DEVICE, get = WG_CMD_GET_DEVICE)]
pub struct Device {
    /// Which one it is.
    #[attr(WGDEVICE_A_IFINDEX, or = WGDEVICE_A_IFNAME)]
    pub device: Option<DeviceRef>,
    /// Its private key; zeros take it away.
    #[attr(WGDEVICE_A_PRIVATE_KEY)]
    pub private_key: Option<PrivateKey>,
    /// The public key that belongs to it; only told.
    #[attr(WGDEVICE_A_PUBLIC_KEY)]
    pub public_key: Option<PublicKey>,
    /// In requests: what to do with it.
    #[attr(WGDEVICE_A_FLAGS)]
    pub flags: Option<DeviceFlags>,
    /// The UDP port that it listens on; 0 lets the kernel choose.
    #[attr(WGDEVICE_A_LISTEN_PORT)]
    pub listen_port: Option<u16>,
    /// The mark that its packets carry; 0 is none.
    #[attr(WGDEVICE_A_FWMARK)]
    pub fwmark: Option<u32>,
    /// Its peers.
    #[attr(WGDEVICE_A_PEERS, indexed)]
    pub peers: Vec<Peer>,
    /// Attributes that no field names.
    #[attr(unknown)]
    pub unknown: UnknownAttrs,
}

flag_set! {
    /// What to do with a device (linux/wireguard.h, `WGDEVICE_F_…`).
    pub struct DeviceFlags(u32) {
        /// Remove its peers before it gets those that are given.
        REPLACE_PEERS = WGDEVICE_F_REPLACE_PEERS, "replace-peers";
    }
}

impl Device {
    /// One that exists, to be changed.
    pub fn new(device: impl Into<DeviceRef>) -> Self {
        Self { device: Some(device.into()), ..Self::default() }
    }

    /// The peer with that key.
    pub fn peer(&self, key: &PublicKey) -> Option<&Peer> {
        self.peers.iter().find(|peer| peer.public_key.as_ref() == Some(key))
    }

    fn described(&self) -> String {
        match &self.device {
            Some(device) => format!("WireGuard device {device}"),
            None => "WireGuard device".into(),
        }
    }
}

impl Change for Device {
    const COMMAND: u16 = attr_id(WG_CMD_SET_DEVICE);
    const FLAGS: u16 = 0;
}

impl Dump for Device {
    type Filter = DeviceFilter;
    const SPLIT: bool = true;

    fn join(&mut self, next: Self) -> Option<Self> {
        parts::join(self, next)
    }
}

#[cfg(all(test, target_endian = "little"))]
mod tests {
    use super::*;
    use crate::{AllowedIp, PeerFlags, PresharedKey};
    use nlink_core::capture;
    use nlink_core::wire::Message;

    const KEY: &str = "xTIBA5rboUvnH4htodjb6e697QjLERt1NAB4mZqp8Dg=";
    const PRIVATE: &str = "YAnz5TF+lXXJte14tji3zlMNq+hd2rYUIgJBgB3fBmk=";

    #[allow(clippy::unwrap_used, reason = "a test's own key")]
    fn peer() -> Peer {
        Peer::new(KEY.parse().unwrap())
    }

    // wg set wg0 listen-port 51820 fwmark 0x2a private-key F peer KEY preshared-key F endpoint 192.0.2.1:4500
    //   persistent-keepalive 25 allowed-ips 10.9.0.0/24,fd00:9::/64    wireguard-tools 1.0.20260223, Linux 7.2
    #[test]
    fn a_device_is_set_as_wg_sets_it() {
        let shared: PresharedKey = "FpCyhws9cxwWoV4xELtfJvjJN+zQVRPISllRWgeopVE=".parse().unwrap();
        let peer = peer().preshared_key(shared).endpoint("192.0.2.1:4500".parse().unwrap()).keepalive(25);
        let peer = peer.allow("10.9.0.0/24".parse().unwrap()).allow("fd00:9::/64".parse().unwrap());
        let peer = Peer { flags: Some(PeerFlags::REPLACE_ALLOWED_IPS), ..peer };
        let device = Device {
            private_key: Some(PRIVATE.parse().unwrap()),
            listen_port: Some(51820),
            fwmark: Some(42),
            peers: vec![peer],
            ..Device::new("wg0")
        };
        capture!(
            device
                == "0800 0200 77673000
            2400 0300 6009f3e5317e9575c9b5ed78b638b7ce530dabe85ddab614220241801ddf0669
            0600 0600 6cca0000  0800 0700 2a000000
            bc00 0880 b800 0080 2400 0100 c53201039adba14be71f886da1d8dbe9eebded08cb111b75340078999aa9f038
            2400 0200 1690b2870b3d731c16a15e3110bb5f26f8c937ecd05513c84a59515a07a8a551
            1400 0400 02001194c00002010000000000000000  0600 0500 19000000  0800 0300 02000000
            4800 0980 1c00 0080 0600 0100 02000000 0800 0200 0a090000 0500 0300 18000000
            2800 0080 0600 0100 0a000000 1400 0200 fd000009000000000000000000000000 0500 0300 40000000"
        );
    }

    // wg set wg0 peer KEY remove; wg set wg0 peer KEY allowed-ips -10.9.0.0/24    the same versions
    #[test]
    fn peers_and_allowed_ips_are_removed_as_wg_removes_them() {
        let removed = Device { peers: vec![Peer::removed(KEY.parse().unwrap())], ..Device::new("wg0") };
        capture!(
            removed
                == "0800 0200 77673000  3400 0880 3000 0080
            2400 0100 c53201039adba14be71f886da1d8dbe9eebded08cb111b75340078999aa9f038 0800 0300 01000000"
        );
        let mut peer = peer();
        peer.allowed_ips.push(AllowedIp::removed("10.9.0.0/24".parse().unwrap()));
        let disallowed = Device { peers: vec![peer], ..Device::new("wg0") };
        capture!(
            disallowed
                == "0800 0200 77673000  5400 0880 5000 0080
            2400 0100 c53201039adba14be71f886da1d8dbe9eebded08cb111b75340078999aa9f038 2800 0980 2400 0080
            0600 0100 02000000 0800 0200 0a090000 0500 0300 18000000 0800 0400 01000000"
        );
    }

    // wg show wg0 dump, what the kernel answered    the same versions
    #[test]
    fn a_device_is_read_as_the_kernel_tells_it() {
        let hex = "0600 0600 6cca0000 0800 0700 00000000 0800 0100 17000000 0800 0200 77673000
            2400 0300 6009f3e5317e9575c9b5ed78b638b7ce530dabe85ddab614220241801ddf0669
            2400 0400 636143eae4e0aeafbf6db0405c234eb44f8f1a4f0f6a9a21eea6960694145e7d
            cc00 0880 c800 0080 2400 0100 c53201039adba14be71f886da1d8dbe9eebded08cb111b75340078999aa9f038
            2400 0200 0000000000000000000000000000000000000000000000000000000000000000
            1400 0600 00000000000000000000000000000000 0600 0500 19000000
            0c00 0800 0000000000000000 0c00 0700 0000000000000000 0800 0a00 01000000
            2000 0400 0a0011940000000020010db800000000000000000000000100000000
            2000 0980 1c00 0080 0500 0300 18000000 0600 0100 02000000 0800 0200 0a090000";
        let digits: String = hex.split_whitespace().collect();
        let bytes: Vec<u8> =
            (0..digits.len()).step_by(2).map(|at| u8::from_str_radix(&digits[at..at + 2], 16).unwrap()).collect();
        let device = Device::decode(&bytes).unwrap();
        assert_eq!(device.device, Some(DeviceRef { index: Some(23), name: Some("wg0".parse().unwrap()) }));
        assert_eq!(device.private_key, Some(PRIVATE.parse().unwrap()));
        assert_eq!(device.public_key, device.private_key.as_ref().map(PrivateKey::public_key));
        let peer = peer().preshared_key(PresharedKey::default()).endpoint("[2001:db8::1]:4500".parse().unwrap());
        let peer = Peer {
            last_handshake: Some(Default::default()),
            received: Some(0),
            sent: Some(0),
            protocol_version: Some(1),
            ..peer.keepalive(25).allow("10.9.0.0/24".parse().unwrap())
        };
        assert_eq!(device.peers, [peer]);
        assert!(device.unknown.is_empty());
        assert!(!format!("{device:?}").contains("96, 9, 243"), "no secret in what Debug prints");
    }
}
