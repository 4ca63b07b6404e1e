//! Narrowing a listing of routes: in the kernel where a strict one filters (net/ipv4/fib_frontend.c,
//! `ip_valid_fib_dump_req`), and exactly in any case.

use nlink_core::Interface;
use nlink_core::object::Filter;
use nlink_core::wire::{Codec, Writer, attr_id};
use nlink_uapi::rtnetlink::{RTA_OIF, RTA_TABLE};
use zerocopy::IntoBytes;

use super::{Host, Prefix, Route, RouteFlags, RouteHeader, RouteProtocol, RouteTable, RouteType, Scope};
use crate::Family;

/// Which destinations (or sources) belong: those that lie within one prefix, and that another lies within.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PrefixSelector {
    /// This prefix and the longer ones within it (`root`).
    pub root: Option<Prefix>,
    /// This prefix and the shorter ones that it lies within (`match`).
    pub within: Option<Prefix>,
}

impl PrefixSelector {
    /// This prefix and no other.
    pub fn exact(prefix: Prefix) -> Self {
        Self { root: Some(prefix), within: Some(prefix) }
    }

    /// Most listings select none, and this is asked of each route.
    #[inline]
    fn matches(&self, family: Family, host: &Option<Host>, bits: u8) -> bool {
        (self.root.is_none() && self.within.is_none()) || self.selects(family, *host, bits)
    }

    fn selects(&self, family: Family, host: Option<Host>, bits: u8) -> bool {
        let below = |root: Prefix| root.bits() <= bits && root.contains(host, family);
        let above = |within: Prefix| match within {
            Prefix::Everything => bits == 0,
            within => {
                let shorter = match (host.map_or_else(|| super::prefix::zeros(family), Host::ip), within) {
                    (Some(ip), Prefix::Net(_)) => ipnet::IpNet::new(ip, bits).ok().map(Prefix::Net),
                    _ => return within.contains(host, family),
                };
                bits <= within.bits() && shorter.is_some_and(|net| net.contains(within.address(), within.family()))
            }
        };
        self.root.is_none_or(below) && self.within.is_none_or(above)
    }
}

impl Prefix {
    /// The address, of zeros as well.
    fn address(&self) -> Option<Host> {
        match self {
            Prefix::Net(net) => Some(net.addr().into()),
            _ => self.host(),
        }
    }
}

/// Which realms belong: those that agree in the bits of a mask.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RealmsSelector {
    /// Both realms as the wire has them.
    pub value: u32,
    /// The bits that count.
    pub mask: u32,
}

/// Which routes a listing shows. By default those of table main, of all families, without cached exceptions.
///
/// ```
/// use nlink_core::object::Filter;
/// use nlink_route::route::{Route, RouteFilter};
/// let filter = RouteFilter::default().table(100);
/// assert!(filter.matches(&Route::default_v4().table(100)));
/// assert!(!filter.matches(&Route::default_v4()));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RouteFilter {
    /// Of that family; `UNSPEC` is all.
    pub family: Family,
    /// In that table; `None` is all.
    pub table: Option<RouteTable>,
    /// The cached exceptions rather than the tables' routes.
    pub cached: bool,
    /// Made by that protocol.
    pub protocol: Option<RouteProtocol>,
    /// Of that scope.
    pub scope: Option<Scope>,
    /// Of that type.
    pub kind: Option<RouteType>,
    /// For that type of service.
    pub tos: Option<u8>,
    /// Out by that interface, also as one of several ways.
    pub oif: Option<Interface>,
    /// In by that interface.
    pub iif: Option<Interface>,
    /// With that mark.
    pub mark: Option<u32>,
    /// With that metric; no metric counts as 0.
    pub metric: Option<u32>,
    /// Through a gateway in that prefix.
    pub via: Option<Prefix>,
    /// With a preferred source in that prefix.
    pub source: Option<Prefix>,
    /// With those realms.
    pub realms: Option<RealmsSelector>,
    /// To those destinations.
    pub to: PrefixSelector,
    /// From those sources.
    pub from: PrefixSelector,
}

impl Default for RouteFilter {
    fn default() -> Self {
        Self { table: Some(RouteTable::MAIN), ..Self::everything() }
    }
}

impl RouteFilter {
    /// All tables.
    pub fn everything() -> Self {
        Self {
            family: Family::UNSPEC,
            table: None,
            cached: false,
            protocol: None,
            scope: None,
            kind: None,
            tos: None,
            oif: None,
            iif: None,
            mark: None,
            metric: None,
            via: None,
            source: None,
            realms: None,
            to: PrefixSelector::default(),
            from: PrefixSelector::default(),
        }
    }

    /// Of that family.
    pub fn family(mut self, family: Family) -> Self {
        self.family = family;
        self
    }

    /// In that table.
    pub fn table(mut self, table: impl Into<RouteTable>) -> Self {
        self.table = Some(table.into());
        self
    }

