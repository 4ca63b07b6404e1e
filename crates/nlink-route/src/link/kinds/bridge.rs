//! `bridge`: an Ethernet switch in software, with spanning tree, VLANs and multicast snooping.
//!
//! Linux 2.2, options over netlink since 3.18, module bridge; linux/if_link.h (`IFLA_BR_…`), policy in
//! net/bridge/br_netlink.c; [ip-link(8)](https://man7.org/linux/man-pages/man8/ip-link.8.html). The options of a port
//! are in [`bridge_port`](crate::link::slaves::bridge_port).
//!
//! ```
//! use nlink_core::words::Params;
//! use nlink_route::link::kinds::bridge::Bridge;
//! let bridge = Bridge::parse_params(&["vlan_filtering", "1", "ageing_time", "1000"])?;
//! assert_eq!(bridge, Bridge { ageing_time: Some(1000), ..Bridge::new().vlan_filtering(true) });
//! # Ok::<(), nlink_core::words::WordError>(())
//! ```

use nlink_core::wire::{Be, LinkAddress, UnknownAttrs};
use nlink_core::words::ZeroOne;
use nlink_uapi::if_link::{
    IFLA_BR_AGEING_TIME, IFLA_BR_BRIDGE_ID, IFLA_BR_FDB_FLUSH, IFLA_BR_FDB_MAX_LEARNED, IFLA_BR_FDB_N_LEARNED,
    IFLA_BR_FORWARD_DELAY, IFLA_BR_GC_TIMER, IFLA_BR_GROUP_ADDR, IFLA_BR_GROUP_FWD_MASK, IFLA_BR_HELLO_TIME,
    IFLA_BR_HELLO_TIMER, IFLA_BR_MAX_AGE, IFLA_BR_MCAST_HASH_ELASTICITY, IFLA_BR_MCAST_HASH_MAX,
    IFLA_BR_MCAST_IGMP_VERSION, IFLA_BR_MCAST_LAST_MEMBER_CNT, IFLA_BR_MCAST_LAST_MEMBER_INTVL,
    IFLA_BR_MCAST_MEMBERSHIP_INTVL, IFLA_BR_MCAST_MLD_VERSION, IFLA_BR_MCAST_QUERIER, IFLA_BR_MCAST_QUERIER_INTVL,
    IFLA_BR_MCAST_QUERIER_STATE, IFLA_BR_MCAST_QUERY_INTVL, IFLA_BR_MCAST_QUERY_RESPONSE_INTVL,
    IFLA_BR_MCAST_QUERY_USE_IFADDR, IFLA_BR_MCAST_ROUTER, IFLA_BR_MCAST_SNOOPING, IFLA_BR_MCAST_STARTUP_QUERY_CNT,
    IFLA_BR_MCAST_STARTUP_QUERY_INTVL, IFLA_BR_MCAST_STATS_ENABLED, IFLA_BR_MULTI_BOOLOPT, IFLA_BR_NF_CALL_ARPTABLES,
    IFLA_BR_NF_CALL_IP6TABLES, IFLA_BR_NF_CALL_IPTABLES, IFLA_BR_PAD, IFLA_BR_PRIORITY, IFLA_BR_ROOT_ID,
    IFLA_BR_ROOT_PATH_COST, IFLA_BR_ROOT_PORT, IFLA_BR_STP_MODE, IFLA_BR_STP_STATE, IFLA_BR_TCN_TIMER,
    IFLA_BR_TOPOLOGY_CHANGE, IFLA_BR_TOPOLOGY_CHANGE_DETECTED, IFLA_BR_TOPOLOGY_CHANGE_TIMER,
    IFLA_BR_VLAN_DEFAULT_PVID, IFLA_BR_VLAN_FILTERING, IFLA_BR_VLAN_PROTOCOL, IFLA_BR_VLAN_STATS_ENABLED,
    IFLA_BR_VLAN_STATS_PER_PORT,
};

use super::shared::spelling::{Command, Mask, Named, Timer};
use super::vlan::{Protocol, VlanProtocol};

mod values;

pub use values::{BridgeId, BridgeOption, BridgeOptions, QuerierState, StpMode};

