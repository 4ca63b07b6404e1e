//! `objref`: uses a named object, given or found in a map.
//!
//! Linux 4.10, module nf_tables or nft_objref; linux/netfilter/nf_tables.h (`NFTA_OBJREF_…`), policy in
//! net/netfilter/nft_objref.c; [nft(8)](https://man7.org/linux/man-pages/man8/nft.8.html).

use nlink_core::open_enum;
use nlink_core::wire::{Be, UnknownAttrs};
use nlink_uapi::nf_tables::*;

use crate::expression::Register;

/// The `objref` expression.
#[derive(nlink_core::Kind, Clone, Debug, Default, PartialEq)]
#[kind(name = "objref", since = "4.10", module = "nf_tables")]
pub struct Objref {
    /// What it is.
    #[attr(NFTA_OBJREF_IMM_TYPE, as = Be<u32>)]
    pub object_type: Option<ObjectType>,
    /// Its name.
    #[attr(NFTA_OBJREF_IMM_NAME)]
    pub name: Option<String>,
    /// The key to find it by.
    #[attr(NFTA_OBJREF_SET_SREG, as = Be<u32>)]
    pub source: Option<Register>,
    /// The map it is found in.
    #[attr(NFTA_OBJREF_SET_NAME)]
    pub set: Option<String>,
    /// The map's number in the transaction; only asked.
    #[attr(NFTA_OBJREF_SET_ID, as = Be<u32>)]
    pub set_id: Option<u32>,
    /// Attributes that no field names.
    #[attr(unknown)]
    pub unknown: UnknownAttrs,
}

open_enum! {
    /// Types of named objects (`NFT_OBJECT_…`), with nft's names.
    pub struct ObjectType(u32) {
        /// A counter.
        COUNTER = NFT_OBJECT_COUNTER, "counter";
        /// A quota.
        QUOTA = NFT_OBJECT_QUOTA, "quota";
        /// A helper of connection tracking.
        CT_HELPER = NFT_OBJECT_CT_HELPER, "ct helper";
        /// A limit.
        LIMIT = NFT_OBJECT_LIMIT, "limit";
        /// A timeout policy of connection tracking.
        CT_TIMEOUT = NFT_OBJECT_CT_TIMEOUT, "ct timeout";
        /// A security mark.
        SECMARK = NFT_OBJECT_SECMARK, "secmark";
        /// An expected connection.
        CT_EXPECT = NFT_OBJECT_CT_EXPECT, "ct expectation";
        /// Answers for TCP servers.
        SYNPROXY = NFT_OBJECT_SYNPROXY, "synproxy";
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use nlink_core::wire::Codec;

    // nft add rule … quota name "q"    nft 1.1.7, which ends the name with the attribute; we add a NUL
    #[test]
    fn a_captured_reference_is_read() {
        let captured = [8, 0, 1, 0, 0, 0, 0, 2, 5, 0, 2, 0, b'q', 0, 0, 0];
        let quota = Objref { object_type: Some(ObjectType::QUOTA), name: Some("q".into()), ..Objref::default() };
        if cfg!(target_endian = "little") {
            assert_eq!(Objref::decode(&captured), Ok(quota));
        }
    }
}
