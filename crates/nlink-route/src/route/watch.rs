//! Routes as mirrors see them: which route is which.
//!
//! IPv4 (`fib_table_insert` in net/ipv4/fib_trie.c) tells routes apart by table, destination, type of service and metric;
//! several of the same are there side by side after `ip route append` and differ in anything else, down to the metrics.
//! IPv6 (`fib6_add_rt2node` in net/ipv6/ip6_fib.c) knows routes by table, destination, source and metric; those with a
//! gateway are then one route with several ways, the others are told apart by interface and gateway. MPLS has one route
//! a label.

use nlink_core::object::{Likeness, Watch};
use nlink_core::{Error, Interface};
use nlink_uapi::nexthop::nhmsg;
use nlink_uapi::rtnetlink::RTM_GETNEXTHOP;

use super::{Host, NextHop, Route, RouteFilter, RouteProtocol, RouteTable};
use crate::Family;
use crate::cues::RouteCues;

/// What a route is known by. Several may have the same.
///
/// ```
/// use nlink_core::object::Watch;
/// use nlink_route::route::Route;
/// let (via, prefix) = ("192.0.2.1".parse().unwrap(), "10.0.0.0/8".parse().unwrap());
/// assert_eq!(Route::new(prefix).via(via).key(), Route::matching(prefix).key());
/// assert_ne!(Route::new(prefix).key(), Route::new(prefix).metric(5).key());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct RouteKey {
    family: Family,
    tos: u8,
    table: RouteTable,
    metric: u32,
    dst: (u8, Option<Host>),
    src: (u8, Option<Host>),
}

impl Watch for Route {
    type Key = RouteKey;
    type Cues = RouteCues;

    /// Links are announced as down before their routes are flushed, and since Linux 6.9 routes are listed meanwhile. What
    /// is asked here waits for the lock under which that happens (`rtnl_mutex`), and is refused for it names no nexthop.
    const BARRIER: Option<(u16, &'static [u8])> =
        Some((nlink_core::wire::attr_id(RTM_GETNEXTHOP), &[0; size_of::<nhmsg>()]));

    fn key(&self) -> RouteKey {
        let header = &self.header;
        let prefix = |len, host: Option<Host>| (len, host.filter(|_| len > 0));
        RouteKey {
            family: header.family,
            tos: header.tos,
            table: self.table_id(),
            metric: self.metric.unwrap_or_default(),
            dst: prefix(header.dst_len, self.dst),
            src: prefix(header.src_len, self.src),
        }
    }

    fn likeness(&self, held: &Self) -> Likeness {
        let same = |same| if same { Likeness::Same } else { Likeness::Other };
        match self.header.family {
            Family::INET => same(self.is_same_inet(held)),
            Family::INET6 => match (self.ways_inet6(), held.ways_inet6()) {
                // The whole route is announced when a way is added, but only the way when one is taken away.
                (Some(ways), Some(known)) if ways.len() < known.len() => Likeness::Unclear,
                // The way that was appended comes first then, but last in a listing.
                (Some(ways), Some(known)) if ways.get(1..) == Some(&known) => Likeness::Unclear,
                (Some(_), Some(_)) => Likeness::Same,
                (None, None) => same(self.is_same_inet6(held)),
                _ => Likeness::Other,
            },
            _ => Likeness::Same,
        }
    }

    fn belongs(&self, filter: &RouteFilter) -> bool {
        // Those of others (multicast routing, CAN) are listed, but announced to groups of theirs.
        [Family::INET, Family::INET6, Family::MPLS].contains(&self.header.family) && filter.matches_key(self)
    }

    /// A table that has no routes yet does not exist.
    fn is_absence(filter: &RouteFilter, error: &Error) -> bool {
        filter.table.is_some() && error.kernel().is_some() && error.is_not_found()
    }
}

impl Route {
    /// All that the kernel compares of IPv4; flags say how a route fares, not which one it is.
    fn is_same_inet(&self, held: &Self) -> bool {
        let which = |route: &Self| (route.header.kind, route.header.protocol, route.header.scope, route.nexthop_id);
        let alike = which(self) == which(held)
            && self.prefsrc == held.prefsrc
            && self.metrics == held.metrics
            && self.realms == held.realms;
        // What a nexthop object leads to is the object's, and may have changed.
        alike && (self.nexthop_id.is_some() || self.is_same_way(held))
    }

