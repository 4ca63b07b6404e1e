//! `quota`: goes on until so much has passed, or once it has.
//!
//! Linux 4.7, module nf_tables or nft_quota; linux/netfilter/nf_tables.h (`NFTA_QUOTA_…`), policy in
//! net/netfilter/nft_quota.c; [nft(8)](https://man7.org/linux/man-pages/man8/nft.8.html).

use nlink_core::flag_set;
use nlink_core::wire::{Be, UnknownAttrs};
use nlink_uapi::nf_tables::*;

/// The `quota` expression, and the state of a named quota.
#[derive(nlink_core::Kind, Clone, Debug, Default, PartialEq)]
#[kind(name = "quota", since = "4.7", module = "nft_quota")]
pub struct Quota {
    /// So many bytes.
    #[attr(NFTA_QUOTA_BYTES, as = Be<u64>)]
    pub bytes: Option<u64>,
    /// Of which so many are used.
    #[attr(NFTA_QUOTA_CONSUMED, as = Be<u64>)]
    pub used: Option<u64>,
    /// What it matches.
    #[attr(NFTA_QUOTA_FLAGS, as = Be<u32>)]
    pub flags: Option<QuotaFlags>,
    /// Attributes that no field names.
    #[attr(unknown)]
    pub unknown: UnknownAttrs,
}

flag_set! {
    /// What a quota matches (`NFT_QUOTA_F_…`).
    pub struct QuotaFlags(u32) {
        /// What is over it, not what is until then.
        OVER = NFT_QUOTA_F_INV, "over";
        /// It is used up.
        DEPLETED = NFT_QUOTA_F_DEPLETED, "depleted";
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use nlink_core::capture;

    // the data of nft 'add quota inet t2 qq { over 25 mbytes used 1 mbytes; }'    nft 1.1.7
    #[test]
    fn it_is_written_as_nft_writes_it() {
        let mib = 1 << 20;
        let quota = Quota { bytes: Some(25 * mib), used: Some(mib), flags: Some(QuotaFlags::OVER), ..Quota::default() };
        capture!(quota == "0c00 0100 0000000001900000 0c00 0400 0000000000100000 0800 0200 00000001");
    }
}
