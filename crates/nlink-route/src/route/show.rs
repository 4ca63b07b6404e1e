//! A route's line and its JSON object, as `ip route`, `ip route get` and `ip monitor route` print them.

use nlink_core::Interface;
use nlink_core::show::{Color, Show, Sink};
use nlink_core::wire::{FlagSet, OpenEnum};
use nlink_uapi::in_route::*;

use super::host::bytes_in_family;
use super::{
    EncapType, Host, NextHop, Realms, Route, RouteCache, RouteFilter, RouteFlags, RouteProtocol, RouteTable, RouteType,
    Scope, Via, names,
};
use crate::Family;

/// What an IPv4 route out of a lookup has in the upper half of its flags (`RTCF_…`), in the order of printing.
const CACHE_FLAGS: [(u32, &str); 14] = [
    (RTCF_LOCAL, "local"),
    (RTCF_REJECT, "reject"),
    (RTCF_MULTICAST, "mc"),
    (RTCF_BROADCAST, "brd"),
    (RTCF_DNAT, "dst-nat"),
    (RTCF_SNAT, "src-nat"),
    (RTCF_MASQ, "masq"),
    (RTCF_DIRECTDST, "dst-direct"),
    (RTCF_DIRECTSRC, "src-direct"),
    (RTCF_REDIRECTED, "redirected"),
    (RTCF_DOREDIRECT, "redirect"),
    (RTCF_FAST, "fastroute"),
    (RTCF_NOTIFY, "notify"),
    (RTCF_TPROXY, "proxy"),
];

/// A route as a listing prints it: without what the listing was narrowed to, or as gone.
#[derive(Clone, Copy, Debug)]
pub struct RouteLine<'a> {
    route: &'a Route,
    filter: Option<&'a RouteFilter>,
    deleted: bool,
}

impl<'a> RouteLine<'a> {
    /// All of a route.
    pub fn new(route: &'a Route) -> Self {
        Self { route, filter: None, deleted: false }
    }

    /// Without what `filter` makes the same on every line: its table, its protocol, its interface.
    pub fn under(self, filter: &'a RouteFilter) -> Self {
        Self { filter: Some(filter), ..self }
    }

    /// As gone: `Deleted …`.
    pub fn deleted(self) -> Self {
        Self { deleted: true, ..self }
    }

    fn hidden(&self, by: impl FnOnce(&RouteFilter) -> bool) -> bool {
        self.filter.is_some_and(by)
    }

    fn addresses(&self, sink: &mut Sink<'_>) {
        let (route, header) = (self.route, &self.route.header);
        let family = real_family(header.kind, header.family);
        let written = |host: Host, bits: u8| match bits == header.family.address_bits() {
            true => host.in_family(family),
            false => format!("{}/{bits}", host.in_family(family)),
        };
        match route.dst {
            Some(dst) => {
                let dst = written(dst, header.dst_len);
                sink.put_host(family, "dst", &dst);
            }
            None if header.dst_len > 0 => {
                let dst = format!("0/{} ", header.dst_len);
                sink.put("dst", dst.as_str(), format_args!("{dst} "));
            }
            None => sink.put("dst", "default", format_args!("default ")),
        }
        match route.src {
            Some(src) => {
                let src = written(src, header.src_len);
                sink.put_colored_host(family, "from", &src, format_args!("from {src} "));
            }
            None if header.src_len > 0 => {
                let src = format!("0/{}", header.src_len);
                sink.put("src", src.as_str(), format_args!("from {src} "));
            }
            None => {}
        }
        if let Some(id) = route.nexthop_id {
            sink.word("nhid", "nhid", id);
        }
        if let Some(newdst) = &route.newdst {
            newdst_to(sink, header.family, &newdst.0);
        }
        encap(sink, route.encap_type, route.encap.is_some());
        if header.tos != 0 && !self.hidden(|filter| filter.tos.is_some()) {
            let number = u32::from(header.tos);
            let options = sink.options();
            let name = options.names.of(names::DSFIELD, number).filter(|_| !options.numeric);
            let tos = name.map_or_else(|| format!("0x{number:02x}"), ToOwned::to_owned);
            sink.put("tos", tos.as_str(), format_args!("tos {tos} "));
        }
        if let Some(gateway) = route.gateway
            && !self.hidden(|filter| filter.via.is_some_and(|via| via.bits() == header.family.address_bits()))
        {
            put_gateway(sink, header.family, gateway);
        }
        if let Some(via) = &route.via {
            put_via(sink, via);
        }
        if let Some(oif) = &route.oif
            && !self.hidden(|filter| filter.oif.is_some())
        {
            put_interface(sink, "dev", oif);
        }
    }

