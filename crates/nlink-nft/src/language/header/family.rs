//! Families that are one network protocol, and the EtherTypes of these.

use nlink_uapi::if_ether::{ETH_P_ARP, ETH_P_IP, ETH_P_IPV6};

use crate::Family;

const IP: [(Family, u32); 2] = [(Family::IPV4, ETH_P_IP), (Family::IPV6, ETH_P_IPV6)];

/// The EtherType of what a table of that family sees; none where it sees several protocols.
pub(crate) fn ether_type(family: Family) -> Option<u32> {
    if family == Family::ARP { Some(ETH_P_ARP) } else { ip_ether_type(family.0.into()) }
}

/// The EtherType of the version of IP that this `NFPROTO_…` is.
pub(crate) fn ip_ether_type(nfproto: u128) -> Option<u32> {
    IP.iter().find(|(family, _)| u128::from(family.0) == nfproto).map(|(_, ether_type)| *ether_type)
}

/// The family of the version of IP that has this EtherType.
pub(crate) fn ip_family(ether_type: u32) -> Option<Family> {
    IP.iter().find(|(_, known)| *known == ether_type).map(|(family, _)| *family)
}
