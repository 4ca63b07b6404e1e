//! The route itself: header and attributes of `RTM_NEWROUTE`, its builder and what can be done with it.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use ipnet::{IpNet, Ipv4Net, Ipv6Net};
use nlink_core::object::{Add, Append, Change, Del, Dump, Event, EventMessage, Events, Get, Replace};
use nlink_core::wire::{Be, Blob, UnknownAttrs, WireError};
use nlink_core::{Interface, Message, Rtnetlink};
use nlink_uapi::rtnetlink::*;

use super::params::describe;
use super::{
    EncapType, Host, Metrics, MfcStats, NextHop, Realms, RouteCache, RouteFilter, RouteFlags, RouteHeader, RouteLookup,
    RoutePreference, RouteProtocol, RouteTable, RouteType, Scope, Via,
};
use crate::Family;

/// A route (`RTM_NEWROUTE`, linux/rtnetlink.h; policies in net/ipv4/fib_frontend.c and net/ipv6/route.c).
///
/// ```
/// use nlink_route::route::{NextHop, Route};
/// let (a, b) = ("192.0.2.1".parse().unwrap(), "192.0.2.2".parse().unwrap());
/// let route = Route::default_v4().nexthop(NextHop::via(a).weight(2)).nexthop(NextHop::via(b));
/// assert_eq!(route.to_params().join(" "), "default nexthop via 192.0.2.1 weight 2 nexthop via 192.0.2.2");
/// ```
#[derive(Message, Clone, Debug, Default, PartialEq)]
#[message(
    header = RouteHeader,
    protocol = Rtnetlink,
    name = "route",
    new = RTM_NEWROUTE,
    del = RTM_DELROUTE,
    get = RTM_GETROUTE,
    describe = describe,
)]
pub struct Route {
    /// The fixed header.
    pub header: RouteHeader,
    /// The destination; how many bits of it count stands in the header.
    #[attr(RTA_DST)]
    pub dst: Option<Host>,
    /// The source that packets must come from (IPv6 only); how many bits of it count stands in the header.
    #[attr(RTA_SRC)]
    pub src: Option<Host>,
    /// The interface that packets come in by: in lookups and their answers.
    #[attr(RTA_IIF)]
    pub iif: Option<Box<Interface>>,
    /// The interface that packets go out by.
    #[attr(RTA_OIF)]
    pub oif: Option<Interface>,
    /// The gateway, of the route's own family.
    #[attr(RTA_GATEWAY)]
    pub gateway: Option<Host>,
    /// The gateway, of another family (IPv4 routes: Linux 5.2).
    #[attr(RTA_VIA)]
    pub via: Option<Box<Via>>,
    /// What decides between routes of the same prefix: the lowest wins.
    #[attr(RTA_PRIORITY)]
    pub metric: Option<u32>,
    /// The source address that this host's own packets get.
    #[attr(RTA_PREFSRC)]
    pub prefsrc: Option<IpAddr>,
    /// What TCP and path MTU discovery start from.
    #[attr(RTA_METRICS)]
    pub metrics: Option<Box<Metrics>>,
    /// The ways that packets are spread over, where there are several.
    #[attr(RTA_MULTIPATH, records)]
    pub nexthops: Vec<NextHop>,
    /// Realms.
    #[attr(RTA_FLOW)]
    pub realms: Option<Realms>,
    /// Use and age; the kernel's to say.
    #[attr(RTA_CACHEINFO)]
    pub cache: Option<RouteCache>,
    /// The table, also where it does not fit the header's byte; what counts is [`Route::table_id`].
    #[attr(RTA_TABLE)]
    pub table: Option<RouteTable>,
    /// The mark of the packet that was looked up.
    #[attr(RTA_MARK)]
    pub mark: Option<u32>,
    /// Packets, bytes and misses of a multicast route.
    #[attr(RTA_MFC_STATS)]
    pub mfc_stats: Option<Box<MfcStats>>,
    /// The labels that an MPLS route puts in the place of its own.
    #[attr(RTA_NEWDST)]
    pub newdst: Option<Box<Blob>>,
    /// How an IPv6 router is preferred to others (Linux 4.1).
    #[attr(RTA_PREF)]
    pub pref: Option<RoutePreference>,
    /// What packets are wrapped in (Linux 4.3).
    #[attr(RTA_ENCAP_TYPE)]
    pub encap_type: Option<EncapType>,
    /// How they are wrapped: attributes of that type, unread.
    #[attr(RTA_ENCAP)]
    pub encap: Option<Box<Blob>>,
    /// Seconds until an IPv6 route ends, when it is made (Linux 4.4); what is left stands in `cache`.
    #[attr(RTA_EXPIRES)]
    pub expires: Option<u32>,
    /// The user whose packet was looked up (Linux 4.10).
    #[attr(RTA_UID)]
    pub uid: Option<u32>,
    /// MPLS: whether the TTL goes on into the IP packet (Linux 4.12).
    #[attr(RTA_TTL_PROPAGATE, as = u8)]
    pub ttl_propagate: Option<bool>,
    /// The transport protocol of the packet that is looked up (Linux 4.18).
    #[attr(RTA_IP_PROTO)]
    pub ip_proto: Option<u8>,
    /// Its source port.
    #[attr(RTA_SPORT)]
    pub sport: Option<Be<u16>>,
    /// Its destination port.
    #[attr(RTA_DPORT)]
    pub dport: Option<Be<u16>>,
    /// The nexthop object that says where packets go (Linux 5.3).
    #[attr(RTA_NH_ID)]
    pub nexthop_id: Option<u32>,
    /// The flow label of the packet that is looked up (Linux 6.14).
    #[attr(RTA_FLOWLABEL)]
    pub flowlabel: Option<Be<u32>>,
    /// Everything else.
    #[attr(unknown)]
    pub unknown: UnknownAttrs,
}