    fn origin(&self, sink: &mut Sink<'_>) {
        let (route, header) = (self.route, &self.route.header);
        let details = sink.options().details;
        let table = route.table_id();
        let shown = table != RouteTable::UNSPEC && (table != RouteTable::MAIN || details);
        if shown && !self.hidden(|filter| filter.table.is_some()) {
            named(sink, "table", "table", names::TABLES, table.0, table.name());
        }
        if !header.flags.contains(RouteFlags::CLONED) {
            let shown = header.protocol != RouteProtocol::BOOT || details;
            if shown && !self.hidden(|filter| filter.protocol.is_some()) {
                let (number, name) = (header.protocol.0.into(), header.protocol.name());
                named(sink, "protocol", "proto", names::PROTOCOLS, number, name);
            }
            let shown = header.scope != Scope::UNIVERSE || details;
            if shown && !self.hidden(|filter| filter.scope.is_some()) {
                named(sink, "scope", "scope", names::SCOPES, header.scope.0.into(), header.scope.name());
            }
        }
        if let Some(prefsrc) = route.prefsrc
            && !self.hidden(|filter| filter.source.is_some_and(|net| net.bits() == header.family.address_bits()))
        {
            sink.text(format_args!("src "));
            sink.put_host(header.family, "prefsrc", &prefsrc.to_string());
        }
        if let Some(metric) = route.metric
            && !self.hidden(|filter| filter.metric.is_some())
        {
            sink.word("metric", "metric", metric);
        }
    }

    fn state(&self, sink: &mut Sink<'_>) {
        let (route, header) = (self.route, &self.route.header);
        put_flags(sink, header.flags);
        if let Some(mark) = route.mark.filter(|mark| *mark != 0) {
            if mark >= 16 {
                sink.put("mark", mark, format_args!("mark {mark:#x} "));
            } else {
                sink.word("mark", "mark", mark);
            }
        }
        if let Some(realms) = route.realms
            && !self.hidden(|filter| filter.realms.is_some_and(|realms| realms.mask == u32::MAX))
        {
            put_realms(sink, realms);
        }
        if let Some(uid) = route.uid {
            sink.word("uid", "uid", uid);
        }
        if header.family == Family::INET && header.flags.contains(RouteFlags::CLONED) {
            put_cache_flags(sink, header.flags.0);
        }
        if let Some(cache) = &route.cache
            && matches!(header.family, Family::INET | Family::INET6)
        {
            put_cache(sink, cache);
        }
    }
}

/// The family that addresses are written in: a multicast route's header has one of its own.
fn real_family(kind: RouteType, family: Family) -> Family {
    use nlink_uapi::rtnetlink::{RTNL_FAMILY_IP6MR, RTNL_FAMILY_IPMR};
    match u32::from(family.0) {
        RTNL_FAMILY_IPMR if kind == RouteType::MULTICAST => Family::INET,
        RTNL_FAMILY_IP6MR if kind == RouteType::MULTICAST => Family::INET6,
        _ => family,
    }
}

/// Values in the colour of their family.
pub(crate) trait HostSink {
    /// An address and a space.
    fn put_host(&mut self, family: Family, key: &str, text: &str);
    /// A value with its text, coloured as an address of the family.
    fn put_colored_host(&mut self, family: Family, key: &str, value: &str, text: std::fmt::Arguments<'_>);
}

impl HostSink for Sink<'_> {
    fn put_host(&mut self, family: Family, key: &str, text: &str) {
        self.put_colored_host(family, key, text, format_args!("{text} "));
    }

    fn put_colored_host(&mut self, family: Family, key: &str, value: &str, text: std::fmt::Arguments<'_>) {
        match family {
            Family::INET => self.put_colored(Color::Inet, key, value, text),
            Family::INET6 => self.put_colored(Color::Inet6, key, value, text),
            _ => self.put(key, value, text),
        }
    }
}

/// A number under the name that a table of /etc/iproute2 gives it.
fn named(sink: &mut Sink<'_>, key: &str, word: &str, table: &str, number: u32, known: Option<&str>) {
    let name = names::shown(sink.options(), table, number, known);
    sink.put(key, name.as_str(), format_args!("{word} {name} "));
}

fn put_interface(sink: &mut Sink<'_>, key: &str, interface: &Interface) {
    let name = interface_name(sink, interface);
    sink.text(format_args!("{key} "));
    sink.put_colored(Color::Interface, key, name.as_str(), format_args!("{name} "));
}

/// An interface's name, as far as whoever prints knows it.
pub(crate) fn interface_name(sink: &Sink<'_>, interface: &Interface) -> String {
    match interface {
        Interface::Index(index) => sink.options().names.interface(*index),
        Interface::Name(name) => name.to_string(),
    }
}

