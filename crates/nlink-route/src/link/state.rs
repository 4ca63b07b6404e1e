//! Small enums of a link: how it is, how it makes addresses, why an event came.

use nlink_uapi::{if_h, if_link};

nlink_core::open_enum! {
    /// Operational state (RFC 2863; `IF_OPER_…`, linux/if.h).
    pub struct OperState(u8) {
        /// Not known: the driver does not say.
        UNKNOWN = if_h::IF_OPER_UNKNOWN, "UNKNOWN";
        /// Some part is missing.
        NOTPRESENT = if_h::IF_OPER_NOTPRESENT, "NOTPRESENT";
        /// Down, or no carrier.
        DOWN = if_h::IF_OPER_DOWN, "DOWN";
        /// A link below is down.
        LOWERLAYERDOWN = if_h::IF_OPER_LOWERLAYERDOWN, "LOWERLAYERDOWN";
        /// Being tested.
        TESTING = if_h::IF_OPER_TESTING, "TESTING";
        /// Waits for an event (802.1X).
        DORMANT = if_h::IF_OPER_DORMANT, "DORMANT";
        /// Passes packets.
        UP = if_h::IF_OPER_UP, "UP";
    }
}

nlink_core::open_enum! {
    /// Who decides on the operational state (`IF_LINK_MODE_…`, linux/if.h).
    pub struct LinkMode(u8) {
        /// The kernel.
        DEFAULT = if_h::IF_LINK_MODE_DEFAULT, "DEFAULT";
        /// A supplicant: the link stays dormant until told.
        DORMANT = if_h::IF_LINK_MODE_DORMANT, "DORMANT";
    }
}

nlink_core::open_enum! {
    /// How IPv6 makes interface identifiers (`IN6_ADDR_GEN_MODE_…`, linux/if_link.h).
    pub struct AddressGeneration(u8) {
        /// From the hardware address.
        EUI64 = if_link::IN6_ADDR_GEN_MODE_EUI64, "eui64";
        /// Not at all.
        NONE = if_link::IN6_ADDR_GEN_MODE_NONE, "none";
        /// From a secret, stable for each prefix (RFC 7217).
        STABLE_PRIVACY = if_link::IN6_ADDR_GEN_MODE_STABLE_PRIVACY, "stable_secret";
        /// As `stable_secret`, with a random secret.
        RANDOM = if_link::IN6_ADDR_GEN_MODE_RANDOM, "random";
    }
}

nlink_core::open_enum! {
    /// Why a link was announced (`IFLA_EVENT_…`, linux/if_link.h).
    pub struct LinkEvent(u32) {
        /// No reason in particular.
        NONE = if_link::IFLA_EVENT_NONE, "NONE";
        /// Reset.
        REBOOT = if_link::IFLA_EVENT_REBOOT, "REBOOT";
        /// Offload features changed.
        FEATURES = if_link::IFLA_EVENT_FEATURES, "FEATURE CHANGE";
        /// A bond changed its active slave.
        BONDING_FAILOVER = if_link::IFLA_EVENT_BONDING_FAILOVER, "BONDING FAILOVER";
        /// Peers shall be told.
        NOTIFY_PEERS = if_link::IFLA_EVENT_NOTIFY_PEERS, "NOTIFY PEERS";
        /// Group memberships shall be sent again.
        IGMP_RESEND = if_link::IFLA_EVENT_IGMP_RESEND, "RESEND IGMP";
        /// A bond's options changed.
        BONDING_OPTIONS = if_link::IFLA_EVENT_BONDING_OPTIONS, "BONDING OPTION";
    }
}