/// Options of the `bridge` kind; `None` leaves the choice to the kernel.
#[derive(nlink_core::Kind, Clone, Debug, Default, PartialEq)]
#[kind(name = "bridge", since = "2.2", module = "bridge")]
pub struct Bridge {
    /// Time in listening and learning, clock ticks of 10 ms (kernel: 1500).
    #[attr(IFLA_BR_FORWARD_DELAY, word = "forward_delay")]
    pub forward_delay: Option<u32>,
    /// Time between hellos, clock ticks (kernel: 200).
    #[attr(IFLA_BR_HELLO_TIME, word = "hello_time")]
    pub hello_time: Option<u32>,
    /// How old a hello may be, clock ticks (kernel: 2000).
    #[attr(IFLA_BR_MAX_AGE, word = "max_age")]
    pub max_age: Option<u32>,
    /// How long learned addresses live, clock ticks (kernel: 30000).
    #[attr(IFLA_BR_AGEING_TIME, word = "ageing_time")]
    pub ageing_time: Option<u32>,
    /// Spanning tree: 0 off, 1 on (kernel: 0); 2 tells that a daemon runs it.
    #[attr(IFLA_BR_STP_STATE, word = "stp_state")]
    pub stp_state: Option<u32>,
    /// Who runs the spanning tree (kernel: auto).
    #[attr(IFLA_BR_STP_MODE, word = "stp_mode", style = Named, since = "7.2")]
    pub stp_mode: Option<StpMode>,
    /// The bridge's priority in the spanning tree, low wins (kernel: 32768).
    #[attr(IFLA_BR_PRIORITY, word = "priority")]
    pub priority: Option<u16>,
    /// Filters by VLAN (kernel: off).
    #[attr(IFLA_BR_VLAN_FILTERING, as = u8, word = "vlan_filtering", style = ZeroOne, since = "3.19")]
    pub vlan_filtering: Option<bool>,
    /// The EtherType of VLAN tags (kernel: 802.1Q).
    #[attr(IFLA_BR_VLAN_PROTOCOL, as = Be<u16>, word = "vlan_protocol", style = Protocol)]
    pub vlan_protocol: Option<VlanProtocol>,
    /// This bridge in the spanning tree. Read only.
    #[attr(IFLA_BR_BRIDGE_ID, shown = "bridge_id")]
    pub bridge_id: Option<BridgeId>,
    /// The spanning tree's root. Read only.
    #[attr(IFLA_BR_ROOT_ID, shown = "designated_root", json = "root_id")]
    pub root_id: Option<BridgeId>,
    /// The port towards the root, 0 for none. Read only.
    #[attr(IFLA_BR_ROOT_PORT, shown = "root_port")]
    pub root_port: Option<u16>,
    /// Cost of the path to the root. Read only.
    #[attr(IFLA_BR_ROOT_PATH_COST, shown = "root_path_cost")]
    pub root_path_cost: Option<u32>,
    /// Whether a topology change is under way. Read only.
    #[attr(IFLA_BR_TOPOLOGY_CHANGE, shown = "topology_change")]
    pub topology_change: Option<u8>,
    /// Whether this bridge saw it first. Read only.
    #[attr(IFLA_BR_TOPOLOGY_CHANGE_DETECTED, shown = "topology_change_detected")]
    pub topology_change_detected: Option<u8>,
    /// Until the next hello, clock ticks. Read only.
    #[attr(IFLA_BR_HELLO_TIMER, pad = IFLA_BR_PAD, shown = "hello_timer", style = Timer)]
    pub hello_timer: Option<u64>,
    /// Until the next notice of a topology change, clock ticks. Read only.
    #[attr(IFLA_BR_TCN_TIMER, pad = IFLA_BR_PAD, shown = "tcn_timer", style = Timer)]
    pub tcn_timer: Option<u64>,
    /// Until the topology change ends, clock ticks. Read only.
    #[attr(IFLA_BR_TOPOLOGY_CHANGE_TIMER, pad = IFLA_BR_PAD, shown = "topology_change_timer", style = Timer)]
    pub topology_change_timer: Option<u64>,
    /// Until old addresses are forgotten, clock ticks. Read only.
    #[attr(IFLA_BR_GC_TIMER, pad = IFLA_BR_PAD, shown = "gc_timer", style = Timer)]
    pub gc_timer: Option<u64>,
    /// Learned addresses. Read only.
    #[attr(IFLA_BR_FDB_N_LEARNED, shown = "fdb_n_learned", since = "6.7")]
    pub fdb_n_learned: Option<u32>,
    /// Most learned addresses, 0 is no limit (kernel: 0).
    #[attr(IFLA_BR_FDB_MAX_LEARNED, word = "fdb_max_learned", since = "6.7")]
    pub fdb_max_learned: Option<u32>,
    /// The VLAN that new ports put untagged frames in, 0 for none (kernel: 1).
    #[attr(IFLA_BR_VLAN_DEFAULT_PVID, word = "vlan_default_pvid")]
    pub vlan_default_pvid: Option<u16>,
    /// Counts by VLAN (kernel: off).
    #[attr(IFLA_BR_VLAN_STATS_ENABLED, as = u8, word = "vlan_stats_enabled", style = ZeroOne)]
    pub vlan_stats_enabled: Option<bool>,
    /// Counts by VLAN and port (kernel: off).
    #[attr(IFLA_BR_VLAN_STATS_PER_PORT, as = u8, word = "vlan_stats_per_port", style = ZeroOne, since = "4.20")]
    pub vlan_stats_per_port: Option<bool>,
    /// Link-local groups 01:80:c2:00:00:0X to forward, a bit each (kernel: none).
    #[attr(IFLA_BR_GROUP_FWD_MASK, word = "group_fwd_mask", style = Mask)]
    pub group_fwd_mask: Option<u16>,
    /// The group that the spanning tree speaks to (kernel: 01:80:c2:00:00:00).
    #[attr(IFLA_BR_GROUP_ADDR, word = "group_address", json = "group_addr")]
    pub group_address: Option<LinkAddress>,
    /// Forgets the learned addresses. Write only.
    #[attr(IFLA_BR_FDB_FLUSH, word = "fdb_flush", style = Command)]
    pub fdb_flush: bool,
    /// Learns who wants which multicast (kernel: on).
    #[attr(IFLA_BR_MCAST_SNOOPING, as = u8, word = "mcast_snooping", style = ZeroOne)]
    pub mcast_snooping: Option<bool>,
    /// Further options, each on or off.
    #[attr(IFLA_BR_MULTI_BOOLOPT, words, since = "5.0")]
    pub options: Option<BridgeOptions>,
    /// Whether the bridge is a multicast router: 0 no, 1 if it queries, 2 yes (kernel: 1).
    #[attr(IFLA_BR_MCAST_ROUTER, word = "mcast_router")]
    pub mcast_router: Option<u8>,
    /// Queries from the bridge's own address (kernel: off).
    #[attr(IFLA_BR_MCAST_QUERY_USE_IFADDR, as = u8, word = "mcast_query_use_ifaddr", style = ZeroOne)]
    pub mcast_query_use_ifaddr: Option<bool>,
    /// Sends queries (kernel: off).
    #[attr(IFLA_BR_MCAST_QUERIER, as = u8, word = "mcast_querier", style = ZeroOne)]
    pub mcast_querier: Option<bool>,
    /// Who queries now. Read only.
    #[attr(IFLA_BR_MCAST_QUERIER_STATE, words, since = "5.16")]
    pub mcast_querier_state: Option<QuerierState>,
    /// Without effect since Linux 5.0 (kernel: 16).
    #[attr(IFLA_BR_MCAST_HASH_ELASTICITY, word = "mcast_hash_elasticity")]
    pub mcast_hash_elasticity: Option<u32>,
    /// Most multicast groups (kernel: 4096).
    #[attr(IFLA_BR_MCAST_HASH_MAX, word = "mcast_hash_max")]
    pub mcast_hash_max: Option<u32>,
    /// Queries after a leave (kernel: 2).
    #[attr(IFLA_BR_MCAST_LAST_MEMBER_CNT, word = "mcast_last_member_count", json = "mcast_last_member_cnt")]
    pub mcast_last_member_count: Option<u32>,
    /// Queries at start (kernel: 2).
    #[attr(IFLA_BR_MCAST_STARTUP_QUERY_CNT, word = "mcast_startup_query_count", json = "mcast_startup_query_cnt")]
    pub mcast_startup_query_count: Option<u32>,
    /// Between queries after a leave, clock ticks (kernel: 100).
    #[attr(IFLA_BR_MCAST_LAST_MEMBER_INTVL, pad = IFLA_BR_PAD, word = "mcast_last_member_interval",
        json = "mcast_last_member_intvl")]
    pub mcast_last_member_interval: Option<u64>,
    /// How long a membership lasts, clock ticks (kernel: 26000).
    #[attr(IFLA_BR_MCAST_MEMBERSHIP_INTVL, pad = IFLA_BR_PAD, word = "mcast_membership_interval",
        json = "mcast_membership_intvl")]
    pub mcast_membership_interval: Option<u64>,
    /// How long another querier is waited for, clock ticks (kernel: 25500).
    #[attr(IFLA_BR_MCAST_QUERIER_INTVL, pad = IFLA_BR_PAD, word = "mcast_querier_interval",
        json = "mcast_querier_intvl")]
    pub mcast_querier_interval: Option<u64>,
    /// Between queries, clock ticks (kernel: 12500).
    #[attr(IFLA_BR_MCAST_QUERY_INTVL, pad = IFLA_BR_PAD, word = "mcast_query_interval", json = "mcast_query_intvl")]
    pub mcast_query_interval: Option<u64>,
    /// How long hosts may take to answer, clock ticks (kernel: 1000).
    #[attr(IFLA_BR_MCAST_QUERY_RESPONSE_INTVL, pad = IFLA_BR_PAD, word = "mcast_query_response_interval",
        json = "mcast_query_response_intvl")]
    pub mcast_query_response_interval: Option<u64>,
    /// Between queries at start, clock ticks (kernel: 3125).
    #[attr(IFLA_BR_MCAST_STARTUP_QUERY_INTVL, pad = IFLA_BR_PAD, word = "mcast_startup_query_interval",
        json = "mcast_startup_query_intvl")]
    pub mcast_startup_query_interval: Option<u64>,
    /// Counts multicast (kernel: off).
    #[attr(IFLA_BR_MCAST_STATS_ENABLED, as = u8, word = "mcast_stats_enabled", style = ZeroOne)]
    pub mcast_stats_enabled: Option<bool>,
    /// IGMP version of queries, 2 or 3 (kernel: 2).
    #[attr(IFLA_BR_MCAST_IGMP_VERSION, word = "mcast_igmp_version")]
    pub mcast_igmp_version: Option<u8>,
    /// MLD version of queries, 1 or 2 (kernel: 1).
    #[attr(IFLA_BR_MCAST_MLD_VERSION, word = "mcast_mld_version")]
    pub mcast_mld_version: Option<u8>,
    /// Shows bridged IPv4 to iptables (kernel: off; needs module br_netfilter).
    #[attr(IFLA_BR_NF_CALL_IPTABLES, as = u8, word = "nf_call_iptables", style = ZeroOne)]
    pub nf_call_iptables: Option<bool>,
    /// Shows bridged IPv6 to ip6tables (kernel: off).
    #[attr(IFLA_BR_NF_CALL_IP6TABLES, as = u8, word = "nf_call_ip6tables", style = ZeroOne)]
    pub nf_call_ip6tables: Option<bool>,
    /// Shows bridged ARP to arptables (kernel: off).
    #[attr(IFLA_BR_NF_CALL_ARPTABLES, as = u8, word = "nf_call_arptables", style = ZeroOne)]
    pub nf_call_arptables: Option<bool>,
    /// Attributes that no field names.
    #[attr(unknown)]
    pub unknown: UnknownAttrs,
}