fn put_gateway(sink: &mut Sink<'_>, family: Family, gateway: Host) {
    sink.text(format_args!("via "));
    sink.put_host(family, "gateway", &gateway.in_family(family));
}

fn put_via(sink: &mut Sink<'_>, via: &Via) {
    let family = via.family();
    sink.object("via", |sink| {
        sink.put("family", family.to_string(), format_args!("via {family} "));
        sink.put_host(family, "host", &via.host.in_family(family));
    });
}

fn newdst_to(sink: &mut Sink<'_>, family: Family, bytes: &[u8]) {
    sink.text(format_args!("as to "));
    sink.put_host(family, "to", &bytes_in_family(bytes, family));
}

fn encap(sink: &mut Sink<'_>, kind: Option<EncapType>, present: bool) {
    if let Some(kind) = kind.filter(|_| present) {
        sink.put("encap", kind.to_string(), format_args!("encap {kind} "));
    }
}

fn put_realms(sink: &mut Sink<'_>, realms: Realms) {
    sink.object("flow", |sink| {
        let realm = |realm: u16| names::shown(sink.options(), names::REALMS, realm.into(), None);
        let (from, to) = (realm(realms.from), realm(realms.to));
        if realms.from != 0 {
            sink.put("from", from.as_str(), format_args!("realms {from}/"));
        } else {
            sink.text(format_args!("realm "));
        }
        sink.put("to", to.as_str(), format_args!("{to} "));
    });
}

/// The flags that stand for themselves.
fn put_flags(sink: &mut Sink<'_>, flags: RouteFlags) {
    let silent = RouteFlags::CLONED | RouteFlags::PREFIX | RouteFlags::LOOKUP_TABLE | RouteFlags::FIB_MATCH;
    sink.array("flags", |sink| {
        for name in (flags & !silent).names() {
            sink.element(name, format_args!("{name} "));
        }
    });
}

fn put_cache_flags(sink: &mut Sink<'_>, flags: u32) {
    sink.line();
    sink.text(format_args!("    cache "));
    sink.array("cache", |sink| {
        let mut left = flags & !0xffff;
        if left != 0 {
            sink.text(format_args!("<"));
        }
        for (bit, name) in CACHE_FLAGS {
            if left & bit != 0 {
                left &= !bit;
                sink.element(name, format_args!("{name}{}", if left == 0 { "> " } else { "," }));
            }
        }
        if left != 0 {
            sink.element(format!("{left:x}"), format_args!("{left:x}>"));
        }
    });
}

fn put_cache(sink: &mut Sink<'_>, cache: &RouteCache) {
    if cache.expires != 0 {
        let seconds = cache.expires_seconds();
        sink.put("expires", seconds, format_args!("expires {seconds}sec "));
    }
    if cache.error != 0 {
        sink.word("error", "error", cache.error);
    }
    if sink.options().statistics > 0 {
        if cache.references != 0 {
            sink.word("users", "users", cache.references);
        }
        if cache.used != 0 {
            sink.word("used", "used", cache.used);
        }
        if cache.last_use != 0 {
            let age = cache.age_seconds();
            sink.put("age", age, format_args!("age {age}sec "));
        }
    }
    if cache.id != 0 {
        sink.put("ipid", format!("{:#x}", cache.id), format_args!("ipid 0x{:04x} ", cache.id));
    }
    if cache.timestamp != 0 || cache.timestamp_age != 0 {
        let (time, age) = (cache.timestamp, cache.timestamp_age);
        sink.put("ts", format!("{time:#x}"), format_args!("ts {time:#x}"));
        sink.put("tsage", age, format_args!("tsage {age}sec "));
    }
}

fn put_nexthop(sink: &mut Sink<'_>, route: &Route, nexthop: &NextHop, first: bool) {
    let family = route.header.family;
    let multicast = route.header.flags.contains(RouteFlags::CLONED) && route.header.kind == RouteType::MULTICAST;
    if multicast {
        sink.text(format_args!("{}", if first { "Oifs: " } else { " " }));
    } else {
        sink.line();
        sink.text(format_args!("\tnexthop "));
    }
    encap(sink, nexthop.encap_type, nexthop.encap.is_some());
    if let Some(newdst) = &nexthop.newdst {
        newdst_to(sink, family, &newdst.0);
    }
    if let Some(gateway) = nexthop.gateway {
        put_gateway(sink, family, gateway);
    }
    if let Some(via) = &nexthop.via {
        put_via(sink, via);
    }
    if let Some(realms) = nexthop.realms {
        put_realms(sink, realms);
    }
    let device = interface_name(sink, nexthop.interface.as_ref().unwrap_or(&Interface::Index(0)));
    if multicast {
        sink.put("dev", device.as_str(), format_args!("{device}"));
        if nexthop.header.hops != 1 {
            sink.put("ttl", nexthop.header.hops, format_args!("(ttl>{})", nexthop.header.hops));
        }
        sink.text(format_args!(" "));
    } else {
        sink.put("dev", device.as_str(), format_args!("dev {device} "));
        if family != Family::MPLS {
            sink.word("weight", "weight", nexthop.share());
        }
    }
    put_flags(sink, RouteFlags(nexthop.header.flags.0.into()));
}

