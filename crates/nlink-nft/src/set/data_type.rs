//! What the keys and values of a set are. The kernel keeps these numbers unread; they are nft's (its `datatype.h`).

use nlink_core::open_enum;
use nlink_uapi::nf_tables::NFT_DATA_VERDICT;

open_enum! {
    /// A type of keys or values, with nft's names.
    pub struct DataType(u32) {
        /// Verdicts, as the values of a map.
        VERDICT = NFT_DATA_VERDICT, "verdict";
        /// Network protocols (`NFPROTO_…`).
        NFPROTO = 2, "nf_proto";
        /// Bits.
        BITMASK = 3, "bitmask";
        /// Numbers; how long they are, a set says otherwise.
        INTEGER = 4, "integer";
        /// Texts.
        STRING = 5, "string";
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
        /// Operations of ARP.
        ARP_OPERATION = 11, "arp_op";
        /// Transport protocols.
        INET_PROTOCOL = 12, "inet_proto";
        /// Ports.
        INET_SERVICE = 13, "inet_service";
        /// Types of ICMP.
        ICMP_TYPE = 14, "icmp_type";
        /// Flags of TCP.
        TCP_FLAG = 15, "tcp_flag";
        /// Types of DCCP.
        DCCP_TYPE = 16, "dccp_pkttype";
        /// Types of mobility headers.
        MH_TYPE = 17, "mh_type";
        /// Milliseconds.
        TIME = 18, "time";
        /// Marks.
        MARK = 19, "mark";
        /// Indexes of interfaces.
        INTERFACE_INDEX = 20, "iface_index";
        /// Types of interfaces (`ARPHRD_…`).
        INTERFACE_TYPE = 21, "iface_type";
        /// Routing realms.
        REALM = 22, "realm";
        /// Classes of traffic control.
        CLASS = 23, "classid";
        /// Users.
        USER = 24, "uid";
        /// Groups of users.
        GROUP = 25, "gid";
        /// States of connection tracking.
        CT_STATE = 26, "ct_state";
        /// Directions of connection tracking.
        CT_DIRECTION = 27, "ct_dir";
        /// Status bits of connection tracking.
        CT_STATUS = 28, "ct_status";
        /// Types of ICMPv6.
        ICMPV6_TYPE = 29, "icmpv6_type";
        /// Labels of connection tracking.
        CT_LABEL = 30, "ct_label";
        /// For whom a packet is.
        PACKET_TYPE = 31, "pkt_type";
        /// Codes of ICMP.
        ICMP_CODE = 32, "icmp_code";
        /// Codes of ICMPv6.
        ICMPV6_CODE = 33, "icmpv6_code";
        /// Codes of either, by their meaning.
        ICMPX_CODE = 34, "icmpx_code";
        /// Groups of interfaces.
        DEVICE_GROUP = 35, "devgroup";
        /// Differentiated services.
        DSCP = 36, "dscp";
        /// Explicit congestion notification.
        ECN = 37, "ecn";
        /// Types of addresses in the routing tables.
        FIB_ADDRESS_TYPE = 38, "fib_addrtype";
        /// Whether something is so.
        BOOLEAN = 39, "boolean";
        /// Events of connection tracking.
        CT_EVENT = 40, "ct_event";
        /// Names of interfaces.
        INTERFACE_NAME = 41, "ifname";
        /// Types of IGMP.
        IGMP_TYPE = 42, "igmp_type";
        /// Points in time, nanoseconds since 1970.
        DATE = 43, "time";
        /// Seconds of a day.
        HOUR = 44, "hour";
        /// Days of the week.
        DAY = 45, "day";
        /// Control groups.
        CGROUP = 46, "cgroupsv2";
    }
}

/// Bits of one type in a concatenation.
const BITS: u32 = 6;

impl DataType {
    /// This type followed by another one.
    pub const fn then(self, next: Self) -> Self {
        Self(self.0 << BITS | next.0)
    }

    /// The types of a concatenation, from the first to the last; of any other type itself.
    pub fn parts(self) -> impl Iterator<Item = Self> {
        let mask = (1 << BITS) - 1;
        let shifts = (0..u32::BITS / BITS).rev().map(|part| part * BITS);
        let parts = shifts.map(move |shift| Self(self.0 >> shift & mask)).filter(|part| part.0 != 0);
        // The number of verdicts is no concatenation.
        let verdict = (self == Self::VERDICT).then_some(self);
        verdict.into_iter().chain(parts.filter(move |_| verdict.is_none()))
    }
}
