//! When a chain is called among the others of its hook: a number, with names for the usual ones
//! (linux/netfilter_ipv4.h, `NF_IP_PRI_…`; a bridge has its own, linux/netfilter_bridge.h).

use nlink_core::open_enum;
use nlink_uapi::netfilter_bridge::*;
use nlink_uapi::netfilter_ipv4::*;

open_enum! {
    /// The priority of a chain: the lowest is called first. The names are nft's, for all families but bridge.
    pub struct Priority(i32) {
        /// Before connections are tracked.
        RAW = NF_IP_PRI_RAW, "raw";
        /// Changes packets.
        MANGLE = NF_IP_PRI_MANGLE, "mangle";
        /// Translates destinations.
        DSTNAT = NF_IP_PRI_NAT_DST, "dstnat";
        /// Filters.
        FILTER = NF_IP_PRI_FILTER, "filter";
        /// Labels for security modules.
        SECURITY = NF_IP_PRI_SECURITY, "security";
        /// Translates sources.
        SRCNAT = NF_IP_PRI_NAT_SRC, "srcnat";
    }
}

/// Of bridges.
impl Priority {
    /// Translates destinations of what is bridged.
    pub const BRIDGE_DSTNAT: Self = Self(NF_BR_PRI_NAT_DST_BRIDGED);
    /// Filters what is bridged.
    pub const BRIDGE_FILTER: Self = Self(NF_BR_PRI_FILTER_BRIDGED);
}

impl Priority {
    /// So much later; less than nothing is sooner.
    #[must_use]
    pub fn later(self, by: i32) -> Self {
        Self(self.0.saturating_add(by))
    }
}
