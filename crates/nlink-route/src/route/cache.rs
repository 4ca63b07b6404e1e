//! What the kernel knows of a route in use (`struct rta_cacheinfo`, linux/rtnetlink.h).

use zerocopy::{FromBytes, Immutable, IntoBytes, KnownLayout};

/// Clock ticks of user space in a second (`USER_HZ`, the same on all of Linux since 2.6).
const TICKS: i32 = 100;

/// Use and age of a route; times are in clock ticks, of which there are 100 in a second.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, FromBytes, IntoBytes, KnownLayout, Immutable)]
#[repr(C)]
pub struct RouteCache {
    /// Users of the route.
    pub references: u32,
    /// Ticks since it was last used.
    pub last_use: u32,
    /// Ticks until it ends; 0 is never.
    pub expires: i32,
    /// What a packet gets instead of being sent (a positive errno).
    pub error: u32,
    /// How often it was used.
    pub used: u32,
    /// Identifies the peer (no longer set).
    pub id: u32,
    /// TCP timestamp of the peer (no longer set).
    pub timestamp: u32,
    /// Its age (no longer set).
    pub timestamp_age: u32,
}

nlink_uapi::same_layout!(RouteCache = nlink_uapi::rtnetlink::rta_cacheinfo {
    references = rta_clntref,
    last_use = rta_lastuse,
    expires = rta_expires,
    error = rta_error,
    used = rta_used,
    id = rta_id,
    timestamp = rta_ts,
    timestamp_age = rta_tsage,
});

nlink_core::fixed!(RouteCache);

impl RouteCache {
    /// Seconds until the route ends; 0 is never.
    pub fn expires_seconds(&self) -> i32 {
        self.expires / TICKS
    }

    /// Seconds since it was last used.
    pub fn age_seconds(&self) -> u32 {
        self.last_use / TICKS.unsigned_abs()
    }
}
