//! `bitwise`: masks, shifts and combines what is in a register.
//!
//! Linux 3.13, module nf_tables or nft_bitwise; linux/netfilter/nf_tables.h (`NFTA_BITWISE_…`), policy in
//! net/netfilter/nft_bitwise.c; [nft(8)](https://man7.org/linux/man-pages/man8/nft.8.html).

use nlink_core::open_enum;
use nlink_core::wire::{Be, UnknownAttrs};
use nlink_uapi::nf_tables::*;

use crate::expression::{Data, Register};

/// The `bitwise` expression.
#[derive(nlink_core::Kind, Clone, Debug, Default, PartialEq)]
#[kind(name = "bitwise", since = "3.13", module = "nf_tables")]
pub struct Bitwise {
    /// Where it is.
    #[attr(NFTA_BITWISE_SREG, as = Be<u32>)]
    pub source: Option<Register>,
    /// Where it goes.
    #[attr(NFTA_BITWISE_DREG, as = Be<u32>)]
    pub target: Option<Register>,
    /// What is done; absent it is mask and xor. Linux 5.6.
    #[attr(NFTA_BITWISE_OP, as = Be<u32>)]
    pub operation: Option<BitwiseOperation>,
    /// Bytes.
    #[attr(NFTA_BITWISE_LEN, as = Be<u32>)]
    pub len: Option<u32>,
    /// The bits that stay.
    #[attr(NFTA_BITWISE_MASK)]
    pub mask: Option<Data>,
    /// The bits that are turned around.
    #[attr(NFTA_BITWISE_XOR)]
    pub xor: Option<Data>,
    /// By how much it is shifted.
    #[attr(NFTA_BITWISE_DATA)]
    pub data: Option<Data>,
    /// The other operand; Linux 6.12.
    #[attr(NFTA_BITWISE_SREG2, as = Be<u32>)]
    pub second: Option<Register>,
    /// Attributes that no field names.
    #[attr(unknown)]
    pub unknown: UnknownAttrs,
}

open_enum! {
    /// What is done (`NFT_BITWISE_…`).
    pub struct BitwiseOperation(u32) {
        /// `(value & mask) ^ xor`.
        MASK_XOR = NFT_BITWISE_MASK_XOR, "mask-xor";
        /// To the left.
        LEFT = NFT_BITWISE_LSHIFT, "<<";
        /// To the right.
        RIGHT = NFT_BITWISE_RSHIFT, ">>";
        /// With another register; Linux 6.12.
        AND = NFT_BITWISE_AND, "&";
        /// With another register; Linux 6.12.
        OR = NFT_BITWISE_OR, "|";
        /// With another register; Linux 6.12.
        XOR = NFT_BITWISE_XOR, "^";
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use nlink_core::capture;

    // nft add rule … ct state established,related    nft 1.1.7
    #[test]
    fn it_is_written_as_nft_writes_it() {
        let bitwise = Bitwise {
            source: Some(Register::ONE),
            target: Some(Register::ONE),
            len: Some(4),
            mask: Some(Data::value([6, 0, 0, 0])),
            xor: Some(Data::value([0; 4])),
            ..Bitwise::default()
        };
        capture!(
            bitwise
                == "0800010000000001 0800020000000001 0800030000000004 0c00048008000100 06000000 0c00058008000100
            00000000"
        );
    }
}
