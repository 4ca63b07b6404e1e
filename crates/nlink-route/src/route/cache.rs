//! What the kernel knows of a route in use (`struct rta_cacheinfo`, linux/rtnetlink.h).

/// Clock ticks of user space in a second (`USER_HZ`, the same on all of Linux since 2.6).
const TICKS: i32 = 100;

nlink_core::fixed_struct! {
    /// Use and age of a route; times are in clock ticks, of which there are 100 in a second.
    #[derive(Default)]
    pub struct RouteCache = nlink_uapi::rtnetlink::rta_cacheinfo {
        /// Users of the route.
        pub references: u32 = rta_clntref,
        /// Ticks since it was last used.
        pub last_use: u32 = rta_lastuse,
        /// Ticks until it ends; 0 is never.
        pub expires: i32 = rta_expires,
        /// What a packet gets instead of being sent (a positive errno).
        pub error: u32 = rta_error,
        /// How often it was used.
        pub used: u32 = rta_used,
        /// Identifies the peer (no longer set).
        pub id: u32 = rta_id,
        /// TCP timestamp of the peer (no longer set).
        pub timestamp: u32 = rta_ts,
        /// Its age (no longer set).
        pub timestamp_age: u32 = rta_tsage,
    }
}

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
