//! `vlan`: one VLAN of a link: frames with its tag, without the tag.
//!
//! Linux 2.6.23 over netlink, module 8021q; linux/if_link.h (`IFLA_VLAN_…`), linux/if_vlan.h, policy in
//! net/8021q/vlan_netlink.c; [ip-link(8)](https://man7.org/linux/man-pages/man8/ip-link.8.html).
//!
//! ```
//! use nlink_core::words::Params;
//! use nlink_route::link::kinds::vlan::{Vlan, VlanFlags};
//! let vlan = Vlan::parse_params(&["id", "10", "gvrp", "on"])?;
//! assert_eq!(vlan, Vlan::id(10).flag(VlanFlags::GVRP, true));
//! # Ok::<(), nlink_core::words::WordError>(())
//! ```

use nlink_core::show::{Show, Shown, Sink};
use nlink_core::wire::{Be, FlagSet, OpenEnum, UnknownAttrs};
use nlink_core::words::{BadValue, Grammar, OnOff, Params, Style, Word, WordEntry, WordError, Words};
use nlink_uapi::if_ether::{ETH_P_8021AD, ETH_P_8021Q};
use nlink_uapi::if_link::{
    IFLA_VLAN_EGRESS_QOS, IFLA_VLAN_FLAGS, IFLA_VLAN_ID, IFLA_VLAN_INGRESS_QOS, IFLA_VLAN_PROTOCOL,
    IFLA_VLAN_QOS_MAPPING, ifla_vlan_flags, ifla_vlan_qos_mapping,
};
use nlink_uapi::if_vlan::{
    VLAN_FLAG_BRIDGE_BINDING, VLAN_FLAG_GVRP, VLAN_FLAG_LOOSE_BINDING, VLAN_FLAG_MVRP, VLAN_FLAG_REORDER_HDR,
};

nlink_core::open_enum! {
    /// The EtherType of a VLAN's tags (linux/if_ether.h); big-endian on the wire: `as = Be<u16>`.
    pub struct VlanProtocol(u16) {
        /// Customer tags.
        CUSTOMER = ETH_P_8021Q, "802.1Q";
        /// Service provider's tags.
        SERVICE = ETH_P_8021AD, "802.1ad";
    }
}

nlink_core::flag_set! {
    /// Properties of a VLAN link (`VLAN_FLAG_…`); the names are those that output has, the words are lower case.
    pub struct VlanFlags(u32) {
        /// Takes the tag off received frames (kernel: on).
        REORDER_HDR = VLAN_FLAG_REORDER_HDR, "REORDER_HDR";
        /// Registers the VLAN by GVRP.
        GVRP = VLAN_FLAG_GVRP, "GVRP";
        /// Registers the VLAN by MVRP.
        MVRP = VLAN_FLAG_MVRP, "MVRP";
        /// Keeps its state apart from the link's below.
        LOOSE_BINDING = VLAN_FLAG_LOOSE_BINDING, "LOOSE_BINDING";
        /// Is up while a port of the bridge below that has this VLAN is.
        BRIDGE_BINDING = VLAN_FLAG_BRIDGE_BINDING, "BRIDGE_BINDING";
    }
}

nlink_core::fixed_struct! {
    /// Flags, and which of them to set (`struct ifla_vlan_flags`).
    #[derive(Default)]
    pub struct VlanSwitches = ifla_vlan_flags {
        /// The flags.
        pub flags: VlanFlags = flags,
        /// Those that count; the kernel leaves the rest as they are. In its answers: all.
        pub mask: VlanFlags = mask,
    }
}

nlink_core::fixed_struct! {
    /// One priority for another (`struct ifla_vlan_qos_mapping`): between the socket buffer's and the tag's.
    #[derive(Default)]
    pub struct QosMapping = ifla_vlan_qos_mapping {
        /// The priority that a frame has: of ingress the tag's.
        pub from: u32 = from,
        /// The priority that it gets: of egress the tag's.
        pub to: u32 = to,
    }
}
nlink_core::fixed!(VlanSwitches, QosMapping);

/// Options of the `vlan` kind; `None` leaves the choice to the kernel, which asks for the id.
#[derive(nlink_core::Kind, Clone, Debug, Default, PartialEq)]
#[kind(name = "vlan", since = "2.6.23", module = "8021q")]
pub struct Vlan {
    /// The tags' EtherType (kernel: 802.1Q).
    #[attr(IFLA_VLAN_PROTOCOL, as = Be<u16>, word = "protocol", alias = "proto", style = Protocol, since = "3.10")]
    pub protocol: Option<VlanProtocol>,
    /// The VLAN's number, 0 to 4094.
    #[attr(IFLA_VLAN_ID, word = "id")]
    pub id: Option<u16>,
    /// Properties.
    #[attr(IFLA_VLAN_FLAGS, words)]
    pub switches: Option<VlanSwitches>,
    /// Priorities of received frames: from the tag's to the socket buffer's.
    #[attr(IFLA_VLAN_INGRESS_QOS, repeated = IFLA_VLAN_QOS_MAPPING, word = "ingress-qos-map", json = "ingress_qos",
        style = QosMap)]
    pub ingress_qos: Vec<QosMapping>,
    /// Priorities of sent frames: from the socket buffer's to the tag's.
    #[attr(IFLA_VLAN_EGRESS_QOS, repeated = IFLA_VLAN_QOS_MAPPING, word = "egress-qos-map", json = "egress_qos",
        style = QosMap)]
    pub egress_qos: Vec<QosMapping>,
    /// Attributes that no field names.
    #[attr(unknown)]
    pub unknown: UnknownAttrs,
}

