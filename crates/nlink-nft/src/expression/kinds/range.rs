//! `range`: whether a register lies between two values, both included.
//!
//! Linux 4.10, module nf_tables or nft_range; linux/netfilter/nf_tables.h (`NFTA_RANGE_…`), policy in
//! net/netfilter/nft_range.c; [nft(8)](https://man7.org/linux/man-pages/man8/nft.8.html).

use nlink_core::open_enum;
use nlink_core::wire::{Be, UnknownAttrs};
use nlink_uapi::nf_tables::*;

use crate::expression::{Data, Register};

/// The `range` expression.
#[derive(nlink_core::Kind, Clone, Debug, Default, PartialEq)]
#[kind(name = "range", since = "4.10", module = "nf_tables")]
pub struct Range {
    /// Where it is.
    #[attr(NFTA_RANGE_SREG, as = Be<u32>)]
    pub source: Option<Register>,
    /// Within or without.
    #[attr(NFTA_RANGE_OP, as = Be<u32>)]
    pub operation: Option<RangeOperation>,
    /// The first.
    #[attr(NFTA_RANGE_FROM_DATA)]
    pub from: Option<Data>,
    /// The last.
    #[attr(NFTA_RANGE_TO_DATA)]
    pub to: Option<Data>,
    /// Attributes that no field names.
    #[attr(unknown)]
    pub unknown: UnknownAttrs,
}

open_enum! {
    /// Within or without (`NFT_RANGE_…`).
    pub struct RangeOperation(u32) {
        /// Within.
        EQ = NFT_RANGE_EQ, "==";
        /// Without.
        NEQ = NFT_RANGE_NEQ, "!=";
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use nlink_core::capture;

    // nft add rule … tcp dport 22-80    nft 1.1.7
    #[test]
    fn it_is_written_as_nft_writes_it() {
        let range = Range {
            source: Some(Register::ONE),
            operation: Some(RangeOperation::EQ),
            from: Some(Data::value([0, 22])),
            to: Some(Data::value([0, 80])),
            ..Range::default()
        };
        capture!(range == "0800010000000001 0800020000000000 0c0003800600010000160000 0c0004800600010000500000");
    }
}
