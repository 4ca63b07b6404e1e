//! What the options of a bridge can be: its id, the options that share one attribute, the querier it knows.

use std::fmt;
use std::net::{Ipv4Addr, Ipv6Addr};

use nlink_core::show::{Show, Shown, Sink};
use nlink_core::wire::{FlagSet, UnknownAttrs};
use nlink_core::words::{BadValue, Params, Style, Word, WordEntry, WordError, Words, ZeroOne};
use nlink_uapi::if_bridge::{
    BR_BOOLOPT_FDB_LOCAL_VLAN_0, BR_BOOLOPT_MCAST_VLAN_SNOOPING, BR_BOOLOPT_MDB_OFFLOAD_FAIL_NOTIFICATION,
    BR_BOOLOPT_MST_ENABLE, BR_BOOLOPT_NO_LL_LEARN, BRIDGE_QUERIER_IP_ADDRESS, BRIDGE_QUERIER_IP_OTHER_TIMER,
    BRIDGE_QUERIER_IP_PORT, BRIDGE_QUERIER_IPV6_ADDRESS, BRIDGE_QUERIER_IPV6_OTHER_TIMER, BRIDGE_QUERIER_IPV6_PORT,
    BRIDGE_QUERIER_PAD, br_boolopt_multi,
};
use nlink_uapi::if_link::{BR_STP_MODE_AUTO, BR_STP_MODE_KERNEL, BR_STP_MODE_USER, ifla_bridge_id};

nlink_core::open_enum! {
    /// Who runs the spanning tree (`BR_STP_MODE_…`).
    pub struct StpMode(u32) {
        /// A daemon where one takes over, else the kernel.
        AUTO = BR_STP_MODE_AUTO, "auto";
        /// A daemon.
        USER = BR_STP_MODE_USER, "user";
        /// The kernel.
        KERNEL = BR_STP_MODE_KERNEL, "kernel";
    }
}

nlink_core::fixed_struct! {
    /// A bridge in the spanning tree: its priority and its address (`struct ifla_bridge_id`).
    ///
    /// ```
    /// use nlink_route::link::kinds::bridge::BridgeId;
    /// let id = BridgeId { priority: [0x80, 0], address: [0xe6, 0x19, 0x74, 9, 0xb9, 0x84] };
    /// assert_eq!(id.to_string(), "8000.e6:19:74:9:b9:84");
    /// ```
    #[derive(Default)]
    pub struct BridgeId = ifla_bridge_id {
        /// The priority, big-endian; its lower 12 bits are a VLAN or 0.
        pub priority: [u8; 2] = prio,
        /// The address.
        pub address: [u8; 6] = addr,
    }
}

/// As iproute2 writes it: the address without leading zeros.
impl fmt::Display for BridgeId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ([high, low], [a, b, c, d, e, g]) = (self.priority, self.address);
        write!(f, "{high:02x}{low:02x}.{a:x}:{b:x}:{c:x}:{d:x}:{e:x}:{g:x}")
    }
}

impl Word for BridgeId {
    const WHAT: &'static str = "BRIDGE_ID";

    fn parse_word(_: &str) -> Result<Self, BadValue> {
        Err(BadValue::new("to be chosen: the kernel makes bridge ids", "priority 4096"))
    }

    fn to_word(&self) -> String {
        self.to_string()
    }

    fn shown(&self) -> Shown {
        self.to_string().into()
    }
}

nlink_core::flag_set! {
    /// Options that share one attribute, by their words (`BR_BOOLOPT_…`, linux/if_bridge.h); all are off at first.
    pub struct BridgeOption(u32) {
        /// Does not learn from link-local frames.
        NO_LINKLOCAL_LEARN = 1 << BR_BOOLOPT_NO_LL_LEARN, "no_linklocal_learn";
        /// Snoops multicast by VLAN.
        MCAST_VLAN_SNOOPING = 1 << BR_BOOLOPT_MCAST_VLAN_SNOOPING, "mcast_vlan_snooping";
        /// Keeps a spanning tree state by VLAN (MSTP).
        MST_ENABLED = 1 << BR_BOOLOPT_MST_ENABLE, "mst_enabled";
        /// Announces multicast entries that the hardware refused.
        MDB_OFFLOAD_FAIL_NOTIFICATION = 1 << BR_BOOLOPT_MDB_OFFLOAD_FAIL_NOTIFICATION, "mdb_offload_fail_notification";
        /// Keeps the ports' own addresses in VLAN 0 only.
        FDB_LOCAL_VLAN_0 = 1 << BR_BOOLOPT_FDB_LOCAL_VLAN_0, "fdb_local_vlan_0";
    }
}

nlink_core::fixed_struct! {
    /// Options, and which of them to set (`struct br_boolopt_multi`).
    #[derive(Default)]
    pub struct BridgeOptions = br_boolopt_multi {
        /// Those that are on.
        pub on: BridgeOption = optval,
        /// Those that count; in the kernel's answers: those that it knows.
        pub mask: BridgeOption = optmask,
    }
}
nlink_core::fixed!(BridgeId, BridgeOptions);

impl BridgeOptions {
    pub(super) fn set(&mut self, option: BridgeOption, on: bool) {
        self.mask |= option;
        self.on.set(option, on);
    }
}

