//! `nat`: another source or destination.
//!
//! Linux 3.13, module nf_tables or nft_nat; linux/netfilter/nf_tables.h (`NFTA_NAT_…`), policy in
//! net/netfilter/nft_nat.c; [nft(8)](https://man7.org/linux/man-pages/man8/nft.8.html).

use nlink_core::wire::{Be, UnknownAttrs};
use nlink_core::{flag_set, open_enum};
use nlink_uapi::nf_nat::*;
use nlink_uapi::nf_tables::*;

use crate::expression::Register;

/// The `nat` expression.
#[derive(nlink_core::Kind, Clone, Debug, Default, PartialEq)]
#[kind(name = "nat", since = "3.13", module = "nf_tables")]
pub struct Nat {
    /// Which of the two.
    #[attr(NFTA_NAT_TYPE, as = Be<u32>)]
    pub nat_type: Option<NatType>,
    /// Of which [`Family`](crate::Family).
    #[attr(NFTA_NAT_FAMILY, as = Be<u32>)]
    pub family: Option<u32>,
    /// The first address.
    #[attr(NFTA_NAT_REG_ADDR_MIN, as = Be<u32>)]
    pub address_min: Option<Register>,
    /// The last address; absent it is the first.
    #[attr(NFTA_NAT_REG_ADDR_MAX, as = Be<u32>)]
    pub address_max: Option<Register>,
    /// The first port.
    #[attr(NFTA_NAT_REG_PROTO_MIN, as = Be<u32>)]
    pub port_min: Option<Register>,
    /// The last port; absent it is the first.
    #[attr(NFTA_NAT_REG_PROTO_MAX, as = Be<u32>)]
    pub port_max: Option<Register>,
    /// How.
    #[attr(NFTA_NAT_FLAGS, as = Be<u32>)]
    pub flags: Option<NatFlags>,
    /// Attributes that no field names.
    #[attr(unknown)]
    pub unknown: UnknownAttrs,
}

open_enum! {
    /// What is translated (`NFT_NAT_…`).
    pub struct NatType(u32) {
        /// The source.
        SOURCE = NFT_NAT_SNAT, "snat";
        /// The destination.
        DESTINATION = NFT_NAT_DNAT, "dnat";
    }
}

flag_set! {
    /// How addresses and ports are chosen (linux/netfilter/nf_nat.h, `NF_NAT_RANGE_…`).
    pub struct NatFlags(u32) {
        /// Addresses are given.
        ADDRESSES = NF_NAT_RANGE_MAP_IPS, "addresses";
        /// Ports are given.
        PORTS = NF_NAT_RANGE_PROTO_SPECIFIED, "ports";
        /// Ports at random.
        RANDOM = NF_NAT_RANGE_PROTO_RANDOM, "random";
        /// The same address for the same host.
        PERSISTENT = NF_NAT_RANGE_PERSISTENT, "persistent";
        /// Ports wholly at random.
        FULLY_RANDOM = NF_NAT_RANGE_PROTO_RANDOM_FULLY, "fully-random";
        /// A network for a network: the rest of an address stays.
        NETWORK = NF_NAT_RANGE_NETMAP, "prefix";
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use nlink_core::capture;

    // nft add rule … dnat ip to 10.0.0.2:8080    nft 1.1.7
    #[test]
    fn it_is_written_as_nft_writes_it() {
        let nat = Nat {
            nat_type: Some(NatType::DESTINATION),
            family: Some(2),
            address_min: Some(Register::ONE),
            port_min: Some(Register::TWO),
            flags: Some(NatFlags::PORTS),
            ..Nat::default()
        };
        capture!(nat == "0800010000000001 0800020000000002 0800030000000001 0800050000000002 0800070000000002");
    }
}
