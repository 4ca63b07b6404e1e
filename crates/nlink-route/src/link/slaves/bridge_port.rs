//! `bridge_slave`: what a link is as a port of a bridge.
//!
//! Linux 3.17, module bridge; linux/if_link.h (`IFLA_BRPORT_…`), policy in net/bridge/br_netlink.c;
//! [ip-link(8)](https://man7.org/linux/man-pages/man8/ip-link.8.html). The same attributes are `IFLA_PROTINFO` of
//! family `AF_BRIDGE`, the object of [bridge(8)](https://man7.org/linux/man-pages/man8/bridge.8.html).
//!
//! ```
//! use nlink_core::words::Params;
//! use nlink_route::link::slaves::bridge_port::BridgePort;
//! let port = BridgePort::parse_params(&["learning", "off", "cost", "10"])?;
//! assert_eq!((port.learning, port.cost), (Some(false), Some(10)));
//! # Ok::<(), nlink_core::words::WordError>(())
//! ```

use nlink_core::Interface;
use nlink_core::show::{Shown, Sink};
use nlink_core::wire::UnknownAttrs;
use nlink_core::words::{BadValue, Grammar, Hex, OnOff, Style, Word, WordError, Words};
use nlink_uapi::if_bridge::{
    BR_STATE_BLOCKING, BR_STATE_DISABLED, BR_STATE_FORWARDING, BR_STATE_LEARNING, BR_STATE_LISTENING,
};
use nlink_uapi::if_link::{
    IFLA_BRPORT_BACKUP_NHID, IFLA_BRPORT_BACKUP_PORT, IFLA_BRPORT_BCAST_FLOOD, IFLA_BRPORT_BRIDGE_ID,
    IFLA_BRPORT_CONFIG_PENDING, IFLA_BRPORT_COST, IFLA_BRPORT_DESIGNATED_COST, IFLA_BRPORT_DESIGNATED_PORT,
    IFLA_BRPORT_FAST_LEAVE, IFLA_BRPORT_FLUSH, IFLA_BRPORT_FORWARD_DELAY_TIMER, IFLA_BRPORT_GROUP_FWD_MASK,
    IFLA_BRPORT_GUARD, IFLA_BRPORT_HOLD_TIMER, IFLA_BRPORT_ID, IFLA_BRPORT_ISOLATED, IFLA_BRPORT_LEARNING,
    IFLA_BRPORT_LEARNING_SYNC, IFLA_BRPORT_LOCKED, IFLA_BRPORT_MAB, IFLA_BRPORT_MCAST_EHT_HOSTS_CNT,
    IFLA_BRPORT_MCAST_EHT_HOSTS_LIMIT, IFLA_BRPORT_MCAST_FLOOD, IFLA_BRPORT_MCAST_MAX_GROUPS,
    IFLA_BRPORT_MCAST_N_GROUPS, IFLA_BRPORT_MCAST_TO_UCAST, IFLA_BRPORT_MESSAGE_AGE_TIMER, IFLA_BRPORT_MODE,
    IFLA_BRPORT_MRP_IN_OPEN, IFLA_BRPORT_MRP_RING_OPEN, IFLA_BRPORT_MULTICAST_ROUTER, IFLA_BRPORT_NEIGH_FORWARD_GRAT,
    IFLA_BRPORT_NEIGH_SUPPRESS, IFLA_BRPORT_NEIGH_VLAN_SUPPRESS, IFLA_BRPORT_NO, IFLA_BRPORT_PAD, IFLA_BRPORT_PRIORITY,
    IFLA_BRPORT_PROTECT, IFLA_BRPORT_PROXYARP, IFLA_BRPORT_PROXYARP_WIFI, IFLA_BRPORT_ROOT_ID, IFLA_BRPORT_STATE,
    IFLA_BRPORT_TOPOLOGY_CHANGE_ACK, IFLA_BRPORT_UNICAST_FLOOD, IFLA_BRPORT_VLAN_TUNNEL,
};

use crate::link::kinds::bridge::BridgeId;
use crate::link::kinds::shared::spelling::{ClearWord, Clearable, Command, Mask, Timer};

nlink_core::open_enum! {
    /// State of a port in the spanning tree (`BR_STATE_…`, linux/if_bridge.h).
    pub struct PortState(u8) {
        /// Off.
        DISABLED = BR_STATE_DISABLED, "disabled";
        /// Listens to the spanning tree only.
        LISTENING = BR_STATE_LISTENING, "listening";
        /// Learns addresses already.
        LEARNING = BR_STATE_LEARNING, "learning";
        /// In use.
        FORWARDING = BR_STATE_FORWARDING, "forwarding";
        /// Blocked, so that there is no loop.
        BLOCKING = BR_STATE_BLOCKING, "blocking";
    }
}

