//! The link itself: every attribute of `RTM_NEWLINK`, a line each (linux/if_link.h; `ifla_policy` and
//! `rtnl_fill_ifinfo` in net/core/rtnetlink.c).

use nlink_core::netns::NamespaceFd;
use nlink_core::wire::{Blob, IfName, LinkAddress, Tailed, Uint, UnknownAttrs};
use nlink_core::{Interface, Rtnetlink};
use nlink_uapi::if_link::*;
use nlink_uapi::rtnetlink::{RTM_DELLINK, RTM_GETLINK, RTM_NEWLINK};

use super::{
    AfSpec, DevlinkPort, DpllPin, IfInfo, LinkEvent, LinkInfo, LinkMode, LinkStatistics, OperState, ProtInfo,
    ProtoDownReason, VfInfo, VfPort, Xdp, probe,
};

/// A network interface.
///
/// Listed, it is what the kernel says; built (see [`Link::new`] and [`Link::named`]), it is what shall be: a field that
/// is `None` is left to the kernel.
///
/// ```
/// use nlink_route::link::{Link, kinds::Dummy};
/// let link = Link::new("d0").kind(Dummy::default()).mtu(1400).up();
/// assert_eq!(link.name.unwrap(), "d0");
/// ```
#[derive(nlink_core::Message, Clone, Debug, Default, PartialEq)]
#[message(protocol = Rtnetlink, header = IfInfo, name = "link", describe = Link::described, hint = probe::hint)]
#[message(new = RTM_NEWLINK, del = RTM_DELLINK, get = RTM_GETLINK)]
#[non_exhaustive]
pub struct Link {
    /// Kind of hardware, flags, and which of them to change.
    pub header: IfInfo,
    /// Which link it is. A name is resolved before anything is sent.
    #[index(header.index)]
    pub interface: Option<Interface>,
    /// Its name; of a link that exists, its new name.
    #[attr(IFLA_IFNAME)]
    pub name: Option<IfName>,
    /// Its hardware address.
    #[attr(IFLA_ADDRESS)]
    pub address: Option<LinkAddress>,
    /// The hardware address of all; on a point-to-point link the peer's.
    #[attr(IFLA_BROADCAST)]
    pub broadcast: Option<LinkAddress>,
    /// Largest packet, bytes.
    #[attr(IFLA_MTU)]
    pub mtu: Option<u32>,
    /// The link below it, in the namespace that `link_namespace` names; 0 is none.
    #[attr(IFLA_LINK)]
    pub link: Option<Interface>,
    /// The name of its queueing discipline.
    #[attr(IFLA_QDISC)]
    pub qdisc: Option<String>,
    /// Counters of 32 bits: what old kernels have.
    #[attr(IFLA_STATS)]
    pub statistics32: Option<Box<Tailed<rtnl_link_stats>>>,
    /// Never sent by any kernel.
    #[attr(IFLA_COST)]
    pub cost: Option<Blob>,
    /// Never sent by any kernel.
    #[attr(IFLA_PRIORITY)]
    pub priority: Option<Blob>,
    /// The link it is enslaved to; 0 sets it free.
    #[attr(IFLA_MASTER)]
    pub master: Option<Interface>,
    /// Wireless extensions' event, unread (linux/wireless.h).
    #[attr(IFLA_WIRELESS)]
    pub wireless: Option<Blob>,
    /// What a protocol says of the link, in messages of its family.
    #[attr(IFLA_PROTINFO, by_family)]
    pub protocol_info: Option<ProtInfo>,
    /// Packets that its queue holds.
    #[attr(IFLA_TXQLEN)]
    pub tx_queue_length: Option<u32>,
    /// Where the hardware is mapped (`struct rtnl_link_ifmap`).
    #[attr(IFLA_MAP)]
    pub map: Option<Box<Tailed<rtnl_link_ifmap>>>,
    /// Weight of its polling; old drivers.
    #[attr(IFLA_WEIGHT)]
    pub weight: Option<u32>,
    /// Operational state.
    #[attr(IFLA_OPERSTATE)]
    pub oper_state: Option<OperState>,
    /// Who decides on the operational state.
    #[attr(IFLA_LINKMODE)]
    pub mode: Option<LinkMode>,
    /// Its kind, and what kind of slave it is.
    #[attr(IFLA_LINKINFO)]
    pub info: Option<LinkInfo>,
    /// The process whose namespace it shall move to.
    #[attr(IFLA_NET_NS_PID)]
    pub namespace_pid: Option<u32>,
    /// Text for people; empty takes it away.
    #[attr(IFLA_IFALIAS)]
    pub alias: Option<String>,
    /// How many virtual functions it has.
    #[attr(IFLA_NUM_VF)]
    pub vf_count: Option<u32>,
    /// Its virtual functions.
    #[attr(IFLA_VFINFO_LIST, repeated = IFLA_VF_INFO)]
    pub vfs: Vec<VfInfo>,
    /// Counters.
    #[attr(IFLA_STATS64)]
    pub statistics: Option<Box<LinkStatistics>>,
    /// Port profiles of its virtual functions.
    #[attr(IFLA_VF_PORTS, repeated = IFLA_VF_PORT)]
    pub vf_ports: Vec<VfPort>,
    /// Its own port profile.
    #[attr(IFLA_PORT_SELF)]
    pub port_self: Option<Box<VfPort>>,
    /// Settings of address families.
    #[attr(IFLA_AF_SPEC, by_family)]
    pub families: Option<AfSpec>,
    /// The group it belongs to.
    #[attr(IFLA_GROUP)]
    pub group: Option<u32>,
    /// The namespace it shall be made in or move to.
    #[attr(IFLA_NET_NS_FD)]
    pub namespace: Option<NamespaceFd>,
    /// In requests: what more to tell (`RTEXT_FILTER_…`, linux/rtnetlink.h).
    #[attr(IFLA_EXT_MASK)]
    pub ext_mask: Option<u32>,
    /// How many want it promiscuous.
    #[attr(IFLA_PROMISCUITY)]
    pub promiscuity: Option<u32>,
    /// Transmit queues.
    #[attr(IFLA_NUM_TX_QUEUES)]
    pub tx_queues: Option<u32>,
    /// Receive queues.
    #[attr(IFLA_NUM_RX_QUEUES)]
    pub rx_queues: Option<u32>,
    /// Whether it has a carrier; settable for some kinds.
    #[attr(IFLA_CARRIER, as = u8)]
    pub carrier: Option<bool>,
    /// An id that the physical port's functions share.
    #[attr(IFLA_PHYS_PORT_ID)]
    pub physical_port_id: Option<Blob>,
    /// How often the carrier changed.
    #[attr(IFLA_CARRIER_CHANGES)]
    pub carrier_changes: Option<u32>,
    /// An id that a switch's ports share.
    #[attr(IFLA_PHYS_SWITCH_ID)]
    pub physical_switch_id: Option<Blob>,
    /// The namespace of `link`, by the id that this one gives it; -1 is unknown.
    #[attr(IFLA_LINK_NETNSID)]
    pub link_namespace: Option<i32>,
    /// The physical port's name.
    #[attr(IFLA_PHYS_PORT_NAME)]
    pub physical_port_name: Option<String>,
    /// Held down by a protocol.
    #[attr(IFLA_PROTO_DOWN, as = u8)]
    pub proto_down: Option<bool>,
    /// Most segments of a packet that is segmented on sending.
    #[attr(IFLA_GSO_MAX_SEGS)]
    pub gso_max_segs: Option<u32>,
    /// Largest packet that is segmented on sending, bytes.
    #[attr(IFLA_GSO_MAX_SIZE)]
    pub gso_max_size: Option<u32>,
    /// XDP programs.
    #[attr(IFLA_XDP, pad = IFLA_PAD)]
    pub xdp: Option<Box<Xdp>>,
    /// Why it was announced.
    #[attr(IFLA_EVENT)]
    pub event: Option<LinkEvent>,
    /// It left for the namespace of that id.
    #[attr(IFLA_NEW_NETNSID)]
    pub new_namespace: Option<i32>,
    /// The namespace that the request is about, by id; Linux 4.15.
    #[attr(IFLA_TARGET_NETNSID)]
    pub target_namespace: Option<i32>,
    /// How often the carrier came.
    #[attr(IFLA_CARRIER_UP_COUNT)]
    pub carrier_up_count: Option<u32>,
    /// How often the carrier went.
    #[attr(IFLA_CARRIER_DOWN_COUNT)]
    pub carrier_down_count: Option<u32>,
    /// Its index in the namespace that it left for or shall get there.
    #[attr(IFLA_NEW_IFINDEX)]
    pub new_index: Option<i32>,
    /// Least MTU, bytes.
    #[attr(IFLA_MIN_MTU)]
    pub min_mtu: Option<u32>,
    /// Greatest MTU, bytes; 0 is no limit.
    #[attr(IFLA_MAX_MTU)]
    pub max_mtu: Option<u32>,
    /// Alternative names, up to 127 bytes each; Linux 5.5.
    #[attr(IFLA_PROP_LIST, repeated = IFLA_ALT_IFNAME)]
    pub alt_names: Vec<String>,
    /// In requests: which link, by an alternative name; Linux 5.5.
    #[attr(IFLA_ALT_IFNAME)]
    pub alt_name: Option<String>,
    /// The hardware address it was made with; Linux 5.6.
    #[attr(IFLA_PERM_ADDRESS)]
    pub permanent_address: Option<LinkAddress>,
    /// Why it is held down by protocol; Linux 5.9.
    #[attr(IFLA_PROTO_DOWN_REASON)]
    pub proto_down_reason: Option<ProtoDownReason>,
    /// The device it belongs to; Linux 5.14.
    #[attr(IFLA_PARENT_DEV_NAME)]
    pub parent_device: Option<String>,
    /// The bus that device is on; Linux 5.14.
    #[attr(IFLA_PARENT_DEV_BUS_NAME)]
    pub parent_bus: Option<String>,
    /// Largest packet that receipt merges into, bytes; Linux 5.19.
    #[attr(IFLA_GRO_MAX_SIZE)]
    pub gro_max_size: Option<u32>,
    /// Largest packet that the hardware segments, bytes; Linux 5.19.
    #[attr(IFLA_TSO_MAX_SIZE)]
    pub tso_max_size: Option<u32>,
    /// Most segments that the hardware makes; Linux 5.19.
    #[attr(IFLA_TSO_MAX_SEGS)]
    pub tso_max_segs: Option<u32>,
    /// How many want all multicast packets; Linux 6.0.
    #[attr(IFLA_ALLMULTI)]
    pub allmulti: Option<u32>,
    /// The devlink port behind it; Linux 6.2.
    #[attr(IFLA_DEVLINK_PORT)]
    pub devlink_port: Option<Box<DevlinkPort>>,
    /// As `gso_max_size`, for IPv4; Linux 6.3.
    #[attr(IFLA_GSO_IPV4_MAX_SIZE)]
    pub gso_ipv4_max_size: Option<u32>,
    /// As `gro_max_size`, for IPv4; Linux 6.3.
    #[attr(IFLA_GRO_IPV4_MAX_SIZE)]
    pub gro_ipv4_max_size: Option<u32>,
    /// The DPLL pin it can recover a clock from; Linux 6.7.
    #[attr(IFLA_DPLL_PIN)]
    pub dpll_pin: Option<DpllPin>,
    /// How far ahead the hardware paces, nanoseconds; Linux 6.13.
    #[attr(IFLA_MAX_PACING_OFFLOAD_HORIZON)]
    pub max_pacing_offload_horizon: Option<Uint>,
    /// It cannot leave its namespace; Linux 6.15.
    #[attr(IFLA_NETNS_IMMUTABLE, as = u8)]
    pub namespace_immutable: Option<bool>,
    /// Bytes it wants free before a packet; Linux 6.18.
    #[attr(IFLA_HEADROOM)]
    pub headroom: Option<u16>,
    /// Bytes it wants free behind a packet; Linux 6.18.
    #[attr(IFLA_TAILROOM)]
    pub tailroom: Option<u16>,
    /// Attributes that no field names.
    #[attr(unknown)]
    pub unknown: UnknownAttrs,
}
