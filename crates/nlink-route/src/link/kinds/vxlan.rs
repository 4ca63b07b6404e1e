//! `vxlan`: Ethernet over UDP (RFC 7348): a virtual network's frames, tunnelled to one address or looked up by MAC.
//!
//! Linux 3.7, module vxlan; linux/if_link.h (`IFLA_VXLAN_…`), policy in drivers/net/vxlan/vxlan_core.c;
//! [ip-link(8)](https://man7.org/linux/man-pages/man8/ip-link.8.html).
//!
//! ```
//! use nlink_core::words::Params;
//! use nlink_route::link::kinds::vxlan::Vxlan;
//! let group = "239.1.1.1".parse()?;
//! let words = ["id", "42", "group", "239.1.1.1", "dev", "eth0"];
//! assert_eq!(Vxlan::parse_params(&words)?, Vxlan::new(42).group(group).dev("eth0"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

use std::net::IpAddr;

use nlink_core::Interface;
use nlink_core::wire::{Be, UnknownAttrs};
use nlink_core::words::{Device, WordError};
use nlink_uapi::if_link::{
    IFLA_VXLAN_AGEING, IFLA_VXLAN_COLLECT_METADATA, IFLA_VXLAN_DF, IFLA_VXLAN_GBP, IFLA_VXLAN_GPE, IFLA_VXLAN_GROUP,
    IFLA_VXLAN_GROUP6, IFLA_VXLAN_ID, IFLA_VXLAN_L2MISS, IFLA_VXLAN_L3MISS, IFLA_VXLAN_LABEL, IFLA_VXLAN_LABEL_POLICY,
    IFLA_VXLAN_LEARNING, IFLA_VXLAN_LIMIT, IFLA_VXLAN_LINK, IFLA_VXLAN_LOCAL, IFLA_VXLAN_LOCAL6,
    IFLA_VXLAN_LOCALBYPASS, IFLA_VXLAN_MC_ROUTE, IFLA_VXLAN_PORT, IFLA_VXLAN_PORT_RANGE, IFLA_VXLAN_PROXY,
    IFLA_VXLAN_REMCSUM_NOPARTIAL, IFLA_VXLAN_REMCSUM_RX, IFLA_VXLAN_REMCSUM_TX, IFLA_VXLAN_RESERVED_BITS,
    IFLA_VXLAN_RSC, IFLA_VXLAN_TOS, IFLA_VXLAN_TTL, IFLA_VXLAN_TTL_INHERIT, IFLA_VXLAN_UDP_CSUM,
    IFLA_VXLAN_UDP_ZERO_CSUM6_RX, IFLA_VXLAN_UDP_ZERO_CSUM6_TX, IFLA_VXLAN_VNIFILTER,
};

use super::shared::spelling::{FlowLabel, HexNumber, Limited, Quiet, Told, Tos};

mod values;

use values::{Ageing, Df, Hops, Limit, Local, Ports, Remote};
pub use values::{DontFragment, LabelPolicy, PortRange, Ttl};