/// Options of a port of a bridge; `None` leaves the choice to the kernel.
#[derive(nlink_core::Kind, Clone, Debug, Default, PartialEq)]
#[kind(name = "bridge", since = "3.17", module = "bridge")]
pub struct BridgePort {
    /// State in the spanning tree; set only while the kernel runs none and the link is up.
    #[attr(IFLA_BRPORT_STATE, word = "state", style = State)]
    pub state: Option<PortState>,
    /// Priority in the spanning tree, 0 to 63, low wins (kernel: 32).
    #[attr(IFLA_BRPORT_PRIORITY, word = "priority")]
    pub priority: Option<u16>,
    /// Cost of the path, 1 to 65535 (kernel: by the link's speed, 100 at first).
    #[attr(IFLA_BRPORT_COST, word = "cost")]
    pub cost: Option<u32>,
    /// Sends frames back out of the port they came in (kernel: off).
    #[attr(IFLA_BRPORT_MODE, as = u8, word = "hairpin", style = OnOff)]
    pub hairpin: Option<bool>,
    /// Is switched off by a spanning tree message (kernel: off).
    #[attr(IFLA_BRPORT_GUARD, as = u8, word = "guard", style = OnOff)]
    pub guard: Option<bool>,
    /// Never becomes the root port (kernel: off).
    #[attr(IFLA_BRPORT_PROTECT, as = u8, word = "root_block", style = OnOff)]
    pub root_block: Option<bool>,
    /// Ends a multicast membership at once on a leave (kernel: off).
    #[attr(IFLA_BRPORT_FAST_LEAVE, as = u8, word = "fastleave", alias = "mcast_fast_leave", style = OnOff)]
    pub fast_leave: Option<bool>,
    /// Learns addresses (kernel: on).
    #[attr(IFLA_BRPORT_LEARNING, as = u8, word = "learning", style = OnOff)]
    pub learning: Option<bool>,
    /// Learns from the hardware; the kernel's bridge does not use it.
    #[attr(IFLA_BRPORT_LEARNING_SYNC, as = u8)]
    pub learning_sync: Option<bool>,
    /// Gets frames to unknown addresses (kernel: on).
    #[attr(IFLA_BRPORT_UNICAST_FLOOD, as = u8, word = "flood", style = OnOff)]
    pub flood: Option<bool>,
    /// Priority and number as one. Read only.
    #[attr(IFLA_BRPORT_ID, shown = "port_id", json = "id", style = Hex)]
    pub id: Option<u16>,
    /// The port's number. Read only.
    #[attr(IFLA_BRPORT_NO, shown = "port_no", json = "no", style = Hex)]
    pub number: Option<u16>,
    /// The segment's designated port. Read only.
    #[attr(IFLA_BRPORT_DESIGNATED_PORT, shown = "designated_port")]
    pub designated_port: Option<u16>,
    /// Its cost to the root. Read only.
    #[attr(IFLA_BRPORT_DESIGNATED_COST, shown = "designated_cost")]
    pub designated_cost: Option<u16>,
    /// Its bridge. Read only.
    #[attr(IFLA_BRPORT_BRIDGE_ID, shown = "designated_bridge", json = "bridge_id")]
    pub bridge_id: Option<BridgeId>,
    /// The root that it knows. Read only.
    #[attr(IFLA_BRPORT_ROOT_ID, shown = "designated_root", json = "root_id")]
    pub root_id: Option<BridgeId>,
    /// Until the next message may go out, clock ticks of 10 ms. Read only.
    #[attr(IFLA_BRPORT_HOLD_TIMER, pad = IFLA_BRPORT_PAD, shown = "hold_timer", style = Timer)]
    pub hold_timer: Option<u64>,
    /// Until the last message is too old, clock ticks. Read only.
    #[attr(IFLA_BRPORT_MESSAGE_AGE_TIMER, pad = IFLA_BRPORT_PAD, shown = "message_age_timer", style = Timer)]
    pub message_age_timer: Option<u64>,
    /// Until the next state, clock ticks. Read only.
    #[attr(IFLA_BRPORT_FORWARD_DELAY_TIMER, pad = IFLA_BRPORT_PAD, shown = "forward_delay_timer", style = Timer)]
    pub forward_delay_timer: Option<u64>,
    /// Whether to acknowledge a topology change. Read only.
    #[attr(IFLA_BRPORT_TOPOLOGY_CHANGE_ACK, shown = "topology_change_ack")]
    pub topology_change_ack: Option<u8>,
    /// Whether a message waits to go out. Read only.
    #[attr(IFLA_BRPORT_CONFIG_PENDING, shown = "config_pending")]
    pub config_pending: Option<u8>,
    /// Forgets the addresses learned here. Write only.
    #[attr(IFLA_BRPORT_FLUSH, word = "fdb_flush", style = Command)]
    pub fdb_flush: bool,
    /// Answers ARP for hosts behind it (kernel: off).
    #[attr(IFLA_BRPORT_PROXYARP, as = u8, word = "proxy_arp", style = OnOff)]
    pub proxy_arp: Option<bool>,
    /// The same as access points want it (kernel: off).
    #[attr(IFLA_BRPORT_PROXYARP_WIFI, as = u8, word = "proxy_arp_wifi", style = OnOff)]
    pub proxy_arp_wifi: Option<bool>,
    /// Whether a multicast router is behind it: 0 no, 1 if one is heard, 2 yes, 3 for a while (kernel: 1).
    #[attr(IFLA_BRPORT_MULTICAST_ROUTER, word = "mcast_router", json = "multicast_router", then = Self::show_fast_leave)]
    pub multicast_router: Option<u8>,
    /// Gets multicast that nobody is known to want (kernel: on).
    #[attr(IFLA_BRPORT_MCAST_FLOOD, as = u8, word = "mcast_flood", style = OnOff)]
    pub mcast_flood: Option<bool>,
    /// Gets broadcast (kernel: on).
    #[attr(IFLA_BRPORT_BCAST_FLOOD, as = u8, word = "bcast_flood", style = OnOff)]
    pub bcast_flood: Option<bool>,
    /// Gets multicast as unicast, a copy for each member (kernel: off).
    #[attr(IFLA_BRPORT_MCAST_TO_UCAST, as = u8, word = "mcast_to_unicast", style = OnOff)]
    pub mcast_to_unicast: Option<bool>,
    /// Does not get ARP and ND that the bridge can answer (kernel: off).
    #[attr(IFLA_BRPORT_NEIGH_SUPPRESS, as = u8, word = "neigh_suppress", style = OnOff)]
    pub neigh_suppress: Option<bool>,
    /// The same by VLAN (kernel: off).
    #[attr(IFLA_BRPORT_NEIGH_VLAN_SUPPRESS, as = u8, word = "neigh_vlan_suppress", style = OnOff, since = "6.4")]
    pub neigh_vlan_suppress: Option<bool>,
    /// Gets announcements all the same (kernel: off).
    #[attr(IFLA_BRPORT_NEIGH_FORWARD_GRAT, as = u8, word = "neigh_forward_grat", style = OnOff, since = "7.1")]
    pub neigh_forward_grat: Option<bool>,
    /// Link-local groups 01:80:c2:00:00:0X to forward, a bit each (kernel: none).
    #[attr(IFLA_BRPORT_GROUP_FWD_MASK, word = "group_fwd_mask", style = ForwardMask)]
    pub group_fwd_mask: Option<u16>,
    /// Maps VLANs to tunnel ids (kernel: off).
    #[attr(IFLA_BRPORT_VLAN_TUNNEL, as = u8, word = "vlan_tunnel", style = OnOff)]
    pub vlan_tunnel: Option<bool>,
    /// Does not speak to other isolated ports (kernel: off).
    #[attr(IFLA_BRPORT_ISOLATED, as = u8, word = "isolated", style = OnOff)]
    pub isolated: Option<bool>,
    /// Takes frames from known addresses only (kernel: off).
    #[attr(IFLA_BRPORT_LOCKED, as = u8, word = "locked", style = OnOff, since = "5.18")]
    pub locked: Option<bool>,
    /// Enters unknown addresses as locked, to be let in later (kernel: off).
    #[attr(IFLA_BRPORT_MAB, as = u8, word = "mab", style = OnOff, since = "6.2")]
    pub mab: Option<bool>,
    /// The port that takes over while this one is down; index 0 is none.
    #[attr(IFLA_BRPORT_BACKUP_PORT, word = "backup_port", alias = "nobackup_port", style = Clearable<NoBackup>)]
    pub backup_port: Option<Interface>,
    /// The nexthop that goes with `backup_port`; 0 is none.
    #[attr(IFLA_BRPORT_BACKUP_NHID, word = "backup_nhid", since = "6.6")]
    pub backup_nhid: Option<u32>,
    /// Whether the MRP ring is open here. Read only.
    #[attr(IFLA_BRPORT_MRP_RING_OPEN, as = u8)]
    pub mrp_ring_open: Option<bool>,
    /// Whether the MRP interconnection is open here. Read only.
    #[attr(IFLA_BRPORT_MRP_IN_OPEN, as = u8)]
    pub mrp_in_open: Option<bool>,
    /// Most hosts that are told apart by multicast group (kernel: 512).
    #[attr(IFLA_BRPORT_MCAST_EHT_HOSTS_LIMIT, since = "5.12")]
    pub mcast_eht_hosts_limit: Option<u32>,
    /// Hosts told apart now. Read only.
    #[attr(IFLA_BRPORT_MCAST_EHT_HOSTS_CNT, since = "5.12")]
    pub mcast_eht_hosts_count: Option<u32>,
    /// Multicast groups joined here. Read only.
    #[attr(IFLA_BRPORT_MCAST_N_GROUPS, since = "6.3")]
    pub mcast_n_groups: Option<u32>,
    /// Most multicast groups, 0 is no limit (kernel: 0). A word of `bridge link` only.
    #[attr(IFLA_BRPORT_MCAST_MAX_GROUPS, since = "6.3")]
    pub mcast_max_groups: Option<u32>,
    /// Attributes that no field names.
    #[attr(unknown)]
    pub unknown: UnknownAttrs,
}