    fn is_same_way(&self, held: &Self) -> bool {
        let hop = |(hop, known): (&NextHop, &NextHop)| {
            let which = |hop: &NextHop| (hop.header.hops, hop.gateway, hop.via, hop.realms);
            which(hop) == which(known) && hop.interface == known.interface && hop.encap == known.encap
        };
        self.oif == held.oif
            && self.gateway == held.gateway
            && self.via == held.via
            && self.encap == held.encap
            && self.nexthops.len() == held.nexthops.len()
            && self.nexthops.iter().zip(&held.nexthops).all(hop)
    }

    /// Its ways, if it is one that others of the same key join (`rt6_qualify_for_ecmp`).
    fn ways_inet6(&self) -> Option<Vec<(Option<&Interface>, Option<Host>)>> {
        let automatic = [RouteProtocol::RA, RouteProtocol::KERNEL].contains(&self.header.protocol);
        if automatic || self.nexthop_id.is_some() {
            return None;
        }
        match self.gateway {
            Some(_) => Some(vec![(self.oif.as_ref(), self.gateway)]),
            None if self.nexthops.is_empty() => None,
            None => Some(self.nexthops.iter().map(|hop| (hop.interface.as_ref(), hop.gateway)).collect()),
        }
    }

    fn is_same_inet6(&self, held: &Self) -> bool {
        match (self.nexthop_id, held.nexthop_id) {
            (None, None) => self.is_same_way(held),
            (own, other) => own == other,
        }
    }
}

#[cfg(test)]
mod tests {
    use nlink_core::words::Words;

    use super::super::fixture::words;
    use super::*;

    fn likeness(one: &str, other: &str) -> Likeness {
        let [one, other] = [one, other].map(|text| Words::new(words(text)).parse_to_end::<Route>().unwrap());
        assert_eq!(one.key(), other.key());
        one.likeness(&other)
    }

    #[test]
    fn routes_side_by_side_are_told_apart() {
        use Likeness::*;
        let cases = [
            ("10/8 dev d0", "10/8 dev d0", Same),
            ("10/8 dev d0", "10/8 dev d1", Other),
            ("10/8 dev d0", "10/8 dev d0 mtu 1400", Other),
            ("10/8 dev d0 proto static", "10/8 dev d0", Other),
            ("10/8 nexthop dev d0 nexthop dev d1", "10/8 nexthop dev d0 nexthop dev d1", Same),
            ("10/8 nexthop dev d0 nexthop dev d1 weight 2", "10/8 nexthop dev d0 nexthop dev d1", Other),
            ("10/8 nhid 3", "10/8 nhid 3", Same),
            ("10/8 nhid 3", "10/8 nhid 4", Other),
            ("fe80::/64 dev d0", "fe80::/64 dev d1", Other),
            ("2001:db8::/32 via fe80::1 dev d0", "2001:db8::/32 via fe80::2 dev d1", Same),
            ("2001:db8::/32 via fe80::1 dev d0", "2001:db8::/32 dev d0", Other),
            (
                "2001:db8::/32 via fe80::1 dev d0",
                "2001:db8::/32 nexthop via fe80::1 dev d0 nexthop via fe80::2 dev d1",
                Unclear,
            ),
            (
                "2001:db8::/32 nexthop via fe80::1 dev d0 nexthop via fe80::2 dev d1",
                "2001:db8::/32 via fe80::1 dev d0",
                Same,
            ),
            (
                "2001:db8::/32 nexthop via fe80::2 dev d0 nexthop via fe80::1 dev d0",
                "2001:db8::/32 via fe80::1 dev d0",
                Unclear,
            ),
            ("::/0 via fe80::1 dev d0 proto ra", "::/0 via fe80::2 dev d0 proto ra", Other),
        ];
        for (one, other, wanted) in cases {
            assert_eq!(likeness(one, other), wanted, "{one} / {other}");
        }
    }
}
