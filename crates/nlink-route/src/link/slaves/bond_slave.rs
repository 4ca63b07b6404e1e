//! `bond_slave`: what a link is in a bond.
//!
//! Linux 3.14, module bonding; linux/if_link.h (`IFLA_BOND_SLAVE_…`), policy in drivers/net/bonding/bond_netlink.c;
//! [ip-link(8)](https://man7.org/linux/man-pages/man8/ip-link.8.html).
//!
//! ```
//! use nlink_core::words::Params;
//! use nlink_route::link::slaves::bond_slave::BondSlave;
//! let slave = BondSlave::parse_params(&["queue_id", "3", "prio", "-5"])?;
//! assert_eq!((slave.queue_id, slave.priority), (Some(3), Some(-5)));
//! # Ok::<(), nlink_core::words::WordError>(())
//! ```

use nlink_core::show::{Shown, Sink};
use nlink_core::wire::{FlagSet, LinkAddress, UnknownAttrs};
use nlink_core::words::{BadValue, Grammar, Word, WordError, Words};
use nlink_uapi::if_bonding::{
    BOND_LINK_BACK, BOND_LINK_DOWN, BOND_LINK_FAIL, BOND_LINK_UP, BOND_STATE_ACTIVE, BOND_STATE_BACKUP,
    LACP_STATE_AGGREGATION, LACP_STATE_COLLECTING, LACP_STATE_DEFAULTED, LACP_STATE_DISTRIBUTING, LACP_STATE_EXPIRED,
    LACP_STATE_LACP_ACTIVITY, LACP_STATE_LACP_TIMEOUT, LACP_STATE_SYNCHRONIZATION,
};
use nlink_uapi::if_link::{
    IFLA_BOND_SLAVE_ACTOR_PORT_PRIO, IFLA_BOND_SLAVE_AD_ACTOR_OPER_PORT_STATE, IFLA_BOND_SLAVE_AD_AGGREGATOR_ID,
    IFLA_BOND_SLAVE_AD_CHURN_ACTOR_STATE, IFLA_BOND_SLAVE_AD_CHURN_PARTNER_STATE,
    IFLA_BOND_SLAVE_AD_PARTNER_OPER_PORT_STATE, IFLA_BOND_SLAVE_LINK_FAILURE_COUNT, IFLA_BOND_SLAVE_MII_STATUS,
    IFLA_BOND_SLAVE_PERM_HWADDR, IFLA_BOND_SLAVE_PRIO, IFLA_BOND_SLAVE_QUEUE_ID, IFLA_BOND_SLAVE_STATE,
};

nlink_core::open_enum! {
    /// Whether a slave is in use (`BOND_STATE_…`, linux/if_bonding.h).
    pub struct SlaveState(u8) {
        /// In use.
        ACTIVE = BOND_STATE_ACTIVE, "ACTIVE";
        /// In reserve.
        BACKUP = BOND_STATE_BACKUP, "BACKUP";
    }
}

nlink_core::open_enum! {
    /// What the bond knows of a slave's carrier (`BOND_LINK_…`, linux/if_bonding.h).
    pub struct MiiStatus(u8) {
        /// There.
        UP = BOND_LINK_UP, "UP";
        /// Lost a moment ago.
        GOING_DOWN = BOND_LINK_FAIL, "GOING_DOWN";
        /// Lost.
        DOWN = BOND_LINK_DOWN, "DOWN";
        /// There again a moment ago.
        GOING_BACK = BOND_LINK_BACK, "GOING_BACK";
    }
}

nlink_core::open_enum! {
    /// Whether LACP comes to rest (802.3ad, 43.4.17; the order in net/bond_3ad.h of the kernel, which is not exported).
    pub struct ChurnState(u8) {
        /// Watched.
        MONITOR = 0, "MONITOR";
        /// It does not.
        CHURN = 1, "CHURN";
        /// It does.
        NO_CHURN = 2, "NO_CHURN";
    }
}

