//! Peers.

use std::net::SocketAddr;
use std::time::{Duration, SystemTime};

use ipnet::IpNet;
use nlink_core::flag_set;
use nlink_core::wire::UnknownAttrs;
use nlink_uapi::wireguard::*;

use super::{AllowedIp, Endpoint};
use crate::{PresharedKey, PublicKey};

/// A peer of a device; in requests a field that is `None` is left as it is.
#[derive(nlink_core::Attributes, Clone, Debug, Default, PartialEq)]
pub struct Peer {
    /// What it is known by.
    #[attr(WGPEER_A_PUBLIC_KEY)]
    pub public_key: Option<PublicKey>,
    /// The key that both sides share beside the others. The kernel answers with zeros where there is none; zeros take
    /// it away.
    #[attr(WGPEER_A_PRESHARED_KEY)]
    pub preshared_key: Option<PresharedKey>,
    /// In requests: what to do with it.
    #[attr(WGPEER_A_FLAGS)]
    pub flags: Option<PeerFlags>,
    /// Where it is; it may roam.
    #[attr(WGPEER_A_ENDPOINT)]
    pub endpoint: Option<Endpoint>,
    /// After how many seconds of silence something is sent to it; 0 is off.
    #[attr(WGPEER_A_PERSISTENT_KEEPALIVE_INTERVAL)]
    pub keepalive: Option<u16>,
    /// When keys were agreed on last, by the system's clock; only told.
    #[attr(WGPEER_A_LAST_HANDSHAKE_TIME)]
    pub last_handshake: Option<Timestamp>,
    /// Bytes received from it; only told.
    #[attr(WGPEER_A_RX_BYTES, pad = WGPEER_A_UNSPEC)]
    pub received: Option<u64>,
    /// Bytes sent to it; only told.
    #[attr(WGPEER_A_TX_BYTES, pad = WGPEER_A_UNSPEC)]
    pub sent: Option<u64>,
    /// Prefixes that belong to it.
    #[attr(WGPEER_A_ALLOWEDIPS, indexed)]
    pub allowed_ips: Vec<AllowedIp>,
    /// The version of WireGuard's protocol: 1.
    #[attr(WGPEER_A_PROTOCOL_VERSION)]
    pub protocol_version: Option<u32>,
    /// Attributes that no field names.
    #[attr(unknown)]
    pub unknown: UnknownAttrs,
}

flag_set! {
    /// What to do with a peer (linux/wireguard.h, `WGPEER_F_…`).
    pub struct PeerFlags(u32) {
        /// Remove it.
        REMOVE_ME = WGPEER_F_REMOVE_ME, "remove";
        /// Take its allowed IPs from it before it gets those that are given.
        REPLACE_ALLOWED_IPS = WGPEER_F_REPLACE_ALLOWEDIPS, "replace-allowed-ips";
        /// Do nothing where it is not there.
        UPDATE_ONLY = WGPEER_F_UPDATE_ONLY, "update-only";
    }
}

nlink_core::fixed_struct! {
    /// A point in time (`struct __kernel_timespec`); all zero is never.
    #[derive(Default)]
    pub struct Timestamp = nlink_uapi::time_types::__kernel_timespec {
        /// Seconds since 1970.
        pub seconds: i64 = tv_sec,
        /// Nanoseconds of the second.
        pub nanoseconds: i64 = tv_nsec,
    }
}

nlink_core::fixed!(Timestamp);

impl Timestamp {
    /// As the standard library has it; `None` is never.
    pub fn time(&self) -> Option<SystemTime> {
        let seconds = u64::try_from(self.seconds).ok().filter(|seconds| *seconds > 0)?;
        let nanoseconds = u32::try_from(self.nanoseconds).ok()?;
        SystemTime::UNIX_EPOCH.checked_add(Duration::new(seconds, nanoseconds))
    }
}

/// Building.
impl Peer {
    /// The peer with that key.
    pub fn new(public_key: PublicKey) -> Self {
        Self { public_key: Some(public_key), ..Self::default() }
    }

    /// Shares a further key with it.
    pub fn preshared_key(mut self, key: PresharedKey) -> Self {
        self.preshared_key = Some(key);
        self
    }

    /// Where it is.
    pub fn endpoint(mut self, address: SocketAddr) -> Self {
        self.endpoint = Some(address.into());
        self
    }

    /// Sends something after so many seconds of silence; 0 is never.
    pub fn keepalive(mut self, seconds: u16) -> Self {
        self.keepalive = Some(seconds);
        self
    }

    /// A prefix that belongs to it.
    pub fn allow(mut self, net: IpNet) -> Self {
        self.allowed_ips.push(net.into());
        self
    }

    /// Removes it.
    pub fn removed(public_key: PublicKey) -> Self {
        Self { flags: Some(PeerFlags::REMOVE_ME), ..Self::new(public_key) }
    }
}
