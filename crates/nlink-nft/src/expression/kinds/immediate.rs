//! `immediate`: a value into a register; into the verdict's register, what becomes of the packet.
//!
//! Linux 3.13, module nf_tables or nft_immediate; linux/netfilter/nf_tables.h (`NFTA_IMMEDIATE_…`), policy in
//! net/netfilter/nft_immediate.c; [nft(8)](https://man7.org/linux/man-pages/man8/nft.8.html).

use nlink_core::wire::{Be, UnknownAttrs};
use nlink_uapi::nf_tables::*;

use crate::expression::{Data, Register};

/// The `immediate` expression.
#[derive(nlink_core::Kind, Clone, Debug, Default, PartialEq)]
#[kind(name = "immediate", since = "3.13", module = "nf_tables")]
pub struct Immediate {
    /// Where it goes.
    #[attr(NFTA_IMMEDIATE_DREG, as = Be<u32>)]
    pub target: Option<Register>,
    /// The value.
    #[attr(NFTA_IMMEDIATE_DATA)]
    pub data: Option<Data>,
    /// Attributes that no field names.
    #[attr(unknown)]
    pub unknown: UnknownAttrs,
}

#[cfg(test)]
mod tests {
    use super::*;
    use nlink_core::capture;

    // nft add rule … jump other    nft 1.1.7
    #[test]
    fn it_is_written_as_nft_writes_it() {
        let immediate = Immediate {
            target: Some(Register::VERDICT),
            data: Some(crate::Verdict::jump("other").into()),
            ..Immediate::default()
        };
        capture!(immediate == "0800010000000000 1c000280 1800028008000100 fffffffd 0a0002006f746865 72000000");
    }
}
