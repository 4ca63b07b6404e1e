//! The fixed header of route messages (`struct rtmsg`, linux/rtnetlink.h) and the enums that stand in it.

use nlink_uapi::{icmpv6, lwtunnel, rtnetlink as uapi};

use super::Scope;
use crate::Family;

nlink_core::open_enum! {
    /// What is done with a packet that a route matches (`RTN_…`).
    pub struct RouteType(u8) {
        /// Not said: in a deletion any type.
        UNSPEC = uapi::RTN_UNSPEC, "none";
        /// Sent on, by gateway or directly.
        UNICAST = uapi::RTN_UNICAST, "unicast";
        /// Taken in by this host.
        LOCAL = uapi::RTN_LOCAL, "local";
        /// Taken in, sent as broadcast.
        BROADCAST = uapi::RTN_BROADCAST, "broadcast";
        /// Taken in as broadcast, sent as unicast.
        ANYCAST = uapi::RTN_ANYCAST, "anycast";
        /// For multicast routing.
        MULTICAST = uapi::RTN_MULTICAST, "multicast";
        /// Dropped in silence.
        BLACKHOLE = uapi::RTN_BLACKHOLE, "blackhole";
        /// Refused: host unreachable.
        UNREACHABLE = uapi::RTN_UNREACHABLE, "unreachable";
        /// Refused: administratively prohibited.
        PROHIBIT = uapi::RTN_PROHIBIT, "prohibit";
        /// Left to the next rule, as if this table had no route.
        THROW = uapi::RTN_THROW, "throw";
        /// Translated (no kernel does this any more).
        NAT = uapi::RTN_NAT, "nat";
        /// Left to an outside resolver (no kernel does this).
        XRESOLVE = uapi::RTN_XRESOLVE, "xresolve";
    }
}

nlink_core::open_enum! {
    /// Who made a route (`RTPROT_…`); the kernel keeps it and looks at no value above `STATIC`.
    pub struct RouteProtocol(u8) {
        /// Not said: in a deletion any.
        UNSPEC = uapi::RTPROT_UNSPEC, "unspec";
        /// An ICMP redirect.
        REDIRECT = uapi::RTPROT_REDIRECT, "redirect";
        /// The kernel, for an address or an interface.
        KERNEL = uapi::RTPROT_KERNEL, "kernel";
        /// The start of the system, or a command that did not say more.
        BOOT = uapi::RTPROT_BOOT, "boot";
        /// The administrator.
        STATIC = uapi::RTPROT_STATIC, "static";
        /// GateD.
        GATED = uapi::RTPROT_GATED, "gated";
        /// IPv6 router advertisements.
        RA = uapi::RTPROT_RA, "ra";
        /// Merit MRT.
        MRT = uapi::RTPROT_MRT, "mrt";
        /// Zebra, FRR.
        ZEBRA = uapi::RTPROT_ZEBRA, "zebra";
        /// BIRD.
        BIRD = uapi::RTPROT_BIRD, "bird";
        /// DECnet routing.
        DNROUTED = uapi::RTPROT_DNROUTED, "dnrouted";
        /// XORP.
        XORP = uapi::RTPROT_XORP, "xorp";
        /// Netsukuku.
        NTK = uapi::RTPROT_NTK, "ntk";
        /// A DHCP client.
        DHCP = uapi::RTPROT_DHCP, "dhcp";
        /// Multicast routing.
        MROUTED = uapi::RTPROT_MROUTED, "mrouted";
        /// Keepalived.
        KEEPALIVED = uapi::RTPROT_KEEPALIVED, "keepalived";
        /// Babel.
        BABEL = uapi::RTPROT_BABEL, "babel";
        /// OVN.
        OVN = uapi::RTPROT_OVN, "ovn";
        /// Open/R.
        OPENR = uapi::RTPROT_OPENR, "openr";
        /// BGP.
        BGP = uapi::RTPROT_BGP, "bgp";
        /// IS-IS.
        ISIS = uapi::RTPROT_ISIS, "isis";
        /// OSPF.
        OSPF = uapi::RTPROT_OSPF, "ospf";
        /// RIP.
        RIP = uapi::RTPROT_RIP, "rip";
        /// EIGRP.
        EIGRP = uapi::RTPROT_EIGRP, "eigrp";
    }
}

nlink_core::open_enum! {
    /// A routing table (`RT_TABLE_…`); a number above 255 stands in `RTA_TABLE`, the header's byte has no room for it.
    pub struct RouteTable(u32) {
        /// Not said.
        UNSPEC = uapi::RT_TABLE_UNSPEC, "unspec";
        /// For what is left when main has nothing.
        DEFAULT = uapi::RT_TABLE_DEFAULT, "default";
        /// Where routes go unless something else is said.
        MAIN = uapi::RT_TABLE_MAIN, "main";
        /// The kernel's own: local and broadcast addresses.
        LOCAL = uapi::RT_TABLE_LOCAL, "local";
    }
}

impl From<u32> for RouteTable {
    fn from(number: u32) -> Self {
        RouteTable(number)
    }
}

