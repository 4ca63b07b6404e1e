//! `masq`: the source becomes the address of the device that the packet goes out by.
//!
//! Linux 3.18, module nf_tables or nft_masq; linux/netfilter/nf_tables.h (`NFTA_MASQ_…`), policy in
//! net/netfilter/nft_masq.c; [nft(8)](https://man7.org/linux/man-pages/man8/nft.8.html).

use nlink_core::wire::{Be, UnknownAttrs};
use nlink_uapi::nf_tables::*;

use super::nat::NatFlags;
use crate::expression::Register;

/// The `masq` expression.
#[derive(nlink_core::Kind, Clone, Debug, Default, PartialEq)]
#[kind(name = "masq", since = "3.18", module = "nf_tables")]
pub struct Masq {
    /// How.
    #[attr(NFTA_MASQ_FLAGS, as = Be<u32>)]
    pub flags: Option<NatFlags>,
    /// The first port.
    #[attr(NFTA_MASQ_REG_PROTO_MIN, as = Be<u32>)]
    pub port_min: Option<Register>,
    /// The last port.
    #[attr(NFTA_MASQ_REG_PROTO_MAX, as = Be<u32>)]
    pub port_max: Option<Register>,
    /// Attributes that no field names.
    #[attr(unknown)]
    pub unknown: UnknownAttrs,
}

#[cfg(test)]
mod tests {
    use super::*;
    use nlink_core::capture;

    // nft add rule … masquerade random,persistent    nft 1.1.7
    #[test]
    fn it_is_written_as_nft_writes_it() {
        let masq = Masq { flags: Some(NatFlags::RANDOM | NatFlags::PERSISTENT), ..Masq::default() };
        capture!(masq == "080001000000000c");
    }
}
