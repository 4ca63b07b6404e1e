//! `bond`: several links as one, for throughput or for when one fails.
//!
//! Options over netlink since Linux 3.14, module bonding; linux/if_link.h (`IFLA_BOND_…`), linux/if_bonding.h, policy
//! in drivers/net/bonding/bond_netlink.c; [ip-link(8)](https://man7.org/linux/man-pages/man8/ip-link.8.html). Modes,
//! delays and policies: Documentation/networking/bonding.rst of the kernel.
//!
//! ```
//! use nlink_core::words::Params;
//! use nlink_route::link::kinds::bond::{Bond, Mode};
//! let bond = Bond::parse_params(&["mode", "802.3ad", "miimon", "100"])?;
//! assert_eq!(bond, Bond::new(Mode::LACP).miimon(100));
//! # Ok::<(), nlink_core::words::WordError>(())
//! ```

use std::net::{Ipv4Addr, Ipv6Addr};

use nlink_core::Interface;
use nlink_core::show::{Scalar, Sink};
use nlink_core::wire::{LinkAddress, UnknownAttrs};
use nlink_core::words::{Device, Grammar, OnOff, Word, WordError, Words, ZeroOne};
use nlink_uapi::if_link::{
    IFLA_BOND_ACTIVE_SLAVE, IFLA_BOND_AD_ACTOR_SYS_PRIO, IFLA_BOND_AD_ACTOR_SYSTEM, IFLA_BOND_AD_INFO,
    IFLA_BOND_AD_LACP_ACTIVE, IFLA_BOND_AD_LACP_RATE, IFLA_BOND_AD_SELECT, IFLA_BOND_AD_USER_PORT_KEY,
    IFLA_BOND_ALL_SLAVES_ACTIVE, IFLA_BOND_ARP_ALL_TARGETS, IFLA_BOND_ARP_INTERVAL, IFLA_BOND_ARP_IP_TARGET,
    IFLA_BOND_ARP_VALIDATE, IFLA_BOND_BROADCAST_NEIGH, IFLA_BOND_COUPLED_CONTROL, IFLA_BOND_DOWNDELAY,
    IFLA_BOND_FAIL_OVER_MAC, IFLA_BOND_LACP_STRICT, IFLA_BOND_LP_INTERVAL, IFLA_BOND_MIIMON, IFLA_BOND_MIN_LINKS,
    IFLA_BOND_MISSED_MAX, IFLA_BOND_MODE, IFLA_BOND_NS_IP6_TARGET, IFLA_BOND_NUM_PEER_NOTIF,
    IFLA_BOND_PACKETS_PER_SLAVE, IFLA_BOND_PEER_NOTIF_DELAY, IFLA_BOND_PRIMARY, IFLA_BOND_PRIMARY_RESELECT,
    IFLA_BOND_RESEND_IGMP, IFLA_BOND_TLB_DYNAMIC_LB, IFLA_BOND_UPDELAY, IFLA_BOND_USE_CARRIER,
    IFLA_BOND_XMIT_HASH_POLICY,
};

use super::shared::spelling::{ClearWord, Clearable, Switch};

mod values;

pub use values::{
    AdInfo, AdSelect, ArpAllTargets, ArpValidate, FailOverMac, HashPolicy, LacpRate, Mode, PrimaryReselect,
};

