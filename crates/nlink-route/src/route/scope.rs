//! How far an address or a route reaches (`enum rt_scope_t`, linux/rtnetlink.h).

use nlink_uapi::rtnetlink as uapi;

nlink_core::open_enum! {
    /// How far the destination is: the larger the number, the nearer. Values between are the administrator's.
    ///
    /// IPv4 refuses a gateway that is farther than its route's scope allows; IPv6 ignores the scope of routes.
    pub struct Scope(u8) {
        /// Anywhere; what is reached by a gateway.
        UNIVERSE = uapi::RT_SCOPE_UNIVERSE, "global";
        /// Within a site.
        SITE = uapi::RT_SCOPE_SITE, "site";
        /// On the link.
        LINK = uapi::RT_SCOPE_LINK, "link";
        /// On this host.
        HOST = uapi::RT_SCOPE_HOST, "host";
        /// Nowhere: in a deletion any scope.
        NOWHERE = uapi::RT_SCOPE_NOWHERE, "nowhere";
    }
}