impl BridgePort {
    /// Text has this one twice, the second time under its other word.
    fn show_fast_leave(&self, sink: &mut Sink<'_>) {
        if let Some(on) = &self.fast_leave {
            sink.text(format_args!("mcast_fast_leave {} ", OnOff::word(on)));
        }
    }
}

/// `nobackup_port` takes the port's backup away.
#[derive(Debug)]
struct NoBackup;

impl ClearWord for NoBackup {
    const WORD: &'static str = "nobackup_port";
}

/// A state by name or number; `ip` takes numbers only, so that is what is written.
#[derive(Debug)]
struct State;

impl Style<PortState> for State {
    const WHAT: &'static str = "{ 0..4 | STATE }";

    fn parse(word: &str) -> Result<PortState, BadValue> {
        word.parse()
    }

    fn word(value: &PortState) -> String {
        value.0.to_string()
    }

    fn shown(value: &PortState) -> Shown {
        value.shown()
    }
}

/// The mask as a number, and once more bit by bit.
#[derive(Debug)]
struct ForwardMask;

impl Grammar<u16> for ForwardMask {
    const WHAT: &'static str = <Mask as Style<u16>>::WHAT;

    fn read(word: &str, words: &mut Words<'_>) -> Result<u16, WordError> {
        words.parse(word)
    }