nlink_core::flag_set! {
    /// State of a port in LACP (`LACP_STATE_…`, linux/if_bonding.h).
    pub struct LacpState(u16) {
        /// Sends without being asked.
        ACTIVE = LACP_STATE_LACP_ACTIVITY, "active";
        /// Wants messages every second.
        SHORT_TIMEOUT = LACP_STATE_LACP_TIMEOUT, "short_timeout";
        /// Can be part of an aggregate.
        AGGREGATING = LACP_STATE_AGGREGATION, "aggregating";
        /// Is in the right aggregate.
        IN_SYNC = LACP_STATE_SYNCHRONIZATION, "in_sync";
        /// Receives.
        COLLECTING = LACP_STATE_COLLECTING, "collecting";
        /// Sends.
        DISTRIBUTING = LACP_STATE_DISTRIBUTING, "distributing";
        /// Heard no partner.
        DEFAULTED = LACP_STATE_DEFAULTED, "defaulted";
        /// The partner fell silent.
        EXPIRED = LACP_STATE_EXPIRED, "expired";
    }
}

/// Options of a slave of a bond; `None` leaves the choice to the kernel.
#[derive(nlink_core::Kind, Clone, Debug, Default, PartialEq)]
#[kind(name = "bond", since = "3.14", module = "bonding")]
pub struct BondSlave {
    /// Whether it is in use. Read only.
    #[attr(IFLA_BOND_SLAVE_STATE, shown = "state")]
    pub state: Option<SlaveState>,
    /// Its carrier. Read only.
    #[attr(IFLA_BOND_SLAVE_MII_STATUS, shown = "mii_status")]
    pub mii_status: Option<MiiStatus>,
    /// How often it failed. Read only.
    #[attr(IFLA_BOND_SLAVE_LINK_FAILURE_COUNT, shown = "link_failure_count")]
    pub link_failure_count: Option<u32>,
    /// Its own hardware address. Read only.
    #[attr(IFLA_BOND_SLAVE_PERM_HWADDR, shown = "perm_hwaddr")]
    pub permanent_address: Option<LinkAddress>,
    /// The queue whose packets go by it, 0 for none (kernel: 0).
    #[attr(IFLA_BOND_SLAVE_QUEUE_ID, word = "queue_id")]
    pub queue_id: Option<u16>,
    /// Priority when the active slave is chosen, high wins (kernel: 0).
    #[attr(IFLA_BOND_SLAVE_PRIO, word = "prio", since = "6.0")]
    pub priority: Option<i32>,
    /// Its aggregator. Read only.
    #[attr(IFLA_BOND_SLAVE_AD_AGGREGATOR_ID, shown = "ad_aggregator_id")]
    pub aggregator: Option<u16>,
    /// Its state in LACP. Read only.
    #[attr(IFLA_BOND_SLAVE_AD_ACTOR_OPER_PORT_STATE, as = u8, shown = "ad_actor_oper_port_state", style = Bits)]
    pub actor_state: Option<LacpState>,
    /// The partner's state in LACP. Read only.
    #[attr(IFLA_BOND_SLAVE_AD_PARTNER_OPER_PORT_STATE, shown = "ad_partner_oper_port_state", style = Bits)]
    pub partner_state: Option<LacpState>,
    /// Whether it comes to rest. Read only.
    #[attr(IFLA_BOND_SLAVE_AD_CHURN_ACTOR_STATE, shown = "churn_actor_state", since = "7.2")]
    pub actor_churn: Option<ChurnState>,
    /// Whether the partner comes to rest. Read only.
    #[attr(IFLA_BOND_SLAVE_AD_CHURN_PARTNER_STATE, shown = "churn_partner_state", since = "7.2")]
    pub partner_churn: Option<ChurnState>,
    /// Priority of its port in LACP, low wins (kernel: 255).
    #[attr(IFLA_BOND_SLAVE_ACTOR_PORT_PRIO, word = "actor_port_prio", since = "6.18")]
    pub actor_port_priority: Option<u16>,
    /// Attributes that no field names.
    #[attr(unknown)]
    pub unknown: UnknownAttrs,
}

/// Our own state is one byte on the wire, the partner's two.
impl nlink_core::wire::ValueOf<u8> for LacpState {
    fn from_wire(wire: u8) -> Result<Self, nlink_core::wire::WireError> {
        Ok(Self(wire.into()))
    }

