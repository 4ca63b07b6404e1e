//! `reject`: drops the packet and says so to its sender.
//!
//! Linux 3.14, module nf_tables or nft_reject; linux/netfilter/nf_tables.h (`NFTA_REJECT_…`), policy in
//! net/netfilter/nft_reject.c; [nft(8)](https://man7.org/linux/man-pages/man8/nft.8.html).

use nlink_core::open_enum;
use nlink_core::wire::{Be, UnknownAttrs};
use nlink_uapi::nf_tables::*;

/// The `reject` expression.
#[derive(nlink_core::Kind, Clone, Debug, Default, PartialEq)]
#[kind(name = "reject", since = "3.14", module = "nf_tables")]
pub struct Reject {
    /// How it is said.
    #[attr(NFTA_REJECT_TYPE, as = Be<u32>)]
    pub reject_type: Option<RejectType>,
    /// With which code: ICMP's or ICMPv6's, or one of `NFT_REJECT_ICMPX_…`.
    #[attr(NFTA_REJECT_ICMP_CODE)]
    pub code: Option<u8>,
    /// Attributes that no field names.
    #[attr(unknown)]
    pub unknown: UnknownAttrs,
}

open_enum! {
    /// How a sender is told (`NFT_REJECT_…`).
    pub struct RejectType(u32) {
        /// ICMP or ICMPv6, as the family is.
        ICMP = NFT_REJECT_ICMP_UNREACH, "icmp";
        /// A TCP reset.
        TCP_RESET = NFT_REJECT_TCP_RST, "tcp reset";
        /// What fits the packet's family; Linux 3.18.
        ICMPX = NFT_REJECT_ICMPX_UNREACH, "icmpx";
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use nlink_core::capture;

    // nft add rule … reject with icmpx admin-prohibited    nft 1.1.7
    #[test]
    fn it_is_written_as_nft_writes_it() {
        let reject = Reject { reject_type: Some(RejectType::ICMPX), code: Some(3), ..Reject::default() };
        capture!(reject == "0800010000000002 0500020003000000");
    }
}