    fn write(word: &str, value: &u16, params: &mut Vec<String>) {
        params.extend([word.to_owned(), Mask::word(value)]);
    }

    fn show(key: &str, word: &str, value: &u16, sink: &mut Sink<'_>) {
        sink.word(key, word, Mask::shown(value));
        let bits = (0..u16::BITS).map(|bit| 1u16 << bit).filter(|bit| value & bit != 0);
        let name = |bit| match NAMED.iter().find(|(named, _)| *named == bit) {
            Some((_, name)) => (*name).to_owned(),
            None => format!("{bit:#x}"),
        };
        let names: Vec<String> = bits.map(name).collect();
        let all = if names.is_empty() { "0x0".to_owned() } else { names.join(",") };
        sink.word(&format!("{key}_str"), &format!("{word}_str"), all);
    }
}

/// The groups that output has names for, by the last digit of their address (802.1D, table 7-10).
const NAMED: &[(u16, &str)] = &[(1, "stp"), (1 << 2, "lacp"), (1 << 0xe, "lldp")];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::link::kinds::shared::tests::{json, text};
    use nlink_core::words::Params;
    use nlink_core::{capture, refused, words};

    fn parse(words: &str) -> BridgePort {
        BridgePort::parse_params(&words.split_whitespace().collect::<Vec<_>>()).unwrap()
    }

    #[test] // iproute2 7.3.0, Linux 7.2; p1 has index 39
    fn what_ip_sends() {
        // ip link set p0 type bridge_slave state 3 priority 16 cost 200 guard on hairpin on fastleave on root_block on
        //   learning off flood off proxy_arp on proxy_arp_wifi on mcast_router 2 mcast_flood off bcast_flood off
        //   mcast_to_unicast on group_fwd_mask 8 neigh_suppress on neigh_vlan_suppress on neigh_forward_grat on
        //   vlan_tunnel on isolated on locked on
        capture!(
            parse(
                "state 3 priority 16 cost 200 guard on hairpin on fastleave on root_block on learning off
            flood off proxy_arp on proxy_arp_wifi on mcast_router 2 mcast_flood off bcast_flood off mcast_to_unicast on
            group_fwd_mask 8 neigh_suppress on neigh_vlan_suppress on neigh_forward_grat on vlan_tunnel on isolated on
            locked on"
            ) == "0500 0100 03000000  0600 0200 10000000  0800 0300 c8000000  0500 0500 01000000
            0500 0400 01000000  0500 0700 01000000  0500 0600 01000000  0500 0800 00000000  0500 0900 00000000
            0500 0a00 01000000  0500 0c00 01000000  0500 1900 02000000  0500 1b00 00000000  0500 1e00 00000000
            0500 1c00 01000000  0600 1f00 08000000  0500 2000 01000000  0500 2b00 01000000  0500 2d00 01000000
            0500 1d00 01000000  0500 2100 01000000  0500 2700 01000000"
        );
        // ip link set p0 type bridge_slave backup_port p1 backup_nhid 5 fdb_flush learning on
        let backup = BridgePort { backup_port: Some(39.into()), ..parse("backup_nhid 5 fdb_flush learning on") };
        capture!(backup == "0800 2200 27000000  0800 2c00 05000000  0400 1800  0500 0800 01000000");
        // ip link set p0 type bridge_slave nobackup_port backup_nhid 0
        capture!(parse("nobackup_port backup_nhid 0") == "0800 2200 00000000  0800 2c00 00000000");
    }

    #[test]
    fn output_is_as_iproute2_prints_it() {
        let id = BridgeId { priority: [0x80, 0], address: [0x26, 0xb6, 0x41, 0xc4, 0xa9, 0xf2] };
        let port = BridgePort {
            id: Some(0x4002),
            number: Some(2),
            bridge_id: Some(id),
            forward_delay_timer: Some(1381),
            ..parse(
                "state 3 priority 16 hairpin on fastleave on learning on mcast_router 2 group_fwd_mask 0x4018 mab off",
            )
        };
        assert_eq!(
            text(&port),
            "state forwarding priority 16 hairpin on fastleave on learning on port_id 0x4002 port_no 0x2 \
             designated_bridge 8000.26:b6:41:c4:a9:f2 forward_delay_timer   13.81 mcast_router 2 mcast_fast_leave on \
             group_fwd_mask 0x4018 group_fwd_mask_str 0x8,0x10,lldp mab off "
        );
        assert_eq!(
            json(&port),
            r#"{"state":"forwarding","priority":16,"hairpin":true,"fastleave":true,"learning":true,"id":"0x4002","no":"0x2","bridge_id":"8000.26:b6:41:c4:a9:f2","forward_delay_timer":13.81,"multicast_router":2,"group_fwd_mask":"0x4018","group_fwd_mask_str":"0x8,0x10,lldp","mab":false}"#
        );
        let none = BridgePort { group_fwd_mask: Some(0), ..BridgePort::default() };
        assert_eq!(text(&none), "group_fwd_mask 0 group_fwd_mask_str 0x0 ");
        let all = BridgePort { group_fwd_mask: Some(0x4007), ..none };
        assert_eq!(text(&all), "group_fwd_mask 0x4007 group_fwd_mask_str stp,0x2,lacp,lldp ");
    }

    #[test]
    fn words_both_ways() {
        words!(BridgePort: "state 3 priority 16 hairpin on fastleave off fdb_flush mcast_router 2 backup_port eth0 backup_nhid 5");
        words!(BridgePort: "nobackup_port");
        assert_eq!(parse("state blocking mcast_fast_leave on").to_params().join(" "), "state 4 fastleave on");
    }

    #[test]
    fn what_is_wrong_is_said() {
        refused!(BridgePort: "guard 1" => r#"BridgePort: guard: "1" is not on or off; write for example on"#);
        refused!(BridgePort: "flood on flood off" => r#"BridgePort: "flood" is given twice"#);
        refused!(BridgePort: "priority 70000" => r#"BridgePort: priority: "70000" is not a number from 0 to 65535; write for example 10"#);
    }
}
