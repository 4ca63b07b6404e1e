//! What the options of a bond can be: names as iproute2 has them.
//!
//! Of some the numbers are the order of the names in `bond_options.c` of the kernel; no header exports them.

use nlink_core::show::{Show, Shown, Sink};
use nlink_core::wire::{LinkAddress, UnknownAttrs};
use nlink_core::words::{Params, WordEntry, WordError, Words};
use nlink_uapi::if_bonding::{
    BOND_MODE_8023AD, BOND_MODE_ACTIVEBACKUP, BOND_MODE_ALB, BOND_MODE_BROADCAST, BOND_MODE_ROUNDROBIN, BOND_MODE_TLB,
    BOND_MODE_XOR, BOND_STATE_ACTIVE, BOND_STATE_BACKUP, BOND_XMIT_POLICY_ENCAP23, BOND_XMIT_POLICY_ENCAP34,
    BOND_XMIT_POLICY_LAYER2, BOND_XMIT_POLICY_LAYER23, BOND_XMIT_POLICY_LAYER34, BOND_XMIT_POLICY_VLAN_SRCMAC,
};
use nlink_uapi::if_link::{
    IFLA_BOND_AD_INFO_ACTOR_KEY, IFLA_BOND_AD_INFO_AGGREGATOR, IFLA_BOND_AD_INFO_NUM_PORTS,
    IFLA_BOND_AD_INFO_PARTNER_KEY, IFLA_BOND_AD_INFO_PARTNER_MAC,
};

nlink_core::open_enum! {
    /// How packets are spread over the slaves (`BOND_MODE_…`).
    pub struct Mode(u8) {
        /// In turn.
        ROUND_ROBIN = BOND_MODE_ROUNDROBIN, "balance-rr";
        /// One at a time.
        ACTIVE_BACKUP = BOND_MODE_ACTIVEBACKUP, "active-backup";
        /// By a hash.
        XOR = BOND_MODE_XOR, "balance-xor";
        /// Each packet to all.
        BROADCAST = BOND_MODE_BROADCAST, "broadcast";
        /// By a hash, over what LACP agreed on (802.3ad).
        LACP = BOND_MODE_8023AD, "802.3ad";
        /// By load, sent packets only.
        TLB = BOND_MODE_TLB, "balance-tlb";
        /// By load, both ways.
        ALB = BOND_MODE_ALB, "balance-alb";
    }
}

nlink_core::open_enum! {
    /// What chooses a packet's slave (`BOND_XMIT_POLICY_…`).
    pub struct HashPolicy(u8) {
        /// Hardware addresses.
        LAYER2 = BOND_XMIT_POLICY_LAYER2, "layer2";
        /// IP addresses and ports.
        LAYER34 = BOND_XMIT_POLICY_LAYER34, "layer3+4";
        /// Hardware and IP addresses.
        LAYER23 = BOND_XMIT_POLICY_LAYER23, "layer2+3";
        /// As `layer2+3`, within a tunnel.
        ENCAP23 = BOND_XMIT_POLICY_ENCAP23, "encap2+3";
        /// As `layer3+4`, within a tunnel.
        ENCAP34 = BOND_XMIT_POLICY_ENCAP34, "encap3+4";
        /// VLAN and source hardware address.
        VLAN_SRCMAC = BOND_XMIT_POLICY_VLAN_SRCMAC, "vlan+srcmac";
    }
}

/// A bit for each state a slave can be in (`1 << BOND_STATE_…`), and one for dropping what is no answer.
const ACTIVE: u32 = 1 << BOND_STATE_ACTIVE;
const BACKUP: u32 = 1 << BOND_STATE_BACKUP;
const FILTER: u32 = (ACTIVE | BACKUP) + 1;