impl Params for BridgeOptions {
    const USAGE: &'static [WordEntry] = &[
        WordEntry::value("no_linklocal_learn", <ZeroOne as Style<bool>>::WHAT),
        WordEntry::value("mcast_vlan_snooping", <ZeroOne as Style<bool>>::WHAT),
        WordEntry::value("mst_enabled", <ZeroOne as Style<bool>>::WHAT),
        WordEntry::value("mdb_offload_fail_notification", <ZeroOne as Style<bool>>::WHAT),
        WordEntry::value("fdb_local_vlan_0", <ZeroOne as Style<bool>>::WHAT),
    ];

    fn accept(&mut self, word: &str, words: &mut Words<'_>) -> Result<bool, WordError> {
        let Some((option, _)) = BridgeOption::NAMES.iter().find(|(_, name)| *name == word) else { return Ok(false) };
        let on = words.styled(word, ZeroOne::parse)?;
        if self.mask.contains(*option) {
            return Err(WordError::twice(word));
        }
        self.set(*option, on);
        Ok(true)
    }

    fn write_params(&self, params: &mut Vec<String>) {
        for (option, word) in BridgeOption::NAMES.iter().filter(|(option, _)| self.mask.contains(*option)) {
            params.extend([(*word).to_owned(), ZeroOne::word(&self.on.contains(*option))]);
        }
    }
}

impl Show for BridgeOptions {
    fn show(&self, sink: &mut Sink<'_>) {
        for (option, word) in BridgeOption::NAMES.iter().filter(|(option, _)| self.mask.contains(*option)) {
            sink.word(word, word, ZeroOne::shown(&self.on.contains(*option)));
        }
    }
}

/// The multicast querier of each IP version (`BRIDGE_QUERIER_…`, linux/if_bridge.h). Read only.
#[derive(nlink_core::Attributes, Clone, Debug, Default, PartialEq)]
pub struct QuerierState {
    /// Address of the IPv4 querier.
    #[attr(BRIDGE_QUERIER_IP_ADDRESS)]
    pub ipv4_address: Option<Ipv4Addr>,
    /// Index of the port that it is behind.
    #[attr(BRIDGE_QUERIER_IP_PORT)]
    pub ipv4_port: Option<u32>,
    /// Until it is taken for gone, clock ticks.
    #[attr(BRIDGE_QUERIER_IP_OTHER_TIMER, pad = BRIDGE_QUERIER_PAD)]
    pub ipv4_timer: Option<u64>,
    /// Address of the IPv6 querier.
    #[attr(BRIDGE_QUERIER_IPV6_ADDRESS)]
    pub ipv6_address: Option<Ipv6Addr>,
    /// Index of the port that it is behind.
    #[attr(BRIDGE_QUERIER_IPV6_PORT)]
    pub ipv6_port: Option<u32>,
    /// Until it is taken for gone, clock ticks.
    #[attr(BRIDGE_QUERIER_IPV6_OTHER_TIMER, pad = BRIDGE_QUERIER_PAD)]
    pub ipv6_timer: Option<u64>,
    /// Attributes that no field names.
    #[attr(unknown)]
    pub unknown: UnknownAttrs,
}

/// No words: the kernel tells it.
impl Params for QuerierState {
    const USAGE: &'static [WordEntry] = &[];

    fn accept(&mut self, _: &str, _: &mut Words<'_>) -> Result<bool, WordError> {
        Ok(false)
    }

    fn write_params(&self, _: &mut Vec<String>) {}
}

impl Show for QuerierState {
    fn show(&self, sink: &mut Sink<'_>) {
        let ipv4 = self.ipv4_address.map(|address| (4, address.to_string(), self.ipv4_port, self.ipv4_timer));
        let ipv6 = self.ipv6_address.map(|address| (6, address.to_string(), self.ipv6_port, self.ipv6_timer));
        for (version, address, port, timer) in [ipv4, ipv6].into_iter().flatten() {
            sink.object(&format!("mcast_querier_state_ipv{version}"), |sink| {
                let mut show = |what: &str, value: Option<Shown>| {
                    let key = format!("mcast_querier_ipv{version}_{what}");
                    if let Some(value) = value {
                        sink.word(&key, &key, value);
                    }
                };
                show("addr", Some(address.into()));
                show("port", port.map(Into::into));
                show("other_timer", timer.map(|ticks| as_time(ticks).into()));
            });
        }
    }
}

/// iproute2 prints this timer's clock ticks as if they were nanoseconds, with three digits.
fn as_time(ticks: u64) -> String {
    let (unit, name) = match ticks {
        0..1_000 => return format!("{ticks}ns"),
        1_000..1_000_000 => (1_000, "us"),
        1_000_000..1_000_000_000 => (1_000_000, "ms"),
        _ => (1_000_000_000, "s"),
    };
    let (whole, thousandths) = (ticks / unit, ticks % unit * 1_000 / unit);
    let text = match whole {
        0..10 => format!("{whole}.{:02}", thousandths / 10),
        10..100 => format!("{whole}.{}", thousandths / 100),
        _ => return format!("{whole}{name}"),
    };
    format!("{}{name}", text.trim_end_matches('0').trim_end_matches('.'))
}