/// Options of the `vxlan` kind; `None` leaves the choice to the kernel. After creation the kernel lets few of them
/// change.
#[derive(nlink_core::Kind, Clone, Debug, Default, PartialEq)]
#[kind(name = "vxlan", since = "3.7", module = "vxlan", complete = Self::complete_words)]
pub struct Vxlan {
    /// The network's identifier (VNI), 24 bits.
    #[attr(IFLA_VXLAN_ID, word = "id", alias = "vni", style = Limited<0xff_ffff>)]
    pub id: Option<u32>,
    /// Where frames to unknown addresses go: a multicast group or one host. All zero is none.
    #[attr(IFLA_VXLAN_GROUP, or = IFLA_VXLAN_GROUP6, word = "remote", alias = "group", style = Remote)]
    pub remote: Option<IpAddr>,
    /// The source address (kernel: chosen by the route).
    #[attr(IFLA_VXLAN_LOCAL, or = IFLA_VXLAN_LOCAL6, word = "local", style = Local)]
    pub local: Option<IpAddr>,
    /// The link that tunnelled packets leave by; a multicast group needs one.
    #[attr(IFLA_VXLAN_LINK, word = "dev", json = "link", style = Device)]
    pub dev: Option<Interface>,
    /// UDP source ports to choose from (kernel: the system's local ports).
    #[attr(IFLA_VXLAN_PORT_RANGE, word = "srcport", alias = "port", json = "port_range", style = Ports)]
    pub source_ports: Option<PortRange>,
    /// The UDP destination port (kernel: 8472; IANA's is 4789).
    #[attr(IFLA_VXLAN_PORT, word = "dstport", json = "port")]
    pub port: Option<Be<u16>>,
    /// The outer type of service; 1 takes the inner one (kernel: 0).
    #[attr(IFLA_VXLAN_TOS, word = "tos", alias = "dsfield", style = Tos)]
    pub tos: Option<u8>,
    /// The outer time to live (kernel: auto).
    #[attr(IFLA_VXLAN_TTL, or = IFLA_VXLAN_TTL_INHERIT, word = "ttl", alias = "hoplimit", style = Hops)]
    pub ttl: Option<Ttl>,
    /// The outer don't-fragment bit (kernel: unset).
    #[attr(IFLA_VXLAN_DF, word = "df", style = Df, since = "5.1")]
    pub df: Option<DontFragment>,
    /// The outer IPv6 flow label, 20 bits (kernel: 0).
    #[attr(IFLA_VXLAN_LABEL, word = "flowlabel", alias = "label", json = "label", style = FlowLabel)]
    pub label: Option<Be<u32>>,
    /// Where the flow label comes from (kernel: fixed). iproute2 has no word for it.
    #[attr(IFLA_VXLAN_LABEL_POLICY, since = "6.7")]
    pub label_policy: Option<LabelPolicy>,
    /// How long learned addresses live, seconds; 0 is for ever (kernel: 300).
    #[attr(IFLA_VXLAN_AGEING, word = "ageing", style = Ageing)]
    pub ageing: Option<u32>,
    /// Most learned addresses; 0 is no limit (kernel: 0).
    #[attr(IFLA_VXLAN_LIMIT, word = "maxaddress", json = "limit", style = Limit)]
    pub limit: Option<u32>,
    /// The header's bits that must be zero in what is received, 64 bits (kernel: all that no option uses).
    #[attr(IFLA_VXLAN_RESERVED_BITS, word = "reserved_bits", style = HexNumber, since = "6.14")]
    pub reserved_bits: Option<Be<u64>>,
    /// Group policy extension.
    #[attr(IFLA_VXLAN_GBP, word = "gbp")]
    pub gbp: bool,
    /// Generic protocol extension.
    #[attr(IFLA_VXLAN_GPE, word = "gpe")]
    pub gpe: bool,
    /// Remote checksum offload without partial checksums. iproute2 has no word for it.
    #[attr(IFLA_VXLAN_REMCSUM_NOPARTIAL)]
    pub remcsum_nopartial: bool,
    /// Takes each packet's tunnel parameters from its metadata (kernel: no).
    #[attr(IFLA_VXLAN_COLLECT_METADATA, as = u8, word = "external", off = "noexternal", style = Quiet<false>)]
    pub external: Option<bool>,
    /// Receives only the identifiers that were entered (kernel: no); needs `external`.
    #[attr(IFLA_VXLAN_VNIFILTER, as = u8, word = "vnifilter", off = "novnifilter", style = Told, since = "5.18")]
    pub vnifilter: Option<bool>,
    /// Learns addresses from what is received (kernel: yes; the words say no together with `external`).
    #[attr(IFLA_VXLAN_LEARNING, as = u8, word = "learning", off = "nolearning", style = Quiet<true>)]
    pub learning: Option<bool>,
    /// Answers ARP and neighbour solicitations for known hosts (kernel: no).
    #[attr(IFLA_VXLAN_PROXY, as = u8, word = "proxy", off = "noproxy", style = Quiet<false>)]
    pub proxy: Option<bool>,
    /// Route short circuit (kernel: no).
    #[attr(IFLA_VXLAN_RSC, as = u8, word = "rsc", off = "norsc", style = Quiet<false>)]
    pub rsc: Option<bool>,
    /// Announces unknown MAC addresses over netlink (kernel: no).
    #[attr(IFLA_VXLAN_L2MISS, as = u8, word = "l2miss", off = "nol2miss", style = Quiet<false>)]
    pub l2miss: Option<bool>,
    /// Announces unknown IP addresses over netlink (kernel: no).
    #[attr(IFLA_VXLAN_L3MISS, as = u8, word = "l3miss", off = "nol3miss", style = Quiet<false>)]
    pub l3miss: Option<bool>,
    /// UDP checksums over IPv4 (kernel: yes).
    #[attr(IFLA_VXLAN_UDP_CSUM, as = u8, word = "udpcsum", off = "noudpcsum", json = "udp_csum", style = Quiet<true>)]
    pub udp_csum: Option<bool>,
    /// Sends without UDP checksum over IPv6 (kernel: no).
    #[attr(IFLA_VXLAN_UDP_ZERO_CSUM6_TX, as = u8, word = "udp6zerocsumtx", off = "noudp6zerocsumtx", json = "udp_zero_csum6_tx", style = Quiet<false>)]
    pub udp_zero_csum6_tx: Option<bool>,
    /// Takes packets without UDP checksum over IPv6 (kernel: no).
    #[attr(IFLA_VXLAN_UDP_ZERO_CSUM6_RX, as = u8, word = "udp6zerocsumrx", off = "noudp6zerocsumrx", json = "udp_zero_csum6_rx", style = Quiet<false>)]
    pub udp_zero_csum6_rx: Option<bool>,
    /// Remote checksum offload when sending (kernel: no).
    #[attr(IFLA_VXLAN_REMCSUM_TX, as = u8, word = "remcsumtx", off = "noremcsumtx", json = "remcsum_tx", style = Quiet<false>)]
    pub remcsum_tx: Option<bool>,
    /// Remote checksum offload when receiving (kernel: no).
    #[attr(IFLA_VXLAN_REMCSUM_RX, as = u8, word = "remcsumrx", off = "noremcsumrx", json = "remcsum_rx", style = Quiet<false>)]
    pub remcsum_rx: Option<bool>,
    /// Hands packets for a local vxlan link over without UDP (kernel: yes).
    #[attr(IFLA_VXLAN_LOCALBYPASS, as = u8, word = "localbypass", off = "nolocalbypass", style = Quiet<true>, since = "6.5")]
    pub localbypass: Option<bool>,
    /// Sends multicast by the multicast routing table (kernel: no). Set only: the kernel does not tell.
    #[attr(IFLA_VXLAN_MC_ROUTE, as = u8, word = "mcroute", off = "nomcroute", style = Quiet<false>, since = "6.16")]
    pub mcroute: Option<bool>,
    /// Attributes that no field names.
    #[attr(unknown)]
    pub unknown: UnknownAttrs,
}

