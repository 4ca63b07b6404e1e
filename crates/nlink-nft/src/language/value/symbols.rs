//! Words for the values of a type.

use nlink_core::wire::FlagSet;
use nlink_uapi::icmp::*;
use nlink_uapi::icmpv6::*;
use nlink_uapi::if_arp::*;
use nlink_uapi::if_ether::*;
use nlink_uapi::if_packet::*;
use nlink_uapi::in_h::*;
use nlink_uapi::in6::IPPROTO_ICMPV6;
use nlink_uapi::nf_conntrack_common::*;
use nlink_uapi::nf_tables::*;
use nlink_uapi::rtnetlink::*;

use crate::{CtState, DataType};

/// A word and its value.
pub type Symbol = (&'static str, u32);

const NFPROTO: &[Symbol] =
    &[("ipv4", nlink_uapi::netfilter::NFPROTO_IPV4), ("ipv6", nlink_uapi::netfilter::NFPROTO_IPV6)];

/// linux/if_ether.h
const ETHER_TYPES: &[Symbol] = &[
    ("ip", ETH_P_IP),
    ("arp", ETH_P_ARP),
    ("ip6", ETH_P_IPV6),
    ("8021q", ETH_P_8021Q),
    ("8021ad", ETH_P_8021AD),
    ("vlan", ETH_P_8021Q),
];

/// linux/in.h, linux/in6.h
const PROTOCOLS: &[Symbol] = &[
    ("tcp", IPPROTO_TCP),
    ("udp", IPPROTO_UDP),
    ("udplite", IPPROTO_UDPLITE),
    ("esp", IPPROTO_ESP),
    ("ah", IPPROTO_AH),
    ("icmp", IPPROTO_ICMP),
    ("icmpv6", IPPROTO_ICMPV6),
    ("igmp", IPPROTO_IGMP),
    ("comp", IPPROTO_COMP),
    ("dccp", IPPROTO_DCCP),
    ("sctp", IPPROTO_SCTP),
    ("gre", IPPROTO_GRE),
];

/// linux/if_arp.h
const ARP_OPERATIONS: &[Symbol] = &[
    ("request", ARPOP_REQUEST),
    ("reply", ARPOP_REPLY),
    ("rrequest", ARPOP_RREQUEST),
    ("rreply", ARPOP_RREPLY),
    ("inrequest", ARPOP_InREQUEST),
    ("inreply", ARPOP_InREPLY),
    ("nak", ARPOP_NAK),
];

/// linux/if_arp.h
const INTERFACE_TYPES: &[Symbol] = &[
    ("ether", ARPHRD_ETHER),
    ("ppp", ARPHRD_PPP),
    ("ipip", ARPHRD_TUNNEL),
    ("ipip6", ARPHRD_TUNNEL6),
    ("loopback", ARPHRD_LOOPBACK),
    ("sit", ARPHRD_SIT),
    ("ipgre", ARPHRD_IPGRE),
];

/// linux/icmp.h, RFC 1256 for the two of routers
const TYPES_OF_ICMP: &[Symbol] = &[
    ("echo-reply", ICMP_ECHOREPLY),
    ("destination-unreachable", ICMP_DEST_UNREACH),
    ("source-quench", ICMP_SOURCE_QUENCH),
    ("redirect", ICMP_REDIRECT),
    ("echo-request", ICMP_ECHO),
    ("router-advertisement", 9),
    ("router-solicitation", 10),
    ("time-exceeded", ICMP_TIME_EXCEEDED),
    ("parameter-problem", ICMP_PARAMETERPROB),
    ("timestamp-request", ICMP_TIMESTAMP),
    ("timestamp-reply", ICMP_TIMESTAMPREPLY),
    ("info-request", ICMP_INFO_REQUEST),
    ("info-reply", ICMP_INFO_REPLY),
    ("address-mask-request", ICMP_ADDRESS),
    ("address-mask-reply", ICMP_ADDRESSREPLY),
];

/// linux/icmp.h
const ICMP_CODES: &[Symbol] = &[
    ("net-unreachable", ICMP_NET_UNREACH),
    ("host-unreachable", ICMP_HOST_UNREACH),
    ("prot-unreachable", ICMP_PROT_UNREACH),
    ("port-unreachable", ICMP_PORT_UNREACH),
    ("frag-needed", ICMP_FRAG_NEEDED),
    ("net-prohibited", ICMP_NET_ANO),
    ("host-prohibited", ICMP_HOST_ANO),
    ("admin-prohibited", ICMP_PKT_FILTERED),
];

/// linux/icmpv6.h, RFC 4861 for neighbour discovery, RFC 3122 for the inverse, RFC 4286 for multicast routers
const TYPES_OF_ICMPV6: &[Symbol] = &[
    ("destination-unreachable", ICMPV6_DEST_UNREACH),
    ("packet-too-big", ICMPV6_PKT_TOOBIG),
    ("time-exceeded", ICMPV6_TIME_EXCEED),
    ("parameter-problem", ICMPV6_PARAMPROB),
    ("echo-request", ICMPV6_ECHO_REQUEST),
    ("echo-reply", ICMPV6_ECHO_REPLY),
    ("mld-listener-query", ICMPV6_MGM_QUERY),
    ("mld-listener-report", ICMPV6_MGM_REPORT),
    ("mld-listener-done", ICMPV6_MGM_REDUCTION),
    ("mld-listener-reduction", ICMPV6_MGM_REDUCTION),
    ("nd-router-solicit", 133),
    ("nd-router-advert", 134),
    ("nd-neighbor-solicit", 135),
    ("nd-neighbor-advert", 136),
    ("nd-redirect", 137),
    ("router-renumbering", 138),
    ("ind-neighbor-solicit", 141),
    ("ind-neighbor-advert", 142),
    ("mld2-listener-report", 143),
];

/// linux/icmpv6.h
const ICMPV6_CODES: &[Symbol] = &[
    ("no-route", ICMPV6_NOROUTE),
    ("admin-prohibited", ICMPV6_ADM_PROHIBITED),
    ("addr-unreachable", ICMPV6_ADDR_UNREACH),
    ("port-unreachable", ICMPV6_PORT_UNREACH),
    ("policy-fail", ICMPV6_POLICY_FAIL),
    ("reject-route", ICMPV6_REJECT_ROUTE),
];

/// linux/netfilter/nf_tables.h
const ICMPX_CODES: &[Symbol] = &[
    ("port-unreachable", NFT_REJECT_ICMPX_PORT_UNREACH),
    ("admin-prohibited", NFT_REJECT_ICMPX_ADMIN_PROHIBITED),
    ("no-route", NFT_REJECT_ICMPX_NO_ROUTE),
    ("host-unreachable", NFT_REJECT_ICMPX_HOST_UNREACH),
];

/// RFC 2236, RFC 3376
const IGMP_TYPES: &[Symbol] = &[
    ("membership-query", 0x11),
    ("membership-report-v1", 0x12),
    ("membership-report-v2", 0x16),
    ("membership-report-v3", 0x22),
    ("leave-group", 0x17),
];

/// RFC 9293, the byte of flags
const FLAGS_OF_TCP: &[Symbol] =
    &[("fin", 1), ("syn", 2), ("rst", 4), ("psh", 8), ("ack", 0x10), ("urg", 0x20), ("ecn", 0x40), ("cwr", 0x80)];

/// RFC 4340
const DCCP_TYPES: &[Symbol] = &[
    ("request", 0),
    ("response", 1),
    ("data", 2),
    ("ack", 3),
    ("dataack", 4),
    ("closereq", 5),
    ("close", 6),
    ("reset", 7),
    ("sync", 8),
    ("syncack", 9),
];

/// RFC 2474, RFC 2597, RFC 3246, RFC 5865, RFC 8622
const DSCPS: &[Symbol] = &[
    ("cs0", 0x00),
    ("cs1", 0x08),
    ("cs2", 0x10),
    ("cs3", 0x18),
    ("cs4", 0x20),
    ("cs5", 0x28),
    ("cs6", 0x30),
    ("cs7", 0x38),
    ("df", 0x00),
    ("be", 0x00),
    ("lephb", 0x01),
    ("af11", 0x0a),
    ("af12", 0x0c),
    ("af13", 0x0e),
    ("af21", 0x12),
    ("af22", 0x14),
    ("af23", 0x16),
    ("af31", 0x1a),
    ("af32", 0x1c),
    ("af33", 0x1e),
    ("af41", 0x22),
    ("af42", 0x24),
    ("af43", 0x26),
    ("va", 0x2c),
    ("ef", 0x2e),
];

/// RFC 3168
const ECNS: &[Symbol] = &[("not-ect", 0), ("ect1", 1), ("ect0", 2), ("ce", 3)];

const CT_DIRECTIONS: &[Symbol] = &[("original", 0), ("reply", 1)];

/// linux/netfilter/nf_conntrack_common.h
const CT_STATUSES: &[Symbol] = &[
    ("expected", IPS_EXPECTED),
    ("seen-reply", IPS_SEEN_REPLY),
    ("assured", IPS_ASSURED),
    ("confirmed", IPS_CONFIRMED),
    ("snat", IPS_SRC_NAT),
    ("dnat", IPS_DST_NAT),
    ("dying", IPS_DYING),
];

/// linux/netfilter/nf_conntrack_common.h
const CT_EVENTS: &[Symbol] = &[
    ("new", 1 << IPCT_NEW),
    ("related", 1 << IPCT_RELATED),
    ("destroy", 1 << IPCT_DESTROY),
    ("reply", 1 << IPCT_REPLY),
    ("assured", 1 << IPCT_ASSURED),
    ("protoinfo", 1 << IPCT_PROTOINFO),
    ("helper", 1 << IPCT_HELPER),
    ("mark", 1 << IPCT_MARK),
    ("seqadj", 1 << IPCT_SEQADJ),
    ("secmark", 1 << IPCT_SECMARK),
    ("label", 1 << IPCT_LABEL),
];

/// linux/if_packet.h
const PACKET_TYPES: &[Symbol] = &[
    ("host", PACKET_HOST),
    ("unicast", PACKET_HOST),
    ("broadcast", PACKET_BROADCAST),
    ("multicast", PACKET_MULTICAST),
    ("other", PACKET_OTHERHOST),
];

/// linux/rtnetlink.h
const FIB_ADDRESS_TYPES: &[Symbol] = &[
    ("unspec", RTN_UNSPEC),
    ("unicast", RTN_UNICAST),
    ("local", RTN_LOCAL),
    ("broadcast", RTN_BROADCAST),
    ("anycast", RTN_ANYCAST),
    ("multicast", RTN_MULTICAST),
    ("blackhole", RTN_BLACKHOLE),
    ("unreachable", RTN_UNREACHABLE),
    ("prohibit", RTN_PROHIBIT),
];

const BOOLEANS: &[Symbol] = &[("exists", 1), ("missing", 0)];

const DAYS: &[Symbol] =
    &[("Sunday", 0), ("Monday", 1), ("Tuesday", 2), ("Wednesday", 3), ("Thursday", 4), ("Friday", 5), ("Saturday", 6)];

/// The words for a type's values, in nft's order: of two words for one value the first is written.
pub fn symbols_of(data_type: DataType) -> Vec<Symbol> {
    let table = match data_type {
        DataType::NFPROTO => NFPROTO,
        DataType::ETHER_TYPE => ETHER_TYPES,
        DataType::INET_PROTOCOL => PROTOCOLS,
        DataType::ARP_OPERATION => ARP_OPERATIONS,
        DataType::INTERFACE_TYPE => INTERFACE_TYPES,
        DataType::ICMP_TYPE => TYPES_OF_ICMP,
        DataType::ICMP_CODE => ICMP_CODES,
        DataType::ICMPV6_TYPE => TYPES_OF_ICMPV6,
        DataType::ICMPV6_CODE => ICMPV6_CODES,
        DataType::ICMPX_CODE => ICMPX_CODES,
        DataType::IGMP_TYPE => IGMP_TYPES,
        DataType::TCP_FLAG => FLAGS_OF_TCP,
        DataType::DCCP_TYPE => DCCP_TYPES,
        DataType::DSCP => DSCPS,
        DataType::ECN => ECNS,
        DataType::CT_STATE => return CtState::NAMES.iter().map(|(state, name)| (*name, state.0)).collect(),
        DataType::CT_DIRECTION => CT_DIRECTIONS,
        DataType::CT_STATUS => CT_STATUSES,
        DataType::CT_EVENT => CT_EVENTS,
        DataType::PACKET_TYPE => PACKET_TYPES,
        DataType::FIB_ADDRESS_TYPE => FIB_ADDRESS_TYPES,
        DataType::BOOLEAN => BOOLEANS,
        DataType::DAY => DAYS,
        _ => &[],
    };
    table.to_vec()
}