    /// In whatever table.
    pub fn all_tables(mut self) -> Self {
        self.table = None;
        self
    }

    /// Made by that protocol.
    pub fn protocol(mut self, protocol: RouteProtocol) -> Self {
        self.protocol = Some(protocol);
        self
    }

    /// Of that type.
    pub fn kind(mut self, kind: RouteType) -> Self {
        self.kind = Some(kind);
        self
    }

    /// Out by that interface.
    pub fn on(mut self, interface: impl Into<Interface>) -> Self {
        self.oif = Some(interface.into());
        self
    }

    /// To those destinations.
    pub fn to(mut self, to: PrefixSelector) -> Self {
        self.to = to;
        self
    }

    /// Whether a refused listing only says that nothing is there: a new namespace has no table main before it has a
    /// route.
    pub fn excuses(&self, error: &nlink_core::Error) -> bool {
        self.table == Some(RouteTable::MAIN) && error.kernel().is_some() && error.is_not_found()
    }

    /// Whether a route may be flushed: not so the entry that stands for an empty IPv6 table, which has no route behind
    /// it.
    pub fn flushes(&self, route: &Route) -> bool {
        let empty = route.header.family == Family::INET6
            && route.header.dst_len == 0
            && route.header.kind == RouteType::UNREACHABLE
            && route.metric == Some(u32::MAX);
        !empty && self.matches(route)
    }

    /// Whether a route of that key could belong: of its destination, table and the like, not of where it leads.
    #[inline]
    pub(super) fn matches_key(&self, route: &Route) -> bool {
        let header = &route.header;
        (self.family == Family::UNSPEC || self.family == header.family)
            && self.cached == header.flags.contains(RouteFlags::CLONED)
            && self.table.is_none_or(|table| table == route.table_id())
            && self.tos.is_none_or(|tos| tos == header.tos)
            && self.metric.is_none_or(|metric| metric == route.metric.unwrap_or_default())
            && self.to.matches(header.family, &route.dst, header.dst_len)
            && self.from.matches(header.family, &route.src, header.src_len)
    }

    /// Whether anything but the key decides, which is asked of each route.
    #[inline]
    fn selects_more(&self) -> bool {
        self.protocol.is_some()
            | self.scope.is_some()
            | self.kind.is_some()
            | self.mark.is_some()
            | self.realms.is_some()
            | self.iif.is_some()
            | self.oif.is_some()
            | self.via.is_some()
            | self.source.is_some()
    }

    fn matches_more(&self, route: &Route) -> bool {
        let header = &route.header;
        self.protocol.is_none_or(|protocol| protocol == header.protocol)
            && self.scope.is_none_or(|scope| scope == header.scope)
            && self.kind.is_none_or(|kind| kind == header.kind)
            && self.mark.is_none_or(|mark| mark == route.mark.unwrap_or_default())
            && self
                .realms
                .is_none_or(|realms| (route.realms.unwrap_or_default().number() ^ realms.value) & realms.mask == 0)
            && self.iif.as_ref().is_none_or(|iif| route.iif.as_deref() == Some(iif))
            && self.matches_way(route)
            && self.matches_hosts(route)
    }

    fn matches_way(&self, route: &Route) -> bool {
        let Some(wanted) = &self.oif else { return true };
        match &route.oif {
            Some(oif) => oif == wanted,
            None => route.nexthops.iter().any(|nexthop| nexthop.interface.as_ref() == Some(wanted)),
        }
    }

    fn matches_hosts(&self, route: &Route) -> bool {
        let header = &route.header;
        let via = |prefix: Prefix| match &route.via {
            Some(via) => prefix.contains(Some(via.host), via.family()),
            None => prefix.contains(route.gateway, header.family),
        };
        self.via.is_none_or(via)
            && self.source.is_none_or(|prefix| prefix.contains(route.prefsrc.map(Host::from), header.family))
    }
}

impl Filter<Route> for RouteFilter {
    fn emit(&self, writer: &mut Writer) {
        let mut header = RouteHeader { family: self.family, ..RouteHeader::default() };
        header.protocol = self.protocol.unwrap_or_default();
        header.kind = self.kind.unwrap_or_default();
        if self.cached {
            header.flags |= RouteFlags::CLONED;
        }
        writer.bytes(header.as_bytes());
        if let Some(table) = self.table {
            writer.attr(attr_id(RTA_TABLE), |payload| table.encode(payload));
        }
        if let Some(oif) = &self.oif {
            writer.attr(attr_id(RTA_OIF), |payload| oif.encode(payload));
        }
    }

    #[inline]
    fn matches(&self, route: &Route) -> bool {
        self.matches_key(route) && (!self.selects_more() || self.matches_more(route))
    }