impl Route {
    /// A route to a prefix, with what `ip route add` takes when nothing else is said: table main, protocol boot, type
    /// unicast; scope link until there is a gateway (IPv4).
    pub fn new(prefix: IpNet) -> Self {
        let mut route = Self::matching(prefix);
        route.header.protocol = RouteProtocol::BOOT;
        route.header.kind = RouteType::UNICAST;
        route.header.scope = route.default_scope();
        route
    }

    /// The IPv4 route to everywhere.
    pub fn default_v4() -> Self {
        Self::new(Ipv4Net::default().into())
    }

    /// The IPv6 route to everywhere.
    pub fn default_v6() -> Self {
        Self::new(Ipv6Net::default().into())
    }

    /// A route for packets that carry an MPLS label.
    pub fn label(label: u32) -> Self {
        let mut route = Self { dst: Some(Host::label(label)), ..Self::default() };
        route.header.family = Family::MPLS;
        route.header.dst_len = Family::MPLS.address_bits();
        route.header.protocol = RouteProtocol::BOOT;
        route.header.kind = RouteType::UNICAST;
        route.table(RouteTable::MAIN)
    }

    /// Any route to a prefix in table main, of whatever type, protocol and scope: what a deletion may name.
    pub fn matching(prefix: IpNet) -> Self {
        let mut route = Self::default();
        route.header.family = prefix.addr().into();
        route.header.dst_len = prefix.prefix_len();
        route.header.scope = if prefix.addr().is_ipv4() { Scope::NOWHERE } else { Scope::UNIVERSE };
        route.dst = (prefix.prefix_len() > 0 || !prefix.addr().is_unspecified()).then(|| prefix.addr().into());
        route.table(RouteTable::MAIN)
    }

    /// The scope that a route gets when none is said (IPv4; IPv6 and MPLS have none).
    pub(super) fn default_scope(&self) -> Scope {
        if self.header.family != Family::INET {
            return Scope::UNIVERSE;
        }
        match self.header.kind {
            RouteType::LOCAL | RouteType::NAT => Scope::HOST,
            RouteType::BROADCAST | RouteType::MULTICAST | RouteType::ANYCAST => Scope::LINK,
            RouteType::UNICAST | RouteType::UNSPEC if !self.is_indirect() => Scope::LINK,
            _ => Scope::UNIVERSE,
        }
    }

    /// The table that a route gets when none is said.
    pub(super) fn default_table(&self) -> RouteTable {
        match self.header.kind {
            RouteType::LOCAL | RouteType::BROADCAST | RouteType::NAT | RouteType::ANYCAST => RouteTable::LOCAL,
            _ => RouteTable::MAIN,
        }
    }

    /// Whether a gateway, nexthops or a nexthop object say where packets go.
    fn is_indirect(&self) -> bool {
        self.gateway.is_some() || self.via.is_some() || !self.nexthops.is_empty() || self.nexthop_id.is_some()
    }

