//! Virtual functions of a link with SR-IOV (`IFLA_VFINFO_LIST`, `IFLA_VF_PORTS`, linux/if_link.h; `ifla_vf_policy`
//! and `ifla_port_policy` in net/core/rtnetlink.c). The fixed structs are the kernel's own, each with its `vf` number.

use nlink_core::wire::{Blob, Tailed, UnknownAttrs};
use nlink_uapi::if_link::*;

/// One virtual function.
#[derive(nlink_core::Attributes, Clone, Debug, Default, PartialEq)]
pub struct VfInfo {
    /// Its number and hardware address.
    #[attr(IFLA_VF_MAC)]
    pub mac: Option<Tailed<ifla_vf_mac>>,
    /// Its VLAN, in the form without a protocol.
    #[attr(IFLA_VF_VLAN)]
    pub vlan: Option<Tailed<ifla_vf_vlan>>,
    /// Its transmit rate, Mbit/s, in the form without a minimum.
    #[attr(IFLA_VF_TX_RATE)]
    pub tx_rate: Option<Tailed<ifla_vf_tx_rate>>,
    /// Whether it may send from other addresses; -1 where the driver cannot tell.
    #[attr(IFLA_VF_SPOOFCHK)]
    pub spoof_check: Option<Tailed<ifla_vf_spoofchk>>,
    /// Whether its link follows the port's (`IFLA_VF_LINK_STATE_…`).
    #[attr(IFLA_VF_LINK_STATE)]
    pub link_state: Option<Tailed<ifla_vf_link_state>>,
    /// Its transmit rates, Mbit/s.
    #[attr(IFLA_VF_RATE)]
    pub rate: Option<Tailed<ifla_vf_rate>>,
    /// Whether it may ask for the hash's key.
    #[attr(IFLA_VF_RSS_QUERY_EN)]
    pub rss_query: Option<Tailed<ifla_vf_rss_query_en>>,
    /// Its counters.
    #[attr(IFLA_VF_STATS)]
    pub statistics: Option<VfStatistics>,
    /// Whether it is trusted; -1 where the driver cannot tell.
    #[attr(IFLA_VF_TRUST)]
    pub trust: Option<Tailed<ifla_vf_trust>>,
    /// Its InfiniBand node GUID.
    #[attr(IFLA_VF_IB_NODE_GUID)]
    pub node_guid: Option<Tailed<ifla_vf_guid>>,
    /// Its InfiniBand port GUID.
    #[attr(IFLA_VF_IB_PORT_GUID)]
    pub port_guid: Option<Tailed<ifla_vf_guid>>,
    /// Its VLANs, with their protocols.
    #[attr(IFLA_VF_VLAN_LIST, repeated = IFLA_VF_VLAN_INFO)]
    pub vlans: Vec<VfVlan>,
    /// Its broadcast address.
    #[attr(IFLA_VF_BROADCAST)]
    pub broadcast: Option<Tailed<ifla_vf_broadcast>>,
    /// Attributes that no field names.
    #[attr(unknown)]
    pub unknown: UnknownAttrs,
}

/// A VLAN of a virtual function; the protocol is big-endian.
pub type VfVlan = Tailed<ifla_vf_vlan_info>;

/// Counters of a virtual function. Their numbers begin at 0, which elsewhere names no attribute.
#[derive(nlink_core::Attributes, Clone, Debug, Default, PartialEq, Eq)]
pub struct VfStatistics {
    /// Packets received.
    #[attr(IFLA_VF_STATS_RX_PACKETS, pad = IFLA_VF_STATS_PAD)]
    pub rx_packets: Option<u64>,
    /// Packets sent.
    #[attr(IFLA_VF_STATS_TX_PACKETS, pad = IFLA_VF_STATS_PAD)]
    pub tx_packets: Option<u64>,
    /// Bytes received.
    #[attr(IFLA_VF_STATS_RX_BYTES, pad = IFLA_VF_STATS_PAD)]
    pub rx_bytes: Option<u64>,
    /// Bytes sent.
    #[attr(IFLA_VF_STATS_TX_BYTES, pad = IFLA_VF_STATS_PAD)]
    pub tx_bytes: Option<u64>,
    /// Broadcast packets received.
    #[attr(IFLA_VF_STATS_BROADCAST, pad = IFLA_VF_STATS_PAD)]
    pub broadcast: Option<u64>,
    /// Multicast packets received.
    #[attr(IFLA_VF_STATS_MULTICAST, pad = IFLA_VF_STATS_PAD)]
    pub multicast: Option<u64>,
    /// Packets dropped on receipt.
    #[attr(IFLA_VF_STATS_RX_DROPPED, pad = IFLA_VF_STATS_PAD)]
    pub rx_dropped: Option<u64>,
    /// Packets dropped on sending.
    #[attr(IFLA_VF_STATS_TX_DROPPED, pad = IFLA_VF_STATS_PAD)]
    pub tx_dropped: Option<u64>,
    /// Attributes that no field names.
    #[attr(unknown)]
    pub unknown: UnknownAttrs,
}

/// A virtual function's port profile (802.1Qbg/h).
#[derive(nlink_core::Attributes, Clone, Debug, Default, PartialEq, Eq)]
pub struct VfPort {
    /// Its number.
    #[attr(IFLA_PORT_VF)]
    pub vf: Option<u32>,
    /// The profile's name.
    #[attr(IFLA_PORT_PROFILE)]
    pub profile: Option<String>,
    /// `struct ifla_port_vsi`; the kernel does not look at it.
    #[attr(IFLA_PORT_VSI_TYPE)]
    pub vsi_type: Option<Blob>,
    /// UUID of the virtual machine.
    #[attr(IFLA_PORT_INSTANCE_UUID)]
    pub instance_uuid: Option<Blob>,
    /// UUID of the host.
    #[attr(IFLA_PORT_HOST_UUID)]
    pub host_uuid: Option<Blob>,
    /// `PORT_REQUEST_…`.
    #[attr(IFLA_PORT_REQUEST)]
    pub request: Option<u8>,
    /// `PORT_PROFILE_RESPONSE_…` or `PORT_VDP_RESPONSE_…`.
    #[attr(IFLA_PORT_RESPONSE)]
    pub response: Option<u16>,
    /// Attributes that no field names.
    #[attr(unknown)]
    pub unknown: UnknownAttrs,
}
