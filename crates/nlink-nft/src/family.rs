//! Families, and the header that every message begins with (`struct nfgenmsg`, linux/netfilter/nfnetlink.h).

use nlink_core::{fixed_struct, open_enum};
use nlink_uapi::Be16;
use nlink_uapi::netfilter::*;

open_enum! {
    /// Which packets a table sees (linux/netfilter.h, `NFPROTO_…`), with nft's names.
    pub struct Family(u8) {
        /// In filters: any.
        ANY = NFPROTO_UNSPEC, "";
        /// IPv4 and IPv6; Linux 3.14.
        INET = NFPROTO_INET, "inet";
        /// IPv4.
        IPV4 = NFPROTO_IPV4, "ip";
        /// ARP.
        ARP = NFPROTO_ARP, "arp";
        /// What comes in and goes out by a device; Linux 4.2.
        NETDEV = NFPROTO_NETDEV, "netdev";
        /// What a bridge forwards.
        BRIDGE = NFPROTO_BRIDGE, "bridge";
        /// IPv6.
        IPV6 = NFPROTO_IPV6, "ip6";
    }
}

fixed_struct! {
    /// The header of a message.
    #[derive(Default)]
    pub struct Header = nlink_uapi::nfnetlink::nfgenmsg {
        /// The family of the table.
        pub family: Family = nfgen_family,
        /// The protocol's version: 0.
        pub version: u8 = version,
        /// Of what the kernel tells: the low half of the [generation](crate::Generation) that it belongs to.
        pub generation: Be16 = res_id,
    }
}

impl From<Family> for Header {
    fn from(family: Family) -> Self {
        Self { family, ..Self::default() }
    }
}