/// Options of the `bond` kind; `None` leaves the choice to the kernel.
#[derive(nlink_core::Kind, Clone, Debug, Default, PartialEq)]
#[kind(name = "bond", since = "3.14", module = "bonding")]
pub struct Bond {
    /// How packets are spread (kernel: balance-rr).
    #[attr(IFLA_BOND_MODE, word = "mode")]
    pub mode: Option<Mode>,
    /// The slave in use, of the modes with one; index 0 lets the bond choose anew.
    #[attr(IFLA_BOND_ACTIVE_SLAVE, word = "active_slave", alias = "clear_active_slave", style = Clearable<ChooseAnew>)]
    pub active_slave: Option<Interface>,
    /// Between looks at the carrier, ms; 0 is never (kernel: 0, or 100 in mode 802.3ad).
    #[attr(IFLA_BOND_MIIMON, word = "miimon")]
    pub miimon: Option<u32>,
    /// How long a slave is up before it is used, ms (kernel: 0).
    #[attr(IFLA_BOND_UPDELAY, word = "updelay")]
    pub updelay: Option<u32>,
    /// How long a slave is down before it is left, ms (kernel: 0).
    #[attr(IFLA_BOND_DOWNDELAY, word = "downdelay")]
    pub downdelay: Option<u32>,
    /// Between announcements after a change, ms (kernel: miimon's).
    #[attr(IFLA_BOND_PEER_NOTIF_DELAY, word = "peer_notify_delay", since = "5.3")]
    pub peer_notify_delay: Option<u32>,
    /// Asks the driver for the carrier (kernel: yes, always since Linux 6.18).
    #[attr(IFLA_BOND_USE_CARRIER, as = u8, word = "use_carrier", style = ZeroOne)]
    pub use_carrier: Option<bool>,
    /// Between ARP probes, ms; 0 is none (kernel: 0).
    #[attr(IFLA_BOND_ARP_INTERVAL, word = "arp_interval")]
    pub arp_interval: Option<u32>,
    /// Probes that may fail before a slave is down (kernel: 2).
    #[attr(IFLA_BOND_MISSED_MAX, word = "arp_missed_max", since = "5.17")]
    pub arp_missed_max: Option<u8>,
    /// IPv4 addresses to probe, 16 at most; none clears.
    #[attr(IFLA_BOND_ARP_IP_TARGET, indexed, word = "arp_ip_target", style = List)]
    pub arp_ip_target: Option<Vec<Ipv4Addr>>,
    /// IPv6 addresses to probe, 16 at most; none clears.
    #[attr(IFLA_BOND_NS_IP6_TARGET, indexed, word = "ns_ip6_target", style = List, since = "5.18")]
    pub ns_ip6_target: Option<Vec<Ipv6Addr>>,
    /// Which slaves' answers are checked (kernel: none).
    #[attr(IFLA_BOND_ARP_VALIDATE, word = "arp_validate", style = Validation)]
    pub arp_validate: Option<ArpValidate>,
    /// Whether one target is enough (kernel: any).
    #[attr(IFLA_BOND_ARP_ALL_TARGETS, word = "arp_all_targets")]
    pub arp_all_targets: Option<ArpAllTargets>,
    /// The slave to prefer.
    #[attr(IFLA_BOND_PRIMARY, word = "primary", style = Device)]
    pub primary: Option<Interface>,
    /// When the primary takes over again (kernel: always).
    #[attr(IFLA_BOND_PRIMARY_RESELECT, word = "primary_reselect")]
    pub primary_reselect: Option<PrimaryReselect>,
    /// Whose hardware address the bond has (kernel: none).
    #[attr(IFLA_BOND_FAIL_OVER_MAC, word = "fail_over_mac")]
    pub fail_over_mac: Option<FailOverMac>,
    /// What chooses a packet's slave (kernel: layer2).
    #[attr(IFLA_BOND_XMIT_HASH_POLICY, word = "xmit_hash_policy")]
    pub xmit_hash_policy: Option<HashPolicy>,
    /// IGMP reports after a failover (kernel: 1).
    #[attr(IFLA_BOND_RESEND_IGMP, word = "resend_igmp")]
    pub resend_igmp: Option<u32>,
    /// Announcements (ARP, ND) after a failover (kernel: 1).
    #[attr(IFLA_BOND_NUM_PEER_NOTIF, word = "num_grat_arp", alias = "num_unsol_na", json = "num_peer_notif")]
    pub num_peer_notif: Option<u8>,
    /// Takes packets from inactive slaves too (kernel: no).
    #[attr(IFLA_BOND_ALL_SLAVES_ACTIVE, as = u8, word = "all_slaves_active", style = ZeroOne)]
    pub all_slaves_active: Option<bool>,
    /// Is without carrier while no partner speaks LACP (kernel: off).
    #[attr(IFLA_BOND_LACP_STRICT, as = u8, word = "lacp_strict", style = OnOff, since = "7.2")]
    pub lacp_strict: Option<bool>,
    /// Slaves needed for a carrier (kernel: 0).
    #[attr(IFLA_BOND_MIN_LINKS, word = "min_links")]
    pub min_links: Option<u32>,
    /// Between learning packets, s (kernel: 1).
    #[attr(IFLA_BOND_LP_INTERVAL, word = "lp_interval")]
    pub lp_interval: Option<u32>,
    /// Packets before the next slave, mode balance-rr; 0 is random (kernel: 1).
    #[attr(IFLA_BOND_PACKETS_PER_SLAVE, word = "packets_per_slave")]
    pub packets_per_slave: Option<u32>,
    /// Sends LACP without being asked (kernel: on).
    #[attr(IFLA_BOND_AD_LACP_ACTIVE, as = u8, word = "lacp_active", json = "ad_lacp_active", style = Switch,
        since = "5.15")]
    pub lacp_active: Option<bool>,
    /// How often the partner shall send (kernel: slow).
    #[attr(IFLA_BOND_AD_LACP_RATE, word = "lacp_rate", json = "ad_lacp_rate")]
    pub lacp_rate: Option<LacpRate>,
    /// Collects and distributes as one (kernel: on).
    #[attr(IFLA_BOND_COUPLED_CONTROL, as = u8, word = "coupled_control", style = OnOff, since = "6.8")]
    pub coupled_control: Option<bool>,
    /// Sends ARP and ND to all slaves (kernel: off).
    #[attr(IFLA_BOND_BROADCAST_NEIGH, as = u8, word = "broadcast_neighbor", style = OnOff, since = "6.17")]
    pub broadcast_neighbor: Option<bool>,
    /// How an aggregator is chosen (kernel: stable).
    #[attr(IFLA_BOND_AD_SELECT, word = "ad_select")]
    pub ad_select: Option<AdSelect>,
    /// The aggregator in use. Read only.
    #[attr(IFLA_BOND_AD_INFO, words)]
    pub ad_info: Option<AdInfo>,
    /// Our system priority in LACP (kernel: 65535).
    #[attr(IFLA_BOND_AD_ACTOR_SYS_PRIO, word = "ad_actor_sys_prio")]
    pub ad_actor_sys_prio: Option<u16>,
    /// The user's part of port keys, 10 bits (kernel: 0).
    #[attr(IFLA_BOND_AD_USER_PORT_KEY, word = "ad_user_port_key")]
    pub ad_user_port_key: Option<u16>,
    /// Our system address in LACP (kernel: the bond's).
    #[attr(IFLA_BOND_AD_ACTOR_SYSTEM, word = "ad_actor_system")]
    pub ad_actor_system: Option<LinkAddress>,
    /// Shuffles flows by load, mode balance-tlb (kernel: yes).
    #[attr(IFLA_BOND_TLB_DYNAMIC_LB, as = u8, word = "tlb_dynamic_lb", style = ZeroOne)]
    pub tlb_dynamic_lb: Option<bool>,
    /// Attributes that no field names.
    #[attr(unknown)]
    pub unknown: UnknownAttrs,
}