impl Bridge {
    /// A bridge as the kernel makes it.
    pub fn new() -> Self {
        Self::default()
    }

    /// Filters by VLAN, or not.
    pub fn vlan_filtering(self, on: bool) -> Self {
        Self { vlan_filtering: Some(on), ..self }
    }

    /// The VLAN that new ports put untagged frames in, 0 for none.
    pub fn vlan_default_pvid(self, vlan: u16) -> Self {
        Self { vlan_default_pvid: Some(vlan), ..self }
    }

    /// With a spanning tree, or without.
    pub fn stp(self, on: bool) -> Self {
        Self { stp_state: Some(on.into()), ..self }
    }

    /// Learns who wants which multicast, or not.
    pub fn mcast_snooping(self, on: bool) -> Self {
        Self { mcast_snooping: Some(on), ..self }
    }

    /// With that further option on or off.
    pub fn option(mut self, option: BridgeOption, on: bool) -> Self {
        self.options.get_or_insert_default().set(option, on);
        self
    }
}

#[cfg(test)]
mod tests {
    use std::net::Ipv6Addr;

    use super::*;
    use crate::link::kinds::shared::tests::{json, text};
    use nlink_core::words::Params;
    use nlink_core::{capture, refused, words};

    const ON: Option<bool> = Some(true);