impl Show for RouteLine<'_> {
    fn show(&self, sink: &mut Sink<'_>) {
        let (route, header) = (self.route, &self.route.header);
        if self.deleted {
            sink.flag("deleted", "Deleted");
        }
        if header.kind != RouteType::UNICAST || sink.options().details {
            let kind = if sink.options().numeric { header.kind.0.to_string() } else { header.kind.to_string() };
            sink.put("type", kind.as_str(), format_args!("{kind} "));
        }
        self.addresses(sink);
        self.origin(sink);
        self.state(sink);
        if let Some(metrics) = &route.metrics {
            sink.array("metrics", |sink| sink.item(|sink| metrics.show(sink)));
        }
        if let Some(iif) = &route.iif
            && !self.hidden(|filter| filter.iif.is_some())
        {
            put_interface(sink, "iif", iif);
        }
        if let Some(pref) = route.pref {
            match pref.name() {
                Some(name) => sink.put("pref", name, format_args!("pref {name}")),
                None => sink.put("pref", pref.0, format_args!("{}", pref.0)),
            }
        }
        if let Some(on) = route.ttl_propagate {
            // iproute2 spells the key so
            sink.put("ttl-propogate", on, format_args!("ttl-propogate {}", if on { "enabled" } else { "disabled" }));
        }
        if !route.nexthops.is_empty() {
            sink.array("nexthops", |sink| {
                for (at, nexthop) in route.nexthops.iter().enumerate() {
                    sink.item(|sink| put_nexthop(sink, route, nexthop, at == 0));
                }
            });
        }
    }
}

/// All of the route, as `ip route show table all` prints it.
impl Show for Route {
    fn show(&self, sink: &mut Sink<'_>) {
        RouteLine::new(self).show(sink);
    }
}

nlink_core::display_by_show!(Route);

#[cfg(test)]
mod tests {
    use nlink_core::show::{Format, Options};
    use nlink_core::wire::Message;

    use super::super::fixture::{rows, shown};
    use super::*;

    #[test]
    #[cfg(target_endian = "little")] // as the captures are
    fn routes_are_printed_as_the_reference_prints_them() {
        let (names, rows) = rows(include_str!("captures.tsv"));
        for row in rows {
            let route = Route::decode(&row.body).unwrap();
            let options = |details| Options { details, names: names.clone(), ..Options::default() };
            let [text, details, json] = row.texts;
            assert_eq!(shown(&route, Format::Text, options(false)), text);
            if route.nexthop_id.is_none() {
                // with -d the reference looks up the nexthop object as well
                assert_eq!(shown(&route, Format::Text, options(true)), details);
                assert_eq!(shown(&route, Format::Json, options(true)), json);
            }
        }
    }

    #[test]
    fn a_listing_leaves_out_what_it_was_narrowed_to() {
        let prefix = "10.0.0.0/8".parse().unwrap();
        let route = Route::new(prefix).via("192.0.2.1".parse().unwrap()).on("eth0").protocol(RouteProtocol::STATIC);
        let options = || Options { details: true, ..Options::default() };
        let filter = RouteFilter::default().protocol(RouteProtocol::STATIC).on("eth0");
        let line = shown(&RouteLine::new(&route).under(&filter), Format::Text, options());
        assert_eq!(line, "unicast 10.0.0.0/8 via 192.0.2.1 scope global ");
        let line = shown(&RouteLine::new(&route).deleted(), Format::Text, options());
        assert_eq!(line, "Deleted unicast 10.0.0.0/8 via 192.0.2.1 dev eth0 table main proto static scope global ");
        let line = shown(&RouteLine::new(&route).deleted(), Format::Json, Options::default());
        let json =
            r#"{"deleted":true,"dst":"10.0.0.0/8","gateway":"192.0.2.1","dev":"eth0","protocol":"static","flags":[]}"#;
        assert_eq!(line, json);
    }

    #[test]
    fn numbers_stand_for_names_when_asked() {
        let route = Route::new("10.0.0.0/8".parse().unwrap()).table(77).protocol(RouteProtocol::BGP);
        let options = Options { numeric: true, ..Options::default() };
        assert_eq!(shown(&route, Format::Text, options), "10.0.0.0/8 table 77 proto 186 scope 253 ");
        assert_eq!(route.to_string(), "10.0.0.0/8 table 77 proto bgp scope link");
    }
}
