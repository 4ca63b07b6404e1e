//! `lookup`: looks a register up in a set, or what belongs to it in a map.
//!
//! Linux 3.13, module nf_tables or nft_lookup; linux/netfilter/nf_tables.h (`NFTA_LOOKUP_…`), policy in
//! net/netfilter/nft_lookup.c; [nft(8)](https://man7.org/linux/man-pages/man8/nft.8.html).

use nlink_core::flag_set;
use nlink_core::wire::{Be, UnknownAttrs};
use nlink_uapi::nf_tables::*;

use crate::expression::Register;

/// The `lookup` expression.
#[derive(nlink_core::Kind, Clone, Debug, Default, PartialEq)]
#[kind(name = "lookup", since = "3.13", module = "nf_tables")]
pub struct Lookup {
    /// The set's name; of an anonymous one, of the same transaction, `__set%d`.
    #[attr(NFTA_LOOKUP_SET)]
    pub set: Option<String>,
    /// The key.
    #[attr(NFTA_LOOKUP_SREG, as = Be<u32>)]
    pub source: Option<Register>,
    /// Where the map's value goes.
    #[attr(NFTA_LOOKUP_DREG, as = Be<u32>)]
    pub target: Option<Register>,
    /// The set's number in the transaction; only asked.
    #[attr(NFTA_LOOKUP_SET_ID, as = Be<u32>)]
    pub set_id: Option<u32>,
    /// What it matches.
    #[attr(NFTA_LOOKUP_FLAGS, as = Be<u32>)]
    pub flags: Option<LookupFlags>,
    /// Attributes that no field names.
    #[attr(unknown)]
    pub unknown: UnknownAttrs,
}

flag_set! {
    /// What a lookup matches (`NFT_LOOKUP_F_…`).
    pub struct LookupFlags(u32) {
        /// What is not in the set.
        INVERTED = NFT_LOOKUP_F_INV, "!=";
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use nlink_core::capture;

    // nft add rule … ip saddr @allowed    nft 1.1.7
    #[test]
    fn it_is_written_as_nft_writes_it() {
        let lookup =
            Lookup { set: Some("allowed".into()), source: Some(Register::ONE), set_id: Some(1), ..Lookup::default() };
        capture!(lookup == "0800020000000001 0c000100616c6c6f77656400 0800040000000001");
    }
}
