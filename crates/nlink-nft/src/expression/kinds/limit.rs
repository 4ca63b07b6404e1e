//! `limit`: matches as long as a rate is kept.
//!
//! Linux 3.13, module nf_tables or nft_limit; linux/netfilter/nf_tables.h (`NFTA_LIMIT_…`), policy in
//! net/netfilter/nft_limit.c; [nft(8)](https://man7.org/linux/man-pages/man8/nft.8.html).

use nlink_core::wire::{Be, UnknownAttrs};
use nlink_core::{flag_set, open_enum};
use nlink_uapi::nf_tables::*;

/// The `limit` expression.
#[derive(nlink_core::Kind, Clone, Debug, Default, PartialEq)]
#[kind(name = "limit", since = "3.13", module = "nf_tables")]
pub struct Limit {
    /// Packets or bytes in a unit of time.
    #[attr(NFTA_LIMIT_RATE, as = Be<u64>)]
    pub rate: Option<u64>,
    /// The unit, seconds.
    #[attr(NFTA_LIMIT_UNIT, as = Be<u64>)]
    pub unit: Option<u64>,
    /// So many more at once.
    #[attr(NFTA_LIMIT_BURST, as = Be<u32>)]
    pub burst: Option<u32>,
    /// What is counted.
    #[attr(NFTA_LIMIT_TYPE, as = Be<u32>)]
    pub limit_type: Option<LimitType>,
    /// What it matches.
    #[attr(NFTA_LIMIT_FLAGS, as = Be<u32>)]
    pub flags: Option<LimitFlags>,
    /// Attributes that no field names.
    #[attr(unknown)]
    pub unknown: UnknownAttrs,
}

open_enum! {
    /// What a limit counts (`NFT_LIMIT_…`).
    pub struct LimitType(u32) {
        /// Packets.
        PACKETS = NFT_LIMIT_PKTS, "packets";
        /// Bytes.
        BYTES = NFT_LIMIT_PKT_BYTES, "bytes";
    }
}

flag_set! {
    /// What a limit matches (`NFT_LIMIT_F_…`).
    pub struct LimitFlags(u32) {
        /// What is over it; Linux 4.3.
        OVER = NFT_LIMIT_F_INV, "over";
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use nlink_core::capture;

    // nft add rule … limit rate 10/minute    nft 1.1.7
    #[test]
    fn it_is_written_as_nft_writes_it() {
        let limit = Limit {
            rate: Some(10),
            unit: Some(60),
            burst: Some(5),
            limit_type: Some(LimitType::PACKETS),
            flags: Some(LimitFlags::default()),
            ..Limit::default()
        };
        capture!(
            limit
                == "0c000100 000000000000000a 0c000200 000000000000003c 0800030000000005 0800040000000000
            0800050000000000"
        );
    }
}