    /// Makes a change, and lets scope and table follow where they are what they were by default.
    fn following(mut self, change: impl FnOnce(&mut Self)) -> Self {
        let by_default = (self.header.scope == self.default_scope(), self.table_id() == self.default_table());
        change(&mut self);
        if by_default.0 {
            self.header.scope = self.default_scope();
        }
        if by_default.1 {
            self = {
                let table = self.default_table();
                self.table(table)
            };
        }
        self
    }

    /// Through a gateway; one of another family than the destination's is sent as `RTA_VIA`.
    pub fn via(self, gateway: IpAddr) -> Self {
        self.following(|route| {
            if Family::from(gateway) == route.header.family {
                route.gateway = Some(gateway.into());
                route.via = None;
            } else {
                route.via = Some(Box::new(gateway.into()));
                route.gateway = None;
            }
        })
    }

    /// Out by that interface.
    pub fn on(mut self, interface: impl Into<Interface>) -> Self {
        self.oif = Some(interface.into());
        self
    }

    /// One more way of several.
    pub fn nexthop(self, mut nexthop: NextHop) -> Self {
        self.following(|route| {
            nexthop.settle(route.header.family);
            route.nexthops.push(nexthop);
        })
    }

    /// Where the nexthop object of that number says.
    pub fn nexthop_id(self, id: u32) -> Self {
        self.following(|route| route.nexthop_id = Some(id))
    }

    /// What is done with packets; scope and table follow unless they were set.
    pub fn kind(self, kind: RouteType) -> Self {
        self.following(|route| route.header.kind = kind)
    }

    /// In that table.
    pub fn table(mut self, table: impl Into<RouteTable>) -> Self {
        let table = table.into();
        match u8::try_from(table.0) {
            Ok(byte) => (self.header.table, self.table) = (byte, None),
            Err(_) => (self.header.table, self.table) = (0, Some(table)),
        }
        self
    }

    /// Made by that protocol.
    pub fn protocol(mut self, protocol: RouteProtocol) -> Self {
        self.header.protocol = protocol;
        self
    }

    /// That far.
    pub fn scope(mut self, scope: Scope) -> Self {
        self.header.scope = scope;
        self
    }

    /// Before routes to the same prefix with a higher metric.
    pub fn metric(mut self, metric: u32) -> Self {
        self.metric = Some(metric);
        self
    }

    /// With that source address for this host's own packets.
    pub fn source(mut self, address: IpAddr) -> Self {
        self.prefsrc = Some(address);
        self
    }

    /// For packets that come from a prefix (IPv6).
    pub fn for_source(mut self, prefix: IpNet) -> Self {
        self.header.src_len = prefix.prefix_len();
        self.src = Some(prefix.addr().into());
        self
    }

    /// For packets of that type of service.
    pub fn tos(mut self, tos: u8) -> Self {
        self.header.tos = tos;
        self
    }

    /// The gateway is on the link, whatever the addresses say.
    pub fn onlink(mut self) -> Self {
        self.header.flags |= RouteFlags::ONLINK;
        self
    }

    /// With that MTU, bytes.
    pub fn mtu(mut self, mtu: u32) -> Self {
        self.metrics_mut().mtu = Some(mtu);
        self
    }

    /// With these metrics.
    pub fn metrics(mut self, metrics: Metrics) -> Self {
        self.metrics = Some(Box::new(metrics));
        self
    }

    /// The metrics, made where there are none yet.
    pub fn metrics_mut(&mut self) -> &mut Metrics {
        self.metrics.get_or_insert_default()
    }

    /// For that many seconds (IPv6).
    pub fn expires(mut self, seconds: u32) -> Self {
        self.expires = Some(seconds);
        self
    }

    /// Preferred so much among IPv6 routers.
    pub fn pref(mut self, pref: RoutePreference) -> Self {
        self.pref = Some(pref);
        self
    }

    /// The table that the route is in: of attribute and header the one that says so.
    pub fn table_id(&self) -> RouteTable {
        self.table.unwrap_or(RouteTable(self.header.table.into()))
    }

    /// The destination as a prefix of IP.
    pub fn destination(&self) -> Option<IpNet> {
        let unspecified = match self.header.family {
            Family::INET => IpAddr::V4(Ipv4Addr::UNSPECIFIED),
            Family::INET6 => IpAddr::V6(Ipv6Addr::UNSPECIFIED),
            _ => return None,
        };
        let address = self.dst.map_or(Some(unspecified), |dst| dst.ip())?;
        IpNet::new(address, self.header.dst_len).ok()
    }

