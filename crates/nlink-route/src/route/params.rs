//! A route as the words that `ip route add` takes: the way back from `words`.

use nlink_core::wire::FlagSet;
use nlink_core::words::Word;

use super::host::bytes_in_family;
use super::{
    Host, MetricLock, Metrics, NextHop, NextHopFlags, Route, RouteFlags, RouteProtocol, RouteTable, RouteType, Via,
};
use crate::Family;

/// What errors call a route: its words without what nobody needs to tell it from others.
pub(super) fn describe(route: &Route) -> String {
    if route.table_id() != RouteTable::UNSPEC {
        return format!("route {}", route.to_params().join(" "));
    }
    // A lookup: table and scope are for the answer to say.
    let mut asked = route.clone().table(route.default_table());
    asked.header.scope = asked.default_scope();
    format!("route {}", asked.to_params().join(" "))
}

/// Words one after the other.
#[derive(Default)]
struct Params(Vec<String>);

impl Params {
    fn put(&mut self, word: &str, value: Option<impl ToString>) {
        if let Some(value) = value {
            self.0.extend([word.to_owned(), value.to_string()]);
        }
    }

    fn flag(&mut self, word: &str, set: bool) {
        if set {
            self.0.push(word.to_owned());
        }
    }

    fn gateway(&mut self, family: Family, gateway: Option<Host>, via: Option<&Via>) {
        self.put("via", gateway.map(|gateway| gateway.in_family(family)));
        if let Some(via) = via {
            self.put("via", Some(via.family()));
            self.0.push(via.host.in_family(via.family()));
        }
    }

    fn metric(&mut self, metrics: &Metrics, word: &str, lock: MetricLock, value: Option<impl ToString>) {
        if let Some(value) = value {
            self.0.push(word.to_owned());
            self.flag("lock", metrics.is_locked(lock) && lock != MetricLock::RTO_MIN);
            self.0.push(value.to_string());
        }
    }

    fn metrics(&mut self, metrics: &Metrics) {
        let time = |scale: u32| {
            move |value: u32| match value % scale {
                0 => format!("{}ms", value / scale),
                _ => value.to_string(),
            }
        };
        self.metric(metrics, "mtu", MetricLock::MTU, metrics.mtu);
        self.metric(metrics, "window", MetricLock::WINDOW, metrics.window);
        self.metric(metrics, "rtt", MetricLock::RTT, metrics.rtt.map(time(8)));
        self.metric(metrics, "rttvar", MetricLock::RTTVAR, metrics.rttvar.map(time(4)));
        self.metric(metrics, "ssthresh", MetricLock::SSTHRESH, metrics.ssthresh);
        self.metric(metrics, "cwnd", MetricLock::CWND, metrics.cwnd);
        self.metric(metrics, "advmss", MetricLock::ADVMSS, metrics.advmss);
        self.metric(metrics, "reordering", MetricLock::REORDERING, metrics.reordering);
        self.metric(metrics, "hoplimit", MetricLock::HOPLIMIT, metrics.hoplimit.filter(|limit| *limit != u32::MAX));
        self.metric(metrics, "initcwnd", MetricLock::INITCWND, metrics.initcwnd);
        if let Some(features) = metrics.features.filter(|features| features.names().next().is_some()) {
            self.0.push("features".into());
            self.0.extend(features.names().map(ToOwned::to_owned));
        }
        self.metric(metrics, "rto_min", MetricLock::RTO_MIN, metrics.rto_min.map(time(1)));
        self.metric(metrics, "initrwnd", MetricLock::INITRWND, metrics.initrwnd);
        self.put("quickack", metrics.quickack.map(u8::from));
        self.metric(metrics, "congctl", MetricLock::CC_ALGO, metrics.congctl.as_deref());
        self.put("fastopen_no_cookie", metrics.fastopen_no_cookie.map(u8::from));
    }

    fn nexthop(&mut self, nexthop: &NextHop, family: Family) {
        self.flag("nexthop", true);
        let labels = nexthop.newdst.as_ref().map(|newdst| bytes_in_family(&newdst.0, family));
        self.put("as", labels);
        self.gateway(family, nexthop.gateway, nexthop.via.as_ref());
        self.put("realms", nexthop.realms.map(|realms| realms.to_word()));
        self.put("dev", nexthop.interface.as_ref());
        self.put("weight", (nexthop.header.hops != 0).then(|| nexthop.share()));
        self.flag("onlink", nexthop.header.flags.contains(NextHopFlags::ONLINK));
    }
}

