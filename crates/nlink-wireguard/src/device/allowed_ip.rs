//! Allowed IPs: which addresses a peer may send from, and what is sent to it.

use std::fmt;
use std::net::IpAddr;

use ipnet::IpNet;
use nlink_core::flag_set;
use nlink_core::wire::UnknownAttrs;
use nlink_uapi::wireguard::*;

/// A prefix that belongs to a peer. No two peers of a device have the same one: the last that is given it has it.
#[derive(nlink_core::Attributes, Clone, Debug, Default, PartialEq)]
pub struct AllowedIp {
    /// The address family, `AF_INET` or `AF_INET6`.
    #[attr(WGALLOWEDIP_A_FAMILY)]
    pub family: Option<u16>,
    /// The address. The kernel clears the bits behind the prefix.
    #[attr(WGALLOWEDIP_A_IPADDR)]
    pub address: Option<IpAddr>,
    /// Bits of the prefix.
    #[attr(WGALLOWEDIP_A_CIDR_MASK)]
    pub prefix_length: Option<u8>,
    /// What to do with it; Linux 6.16, refused before.
    #[attr(WGALLOWEDIP_A_FLAGS)]
    pub flags: Option<AllowedIpFlags>,
    /// Attributes that no field names.
    #[attr(unknown)]
    pub unknown: UnknownAttrs,
}

flag_set! {
    /// What to do with an allowed IP (linux/wireguard.h, `WGALLOWEDIP_F_…`).
    pub struct AllowedIpFlags(u32) {
        /// Take it from the peer.
        REMOVE_ME = WGALLOWEDIP_F_REMOVE_ME, "remove";
    }
}

/// Address families as their attribute has them, which is wider than they are.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // 2 and 10
const FAMILIES: (u16, u16) = (libc::AF_INET as u16, libc::AF_INET6 as u16);

impl AllowedIp {
    /// The prefix, taken from the peer; Linux 6.16.
    pub fn removed(net: IpNet) -> Self {
        Self { flags: Some(AllowedIpFlags::REMOVE_ME), ..net.into() }
    }

    /// The prefix, without bits behind it; `None` where it is no sound one.
    pub fn net(&self) -> Option<IpNet> {
        IpNet::new(self.address?, self.prefix_length?).ok().map(|net| net.trunc())
    }
}

impl From<IpNet> for AllowedIp {
    fn from(net: IpNet) -> Self {
        let family = if net.addr().is_ipv4() { FAMILIES.0 } else { FAMILIES.1 };
        Self {
            family: Some(family),
            address: Some(net.addr()),
            prefix_length: Some(net.prefix_len()),
            ..Self::default()
        }
    }
}

/// `10.0.0.0/8`.
impl fmt::Display for AllowedIp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.address {
            Some(address) => write!(f, "{address}/{}", self.prefix_length.unwrap_or_default()),
            None => f.write_str("(none)"),
        }
    }
}