impl Vlan {
    /// The VLAN of that number.
    pub fn id(id: u16) -> Self {
        Self { id: Some(id), ..Self::default() }
    }

    /// With tags of that EtherType.
    pub fn protocol(self, protocol: VlanProtocol) -> Self {
        Self { protocol: Some(protocol), ..self }
    }

    /// With that property on or off.
    pub fn flag(mut self, flag: VlanFlags, on: bool) -> Self {
        let switches = self.switches.get_or_insert_default();
        switches.mask |= flag;
        switches.flags.set(flag, on);
        self
    }
}

/// The words of the flags; several words, one attribute.
const SWITCHES: &[(&str, VlanFlags)] = &[
    ("reorder_hdr", VlanFlags::REORDER_HDR),
    ("gvrp", VlanFlags::GVRP),
    ("mvrp", VlanFlags::MVRP),
    ("loose_binding", VlanFlags::LOOSE_BINDING),
    ("bridge_binding", VlanFlags::BRIDGE_BINDING),
];

impl Params for VlanSwitches {
    const USAGE: &'static [WordEntry] = &[
        WordEntry::value("reorder_hdr", <OnOff as Style<bool>>::WHAT),
        WordEntry::value("gvrp", <OnOff as Style<bool>>::WHAT),
        WordEntry::value("mvrp", <OnOff as Style<bool>>::WHAT),
        WordEntry::value("loose_binding", <OnOff as Style<bool>>::WHAT),
        WordEntry::value("bridge_binding", <OnOff as Style<bool>>::WHAT),
    ];

    fn accept(&mut self, word: &str, words: &mut Words<'_>) -> Result<bool, WordError> {
        let Some((_, flag)) = SWITCHES.iter().find(|(name, _)| *name == word) else { return Ok(false) };
        let on = words.styled(word, OnOff::parse)?;
        if self.mask.contains(*flag) {
            return Err(WordError::twice(word));
        }
        self.mask |= *flag;
        self.flags.set(*flag, on);
        Ok(true)
    }

    fn write_params(&self, params: &mut Vec<String>) {
        for (word, flag) in SWITCHES.iter().filter(|(_, flag)| self.mask.contains(*flag)) {
            params.extend([(*word).to_owned(), OnOff::word(&self.flags.contains(*flag))]);
        }
    }
}

/// The flags that are set, a list in JSON; nothing when none is.
impl Show for VlanSwitches {
    fn show(&self, sink: &mut Sink<'_>) {
        if self.flags.is_empty() {
            return;
        }
        sink.text(format_args!("<{}> ", self.flags));
        if sink.is_json() {
            sink.array("flags", |sink| {
                self.flags.names().for_each(|name| sink.element(name, format_args!("")));
                if self.flags.unnamed() != 0 {
                    sink.element(format!("{:#x}", self.flags.unnamed()), format_args!(""));
                }
            });
        }
    }
}

/// An EtherType by name in any case, or by number.
#[derive(Debug)]
pub(crate) struct Protocol;

impl Style<VlanProtocol> for Protocol {
    const WHAT: &'static str = "{ 802.1Q | 802.1ad }";

    fn parse(word: &str) -> Result<VlanProtocol, BadValue> {
        let named = VlanProtocol::NAMES.iter().find(|(_, name)| name.eq_ignore_ascii_case(word));
        match (named, u16::parse_word(word)) {
            (Some((protocol, _)), _) => Ok(*protocol),
            (None, Ok(number)) => Ok(VlanProtocol(number)),
            (None, Err(_)) => Err(BadValue::new("a VLAN protocol: 802.1Q or 802.1ad", "802.1ad")),
        }
    }

    fn word(value: &VlanProtocol) -> String {
        value.to_string()
    }

    fn shown(value: &VlanProtocol) -> Shown {
        value.name().map_or_else(|| format!("[{value}]"), ToOwned::to_owned).into()
    }
}

/// `FROM:TO` again and again, as long as words look like it; in text on a line of its own.
#[derive(Debug)]
struct QosMap;

impl Grammar<Vec<QosMapping>> for QosMap {
    const WHAT: &'static str = "FROM:TO ...";

