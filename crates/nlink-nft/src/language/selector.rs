//! What `meta` and `ct` know, and of which type it is.

use super::value::{ByteOrder, ValueType};
use crate::DataType;
use crate::expression::kinds::ct::CtKey;
use crate::expression::kinds::meta::MetaKey;

const fn integer(bits: u16) -> ValueType {
    ValueType { data_type: DataType::INTEGER, bits, order: ByteOrder::Host }
}

/// The type of what is known of a packet.
pub fn meta_type(key: MetaKey) -> ValueType {
    ValueType::of(match key {
        MetaKey::PROTOCOL => DataType::ETHER_TYPE,
        MetaKey::PRIORITY => DataType::CLASS,
        MetaKey::MARK => DataType::MARK,
        MetaKey::IIF | MetaKey::OIF | MetaKey::SDIF => DataType::INTERFACE_INDEX,
        MetaKey::IIFNAME
        | MetaKey::OIFNAME
        | MetaKey::BRI_IIFNAME
        | MetaKey::BRI_OIFNAME
        | MetaKey::SDIFNAME
        | MetaKey::IIFKIND
        | MetaKey::OIFKIND => DataType::INTERFACE_NAME,
        MetaKey::BRI_IIFVPROTO => DataType::ETHER_TYPE,
        MetaKey::BRI_IIFHWADDR => DataType::ETHER_ADDRESS,
        MetaKey::TIME_NS => DataType::DATE,
        MetaKey::TIME_DAY => DataType::DAY,
        MetaKey::TIME_HOUR => DataType::HOUR,
        MetaKey::IIFTYPE | MetaKey::OIFTYPE => DataType::INTERFACE_TYPE,
        MetaKey::SKUID => DataType::USER,
        MetaKey::SKGID => DataType::GROUP,
        MetaKey::RTCLASSID => DataType::REALM,
        MetaKey::NFPROTO => DataType::NFPROTO,
        MetaKey::L4PROTO => DataType::INET_PROTOCOL,
        MetaKey::PKTTYPE => DataType::PACKET_TYPE,
        MetaKey::IIFGROUP | MetaKey::OIFGROUP => DataType::DEVICE_GROUP,
        MetaKey::SECPATH | MetaKey::BRI_BROUTE => DataType::BOOLEAN,
        MetaKey::BRI_IIFPVID => return integer(16),
        MetaKey::NFTRACE => return integer(1),
        MetaKey::PRANDOM => return ValueType { order: ByteOrder::Network, ..integer(32) },
        _ => return integer(32),
    })
}

/// The type of what is known of a connection.
pub fn ct_type(key: CtKey) -> ValueType {
    ValueType::of(match key {
        CtKey::STATE => DataType::CT_STATE,
        CtKey::DIRECTION => DataType::CT_DIRECTION,
        CtKey::STATUS => DataType::CT_STATUS,
        CtKey::MARK => DataType::MARK,
        CtKey::EXPIRATION => DataType::TIME,
        CtKey::HELPER => return ValueType { bits: 128, ..ValueType::of(DataType::STRING) },
        CtKey::L3PROTOCOL => DataType::NFPROTO,
        CtKey::PROTOCOL => DataType::INET_PROTOCOL,
        CtKey::PROTO_SRC | CtKey::PROTO_DST => DataType::INET_SERVICE,
        CtKey::LABELS => DataType::CT_LABEL,
        CtKey::EVENTS => DataType::CT_EVENT,
        CtKey::SRC_IP | CtKey::DST_IP => DataType::IPV4_ADDRESS,
        CtKey::SRC_IP6 | CtKey::DST_IP6 => DataType::IPV6_ADDRESS,
        CtKey::PACKETS | CtKey::BYTES | CtKey::AVERAGE => return integer(64),
        CtKey::ID => return ValueType { order: ByteOrder::Network, ..integer(32) },
        CtKey::ZONE => return integer(16),
        _ => return integer(32),
    })
}