    /// Whether it leads to everywhere.
    pub fn is_default(&self) -> bool {
        self.header.dst_len == 0 && matches!(self.header.family, Family::INET | Family::INET6)
    }

    /// The gateway, of whatever family.
    pub fn next_host(&self) -> Option<IpAddr> {
        self.gateway.and_then(Host::ip).or_else(|| self.via.as_ref()?.host.ip())
    }
}

impl Dump for Route {
    type Filter = RouteFilter;
}

impl Add for Route {}
impl Replace for Route {}
impl Change for Route {}
impl Append for Route {}
impl Del for Route {}

/// The route that a packet takes: `ip route get`.
impl Get for Route {
    type Key = RouteLookup;

    fn request_for(key: RouteLookup) -> Self {
        key.into()
    }
}

/// Routes that come and go, of all families. The kernel does not announce those that go with their interface.
impl Events for Route {
    type Protocol = Rtnetlink;
    type Item = Event<Route>;
    const GROUPS: &'static [u32] = &[RTNLGRP_IPV4_ROUTE, RTNLGRP_IPV6_ROUTE, RTNLGRP_MPLS_ROUTE];

    fn read(message: &EventMessage<'_>) -> Option<Result<Self::Item, WireError>> {
        Event::read(message)
    }
}

#[cfg(test)]
mod tests {
    use nlink_core::object::Object;
    use nlink_core::wire::{Message, Writer};
    use proptest::prelude::*;

    use super::super::fixture::{emitted, rows};
    use super::*;

    #[test]
    fn a_route_is_small() {
        assert!(size_of::<Route>() <= 328, "{}", size_of::<Route>());
    }

    #[test]
    #[cfg(target_endian = "little")] // as the captures are
    fn what_the_kernel_sent_is_what_is_written() {
        for row in rows(include_str!("captures.tsv")).1 {
            let route = Route::decode(&row.body).unwrap();
            assert!(route.unknown.is_empty(), "{route:?}");
            assert_eq!(Route::decode(&emitted(&route)).unwrap(), route);
        }
    }

    #[test]
    fn errors_name_the_attribute() {
        let mut writer = Writer::new();
        writer.bytes(&[0; 12]);
        writer.attr(nlink_core::wire::attr_id(RTA_PRIORITY), |payload| payload.bytes(&[1, 2]));
        let error = Route::decode(&writer.finish().unwrap()).unwrap_err();
        assert_eq!(error.to_string(), "RTA_PRIORITY: 2 bytes where 4 belong");
        assert_eq!(Route::decode(&[0; 11]).unwrap_err().to_string(), "cut short: 12 bytes announced, 11 there");
    }

    #[test]
    fn a_route_says_which_one_it_is() {
        let route = Route::new("10.0.0.0/8".parse().unwrap()).via("192.0.2.1".parse().unwrap());
        assert_eq!(route.describe(), "route 10.0.0.0/8 via 192.0.2.1");
    }

    #[test]
    fn a_large_table_stands_in_the_attribute_alone() {
        let route = Route::default_v4().table(256);
        assert_eq!((route.header.table, route.table, route.table_id()), (0, Some(RouteTable(256)), RouteTable(256)));
        let route = route.table(255);
        assert_eq!((route.header.table, route.table, route.table_id()), (255, None, RouteTable::LOCAL));
    }

    /// Attributes with plausible numbers and any payload, also within one another.
    fn attributes() -> impl Strategy<Value = Vec<u8>> {
        let payload = proptest::collection::vec(any::<u8>(), 0..40);
        proptest::collection::vec((0u16..40, payload, any::<bool>()), 0..12).prop_map(|attrs| {
            let mut writer = Writer::new();
            for (kind, payload, nested) in attrs {
                writer.attr(kind, |writer| match nested {
                    true => writer.attr(kind % 20, |writer| writer.bytes(&payload)),
                    false => writer.bytes(&payload),
                });
            }
            writer.finish().unwrap()
        })
    }

    proptest! {
        #[test]
        fn any_bytes_parse_or_fail_and_parse_the_same_once_written(
            header: [u8; 12], rest in prop_oneof![proptest::collection::vec(any::<u8>(), 0..200), attributes()],
        ) {
            if let Ok(route) = Route::decode(&[&header[..], &rest].concat()) {
                let again = Route::decode(&emitted(&route)).unwrap();
                prop_assert_eq!(&again, &route);
                let _ = (route.to_string(), route.to_params(), route.describe());
            }
        }
    }
}
