//! What is to be known of a value beside the value.

use crate::{DataType, Family};

/// The type of a value, its length, and how it lies in a register.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ValueType {
    /// What it is.
    pub data_type: DataType,
    /// How many bits it has.
    pub bits: u16,
    /// How a number of it lies in a register.
    pub order: ByteOrder,
}

/// How a number lies in a register.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ByteOrder {
    /// In network byte order, as the packet has it.
    Network,
    /// In the machine's.
    Host,
}

/// What values of a type are at bottom, and so how one that has no name is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nature {
    /// A number, written in tens.
    Decimal,
    /// A number, written in sixteens with `0x`, as many digits as it has.
    Hexadecimal,
    /// Bits, each with a name: several are written with `,` or `|` between them.
    Flags,
    /// An address of IPv4.
    Ipv4,
    /// An address of IPv6.
    Ipv6,
    /// An address of Ethernet.
    Ethernet,
    /// A text.
    Text,
    /// Milliseconds, written as `1d2h3m4s5ms`.
    Time,
    /// A verdict.
    Verdict,
}

/// A type that stands in the header of a set, its length in bits, its byte order and nature.
type Entry = (DataType, u16, ByteOrder, Nature);

use ByteOrder::{Host, Network};

/// What nft knows of its types; those of no length of their own have it from what they stand against.
const TYPES: [Entry; 45] = [
    (DataType::VERDICT, 0, Host, Nature::Verdict),
    (DataType::NFPROTO, 8, Host, Nature::Decimal),
    (DataType::BITMASK, 0, Host, Nature::Hexadecimal),
    (DataType::INTEGER, 0, Host, Nature::Decimal),
    (DataType::STRING, 0, Host, Nature::Text),
    (DataType::LINK_ADDRESS, 0, Network, Nature::Ethernet),
    (DataType::IPV4_ADDRESS, 32, Network, Nature::Ipv4),
    (DataType::IPV6_ADDRESS, 128, Network, Nature::Ipv6),
    (DataType::ETHER_ADDRESS, 48, Network, Nature::Ethernet),
    (DataType::ETHER_TYPE, 16, Network, Nature::Hexadecimal),
    (DataType::ARP_OPERATION, 16, Network, Nature::Decimal),
    (DataType::INET_PROTOCOL, 8, Network, Nature::Decimal),
    (DataType::INET_SERVICE, 16, Network, Nature::Decimal),
    (DataType::ICMP_TYPE, 8, Network, Nature::Decimal),
    (DataType::TCP_FLAG, 8, Network, Nature::Flags),
    (DataType::DCCP_TYPE, 4, Network, Nature::Decimal),
    (DataType::MH_TYPE, 8, Network, Nature::Decimal),
    (DataType::TIME, 32, Host, Nature::Time),
    (DataType::MARK, 32, Host, Nature::Hexadecimal),
    (DataType::INTERFACE_INDEX, 32, Host, Nature::Decimal),
    (DataType::INTERFACE_TYPE, 16, Host, Nature::Decimal),
    (DataType::REALM, 32, Host, Nature::Decimal),
    (DataType::CLASS, 32, Host, Nature::Hexadecimal),
    (DataType::USER, 32, Host, Nature::Decimal),
    (DataType::GROUP, 32, Host, Nature::Decimal),
    (DataType::CT_STATE, 32, Host, Nature::Flags),
    (DataType::CT_DIRECTION, 8, Host, Nature::Decimal),
    (DataType::CT_STATUS, 32, Host, Nature::Flags),
    (DataType::ICMPV6_TYPE, 8, Network, Nature::Decimal),
    (DataType::CT_LABEL, 128, Host, Nature::Flags),
    (DataType::PACKET_TYPE, 8, Host, Nature::Decimal),
    (DataType::ICMP_CODE, 8, Network, Nature::Decimal),
    (DataType::ICMPV6_CODE, 8, Network, Nature::Decimal),
    (DataType::ICMPX_CODE, 8, Network, Nature::Decimal),
    (DataType::DEVICE_GROUP, 32, Host, Nature::Decimal),
    (DataType::DSCP, 6, Network, Nature::Hexadecimal),
    (DataType::ECN, 2, Network, Nature::Decimal),
    (DataType::FIB_ADDRESS_TYPE, 32, Host, Nature::Decimal),
    (DataType::BOOLEAN, 1, Host, Nature::Decimal),
    (DataType::CT_EVENT, 32, Host, Nature::Flags),
    (DataType::INTERFACE_NAME, 128, Host, Nature::Text),
    (DataType::IGMP_TYPE, 8, Network, Nature::Decimal),
    (DataType::DATE, 64, Host, Nature::Decimal),
    (DataType::HOUR, 32, Host, Nature::Decimal),
    (DataType::DAY, 8, Host, Nature::Decimal),
];

impl ValueType {
    /// A type with the length and byte order that nft gives it; 0 bits, where it has none of its own.
    pub fn of(data_type: DataType) -> Self {
        let entry = TYPES.iter().find(|(known, ..)| *known == data_type);
        let (bits, order) = entry.map_or((0, Host), |(_, bits, order, _)| (*bits, *order));
        Self { data_type, bits, order }
    }

    /// Addresses of that version of IP, those of IPv4 where it is none.
    pub fn address(family: Option<Family>) -> Self {
        Self::of(if family == Some(Family::IPV6) { DataType::IPV6_ADDRESS } else { DataType::IPV4_ADDRESS })
    }

    /// What its values are at bottom.
    pub fn nature(self) -> Nature {
        TYPES.iter().find(|(known, ..)| *known == self.data_type).map_or(Nature::Hexadecimal, |(.., nature)| *nature)
    }

    /// How many bytes it takes in a register, not filled up.
    pub fn len(self) -> u16 {
        self.bits.div_ceil(8)
    }

    /// Whether it has no length of its own.
    pub fn is_empty(self) -> bool {
        self.bits == 0
    }
}