    fn visit_interfaces(&mut self, visit: &mut dyn FnMut(&mut Interface)) {
        [&mut self.oif, &mut self.iif].into_iter().flatten().for_each(visit);
    }
}

#[cfg(test)]
mod tests {
    use nlink_core::words::{FromWords, Words};

    use super::super::fixture::words;
    use super::*;

    fn filter(text: &str) -> RouteFilter {
        RouteFilter::from_words(&mut Words::new(words(text))).unwrap_or_else(|error| panic!("{text}: {error}"))
    }

    fn route(text: &str) -> Route {
        Route::from_words(&mut Words::new(words(text))).unwrap_or_else(|error| panic!("{text}: {error}"))
    }

    #[test]
    fn selectors_take_and_leave_as_the_reference_does() {
        let cases = [
            ("", "10/8 dev d0", true),
            ("", "10/8 dev d0 table 7", false),
            ("table all", "10/8 dev d0 table 7", true),
            ("table 7", "10/8 dev d0 table 7", true),
            ("cached", "10/8 dev d0", false),
            ("default", "default dev d0", true),
            ("default", "10/8 dev d0", false),
            ("10/8", "10/8 dev d0", true),
            ("10/8", "10/9 dev d0", false),
            ("exact 10/8", "10/7 dev d0", false),
            ("root 10/8", "10.1/16 dev d0", true),
            ("root 10/8", "11/8 dev d0", false),
            ("root 10/8", "default dev d0", false),
            ("match 10.1.2.3", "10/8 dev d0", true),
            ("match 10.1.2.3", "default dev d0", true),
            ("match 10/8", "10.1/16 dev d0", false),
            ("match 10.1.2.3", "11/8 dev d0", false),
            ("to root 10/8 match 10.1.2.3", "10.1/16 dev d0", true),
            ("from 10/8", "10/8 dev d0 from 10/8", true),
            ("from 10/8", "10/8 dev d0", false),
            ("via 192.0.2.1", "10/8 via 192.0.2.1", true),
            ("via 192.0.2.0/24", "10/8 via 192.0.2.1", true),
            ("via 192.0.2.1", "10/8 dev d0", false),
            ("via inet6 fe80::1", "10/8 via inet6 fe80::1", true),
            ("src 192.0.2.9", "10/8 dev d0 src 192.0.2.9", true),
            ("src 192.0.2.9", "10/8 dev d0", false),
            ("dev d0", "10/8 dev d0", true),
            ("dev d0", "10/8 dev d1", false),
            ("dev d1", "10/8 nexthop dev d0 nexthop dev d1", true),
            ("type blackhole", "blackhole 10/8", true),
            ("type blackhole", "10/8 dev d0", false),
            ("proto static", "10/8 dev d0", false),
            ("proto all", "10/8 dev d0", true),
            ("scope link", "10/8 dev d0", true),
            ("metric 0", "10/8 dev d0", true),
            ("metric 5", "10/8 dev d0", false),
            ("realms 3/7", "10/8 dev d0 realms 3/7", true),
            ("realms 7", "10/8 dev d0 realms 3/7", true),
            ("realms 3/", "10/8 dev d0 realms 3/7", true),
            ("realms 4/", "10/8 dev d0 realms 3/7", false),
            ("tos 0x10", "10/8 dev d0 tos 0x10", true),
        ];
        for (selector, words, wanted) in cases {
            assert_eq!(filter(selector).matches(&route(words)), wanted, "{selector} / {words}");
        }
        assert!(RouteFilter::default().matches(&route("2001:db8::/32 dev d0")));
        assert!(!filter("").matches(&route("2001:db8::/32 dev d0")));
    }

    #[test]
    #[cfg(target_endian = "little")] // as the captures are
    fn the_kernel_is_asked_for_what_a_strict_one_filters() {
        // ip route show table 7 proto static dev d0, strace of iproute2 6.1, but for the type (which the kernel takes)
        let mut filter = filter("table 7 proto static dev d0 type unicast scope link 10/8");
        filter.visit_interfaces(&mut |interface| *interface = 23.into());
        let mut writer = Writer::new();
        filter.emit(&mut writer);
        let sent = super::super::fixture::bytes("02000000 00040001 00000000 08000f00 07000000 08000400 17000000");
        assert_eq!(writer.finish().unwrap(), sent);
    }

    #[test]
    fn a_mistake_is_named() {
        let cases = [
            ("tabel 7", "routes: \"tabel\" is unknown; did you mean \"table\"?"),
            ("table", "routes: \"table\" needs a table after it"),
            ("10/33", "routes: to: \"10/33\" is not an IP prefix; write for example 192.0.2.0/24"),
            ("type x", "routes: type: \"x\" is not a type of route; write for example unicast"),
        ];
        for (text, sentence) in cases {
            let error = RouteFilter::from_words(&mut Words::new(words(text))).unwrap_err();
            assert_eq!(error.to_string(), sentence);
        }
    }
}
