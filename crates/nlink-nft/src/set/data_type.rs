//! What the keys and values of a set are. The kernel keeps these numbers unread; they are nft's (its `datatype.h`).

use nlink_core::open_enum;
use nlink_uapi::nf_tables::NFT_DATA_VERDICT;

open_enum! {
    /// A type of keys or values, with nft's names.
    pub struct DataType(u32) {
        /// Verdicts, as the values of a map.
        VERDICT = NFT_DATA_VERDICT, "verdict";
        /// Addresses of the link layer.
        LINK_ADDRESS = 6, "ll_addr";
        /// IPv4 addresses.
        IPV4_ADDRESS = 7, "ipv4_addr";
        /// IPv6 addresses.
        IPV6_ADDRESS = 8, "ipv6_addr";
        /// Ethernet addresses.
        ETHER_ADDRESS = 9, "ether_addr";
        /// EtherTypes.
        ETHER_TYPE = 10, "ether_type";
        /// Transport protocols.
        INET_PROTOCOL = 12, "inet_proto";
        /// Ports.
        INET_SERVICE = 13, "inet_service";
        /// Types of ICMP.
        ICMP_TYPE = 14, "icmp_type";
        /// Marks.
        MARK = 19, "mark";
        /// Indexes of interfaces.
        INTERFACE_INDEX = 20, "iface_index";
        /// States of connection tracking.
        CT_STATE = 26, "ct_state";
        /// Types of ICMPv6.
        ICMPV6_TYPE = 29, "icmpv6_type";
        /// Names of interfaces.
        INTERFACE_NAME = 41, "ifname";
    }
}

/// Bits of one type in a concatenation.
const BITS: u32 = 6;

impl DataType {
    /// This type followed by another one.
    pub const fn then(self, next: Self) -> Self {
        Self(self.0 << BITS | next.0)
    }
}
