//! `cmp`: compares a register with a value; the rule ends where it does not hold.
//!
//! Linux 3.13, module nf_tables or nft_cmp; linux/netfilter/nf_tables.h (`NFTA_CMP_…`), policy in
//! net/netfilter/nft_cmp.c; [nft(8)](https://man7.org/linux/man-pages/man8/nft.8.html).

use nlink_core::open_enum;
use nlink_core::wire::{Be, UnknownAttrs};
use nlink_uapi::nf_tables::*;

use crate::expression::{Data, Register};

/// The `cmp` expression.
#[derive(nlink_core::Kind, Clone, Debug, Default, PartialEq)]
#[kind(name = "cmp", since = "3.13", module = "nf_tables")]
pub struct Cmp {
    /// Where it is.
    #[attr(NFTA_CMP_SREG, as = Be<u32>)]
    pub source: Option<Register>,
    /// How.
    #[attr(NFTA_CMP_OP, as = Be<u32>)]
    pub operation: Option<Comparison>,
    /// With what.
    #[attr(NFTA_CMP_DATA)]
    pub data: Option<Data>,
    /// Attributes that no field names.
    #[attr(unknown)]
    pub unknown: UnknownAttrs,
}

open_enum! {
    /// How two values compare (`NFT_CMP_…`), byte by byte.
    pub struct Comparison(u32) {
        /// Equal.
        EQ = NFT_CMP_EQ, "==";
        /// Not equal.
        NEQ = NFT_CMP_NEQ, "!=";
        /// Less.
        LT = NFT_CMP_LT, "<";
        /// Less or equal.
        LTE = NFT_CMP_LTE, "<=";
        /// Greater.
        GT = NFT_CMP_GT, ">";
        /// Greater or equal.
        GTE = NFT_CMP_GTE, ">=";
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use nlink_core::capture;

    // nft add rule … tcp dport != 22    nft 1.1.7
    #[test]
    fn it_is_written_as_nft_writes_it() {
        let cmp = Cmp {
            source: Some(Register::ONE),
            operation: Some(Comparison::NEQ),
            data: Some(Data::value([0, 22])),
            ..Cmp::default()
        };
        capture!(cmp == "0800010000000001 0800020000000001 0c00038006000100 00160000");
    }
}