impl Route {
    /// The words that give this route to `ip route add`; encapsulation and what only the kernel says are left out.
    pub fn to_params(&self) -> Vec<String> {
        let mut params = Params::default();
        let header = &self.header;
        let family = header.family;
        let unsaid = [RouteType::UNICAST, RouteType::UNSPEC].contains(&header.kind);
        params.flag(&header.kind.to_string(), !unsaid);
        let written = |host: Host, bits: u8| match bits == family.address_bits() {
            true => host.in_family(family),
            false => format!("{}/{bits}", host.in_family(family)),
        };
        params.0.push(match (self.dst, family) {
            (None, Family::INET6) => "::/0".into(),
            (None, _) => "default".into(),
            (Some(dst), _) => written(dst, header.dst_len),
        });
        params.put("from", self.src.map(|src| written(src, header.src_len)));
        params.put("as", self.newdst.as_ref().map(|newdst| bytes_in_family(&newdst.0, family)));
        params.put("tos", (header.tos != 0).then(|| format!("0x{:02x}", header.tos)));
        params.put("nhid", self.nexthop_id);
        params.gateway(family, self.gateway, self.via.as_deref());
        params.put("dev", self.oif.as_ref());
        params.put("table", Some(self.table_id()).filter(|table| *table != self.default_table()));
        let unsaid = [RouteProtocol::BOOT, RouteProtocol::UNSPEC].contains(&header.protocol);
        params.put("proto", (!unsaid).then_some(header.protocol));
        let any = header.scope == super::Scope::NOWHERE;
        params.put("scope", Some(header.scope).filter(|scope| *scope != self.default_scope() && !any));
        params.put("src", self.prefsrc);
        params.put("metric", self.metric);
        params.flag("onlink", header.flags.contains(RouteFlags::ONLINK));
        params.flag("pervasive", header.flags.contains(RouteFlags::PERVASIVE));
        params.put("realms", self.realms.map(|realms| realms.to_word()));
        params.put("expires", self.expires);
        if let Some(metrics) = &self.metrics {
            params.metrics(metrics);
        }
        params.put("pref", self.pref);
        params.put("ttl-propagate", self.ttl_propagate.map(|on| if on { "enabled" } else { "disabled" }));
        for nexthop in &self.nexthops {
            params.nexthop(nexthop, family);
        }
        params.0
    }
}

#[cfg(test)]
mod tests {
    use nlink_core::words::Words;
    use proptest::option::of;
    use proptest::prelude::*;

    use super::super::{RouteTable, Scope};
    use super::*;

    fn address(v6: bool) -> BoxedStrategy<std::net::IpAddr> {
        match v6 {
            false => any::<u32>().prop_map(|bits| std::net::Ipv4Addr::from(bits).into()).boxed(),
            true => any::<u128>().prop_map(|bits| std::net::Ipv6Addr::from(bits).into()).boxed(),
        }
    }

    fn metrics() -> impl Strategy<Value = Metrics> {
        let numbers = (of(any::<u32>()), of(any::<u32>()), of(any::<u32>()), of(any::<u32>()), of(0u32..256));
        (numbers, of(any::<bool>()), of("[a-z]{1,15}"), any::<bool>()).prop_map(
            |((mtu, rtt, rttvar, initcwnd, hoplimit), quickack, congctl, locked)| {
                let mut metrics =
                    Metrics { mtu, rtt, rttvar, initcwnd, hoplimit, quickack, congctl, ..Metrics::default() };
                if metrics.mtu.is_some() && locked {
                    metrics.lock(MetricLock::MTU);
                }
                metrics
            },
        )
    }

    fn route() -> impl Strategy<Value = Route> {
        let shape = any::<bool>().prop_flat_map(|v6| {
            let bits = if v6 { 128u8 } else { 32 };
            let gateway = of(any::<bool>().prop_flat_map(address));
            let ways = proptest::collection::vec((address(v6), 1u16..257, of("[a-z]{1,8}"), any::<bool>()), 0..3);
            (address(v6), 0..=bits, gateway, ways, of(address(v6)))
        });
        let numbers = (of(any::<u32>()), any::<u32>(), any::<u8>(), any::<u8>(), of(any::<u8>()), of(any::<u32>()));
        (shape, numbers, of("[a-z]{1,8}"), of(metrics()), 1u8..10).prop_map(
            |(
                (dst, bits, gateway, ways, source),
                (metric, table, protocol, tos, scope, realms),
                oif,
                metrics,
                kind,
            )| {
                let mut route = Route::new(ipnet::IpNet::new(dst, bits).unwrap().trunc()).kind(RouteType(kind));
                route = gateway.into_iter().fold(route, Route::via);
                for (address, weight, interface, onlink) in ways {
                    let mut way = NextHop::via(address).weight(weight);
                    way = interface.into_iter().fold(way, NextHop::on);
                    route = route.nexthop(if onlink { way.onlink() } else { way });
                }
                route = source.into_iter().fold(route, Route::source);
                route = metric.into_iter().fold(route, Route::metric);
                route = oif.into_iter().fold(route, Route::on);
                route = scope
                    .filter(|scope| *scope != 255)
                    .into_iter()
                    .fold(route, |route, scope| route.scope(Scope(scope)));
                route.realms = realms.map(Into::into);
                route.metrics = metrics.filter(|metrics| *metrics != Metrics::default()).map(Box::new);
                let protocol = if protocol == 0 { RouteProtocol::BOOT } else { RouteProtocol(protocol) };
                let table = if table == 0 { RouteTable::MAIN } else { RouteTable(table) };
                route.tos(tos).protocol(protocol).table(table)
            },
        )
    }

    proptest! {
        #[test]
        fn a_route_gives_the_words_that_give_the_route(route in route()) {
            let params = route.to_params();
            let family = route.header.family;
            let again = Route::from_words_in(&mut Words::new(&params), family);
            prop_assert_eq!(again.map_err(|error| error.to_string()), Ok(route), "{}", params.join(" "));
        }
    }
}
