//! Nexthops of a multipath route (`struct rtnexthop` and `struct rtvia`, linux/rtnetlink.h).

use std::net::IpAddr;

use nlink_core::wire::{Blob, Codec, Shape, UnknownAttrs, WireCause, WireError, Writer};
use nlink_core::{Attributes, Interface};
use nlink_uapi::rtnetlink::{
    RTA_ENCAP, RTA_ENCAP_TYPE, RTA_FLOW, RTA_GATEWAY, RTA_NEWDST, RTA_VIA, RTNH_F_DEAD, RTNH_F_LINKDOWN,
    RTNH_F_OFFLOAD, RTNH_F_ONLINK, RTNH_F_PERVASIVE, RTNH_F_TRAP, RTNH_F_UNRESOLVED,
};
use zerocopy::{FromBytes, Immutable, IntoBytes, KnownLayout};

use super::{EncapType, Host, Realms};
use crate::Family;

nlink_core::flag_set! {
    /// Flags of a nexthop (`RTNH_F_…`).
    pub struct NextHopFlags(u8) {
        /// The interface is gone or down.
        DEAD = RTNH_F_DEAD, "dead";
        /// The gateway is taken to be on the link.
        ONLINK = RTNH_F_ONLINK, "onlink";
        /// Gateways are looked up again and again.
        PERVASIVE = RTNH_F_PERVASIVE, "pervasive";
        /// In hardware.
        OFFLOAD = RTNH_F_OFFLOAD, "offload";
        /// Traps packets to this host.
        TRAP = RTNH_F_TRAP, "trap";
        /// The interface has no carrier.
        LINKDOWN = RTNH_F_LINKDOWN, "linkdown";
        /// Still being looked up (multicast routes).
        UNRESOLVED = RTNH_F_UNRESOLVED, "unresolved";
    }
}

/// Bytes of a record as the wire says them. Written by the record's length and not compared: it says nothing of the
/// nexthop.
#[derive(Clone, Copy, Debug, Default, FromBytes, IntoBytes, KnownLayout, Immutable)]
#[repr(transparent)]
pub struct RecordLength(pub u16);

impl PartialEq for RecordLength {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for RecordLength {}

nlink_core::fixed_struct! {
    /// The fixed header of a nexthop (`struct rtnexthop`).
    #[derive(Default)]
    pub struct NextHopHeader = nlink_uapi::rtnetlink::rtnexthop {
        /// Bytes of header and attributes.
        pub length: RecordLength = rtnh_len,
        /// Flags.
        pub flags: NextHopFlags = rtnh_flags,
        /// Its weight less one; for a multicast route the least TTL.
        pub hops: u8 = rtnh_hops,
        /// The interface; 0 is none.
        pub index: u32 = rtnh_ifindex,
    }
}

/// A gateway of another family than the route's (`struct rtvia`; Linux 4.1, for IPv4 routes 5.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Via {
    /// The family, 16 bits in native order on the wire.
    pub family: u16,
    /// The gateway.
    pub host: Host,
}

impl Via {
    /// The family as the headers have it; of an impossible one `UNSPEC`.
    pub fn family(&self) -> Family {
        u8::try_from(self.family).map_or(Family::UNSPEC, Family)
    }
}

impl From<IpAddr> for Via {
    fn from(address: IpAddr) -> Self {
        Self { family: Family::from(address).0.into(), host: address.into() }
    }
}

impl Codec for Via {
    const SHAPE: Shape = Shape::Bytes;

    fn decode(payload: &[u8]) -> Result<Self, WireError> {
        match payload.split_first_chunk() {
            Some((family, host)) => Ok(Self { family: u16::from_ne_bytes(*family), host: Host::decode(host)? }),
            None => Err(WireCause::Truncated { want: 2, got: payload.len() }.into()),
        }
    }

    fn encode(&self, writer: &mut Writer) {
        self.family.encode(writer);
        self.host.encode(writer);
    }
}

/// One of the ways that a multipath route spreads packets over.
#[derive(Attributes, Clone, Debug, Default, PartialEq)]
#[attributes(header = NextHopHeader)]
pub struct NextHop {
    /// The fixed header.
    pub header: NextHopHeader,
    /// The interface.
    #[index(header.index)]
    pub interface: Option<Interface>,
    /// The gateway, of the route's family.
    #[attr(RTA_GATEWAY)]
    pub gateway: Option<Host>,
    /// The gateway, of another family.
    #[attr(RTA_VIA)]
    pub via: Option<Via>,
    /// The labels that an MPLS route puts in the place of its own.
    #[attr(RTA_NEWDST)]
    pub newdst: Option<Blob>,
    /// Realms.
    #[attr(RTA_FLOW)]
    pub realms: Option<Realms>,
    /// What packets are wrapped in.
    #[attr(RTA_ENCAP_TYPE)]
    pub encap_type: Option<EncapType>,
    /// How they are wrapped: attributes of that type, unread.
    #[attr(RTA_ENCAP)]
    pub encap: Option<Blob>,
    /// Everything else.
    #[attr(unknown)]
    pub unknown: UnknownAttrs,
}

impl NextHop {
    /// Through a gateway. One of another family than the route's becomes `RTA_VIA` when the route takes it.
    pub fn via(gateway: IpAddr) -> Self {
        Self { gateway: Some(gateway.into()), ..Self::default() }
    }

    /// Directly on an interface.
    pub fn device(interface: impl Into<Interface>) -> Self {
        Self::default().on(interface)
    }

    /// On that interface.
    pub fn on(mut self, interface: impl Into<Interface>) -> Self {
        self.interface = Some(interface.into());
        self
    }

    /// Its share among the others, 1 to 256; 0 counts as 1, and what is more than 256 as that.
    pub fn weight(mut self, weight: u16) -> Self {
        self.header.hops = u8::try_from(weight.saturating_sub(1)).unwrap_or(u8::MAX);
        self
    }

    /// The gateway is on the link, whatever the addresses say.
    pub fn onlink(mut self) -> Self {
        self.header.flags |= NextHopFlags::ONLINK;
        self
    }

    /// Its share among the others.
    pub fn share(&self) -> u16 {
        u16::from(self.header.hops) + 1
    }

    /// Moves a gateway of another family than `family` to where such a one belongs.
    pub(super) fn settle(&mut self, family: Family) {
        if let Some(ip) = self.gateway.and_then(Host::ip)
            && Family::from(ip) != family
        {
            self.gateway = None;
            self.via = Some(ip.into());
        }
    }
}
