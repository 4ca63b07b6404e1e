//! Nests of a link message that are no folder of their own: per address family, devlink port, DPLL pin, protodown.

use std::net::Ipv6Addr;

use nlink_core::wire::{AttrTable, Attributes, Blob, Codec, FamilyUnion, Tailed, UnknownAttrs, WireError, Writer};
use nlink_uapi::devlink::{DEVLINK_ATTR_BUS_NAME, DEVLINK_ATTR_DEV_NAME, DEVLINK_ATTR_PORT_INDEX};
use nlink_uapi::dpll::DPLL_A_PIN_ID;
use nlink_uapi::if_bridge::{IFLA_BRIDGE_FLAGS, IFLA_BRIDGE_MODE, IFLA_BRIDGE_VLAN_INFO};
use nlink_uapi::if_link::{
    IFLA_INET_CONF, IFLA_INET6_ADDR_GEN_MODE, IFLA_INET6_CACHEINFO, IFLA_INET6_CONF, IFLA_INET6_FLAGS,
    IFLA_INET6_ICMP6STATS, IFLA_INET6_RA_MTU, IFLA_INET6_STATS, IFLA_INET6_TOKEN, IFLA_PROTO_DOWN_REASON_MASK,
    IFLA_PROTO_DOWN_REASON_VALUE, ifla_cacheinfo,
};

use super::AddressGeneration;
use super::slaves::BridgePort;
use crate::Family;

const AF_INET: u32 = Family::INET.0 as u32;
const AF_INET6: u32 = Family::INET6.0 as u32;

/// `IFLA_AF_SPEC`: in most messages a nest for each address family, in those of bridges the port's VLANs.
#[derive(Clone, Debug, PartialEq)]
pub enum AfSpec {
    /// Settings of each family.
    Families(Box<Families>),
    /// A bridge or a port of one (`AF_BRIDGE` in the header).
    Bridge(Box<BridgeSpec>),
}

impl FamilyUnion for AfSpec {
    fn decode(family: u8, payload: &[u8]) -> Result<Self, WireError> {
        match Family(family) {
            Family::BRIDGE => BridgeSpec::decode(payload).map(|spec| AfSpec::Bridge(Box::new(spec))),
            _ => Families::decode(payload).map(|families| AfSpec::Families(Box::new(families))),
        }
    }

    fn encode(&self, writer: &mut Writer) {
        match self {
            AfSpec::Families(families) => families.encode(writer),
            AfSpec::Bridge(spec) => spec.encode(writer),
        }
    }

    fn table(family: u8) -> Option<&'static AttrTable> {
        Some(match Family(family) {
            Family::BRIDGE => &BridgeSpec::TABLE,
            _ => &Families::TABLE,
        })
    }
}

/// Settings of each address family; the numbers are those of the families. MCTP's stay in `unknown`: neither the
/// kernel's headers for userspace nor the libc crate give its family a number.
#[derive(nlink_core::Attributes, Clone, Debug, Default, PartialEq)]
pub struct Families {
    /// IPv4.
    #[attr(AF_INET)]
    pub inet: Option<Inet>,
    /// IPv6.
    #[attr(AF_INET6)]
    pub inet6: Option<Inet6>,
    /// Families that no field names.
    #[attr(unknown)]
    pub unknown: UnknownAttrs,
}

/// IPv4's settings of a link.
#[derive(nlink_core::Attributes, Clone, Debug, Default, PartialEq, Eq)]
pub struct Inet {
    /// The sysctls of net.ipv4.conf, by `IPV4_DEVCONF_…` less one (linux/ip.h). Read-only: the kernel takes another
    /// form than it gives.
    #[attr(IFLA_INET_CONF, packed)]
    pub conf: Vec<i32>,
    /// Attributes that no field names.
    #[attr(unknown)]
    pub unknown: UnknownAttrs,
}

/// IPv6's settings of a link (net/ipv6/addrconf.c, `inet6_af_policy`).
#[derive(nlink_core::Attributes, Clone, Debug, Default, PartialEq)]
pub struct Inet6 {
    /// State of the interface (`IF_RA_…`, net/if_inet6.h).
    #[attr(IFLA_INET6_FLAGS)]
    pub flags: Option<u32>,
    /// Times, milliseconds; `tstamp` in hundredths of a second since boot.
    #[attr(IFLA_INET6_CACHEINFO)]
    pub cache_info: Option<Tailed<ifla_cacheinfo>>,
    /// The sysctls of net.ipv6.conf, by `DEVCONF_…` (linux/ipv6.h). Read-only.
    #[attr(IFLA_INET6_CONF, packed)]
    pub conf: Vec<i32>,
    /// Counters, by `IPSTATS_MIB_…` (linux/snmp.h); the first is their number.
    #[attr(IFLA_INET6_STATS, packed)]
    pub statistics: Vec<u64>,
    /// ICMPv6 counters, by `ICMP6_MIB_…` (linux/snmp.h); the first is their number.
    #[attr(IFLA_INET6_ICMP6STATS, packed)]
    pub icmp_statistics: Vec<u64>,
    /// The identifier that a tokenised address ends with; `::` is none.
    #[attr(IFLA_INET6_TOKEN)]
    pub token: Option<Ipv6Addr>,
    /// How interface identifiers are made.
    #[attr(IFLA_INET6_ADDR_GEN_MODE)]
    pub address_generation: Option<AddressGeneration>,
    /// The MTU that a router announced, bytes; Linux 5.15.
    #[attr(IFLA_INET6_RA_MTU)]
    pub router_mtu: Option<u32>,
    /// Attributes that no field names.
    #[attr(unknown)]
    pub unknown: UnknownAttrs,
}

