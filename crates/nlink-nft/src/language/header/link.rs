//! Headers of the link layer: IEEE 802.3, IEEE 802.1Q.

use nlink_uapi::if_ether::ETH_P_8021Q;

use super::table::{Header, Layer, field};
use crate::DataType;
use crate::expression::kinds::payload::PayloadBase;

pub(super) const ETHER: Header = Header {
    name: "ether",
    base: PayloadBase::LINK,
    layer: Layer::Link,
    fields: &[
        field("daddr", 0, 48, DataType::ETHER_ADDRESS),
        field("saddr", 48, 48, DataType::ETHER_ADDRESS),
        field("type", 96, 16, DataType::ETHER_TYPE),
    ],
};

/// Its tag stands behind the header of Ethernet, at byte 14.
pub(super) const VLAN: Header = Header {
    name: "vlan",
    base: PayloadBase::LINK,
    layer: Layer::Network(ETH_P_8021Q),
    fields: &[
        field("pcp", 112, 3, DataType::INTEGER),
        field("dei", 115, 1, DataType::INTEGER),
        field("id", 116, 12, DataType::INTEGER),
        field("type", 128, 16, DataType::ETHER_TYPE),
    ],
};
