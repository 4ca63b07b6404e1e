//! Routes, also those that go without a word.

use nlink::prelude::*;
use nlink_tests::{Cx, Result, Test, tests};

use super::compare::chaos;

pub const TESTS: &[Test] = tests![
    routes_are_what_a_listing_shows,
    routes_of_ipv6_are_what_a_listing_shows,
    routes_by_nexthop_objects_go_with_them,
    routes_go_when_their_link_joins_a_vrf,
    those_of_one_table_are_told_alone,
];

/// Without use and age.
fn plain(route: Route) -> Route {
    Route { cache: None, ..route }
}

async fn all(cx: &Cx, script: &str) -> Result {
    cx.needs_kind("veth")?;
    let rt = Connection::<Rtnetlink>::open()?;
    chaos(cx, || (rt.watch::<Route>().all_tables(), rt.dump::<Route>().all_tables()), plain, script).await
}

async fn routes_are_what_a_listing_shows(cx: &Cx) -> Result {
    let script = "
        link add v0 type veth peer name v1
        link set v0 up
        link set v1 up
        addr add 192.0.2.1/24 dev v0
        addr add 198.51.100.1/24 dev v1
        route add 10.0.0.0/8 via 192.0.2.2
        route append 10.0.0.0/8 via 192.0.2.3
        route prepend 10.0.0.0/8 via 192.0.2.4
        route replace 10.0.0.0/8 via 192.0.2.5
        route del 10.0.0.0/8 via 192.0.2.3
        route replace 10.0.0.0/8 via 192.0.2.6
        route change 10.0.0.0/8 via 192.0.2.7 metric 0
        route add 10.0.0.0/8 via 192.0.2.2 metric 5
        route add 10.1.0.0/16 nexthop via 192.0.2.2 nexthop via 198.51.100.2
        route add 10.2.0.0/16 dev v0 mtu 1300 table 1000
        route add blackhole 10.3.0.0/16
        addr add 192.0.2.9/24 dev v0
        route add 10.4.0.0/16 dev v0 src 192.0.2.9
        addr del 192.0.2.9/24 dev v0
        link set v1 down
        link set v1 up
        addr del 192.0.2.1/24 dev v0
        addr add 192.0.2.1/24 dev v0
        route add 10.0.0.0/8 via 192.0.2.2
        link set v0 down
        link set v0 up
        route add 10.0.0.0/8 via 192.0.2.2
        link del v0
        route del blackhole 10.3.0.0/16
    ";
    all(cx, script).await
}

async fn routes_of_ipv6_are_what_a_listing_shows(cx: &Cx) -> Result {
    let script = "
        link add v0 type veth peer name v1
        link set v0 up
        link set v1 up
        addr add 2001:db8::1/64 dev v0 nodad
        addr add 2001:db8:8::1/64 dev v1 nodad
        -6 route add 2001:db8:1::/48 via 2001:db8::2
        -6 route append 2001:db8:1::/48 via 2001:db8::3
        -6 route append 2001:db8:1::/48 dev v1
        -6 route append 2001:db8:1::/48 via 2001:db8:8::4
        -6 route del 2001:db8:1::/48 via 2001:db8::2
        -6 route del 2001:db8:1::/48 dev v1
        -6 route replace 2001:db8:1::/48 via 2001:db8::5
        -6 route replace 2001:db8:1::/48 nexthop via 2001:db8::2 nexthop via 2001:db8:8::3 weight 3
        -6 route add 2001:db8:2::/48 via 2001:db8::2 expires 600
        -6 route add unreachable 2001:db8:3::/48 metric 7
        link set v1 down
        link set v1 up
        addr del 2001:db8::1/64 dev v0
        link set v0 down
        link set v0 up
        -6 route del unreachable 2001:db8:3::/48 metric 7
        link del v0
    ";
    all(cx, script).await
}

async fn routes_by_nexthop_objects_go_with_them(cx: &Cx) -> Result {
    let script = "
        link add v0 type veth peer name v1
        link set v0 up
        link set v1 up
        addr add 192.0.2.1/24 dev v0
        nexthop add id 7 via 192.0.2.2 dev v0
        nexthop add id 8 via 192.0.2.3 dev v0
        nexthop add id 9 group 7/8
        route add 10.0.0.0/8 nhid 7
        route append 10.0.0.0/8 nhid 8
        route add 10.1.0.0/16 nhid 9
        nexthop replace id 7 via 192.0.2.4 dev v0
        nexthop replace id 9 group 7
        nexthop del id 8
        nexthop del id 7
        link del v0
    ";
    all(cx, script).await
}

async fn routes_go_when_their_link_joins_a_vrf(cx: &Cx) -> Result {
    cx.needs_kind("vrf")?;
    let script = "
        link add v0 type veth peer name v1
        link set v0 up
        link set v1 up
        addr add 192.0.2.1/24 dev v0
        route add 10.0.0.0/8 via 192.0.2.2
        link add red type vrf table 100
        link set red up
        link set v0 master red
        route add 10.0.0.0/8 via 192.0.2.2 vrf red
        link set v0 nomaster
        link del red
        link del v0
    ";
    all(cx, script).await
}

/// A table that is not there yet has no routes; that is no error.
async fn those_of_one_table_are_told_alone(cx: &Cx) -> Result {
    cx.needs_kind("veth")?;
    let rt = Connection::<Rtnetlink>::open()?;
    cx.ip(&["route", "add", "blackhole", "192.0.2.0/24", "table", "101"])?;
    cx.ip(&["route", "add", "blackhole", "192.0.2.0/25", "table", "100"])?;
    cx.ip(&["route", "del", "192.0.2.0/25", "table", "100"])?;
    let start = || {
        let (watch, dump) = (rt.watch::<Route>().table(100), rt.dump::<Route>().table(100));
        (watch.family(Family::INET), dump.family(Family::INET))
    };
    chaos(
        cx,
        start,
        plain,
        "
        route add blackhole 10.0.0.0/8 table 100
        route add blackhole 10.0.0.0/8 table 101
        route replace unreachable 10.0.0.0/8 table 100
        route del 10.0.0.0/8 table 101
        route del 10.0.0.0/8 table 100
    ",
    )
    .await
}