    fn read(word: &str, words: &mut Words<'_>) -> Result<Vec<QosMapping>, WordError> {
        let mapping = |word: &str| match word.split_once(':') {
            Some((from, to)) => Ok(QosMapping { from: u32::parse_word(from)?, to: u32::parse_word(to)? }),
            None => Err(BadValue::new("a pair of priorities", "1:2")),
        };
        let mut map = vec![words.styled(word, mapping)?];
        while words.peek().is_some_and(|next| next.contains(':')) {
            map.push(words.styled(word, mapping)?);
        }
        Ok(map)
    }

    fn write(word: &str, value: &Vec<QosMapping>, params: &mut Vec<String>) {
        params.push(word.into());
        params.extend(value.iter().map(|mapping| format!("{}:{}", mapping.from, mapping.to)));
    }

    fn show(key: &str, word: &str, value: &Vec<QosMapping>, sink: &mut Sink<'_>) {
        sink.line();
        sink.text(format_args!("      {word} {{ "));
        sink.array(key, |sink| {
            for mapping in value {
                sink.item(|sink| {
                    sink.put("from", mapping.from, format_args!("{}:", mapping.from));
                    sink.put("to", mapping.to, format_args!("{} ", mapping.to));
                });
            }
        });
        sink.text(format_args!("}} "));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::link::kinds::shared::tests::{json, text};
    use nlink_core::{capture, refused, words};

    fn every_option() -> Vlan {
        let qos = |pairs: [(u32, u32); 2]| pairs.map(|(from, to)| QosMapping { from, to }).to_vec();
        Vlan {
            ingress_qos: qos([(1, 2), (3, 4)]),
            egress_qos: qos([(0, 1), (5, 6)]),
            ..Vlan::id(11)
                .protocol(VlanProtocol::SERVICE)
                .flag(VlanFlags::all() & VlanFlags(0x1e), true)
                .flag(VlanFlags::REORDER_HDR, false)
        }
    }

    #[test] // iproute2 7.3.0, Linux 7.2
    fn what_ip_sends() {
        // ip link add link d0 name d0.10 type vlan id 10
        capture!(Vlan::id(10) == "0600 0100 0a000000");
        // ip link add link d0 name d0.11 type vlan protocol 802.1ad id 11 reorder_hdr off gvrp on mvrp on
        //   loose_binding on bridge_binding on ingress-qos-map 1:2 3:4 egress-qos-map 0:1 5:6
        capture!(
            every_option()
                == "0600 0500 88a80000  0600 0100 0b000000
            1c00 0400 0c000100 01000000 02000000 0c000100 03000000 04000000
            1c00 0300 0c000100 00000000 01000000 0c000100 05000000 06000000  0c00 0200 1e000000 1f000000"
        );
    }

    #[test]
    fn output_is_as_iproute2_prints_it() {
        assert_eq!(
            text(&every_option()),
            "protocol 802.1ad id 11 <GVRP,MVRP,LOOSE_BINDING,BRIDGE_BINDING> \n      ingress-qos-map { 1:2 3:4 } \n      \
             egress-qos-map { 0:1 5:6 } "
        );
        assert_eq!(
            json(&every_option()),
            r#"{"protocol":"802.1ad","id":11,"flags":["GVRP","MVRP","LOOSE_BINDING","BRIDGE_BINDING"],"ingress_qos":[{"from":1,"to":2},{"from":3,"to":4}],"egress_qos":[{"from":0,"to":1},{"from":5,"to":6}]}"#
        );
        let plain = Vlan::id(12).protocol(VlanProtocol::CUSTOMER).flag(VlanFlags::REORDER_HDR, false);
        assert_eq!(json(&plain), r#"{"protocol":"802.1Q","id":12}"#);
    }

    #[test]
    fn words_both_ways() {
        words!(Vlan: "protocol 802.1ad id 11 reorder_hdr off gvrp on ingress-qos-map 1:2 3:4 egress-qos-map 0:1");
        words!(Vlan: "protocol 37120 id 1");
        assert_eq!(Vlan::parse_params(&["proto", "802.1AD", "id", "1"]).unwrap().to_params()[1], "802.1ad");
    }

    #[test]
    fn what_is_wrong_is_said() {
        refused!(Vlan: "protocol foo" => r#"Vlan: protocol: "foo" is not a VLAN protocol: 802.1Q or 802.1ad; write for example 802.1ad"#);
        refused!(Vlan: "gvrp x" => r#"Vlan: gvrp: "x" is not on or off; write for example on"#);
        refused!(Vlan: "gvrp on gvrp off" => r#"Vlan: "gvrp" is given twice"#);
        refused!(Vlan: "ingress-qos-map x" => r#"Vlan: ingress-qos-map: "x" is not a pair of priorities; write for example 1:2"#);
        refused!(Vlan: "ingress-qos-map" => r#"Vlan: "ingress-qos-map" needs a value after it"#);
        refused!(Vlan: "id" => r#"Vlan: "id" needs a value after it"#);
    }
}