impl Bond {
    /// A bond that spreads packets so.
    pub fn new(mode: Mode) -> Self {
        Self { mode: Some(mode), ..Self::default() }
    }

    /// Looks at the carrier each so many milliseconds.
    pub fn miimon(self, milliseconds: u32) -> Self {
        Self { miimon: Some(milliseconds), ..self }
    }

    /// Chooses a packet's slave so.
    pub fn xmit_hash_policy(self, policy: HashPolicy) -> Self {
        Self { xmit_hash_policy: Some(policy), ..self }
    }

    /// Prefers that slave.
    pub fn primary(self, slave: impl Into<Interface>) -> Self {
        Self { primary: Some(slave.into()), ..self }
    }
}

/// `clear_active_slave` lets the bond choose.
#[derive(Debug)]
struct ChooseAnew;

impl ClearWord for ChooseAnew {
    const WORD: &'static str = "clear_active_slave";
}

/// Values with commas between; none at all is an empty word.
#[derive(Debug)]
struct List;

impl<T: Word> Grammar<Vec<T>> for List {
    const WHAT: &'static str = "ADDR[,ADDR...]";

    fn read(word: &str, words: &mut Words<'_>) -> Result<Vec<T>, WordError> {
        let list = words.value(word, "a list of addresses")?;
        let parse = |text| T::parse_word(text).map_err(|error| WordError::bad(word, text, error));
        list.split(',').filter(|text| !text.is_empty()).map(parse).collect()
    }