nlink_core::open_enum! {
    /// How an IPv6 router is preferred to others (RFC 4191; `ICMPV6_ROUTER_PREF_…`, linux/icmpv6.h).
    pub struct RoutePreference(u8) {
        /// Before the others.
        HIGH = icmpv6::ICMPV6_ROUTER_PREF_HIGH, "high";
        /// As most are.
        MEDIUM = icmpv6::ICMPV6_ROUTER_PREF_MEDIUM, "medium";
        /// Behind the others.
        LOW = icmpv6::ICMPV6_ROUTER_PREF_LOW, "low";
    }
}

nlink_core::open_enum! {
    /// What a route wraps packets in (`LWTUNNEL_ENCAP_…`, linux/lwtunnel.h; Linux 4.3).
    pub struct EncapType(u16) {
        /// Nothing.
        NONE = lwtunnel::LWTUNNEL_ENCAP_NONE, "none";
        /// MPLS labels.
        MPLS = lwtunnel::LWTUNNEL_ENCAP_MPLS, "mpls";
        /// An IPv4 tunnel's metadata.
        IP = lwtunnel::LWTUNNEL_ENCAP_IP, "ip";
        /// Identifier-locator addressing.
        ILA = lwtunnel::LWTUNNEL_ENCAP_ILA, "ila";
        /// An IPv6 tunnel's metadata.
        IP6 = lwtunnel::LWTUNNEL_ENCAP_IP6, "ip6";
        /// Segment routing over IPv6.
        SEG6 = lwtunnel::LWTUNNEL_ENCAP_SEG6, "seg6";
        /// BPF programs.
        BPF = lwtunnel::LWTUNNEL_ENCAP_BPF, "bpf";
        /// Endpoints of segment routing.
        SEG6_LOCAL = lwtunnel::LWTUNNEL_ENCAP_SEG6_LOCAL, "seg6local";
        /// RPL source routing.
        RPL = lwtunnel::LWTUNNEL_ENCAP_RPL, "rpl";
        /// In-situ OAM.
        IOAM6 = lwtunnel::LWTUNNEL_ENCAP_IOAM6, "ioam6";
        /// An XFRM interface.
        XFRM = lwtunnel::LWTUNNEL_ENCAP_XFRM, "xfrm";
    }
}

nlink_core::flag_set! {
    /// Flags of a route (`RTNH_F_…` in the low byte, `RTM_F_…` above; for an IPv4 route out of a lookup the upper half
    /// holds `RTCF_…` of linux/in_route.h instead).
    pub struct RouteFlags(u32) {
        /// The interface is gone or down.
        DEAD = uapi::RTNH_F_DEAD, "dead";
        /// The gateway is taken to be on the link.
        ONLINK = uapi::RTNH_F_ONLINK, "onlink";
        /// Gateways are looked up again and again.
        PERVASIVE = uapi::RTNH_F_PERVASIVE, "pervasive";
        /// The nexthop is in hardware.
        OFFLOAD = uapi::RTNH_F_OFFLOAD, "offload";
        /// The nexthop traps packets to this host.
        TRAP = uapi::RTNH_F_TRAP, "trap";
        /// Report changes of the answer (no kernel does any more).
        NOTIFY = uapi::RTM_F_NOTIFY, "notify";
        /// The interface has no carrier.
        LINKDOWN = uapi::RTNH_F_LINKDOWN, "linkdown";
        /// The nexthop is still being looked up (multicast routes).
        UNRESOLVED = uapi::RTNH_F_UNRESOLVED, "unresolved";
        /// The route is in hardware.
        RT_OFFLOAD = uapi::RTM_F_OFFLOAD, "rt_offload";
        /// The route traps packets to this host.
        RT_TRAP = uapi::RTM_F_TRAP, "rt_trap";
        /// Hardware refused the route (Linux 5.12).
        RT_OFFLOAD_FAILED = uapi::RTM_F_OFFLOAD_FAILED, "rt_offload_failed";
        /// Not from a table: an exception (redirect, path MTU) or the answer to a lookup.
        CLONED = uapi::RTM_F_CLONED, "cloned";
        /// In an IPv6 dump: only prefix routes.
        PREFIX = uapi::RTM_F_PREFIX, "prefix";
        /// In a lookup: answer with the table that the route is in.
        LOOKUP_TABLE = uapi::RTM_F_LOOKUP_TABLE, "lookup_table";
        /// In a lookup: answer with the table's entry rather than the route made from it (Linux 4.13).
        FIB_MATCH = uapi::RTM_F_FIB_MATCH, "fibmatch";
    }
}

nlink_core::fixed_struct! {
    /// The fixed header of route messages (`struct rtmsg`).
    #[derive(Default)]
    pub struct RouteHeader = nlink_uapi::rtnetlink::rtmsg {
        /// The address family of destination and gateway.
        pub family: Family = rtm_family,
        /// Bits of the destination that count.
        pub dst_len: u8 = rtm_dst_len,
        /// Bits of the source that count.
        pub src_len: u8 = rtm_src_len,
        /// Type of service that packets must have; 0 for any.
        pub tos: u8 = rtm_tos,
        /// The table, where it fits a byte; what counts is [`Route::table_id`](super::Route::table_id).
        pub table: u8 = rtm_table,
        /// Who made it.
        pub protocol: RouteProtocol = rtm_protocol,
        /// How far the destination is.
        pub scope: Scope = rtm_scope,
        /// What is done with packets.
        pub kind: RouteType = rtm_type,
        /// Flags.
        pub flags: RouteFlags = rtm_flags,
    }
}