    fn to_wire(&self) -> u8 {
        let [low, _] = self.0.to_le_bytes();
        low
    }
}

/// Bits as a number, and once more by name.
#[derive(Debug)]
struct Bits;

impl Grammar<LacpState> for Bits {
    const WHAT: &'static str = "STATE";

    fn read(word: &str, words: &mut Words<'_>) -> Result<LacpState, WordError> {
        words.styled(word, |text| u16::parse_word(text).map(LacpState).map_err(|_| BadValue::new("a number", "5")))
    }

    fn write(word: &str, value: &LacpState, params: &mut Vec<String>) {
        params.extend([word.to_owned(), value.0.to_string()]);
    }

    fn show(key: &str, word: &str, value: &LacpState, sink: &mut Sink<'_>) {
        sink.word(key, word, Shown::from(value.0));
        let key = format!("{key}_str");
        sink.text(format_args!("{word}_str <{}> ", value.names().collect::<Vec<_>>().join(",")));
        if sink.is_json() {
            sink.array(&key, |sink| value.names().for_each(|name| sink.element(name, format_args!(""))));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::link::kinds::shared::tests::{json, text};
    use nlink_core::words::Params;
    use nlink_core::{capture, refused, words};

    #[test] // iproute2 7.3.0, Linux 7.2
    fn what_ip_sends() {
        // ip link set d1 type bond_slave queue_id 3 prio -5
        let slave = BondSlave { queue_id: Some(3), priority: Some(-5), ..BondSlave::default() };
        capture!(slave == "0600 0500 03000000  0800 0900 fbffffff");
        // ip link set d3 type bond_slave actor_port_prio 77
        capture!(BondSlave::parse_params(&["actor_port_prio", "77"]).unwrap() == "0600 0a00 4d000000");
    }

    #[test]
    fn output_is_as_iproute2_prints_it() {
        let slave = BondSlave {
            state: Some(SlaveState::ACTIVE),
            mii_status: Some(MiiStatus::GOING_BACK),
            link_failure_count: Some(0),
            permanent_address: Some([0xca, 0x8a, 0x64, 0x60, 0xb, 0xa1].into()),
            queue_id: Some(0),
            priority: Some(0),
            aggregator: Some(1),
            actor_state: Some(LacpState(69)),
            partner_state: Some(LacpState(0)),
            actor_churn: Some(ChurnState::MONITOR),
            actor_port_priority: Some(255),
            ..BondSlave::default()
        };
        assert_eq!(
            text(&slave),
            "state ACTIVE mii_status GOING_BACK link_failure_count 0 perm_hwaddr ca:8a:64:60:0b:a1 queue_id 0 prio 0 \
             ad_aggregator_id 1 ad_actor_oper_port_state 69 ad_actor_oper_port_state_str <active,aggregating,defaulted> \
             ad_partner_oper_port_state 0 ad_partner_oper_port_state_str <> churn_actor_state MONITOR actor_port_prio 255 "
        );
        assert_eq!(
            json(&slave),
            r#"{"state":"ACTIVE","mii_status":"GOING_BACK","link_failure_count":0,"perm_hwaddr":"ca:8a:64:60:0b:a1","queue_id":0,"prio":0,"ad_aggregator_id":1,"ad_actor_oper_port_state":69,"ad_actor_oper_port_state_str":["active","aggregating","defaulted"],"ad_partner_oper_port_state":0,"ad_partner_oper_port_state_str":[],"churn_actor_state":"MONITOR","actor_port_prio":255}"#
        );
    }

    #[test]
    fn words_both_ways() {
        words!(BondSlave: "queue_id 3 prio -5 actor_port_prio 77");
    }

    #[test]
    fn what_is_wrong_is_said() {
        refused!(BondSlave: "queue_id 70000" => r#"BondSlave: queue_id: "70000" is not a number from 0 to 65535; write for example 10"#);
        refused!(BondSlave: "state ACTIVE" => r#"BondSlave: "state" is unknown; known: queue_id, prio, actor_port_prio"#);
    }
}