    #[test] // iproute2 7.3.0, Linux 7.2
    fn what_ip_sends() {
        // ip link set br1 type bridge forward_delay 1600 hello_time 100 max_age 1900 ageing_time 20000 stp_state 1
        //   priority 4096 vlan_filtering 1 vlan_protocol 802.1ad vlan_default_pvid 5 vlan_stats_enabled 1
        //   vlan_stats_per_port 1 group_fwd_mask 8 group_address 01:80:c2:00:00:04 mcast_snooping 1
        //   mcast_vlan_snooping 1 no_linklocal_learn 1 mst_enabled 0 mdb_offload_fail_notification 1
        //   fdb_local_vlan_0 1 fdb_max_learned 100
        let bridge = Bridge {
            forward_delay: Some(1600),
            hello_time: Some(100),
            max_age: Some(1900),
            ageing_time: Some(20_000),
            priority: Some(4096),
            vlan_protocol: Some(VlanProtocol::SERVICE),
            vlan_stats_enabled: ON,
            vlan_stats_per_port: ON,
            group_fwd_mask: Some(8),
            fdb_max_learned: Some(100),
            group_address: Some([1, 0x80, 0xc2, 0, 0, 4].into()),
            ..Bridge::new().stp(true).vlan_filtering(true).vlan_default_pvid(5).mcast_snooping(true)
        };
        let bridge = bridge
            .option(!BridgeOption::MST_ENABLED & BridgeOption(0x1f), true)
            .option(BridgeOption::MST_ENABLED, false);
        capture!(
            bridge
                == "0800 0100 40060000  0800 0200 64000000  0800 0300 6c070000  0800 0400 204e0000
            0800 0500 01000000  0600 0600 00100000  0500 0700 01000000  0600 0800 88a80000  0600 2700 05000000
            0500 2900 01000000  0500 2d00 01000000  0600 0900 08000000  0a00 1400 0180c200 00040000
            0500 1700 01000000  0800 3100 64000000  0c00 2e00 1b000000 1f000000"
        );
        // ip link set br1 type bridge mcast_router 2 mcast_query_use_ifaddr 1 mcast_querier 1 mcast_hash_elasticity 8
        //   mcast_hash_max 1024 mcast_last_member_count 3 mcast_startup_query_count 4 mcast_last_member_interval 200
        //   mcast_membership_interval 26001 mcast_querier_interval 25501 mcast_query_interval 12501
        //   mcast_query_response_interval 1001 mcast_startup_query_interval 3126 mcast_stats_enabled 1
        //   mcast_igmp_version 3 mcast_mld_version 2 nf_call_iptables 1 nf_call_ip6tables 1 nf_call_arptables 1 fdb_flush
        let words = "mcast_router 2 mcast_query_use_ifaddr 1 mcast_querier 1 mcast_hash_elasticity 8 \
            mcast_hash_max 1024 mcast_last_member_count 3 mcast_startup_query_count 4 mcast_stats_enabled 1 \
            mcast_igmp_version 3 mcast_mld_version 2 nf_call_iptables 1 nf_call_ip6tables 1 nf_call_arptables 1 fdb_flush";
        let words: Vec<&str> = words.split_whitespace().collect();
        capture!(Bridge::parse_params(&words).unwrap() == "0500 1600 02000000  0500 1800 01000000  0500 1900 01000000
            0800 1a00 08000000  0800 1b00 00040000  0800 1c00 03000000  0800 1d00 04000000  0500 2a00 01000000
            0500 2b00 03000000  0500 2c00 02000000  0500 2400 01000000  0500 2500 01000000  0500 2600 01000000  0400 1500");
    }

    #[test]
    fn output_is_as_iproute2_prints_it() {
        let id = BridgeId { priority: [0x80, 0], address: [0xc2, 0x8d, 0x75, 0xc7, 0x5d, 5] };
        let bridge = Bridge {
            stp_mode: Some(StpMode::KERNEL),
            bridge_id: Some(id),
            root_id: Some(id),
            gc_timer: Some(19_980),
            hello_timer: Some(0),
            group_fwd_mask: Some(0),
            mcast_last_member_count: Some(2),
            mcast_query_interval: Some(12_500),
            ..Bridge::new().vlan_filtering(false).option(BridgeOption::MST_ENABLED, true)
        };
        assert_eq!(
            text(&bridge),
            "stp_mode kernel vlan_filtering 0 bridge_id 8000.c2:8d:75:c7:5d:5 designated_root 8000.c2:8d:75:c7:5d:5 \
             hello_timer    0.00 gc_timer  199.80 group_fwd_mask 0 mst_enabled 1 mcast_last_member_count 2 \
             mcast_query_interval 12500 "
        );
        assert_eq!(
            json(&bridge),
            r#"{"stp_mode":"kernel","vlan_filtering":0,"bridge_id":"8000.c2:8d:75:c7:5d:5","root_id":"8000.c2:8d:75:c7:5d:5","hello_timer":0.00,"gc_timer":199.80,"group_fwd_mask":"0","mst_enabled":1,"mcast_last_member_cnt":2,"mcast_query_intvl":12500}"#
        );
        let querier = QuerierState {
            ipv4_address: Some([10, 0, 0, 1].into()),
            ipv4_port: Some(13),
            ipv4_timer: Some(25_400),
            ipv6_address: Some(Ipv6Addr::UNSPECIFIED),
            ..QuerierState::default()
        };
        let bridge = Bridge { mcast_querier_state: Some(querier), ..Bridge::new() };
        assert_eq!(
            json(&bridge),
            r#"{"mcast_querier_state_ipv4":{"mcast_querier_ipv4_addr":"10.0.0.1","mcast_querier_ipv4_port":13,"mcast_querier_ipv4_other_timer":"25.4us"},"mcast_querier_state_ipv6":{"mcast_querier_ipv6_addr":"::"}}"#
        );
        assert_eq!(
            text(&bridge),
            "mcast_querier_ipv4_addr 10.0.0.1 mcast_querier_ipv4_port 13 mcast_querier_ipv4_other_timer 25.4us \
             mcast_querier_ipv6_addr :: "
        );
    }

    #[test]
    fn words_both_ways() {
        words!(Bridge: "forward_delay 1600 stp_state 1 stp_mode user vlan_protocol 802.1ad group_fwd_mask 0x4008 fdb_flush");
        words!(Bridge: "group_address 01:80:c2:00:00:04 no_linklocal_learn 1 mst_enabled 0 mcast_membership_interval 26001");
    }

    #[test]
    fn what_is_wrong_is_said() {
        refused!(Bridge: "vlan_filtering yes" => r#"Bridge: vlan_filtering: "yes" is not 0 or 1; write for example 1"#);
        refused!(Bridge: "stp_mode 1" => r#"Bridge: stp_mode: "1" is not one of auto, user, kernel; write for example auto"#);
        refused!(Bridge: "mst_enabled 1 mst_enabled 0" => r#"Bridge: "mst_enabled" is given twice"#);
        refused!(Bridge: "forward_dely 1" => r#"Bridge: "forward_dely" is unknown; did you mean "forward_delay"?"#);
        refused!(Bridge: "group_address x" => r#"Bridge: group_address: "x" is not a hardware address; write for example 52:54:00:12:34:56"#);
    }
}