impl Vxlan {
    /// A tunnel of that network identifier.
    pub fn new(id: u32) -> Self {
        Self { id: Some(id), ..Self::default() }
    }

    /// Floods to a multicast group; it needs [`dev`](Self::dev).
    pub fn group(self, group: IpAddr) -> Self {
        self.remote(group)
    }

    /// Floods to one host.
    pub fn remote(self, remote: IpAddr) -> Self {
        Self { remote: Some(remote), ..self }
    }

    /// Sends from that address.
    pub fn local(self, local: IpAddr) -> Self {
        Self { local: Some(local), ..self }
    }

    /// Sends by that link.
    pub fn dev(self, dev: impl Into<Interface>) -> Self {
        Self { dev: Some(dev.into()), ..self }
    }

    /// Sends to that UDP port.
    pub fn port(self, port: u16) -> Self {
        Self { port: Some(Be(port)), ..self }
    }

    /// `external` without a word about learning means no learning, as for iproute2: there is no address to learn.
    fn complete_words(&mut self) -> Result<(), WordError> {
        if self.external == Some(true) {
            self.learning.get_or_insert(false);
            if self.id.is_some() {
                return Err(WordError::refused("\"external\" and \"id\" exclude each other"));
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::num::NonZero;

    use super::*;
    use crate::link::kinds::shared::tests::{json, text};
    use nlink_core::wire::Codec;
    use nlink_core::words::Params;
    use nlink_core::{capture, refused, words};

    fn ip(address: &str) -> IpAddr {
        address.parse().unwrap()
    }

    #[test] // iproute2 7.3.0, Linux 7.2; d0 has index 11
    fn what_ip_sends() {
        // ip link add vx1 type vxlan id 42 dstport 4789 group 239.1.1.1 dev d0
        let vx1 = Vxlan { learning: Some(true), ..Vxlan::new(42).group(ip("239.1.1.1")).dev(11).port(4789) };
        capture!(
            vx1 == "0800 0300 0b000000  0800 0100 2a000000  0800 0200 ef010101  0500 0700 01000000
                         0600 0f00 12b50000"
        );
        // ip link add vx2 type vxlan id 43 dstport 4790 remote 192.0.2.1 local 192.0.2.2 ttl inherit tos inherit
        //   srcport 1000 2000 nolearning gbp proxy rsc l2miss l3miss ageing 100 maxaddress 1000 noudpcsum
        let on = Some(true);
        capture!(
            Vxlan {
                ttl: Some(Ttl::Inherit),
                tos: Some(1),
                source_ports: Some(PortRange { low: 1000, high: 2000 }),
                learning: Some(false),
                gbp: true,
                proxy: on,
                rsc: on,
                l2miss: on,
                l3miss: on,
                ageing: Some(100),
                limit: Some(1000),
                udp_csum: Some(false),
                ..Vxlan::new(43).remote(ip("192.0.2.1")).local(ip("192.0.2.2")).port(4790)
            } == "0400 1c00  0500 0600 01000000  0800 0a00 03e807d0  0400 1700  0500 0b00 01000000  0500 0c00 01000000
              0500 0d00 01000000  0500 0e00 01000000  0800 0800 64000000  0800 0900 e8030000  0500 1200 00000000
              0800 0100 2b000000  0800 0400 c0000202  0800 0200 c0000201  0500 0700 00000000  0600 0f00 12b60000"
        );
        // ip link add vx3 type vxlan id 44 dstport 4791 remote 2001:db8::1 local 2001:db8::2 ttl 5 tos 0x10
        //   flowlabel 0x1234 df set udp6zerocsumtx udp6zerocsumrx remcsumtx remcsumrx localbypass mcroute
        capture!(
            Vxlan {
                ttl: NonZero::new(5).map(Ttl::Hops),
                tos: Some(0x10),
                label: Some(Be(0x1234)),
                df: Some(DontFragment::SET),
                udp_zero_csum6_tx: on,
                udp_zero_csum6_rx: on,
                remcsum_tx: on,
                remcsum_rx: on,
                localbypass: on,
                mcroute: on,
                learning: on,
                ..Vxlan::new(44).remote(ip("2001:db8::1")).local(ip("2001:db8::2")).port(4791)
            } == "0500 0500 05000000  0500 0600 10000000  0800 1a00 00001234  0500 1d00 01000000  0500 1300 01000000
              0500 1400 01000000  0500 1500 01000000  0500 1600 01000000  0500 1f00 01000000  0500 2200 01000000
              0800 0100 2c000000  1400 1100 20010db8 00000000 00000000 00000002
              1400 1000 20010db8 00000000 00000000 00000001  0500 0700 01000000  0600 0f00 12b70000"
        );
        // ip link add vx4 type vxlan external vnifilter dstport 4792 gbp
        let words = ["external", "vnifilter", "dstport", "4792", "gbp"];
        capture!(
            Vxlan::parse_params(&words).unwrap()
                == "0500 1900 01000000  0500 1e00 01000000  0400 1700
                                                          0500 0700 00000000  0600 0f00 12b80000"
        );
    }

    /// What the kernel answered for vx2 above, and what ip -d and ip -j -d printed of it.
    #[test]
    #[cfg(target_endian = "little")]
    fn output_is_as_iproute2_prints_it() {
        let vx2 = Vxlan::decode(&crate::link::kinds::shared::tests::bytes(
            "0800 0100 2b000000  0800 0200 c0000201  0800 0400 c0000202  0500 0500 00000000  0500 1c00 01000000
             0500 0600 01000000  0500 1d00 00000000  0800 1a00 00000000  0800 2000 00000000  0500 0700 00000000
             0500 0b00 01000000  0500 0c00 01000000  0500 0d00 01000000  0500 0e00 01000000  0500 1900 00000000
             0800 0800 64000000  0800 0900 e8030000  0600 0f00 12b60000  0500 1200 00000000  0500 1300 00000000
             0500 1400 00000000  0500 1500 00000000  0500 1600 00000000  0500 1f00 01000000  0800 0a00 03e807d0
             0400 1700  0c00 2100 77000000 000000ff",
        ));
        let vx2 = vx2.unwrap();
        assert_eq!(
            text(&vx2),
            "id 43 remote 192.0.2.1 local 192.0.2.2 srcport 1000 2000 dstport 4790 tos inherit ttl inherit ageing 100 \
             maxaddr 1000 reserved_bits 0x77000000000000ff gbp nolearning proxy rsc l2miss l3miss noudp_csum "
        );
        assert_eq!(
            json(&vx2),
            r#"{"id":43,"remote":"192.0.2.1","local":"192.0.2.2","port_range":{"low":1000,"high":2000},"port":4790,"tos":"0x1","df":"unset","ageing":100,"limit":1000,"reserved_bits":"0x77000000000000ff","gbp":null,"external":false,"learning":false,"proxy":true,"rsc":true,"l2miss":true,"l3miss":true,"udp_csum":false,"udp_zero_csum6_tx":false,"udp_zero_csum6_rx":false,"remcsum_tx":false,"remcsum_rx":false,"localbypass":true}"#
        );
        let vx3 = Vxlan { label: Some(Be(0x1234)), df: Some(DontFragment::INHERIT), ..Vxlan::new(1).local(ip("::1")) };
        assert_eq!(text(&vx3), "id 1 local ::1 df inherit flowlabel 0x1234 ");
        assert_eq!(json(&vx3), r#"{"id":1,"local6":"::1","df":"inherit","label":"0x1234"}"#);
    }

    #[test]
    fn words_both_ways() {
        words!(Vxlan: "id 42 group ff02::1 local fe80::1 dev eth0 srcport 1 2 dstport 4789 tos inherit ttl auto df unset");
        words!(Vxlan: "id 42 remote 192.0.2.1 tos 0x10 ttl 5 flowlabel 0x1234 ageing none maxaddress 5 reserved_bits 0xff");
        words!(Vxlan: "dstport 4789 gbp gpe external vnifilter learning noproxy nolocalbypass mcroute");
        let spelled =
            Vxlan::parse_params(&["vni", "1", "port", "1", "2", "hoplimit", "inherit", "maxaddress", "unlimited"]);
        assert_eq!(spelled.unwrap().to_params().join(" "), "id 1 srcport 1 2 ttl inherit maxaddress 0");
    }

    #[test]
    fn what_is_wrong_is_said() {
        refused!(Vxlan: "id 16777216" => r#"Vxlan: id: "16777216" is not a number from 0 to 16777215; write for example 10"#);
        refused!(Vxlan: "id 1 vni 2" => r#"Vxlan: "vni" is given twice"#);
        refused!(Vxlan: "group 192.0.2.1" => r#"Vxlan: group: "192.0.2.1" is not a multicast address; write for example 239.1.1.1"#);
        refused!(Vxlan: "srcport 20 10" => "Vxlan: srcport: 20 to 10 is no range: the lowest port comes first");
        refused!(Vxlan: "learning nolearning" => r#"Vxlan: "nolearning" is given twice"#);
        refused!(Vxlan: "external id 5" => r#"Vxlan: "external" and "id" exclude each other"#);
        refused!(Vxlan: "ttl 300" => r#"Vxlan: ttl: "300" is not a time to live: 1 to 255, auto or inherit; write for example 64"#);
    }
}
