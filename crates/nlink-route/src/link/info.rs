//! What kind of link it is, and what kind of slave (`IFLA_LINKINFO`, linux/if_link.h).

use nlink_core::wire::{Blob, UnknownAttrs};
use nlink_uapi::if_link::{
    IFLA_INFO_DATA, IFLA_INFO_KIND, IFLA_INFO_SLAVE_DATA, IFLA_INFO_SLAVE_KIND, IFLA_INFO_XSTATS,
};

use super::{LinkKind, SlaveKind};

/// The kind of a link with its options, and the kind of slave it is.
#[derive(nlink_core::Attributes, Clone, Debug, Default, PartialEq)]
pub struct LinkInfo {
    /// The kind, with its options.
    #[attr(IFLA_INFO_DATA, kind = IFLA_INFO_KIND)]
    pub kind: Option<LinkKind>,
    /// Statistics of the kind, unread.
    #[attr(IFLA_INFO_XSTATS)]
    pub xstats: Option<Blob>,
    /// What it is to its master, with its options.
    #[attr(IFLA_INFO_SLAVE_DATA, kind = IFLA_INFO_SLAVE_KIND)]
    pub slave: Option<SlaveKind>,
    /// Attributes that no field names.
    #[attr(unknown)]
    pub unknown: UnknownAttrs,
}