nlink_core::open_enum! {
    /// Which slaves' ARP traffic is checked for answers.
    pub struct ArpValidate(u32) {
        /// None's.
        NONE = 0, "none";
        /// The active one's.
        ACTIVE = ACTIVE, "active";
        /// The others'.
        BACKUP = BACKUP, "backup";
        /// All slaves'.
        ALL = ACTIVE | BACKUP, "all";
        /// None's, but only ARP counts as traffic.
        FILTER = FILTER, "filter";
        /// The active one's, and only ARP counts.
        FILTER_ACTIVE = FILTER | ACTIVE, "filter_active";
        /// The others', and only ARP counts.
        FILTER_BACKUP = FILTER | BACKUP, "filter_backup";
    }
}

nlink_core::open_enum! {
    /// How many targets must answer.
    pub struct ArpAllTargets(u32) {
        /// One.
        ANY = 0, "any";
        /// All.
        ALL = 1, "all";
    }
}

nlink_core::open_enum! {
    /// When the primary slave takes over again once it is back.
    pub struct PrimaryReselect(u8) {
        /// Always.
        ALWAYS = 0, "always";
        /// When it is faster than the active one.
        BETTER = 1, "better";
        /// When the active one fails.
        FAILURE = 2, "failure";
    }
}

nlink_core::open_enum! {
    /// Whose hardware address bond and slaves have, of mode active-backup.
    pub struct FailOverMac(u8) {
        /// All the bond's.
        NONE = 0, "none";
        /// The bond has the active slave's.
        ACTIVE = 1, "active";
        /// A slave gets the bond's when it becomes active.
        FOLLOW = 2, "follow";
    }
}

nlink_core::open_enum! {
    /// How often the partner is asked to send LACP.
    pub struct LacpRate(u8) {
        /// Every 30 seconds.
        SLOW = 0, "slow";
        /// Every second.
        FAST = 1, "fast";
    }
}

nlink_core::open_enum! {
    /// How the aggregator is chosen, of mode 802.3ad.
    pub struct AdSelect(u8) {
        /// The one at hand, until all of its slaves are down.
        STABLE = 0, "stable";
        /// The one with the most bandwidth.
        BANDWIDTH = 1, "bandwidth";
        /// The one with the most slaves.
        COUNT = 2, "count";
    }
}

/// The aggregator in use, of mode 802.3ad (`IFLA_BOND_AD_INFO_…`). Read only.
#[derive(nlink_core::Attributes, Clone, Debug, Default, PartialEq)]
pub struct AdInfo {
    /// Its number.
    #[attr(IFLA_BOND_AD_INFO_AGGREGATOR)]
    pub aggregator: Option<u16>,
    /// Its slaves.
    #[attr(IFLA_BOND_AD_INFO_NUM_PORTS)]
    pub ports: Option<u16>,
    /// Our key.
    #[attr(IFLA_BOND_AD_INFO_ACTOR_KEY)]
    pub actor_key: Option<u16>,
    /// The partner's key.
    #[attr(IFLA_BOND_AD_INFO_PARTNER_KEY)]
    pub partner_key: Option<u16>,
    /// The partner's hardware address.
    #[attr(IFLA_BOND_AD_INFO_PARTNER_MAC)]
    pub partner_address: Option<LinkAddress>,
    /// Attributes that no field names.
    #[attr(unknown)]
    pub unknown: UnknownAttrs,
}

/// No words: the kernel tells it.
impl Params for AdInfo {
    const USAGE: &'static [WordEntry] = &[];

    fn accept(&mut self, _: &str, _: &mut Words<'_>) -> Result<bool, WordError> {
        Ok(false)
    }

    fn write_params(&self, _: &mut Vec<String>) {}
}

impl Show for AdInfo {
    fn show(&self, sink: &mut Sink<'_>) {
        sink.object("ad_info", |sink| {
            let mut show = |key: &str, value: Option<Shown>| {
                if let Some(value) = value {
                    sink.word(key, &format!("ad_{key}"), value);
                }
            };
            show("aggregator", self.aggregator.map(Into::into));
            show("num_ports", self.ports.map(Into::into));
            show("actor_key", self.actor_key.map(Into::into));
            show("partner_key", self.partner_key.map(Into::into));
            show("partner_mac", self.partner_address.map(|address| address.to_string().into()));
        });
    }
}
