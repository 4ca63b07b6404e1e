//! Headers of the transport layer and of IPsec: RFC 9293, RFC 768, RFC 3828, RFC 9260, RFC 4340, RFC 4302, RFC 4303,
//! RFC 3173.

use nlink_uapi::in_h::*;

use super::table::{Header, Layer, field};
use crate::DataType;
use crate::expression::kinds::payload::PayloadBase;

pub(super) const TCP: Header = Header {
    name: "tcp",
    base: PayloadBase::TRANSPORT,
    layer: Layer::Transport(IPPROTO_TCP),
    fields: &[
        field("sport", 0, 16, DataType::INET_SERVICE),
        field("dport", 16, 16, DataType::INET_SERVICE),
        field("sequence", 32, 32, DataType::INTEGER),
        field("ackseq", 64, 32, DataType::INTEGER),
        field("doff", 96, 4, DataType::INTEGER),
        field("reserved", 100, 4, DataType::INTEGER),
        field("flags", 104, 8, DataType::TCP_FLAG),
        field("window", 112, 16, DataType::INTEGER),
        field("checksum", 128, 16, DataType::INTEGER),
        field("urgptr", 144, 16, DataType::INTEGER),
    ],
};

pub(super) const UDP: Header = Header {
    name: "udp",
    base: PayloadBase::TRANSPORT,
    layer: Layer::Transport(IPPROTO_UDP),
    fields: &[
        field("sport", 0, 16, DataType::INET_SERVICE),
        field("dport", 16, 16, DataType::INET_SERVICE),
        field("length", 32, 16, DataType::INTEGER),
        field("checksum", 48, 16, DataType::INTEGER),
    ],
};

pub(super) const UDPLITE: Header = Header {
    name: "udplite",
    base: PayloadBase::TRANSPORT,
    layer: Layer::Transport(IPPROTO_UDPLITE),
    fields: &[
        field("sport", 0, 16, DataType::INET_SERVICE),
        field("dport", 16, 16, DataType::INET_SERVICE),
        field("csumcov", 32, 16, DataType::INTEGER),
        field("checksum", 48, 16, DataType::INTEGER),
    ],
};

pub(super) const SCTP: Header = Header {
    name: "sctp",
    base: PayloadBase::TRANSPORT,
    layer: Layer::Transport(IPPROTO_SCTP),
    fields: &[
        field("sport", 0, 16, DataType::INET_SERVICE),
        field("dport", 16, 16, DataType::INET_SERVICE),
        field("vtag", 32, 32, DataType::INTEGER),
        field("checksum", 64, 32, DataType::INTEGER),
    ],
};

pub(super) const DCCP: Header = Header {
    name: "dccp",
    base: PayloadBase::TRANSPORT,
    layer: Layer::Transport(IPPROTO_DCCP),
    fields: &[
        field("sport", 0, 16, DataType::INET_SERVICE),
        field("dport", 16, 16, DataType::INET_SERVICE),
        field("type", 67, 4, DataType::DCCP_TYPE),
    ],
};

pub(super) const AH: Header = Header {
    name: "ah",
    base: PayloadBase::TRANSPORT,
    layer: Layer::Transport(IPPROTO_AH),
    fields: &[
        field("nexthdr", 0, 8, DataType::INET_PROTOCOL),
        field("hdrlength", 8, 8, DataType::INTEGER),
        field("reserved", 16, 16, DataType::INTEGER),
        field("spi", 32, 32, DataType::INTEGER),
        field("sequence", 64, 32, DataType::INTEGER),
    ],
};

pub(super) const ESP: Header = Header {
    name: "esp",
    base: PayloadBase::TRANSPORT,
    layer: Layer::Transport(IPPROTO_ESP),
    fields: &[field("spi", 0, 32, DataType::INTEGER), field("sequence", 32, 32, DataType::INTEGER)],
};

pub(super) const COMP: Header = Header {
    name: "comp",
    base: PayloadBase::TRANSPORT,
    layer: Layer::Transport(IPPROTO_COMP),
    fields: &[
        field("nexthdr", 0, 8, DataType::INET_PROTOCOL),
        field("flags", 8, 8, DataType::BITMASK),
        field("cpi", 16, 16, DataType::INTEGER),
    ],
};

/// Ports of whichever transport there is.
pub(super) const TH: Header = Header {
    name: "th",
    base: PayloadBase::TRANSPORT,
    layer: Layer::AnyTransport,
    fields: &[field("sport", 0, 16, DataType::INET_SERVICE), field("dport", 16, 16, DataType::INET_SERVICE)],
};
