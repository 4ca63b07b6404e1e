//! `byteorder`: turns what is in a register from or to network byte order.
//!
//! Linux 3.13, module nf_tables or nft_byteorder; linux/netfilter/nf_tables.h (`NFTA_BYTEORDER_…`), policy in
//! net/netfilter/nft_byteorder.c; [nft(8)](https://man7.org/linux/man-pages/man8/nft.8.html).

use nlink_core::open_enum;
use nlink_core::wire::{Be, UnknownAttrs};
use nlink_uapi::nf_tables::*;

use crate::expression::Register;

/// The `byteorder` expression.
#[derive(nlink_core::Kind, Clone, Debug, Default, PartialEq)]
#[kind(name = "byteorder", since = "3.13", module = "nf_tables")]
pub struct Byteorder {
    /// Where it is.
    #[attr(NFTA_BYTEORDER_SREG, as = Be<u32>)]
    pub source: Option<Register>,
    /// Where it goes.
    #[attr(NFTA_BYTEORDER_DREG, as = Be<u32>)]
    pub target: Option<Register>,
    /// Which way.
    #[attr(NFTA_BYTEORDER_OP, as = Be<u32>)]
    pub operation: Option<ByteorderOperation>,
    /// Bytes.
    #[attr(NFTA_BYTEORDER_LEN, as = Be<u32>)]
    pub len: Option<u32>,
    /// Bytes of each number therein: 2, 4 or 8.
    #[attr(NFTA_BYTEORDER_SIZE, as = Be<u32>)]
    pub size: Option<u32>,
    /// Attributes that no field names.
    #[attr(unknown)]
    pub unknown: UnknownAttrs,
}

open_enum! {
    /// Which way (`NFT_BYTEORDER_…`).
    pub struct ByteorderOperation(u32) {
        /// From network byte order to the machine's.
        NTOH = NFT_BYTEORDER_NTOH, "ntoh";
        /// From the machine's byte order to the network's.
        HTON = NFT_BYTEORDER_HTON, "hton";
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use nlink_core::capture;

    // nft add rule … ct mark set ip saddr    nft 1.1.7
    #[test]
    fn it_is_written_as_nft_writes_it() {
        let byteorder = Byteorder {
            source: Some(Register::ONE),
            target: Some(Register::ONE),
            operation: Some(ByteorderOperation::NTOH),
            len: Some(4),
            size: Some(4),
            ..Byteorder::default()
        };
        capture!(byteorder == "0800010000000001 0800020000000001 0800030000000000 0800040000000004 0800050000000004");
    }
}
