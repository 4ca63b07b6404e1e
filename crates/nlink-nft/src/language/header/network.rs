//! Headers of the network layer and what reports its errors: RFC 826, RFC 791, RFC 8200, RFC 792, RFC 4443, RFC 3376.

use nlink_uapi::if_ether::{ETH_P_ARP, ETH_P_IP, ETH_P_IPV6};
use nlink_uapi::in_h::{IPPROTO_ICMP, IPPROTO_IGMP};
use nlink_uapi::in6::IPPROTO_ICMPV6;

use super::table::{Header, Layer, field};
use crate::DataType;
use crate::expression::kinds::payload::PayloadBase;

/// With addresses of Ethernet and IPv4.
pub(super) const ARP: Header = Header {
    name: "arp",
    base: PayloadBase::NETWORK,
    layer: Layer::Network(ETH_P_ARP),
    fields: &[
        field("htype", 0, 16, DataType::INTEGER),
        field("ptype", 16, 16, DataType::ETHER_TYPE),
        field("hlen", 32, 8, DataType::INTEGER),
        field("plen", 40, 8, DataType::INTEGER),
        field("operation", 48, 16, DataType::ARP_OPERATION),
        field("saddr ether", 64, 48, DataType::ETHER_ADDRESS),
        field("saddr ip", 112, 32, DataType::IPV4_ADDRESS),
        field("daddr ether", 144, 48, DataType::ETHER_ADDRESS),
        field("daddr ip", 192, 32, DataType::IPV4_ADDRESS),
    ],
};

pub(super) const IP: Header = Header {
    name: "ip",
    base: PayloadBase::NETWORK,
    layer: Layer::Network(ETH_P_IP),
    fields: &[
        field("version", 0, 4, DataType::INTEGER),
        field("hdrlength", 4, 4, DataType::INTEGER),
        field("dscp", 8, 6, DataType::DSCP),
        field("ecn", 14, 2, DataType::ECN),
        field("length", 16, 16, DataType::INTEGER),
        field("id", 32, 16, DataType::INTEGER),
        field("frag-off", 48, 16, DataType::INTEGER),
        field("ttl", 64, 8, DataType::INTEGER),
        field("protocol", 72, 8, DataType::INET_PROTOCOL),
        field("checksum", 80, 16, DataType::INTEGER),
        field("saddr", 96, 32, DataType::IPV4_ADDRESS),
        field("daddr", 128, 32, DataType::IPV4_ADDRESS),
    ],
};

pub(super) const IP6: Header = Header {
    name: "ip6",
    base: PayloadBase::NETWORK,
    layer: Layer::Network(ETH_P_IPV6),
    fields: &[
        field("version", 0, 4, DataType::INTEGER),
        field("dscp", 4, 6, DataType::DSCP),
        field("ecn", 10, 2, DataType::ECN),
        field("flowlabel", 12, 20, DataType::INTEGER),
        field("length", 32, 16, DataType::INTEGER),
        field("nexthdr", 48, 8, DataType::INET_PROTOCOL),
        field("hoplimit", 56, 8, DataType::INTEGER),
        field("saddr", 64, 128, DataType::IPV6_ADDRESS),
        field("daddr", 192, 128, DataType::IPV6_ADDRESS),
    ],
};

/// What is behind the first four bytes hangs on the type.
pub(super) const ICMP: Header = Header {
    name: "icmp",
    base: PayloadBase::TRANSPORT,
    layer: Layer::Transport(IPPROTO_ICMP),
    fields: &[
        field("type", 0, 8, DataType::ICMP_TYPE),
        field("code", 8, 8, DataType::ICMP_CODE),
        field("checksum", 16, 16, DataType::INTEGER),
        field("id", 32, 16, DataType::INTEGER),
        field("sequence", 48, 16, DataType::INTEGER),
        field("gateway", 32, 32, DataType::INTEGER),
        field("mtu", 48, 16, DataType::INTEGER),
    ],
};

/// What is behind the first four bytes hangs on the type.
pub(super) const ICMPV6: Header = Header {
    name: "icmpv6",
    base: PayloadBase::TRANSPORT,
    layer: Layer::Transport(IPPROTO_ICMPV6),
    fields: &[
        field("type", 0, 8, DataType::ICMPV6_TYPE),
        field("code", 8, 8, DataType::ICMPV6_CODE),
        field("checksum", 16, 16, DataType::INTEGER),
        field("param-problem", 32, 32, DataType::INTEGER),
        field("mtu", 32, 32, DataType::INTEGER),
        field("id", 32, 16, DataType::INTEGER),
        field("sequence", 48, 16, DataType::INTEGER),
        field("max-delay", 32, 16, DataType::INTEGER),
        field("taddr", 64, 128, DataType::IPV6_ADDRESS),
        field("daddr", 192, 128, DataType::IPV6_ADDRESS),
    ],
};

pub(super) const IGMP: Header = Header {
    name: "igmp",
    base: PayloadBase::TRANSPORT,
    layer: Layer::Transport(IPPROTO_IGMP),
    fields: &[
        field("type", 0, 8, DataType::IGMP_TYPE),
        field("mrt", 8, 8, DataType::INTEGER),
        field("checksum", 16, 16, DataType::INTEGER),
        field("group", 32, 32, DataType::INTEGER),
    ],
};