    fn write(word: &str, value: &Vec<T>, params: &mut Vec<String>) {
        params.extend([word.to_owned(), value.iter().map(T::to_word).collect::<Vec<_>>().join(",")]);
    }

    fn show(key: &str, word: &str, value: &Vec<T>, sink: &mut Sink<'_>) {
        if value.is_empty() {
            return;
        }
        sink.text(format_args!("{word} "));
        sink.array(key, |sink| {
            for (index, value) in value.iter().enumerate() {
                let text = value.shown().text();
                sink.element(
                    value.shown().value().clone(),
                    format_args!("{}{text}", if index == 0 { "" } else { "," }),
                );
            }
        });
        sink.text(format_args!(" "));
    }
}

/// A name, where JSON says `null` for none.
#[derive(Debug)]
struct Validation;

impl Grammar<ArpValidate> for Validation {
    const WHAT: &'static str = ArpValidate::WHAT;

    fn read(word: &str, words: &mut Words<'_>) -> Result<ArpValidate, WordError> {
        words.parse(word)
    }

    fn write(word: &str, value: &ArpValidate, params: &mut Vec<String>) {
        params.extend([word.to_owned(), value.to_word()]);
    }

    fn show(key: &str, word: &str, value: &ArpValidate, sink: &mut Sink<'_>) {
        let json = if *value == ArpValidate::NONE { Scalar::Null } else { value.shown().value().clone() };
        sink.put(key, json, format_args!("{word} {value} "));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::link::kinds::shared::tests::{json, text};
    use nlink_core::{capture, refused, words};

    fn parse(words: &str) -> Bond {
        use nlink_core::words::Params;
        Bond::parse_params(&words.split_whitespace().collect::<Vec<_>>()).unwrap()
    }

    #[test] // iproute2 7.3.0, Linux 7.2
    fn what_ip_sends() {
        // ip link add bo1 type bond mode active-backup miimon 100 updelay 200 downdelay 300 peer_notify_delay 100
        //   use_carrier 1 primary_reselect better fail_over_mac follow resend_igmp 2 num_grat_arp 3
        //   all_slaves_active 1 min_links 1 lp_interval 10
        capture!(
            Bond {
                updelay: Some(200),
                downdelay: Some(300),
                peer_notify_delay: Some(100),
                use_carrier: Some(true),
                primary_reselect: Some(PrimaryReselect::BETTER),
                fail_over_mac: Some(FailOverMac::FOLLOW),
                resend_igmp: Some(2),
                num_peer_notif: Some(3),
                all_slaves_active: Some(true),
                min_links: Some(1),
                lp_interval: Some(10),
                ..Bond::new(Mode::ACTIVE_BACKUP).miimon(100)
            } == "0500 0100 01000000  0800 0300 64000000  0800 0400 c8000000  0800 0500 2c010000  0800 1c00 64000000
              0500 0600 01000000  0500 0c00 01000000  0500 0d00 02000000  0800 0f00 02000000  0500 1000 03000000
              0500 1100 01000000  0800 1200 01000000  0800 1300 0a000000"
        );
        // ip link add bo2 type bond mode 4 miimon 100 xmit_hash_policy layer2+3 lacp_rate fast lacp_active off
        //   ad_select bandwidth ad_user_port_key 7 ad_actor_sys_prio 9 ad_actor_system 02:00:00:00:00:07
        //   coupled_control off lacp_strict on
        capture!(parse("mode 4 miimon 100 xmit_hash_policy layer2+3 lacp_rate fast lacp_active off ad_select bandwidth
            ad_user_port_key 7 ad_actor_sys_prio 9 ad_actor_system 02:00:00:00:00:07 coupled_control off lacp_strict on")
            == "0500 0100 04000000  0800 0300 64000000  0500 0e00 02000000  0500 1500 01000000  0500 1d00 00000000
                0500 1600 01000000  0600 1900 07000000  0600 1800 09000000  0a00 1a00 02000000 00070000
                0500 2000 00000000  0500 2200 01000000");
        // ip link add bo4 type bond mode active-backup arp_interval 100 arp_ip_target 10.0.0.1,10.0.0.2
        //   arp_validate filter_active arp_all_targets all ns_ip6_target 2001:db8::1,2001:db8::2 arp_missed_max 3
        capture!(
            parse(
                "mode active-backup arp_interval 100 arp_ip_target 10.0.0.1,10.0.0.2 arp_validate filter_active
            arp_all_targets all ns_ip6_target 2001:db8::1,2001:db8::2 arp_missed_max 3"
            ) == "0500 0100 01000000  0800 0700 64000000  1400 0800 08000000 0a000001 08000100 0a000002
                0800 0900 05000000  0800 0a00 01000000  2c00 1f00 14000000 20010db8 00000000 00000000 00000001
                14000100 20010db8 00000000 00000000 00000002  0500 1e00 03000000"
        );
        // ip link set bo4 type bond arp_ip_target "" ns_ip6_target ""
        let none = Bond { arp_ip_target: Some(vec![]), ns_ip6_target: Some(vec![]), ..Bond::default() };
        capture!(none == "0400 0800  0400 1f00");
        // ip link set bo1 type bond clear_active_slave num_unsol_na 2
        capture!(parse("clear_active_slave num_unsol_na 2") == "0800 0200 00000000  0500 1000 02000000");
    }

    #[test]
    fn output_is_as_iproute2_prints_it() {
        let info = AdInfo {
            aggregator: Some(1),
            ports: Some(1),
            actor_key: Some(0),
            partner_key: Some(1),
            partner_address: Some([0; 6].into()),
            ..AdInfo::default()
        };
        let bond = Bond {
            active_slave: Some(3.into()),
            ad_info: Some(info),
            ..parse(
                "mode 802.3ad use_carrier 1 arp_ip_target 10.0.0.1,10.0.0.2 arp_validate none num_grat_arp 1
                lacp_strict off lacp_active on lacp_rate slow coupled_control on ad_select stable tlb_dynamic_lb 1",
            )
        };
        assert_eq!(
            text(&bond),
            "mode 802.3ad active_slave eth0 use_carrier 1 arp_ip_target 10.0.0.1,10.0.0.2 arp_validate none \
             num_grat_arp 1 lacp_strict off lacp_active on lacp_rate slow coupled_control on ad_select stable \
             ad_aggregator 1 ad_num_ports 1 ad_actor_key 0 ad_partner_key 1 ad_partner_mac 00:00:00:00:00:00 \
             tlb_dynamic_lb 1 "
        );
        assert_eq!(
            json(&bond),
            r#"{"mode":"802.3ad","active_slave":"eth0","use_carrier":1,"arp_ip_target":["10.0.0.1","10.0.0.2"],"arp_validate":null,"num_peer_notif":1,"lacp_strict":false,"ad_lacp_active":"on","ad_lacp_rate":"slow","coupled_control":true,"ad_select":"stable","ad_info":{"aggregator":1,"num_ports":1,"actor_key":0,"partner_key":1,"partner_mac":"00:00:00:00:00:00"},"tlb_dynamic_lb":1}"#
        );
    }

    #[test]
    fn words_both_ways() {
        words!(Bond: "mode balance-xor miimon 100 primary eth0 xmit_hash_policy vlan+srcmac lacp_active off");
        words!(Bond: "active_slave eth1 arp_ip_target 192.0.2.1,192.0.2.2 arp_validate all broadcast_neighbor on");
        words!(Bond: "clear_active_slave");
    }

    #[test]
    fn what_is_wrong_is_said() {
        refused!(Bond: "mode foo" => r#"Bond: mode: "foo" is not one of balance-rr, active-backup, balance-xor, broadcast, 802.3ad, balance-tlb, balance-alb; write for example balance-rr"#);
        refused!(Bond: "arp_ip_target 1.1.1.1,x" => r#"Bond: arp_ip_target: "x" is not an IPv4 address; write for example 192.0.2.1"#);
        refused!(Bond: "lacp_strict 1" => r#"Bond: lacp_strict: "1" is not on or off; write for example on"#);
        refused!(Bond: "active_slave eth0 clear_active_slave" => r#"Bond: "clear_active_slave" is given twice"#);
    }
}
