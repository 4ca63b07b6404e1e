//! An element: a key or an interval of keys, of a map with its value.

use nlink_core::flag_set;
use nlink_core::wire::{Be, UnknownAttrs};
use nlink_uapi::nf_tables::*;

use crate::Userdata;
use crate::expression::{Data, Expression};

/// An element of a set or map (`NFTA_SET_ELEM_…`).
///
/// An interval of a concatenation is one element with key and end; any other interval is two: where it begins, and
/// with [`INTERVAL_END`](ElementFlags::INTERVAL_END) the first key behind it.
#[derive(nlink_core::Attributes, Clone, Debug, Default, PartialEq)]
pub struct SetElement {
    /// What it is.
    #[attr(NFTA_SET_ELEM_FLAGS, as = Be<u32>)]
    pub flags: Option<ElementFlags>,
    /// The key, or where the interval begins.
    #[attr(NFTA_SET_ELEM_KEY)]
    pub key: Option<Data>,
    /// The last key of the interval; Linux 5.6.
    #[attr(NFTA_SET_ELEM_KEY_END)]
    pub key_end: Option<Box<Data>>,
    /// The value.
    #[attr(NFTA_SET_ELEM_DATA)]
    pub data: Option<Box<Data>>,
    /// The named object that is the value.
    #[attr(NFTA_SET_ELEM_OBJREF)]
    pub object: Option<String>,
    /// After how many milliseconds it goes.
    #[attr(NFTA_SET_ELEM_TIMEOUT, as = Be<u64>)]
    pub timeout: Option<u64>,
    /// How many of them are left.
    #[attr(NFTA_SET_ELEM_EXPIRATION, as = Be<u64>)]
    pub expiration: Option<u64>,
    /// Comment and more.
    #[attr(NFTA_SET_ELEM_USERDATA)]
    pub userdata: Option<Userdata>,
    /// What it does.
    #[attr(NFTA_SET_ELEM_EXPR)]
    pub expression: Option<Box<Expression>>,
    /// What it does, where that is several things; Linux 5.11.
    #[attr(NFTA_SET_ELEM_EXPRESSIONS, repeated = NFTA_LIST_ELEM)]
    pub expressions: Vec<Expression>,
    /// Attributes that no field names.
    #[attr(unknown)]
    pub unknown: UnknownAttrs,
}

flag_set! {
    /// What an element is (`enum nft_set_elem_flags`).
    pub struct ElementFlags(u32) {
        /// The end of the interval that begins before it.
        INTERVAL_END = NFT_SET_ELEM_INTERVAL_END, "interval-end";
        /// Whatever is not in the set otherwise; Linux 5.13.
        CATCHALL = NFT_SET_ELEM_CATCHALL, "*";
    }
}

impl SetElement {
    /// A key by its bytes.
    pub fn key(bytes: Vec<u8>) -> Self {
        Self { key: Some(Data::value(bytes)), ..Self::default() }
    }

    /// The end of an interval: the first key behind it.
    pub fn end(bytes: Vec<u8>) -> Self {
        Self { flags: Some(ElementFlags::INTERVAL_END), ..Self::key(bytes) }
    }
}