/// What a bridge says of itself or of a port (linux/if_bridge.h).
#[derive(nlink_core::Attributes, Clone, Debug, Default, PartialEq, Eq)]
pub struct BridgeSpec {
    /// `BRIDGE_FLAGS_…`: whether the master or the device itself is meant.
    #[attr(IFLA_BRIDGE_FLAGS)]
    pub flags: Option<u16>,
    /// `BRIDGE_MODE_…`.
    #[attr(IFLA_BRIDGE_MODE)]
    pub mode: Option<u16>,
    /// `struct bridge_vlan_info` for each VLAN or range, as it came.
    #[attr(IFLA_BRIDGE_VLAN_INFO)]
    pub vlans: Vec<Blob>,
    /// Attributes that no field names.
    #[attr(unknown)]
    pub unknown: UnknownAttrs,
}

/// `IFLA_PROTINFO`: what a protocol says of the link, by the family in the header.
#[derive(Clone, Debug, PartialEq)]
pub enum ProtInfo {
    /// IPv6 (`RTNLGRP_IPV6_IFINFO`).
    Inet6(Box<Inet6>),
    /// A bridge of its port.
    BridgePort(Box<BridgePort>),
    /// Any other family: the nest as it came.
    Other(Blob),
}

impl FamilyUnion for ProtInfo {
    fn decode(family: u8, payload: &[u8]) -> Result<Self, WireError> {
        Ok(match Family(family) {
            Family::INET6 => ProtInfo::Inet6(Box::new(Inet6::decode(payload)?)),
            Family::BRIDGE => ProtInfo::BridgePort(Box::new(BridgePort::decode(payload)?)),
            _ => ProtInfo::Other(Blob(payload.to_vec())),
        })
    }

    fn encode(&self, writer: &mut Writer) {
        match self {
            ProtInfo::Inet6(info) => info.encode(writer),
            ProtInfo::BridgePort(info) => info.encode(writer),
            ProtInfo::Other(bytes) => bytes.encode(writer),
        }
    }

    fn table(family: u8) -> Option<&'static AttrTable> {
        match Family(family) {
            Family::INET6 => Some(&Inet6::TABLE),
            Family::BRIDGE => Some(&BridgePort::TABLE),
            _ => None,
        }
    }
}

/// Why a link is held down by protocol (`IFLA_PROTO_DOWN_REASON`); Linux 5.9.
#[derive(nlink_core::Attributes, Clone, Debug, Default, PartialEq, Eq)]
pub struct ProtoDownReason {
    /// Which bits of the value count.
    #[attr(IFLA_PROTO_DOWN_REASON_MASK)]
    pub mask: Option<u32>,
    /// A bit for each reason; /etc/iproute2/protodown_reasons.d names them.
    #[attr(IFLA_PROTO_DOWN_REASON_VALUE)]
    pub value: Option<u32>,
}

/// The devlink port behind a link (`IFLA_DEVLINK_PORT`); Linux 6.2.
#[derive(nlink_core::Attributes, Clone, Debug, Default, PartialEq, Eq)]
pub struct DevlinkPort {
    /// The bus: `pci`.
    #[attr(DEVLINK_ATTR_BUS_NAME)]
    pub bus: Option<String>,
    /// The device on it.
    #[attr(DEVLINK_ATTR_DEV_NAME)]
    pub device: Option<String>,
    /// The port's number.
    #[attr(DEVLINK_ATTR_PORT_INDEX)]
    pub port: Option<u32>,
    /// Attributes that no field names.
    #[attr(unknown)]
    pub unknown: UnknownAttrs,
}

/// The DPLL pin that the link can recover a clock from (`IFLA_DPLL_PIN`); Linux 6.7.
#[derive(nlink_core::Attributes, Clone, Debug, Default, PartialEq, Eq)]
pub struct DpllPin {
    /// The pin.
    #[attr(DPLL_A_PIN_ID)]
    pub id: Option<u32>,
    /// Attributes that no field names.
    #[attr(unknown)]
    pub unknown: UnknownAttrs,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_af_spec_holds_hangs_on_the_family() {
        // attribute 2 is IPv4's nest in one, four bytes of VLAN in the other
        let mut writer = Writer::new();
        writer.attr(2, |payload| payload.bytes(&[0, 0, 10, 0]));
        let bytes = writer.finish().unwrap();
        assert!(AfSpec::decode(Family::UNSPEC.0, &bytes).is_err());
        let AfSpec::Bridge(spec) = AfSpec::decode(Family::BRIDGE.0, &bytes).unwrap() else { panic!("a bridge's") };
        assert_eq!(spec.vlans, [Blob(vec![0, 0, 10, 0])]);
    }
}
