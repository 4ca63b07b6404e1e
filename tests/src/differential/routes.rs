//! Routes of both families.

use crate::states;

states! {
    via { "veth" } [
        "link add v0 type veth peer name v1", "link set v0 up", "link set v1 up", "addr add 192.0.2.1/24 dev v0",
        "route add 10.0.0.0/8 via 192.0.2.254", "route add default via 192.0.2.254 metric 100",
    ];
    device { "veth" } ["link add v0 type veth peer name v1", "link set v0 up", "route add 10.0.0.0/8 dev v0"];
    no_carrier { "veth" } ["link add v0 type veth peer name v1", "link set v0 up", "addr add 192.0.2.1/24 dev v0", "route add 10.0.0.0/8 via 192.0.2.9"];
    table { "veth" } [
        "link add v0 type veth peer name v1", "link set v0 up", "route add 10.0.0.0/8 dev v0 table 100",
        "route add 10.1.0.0/16 dev v0 table 1000", "route add 10.2.0.0/16 dev v0 table local",
    ];
    types { } [
        "route add unreachable 10.1.0.0/16", "route add blackhole 10.2.0.0/16", "route add prohibit 10.3.0.0/16",
        "route add throw 10.4.0.0/16 table 7", "route add local 10.5.0.0/16 dev lo",
    ];
    attributes { "veth" } [
        "link add v0 type veth peer name v1", "link set v0 up", "addr add 192.0.2.1/24 dev v0",
        "route add 10.0.0.0/8 via 192.0.2.9 src 192.0.2.1 proto static scope global metric 5 realms 3/4",
        "route add 10.9.0.0/16 dev v0 tos 0x10 proto 77",
    ];
    metrics { "veth" } [
        "link add v0 type veth peer name v1", "link set v0 up",
        "route add 10.0.0.0/8 dev v0 mtu lock 1400 advmss 1300 window 1000 rtt 100ms rttvar 50ms rto_min 200ms ssthresh 30 \
         cwnd 20 initcwnd 10 initrwnd 12 reordering 5 hoplimit 60 quickack 1 congctl reno features ecn",
    ];
    multipath { "veth" } [
        "link add v0 type veth peer name v1", "link add w0 type veth peer name w1", "link set v0 up", "link set w0 up",
        "link set v1 up", "link set w1 up", "addr add 192.0.2.1/24 dev v0", "addr add 198.51.100.1/24 dev w0",
        "route add 10.0.0.0/8 nexthop via 192.0.2.9 dev v0 weight 2 nexthop via 198.51.100.9 dev w0 weight 3",
    ];
    multipath_onlink { "veth" } [
        "link add v0 type veth peer name v1", "link set v0 up",
        "route add 10.0.0.0/8 nexthop via 192.0.2.9 dev v0 onlink nexthop via 192.0.2.10 dev v0 onlink weight 5",
    ];
    onlink { "veth" } ["link add v0 type veth peer name v1", "link set v0 up", "route add 10.0.0.0/8 via 203.0.113.1 dev v0 onlink"];
    via_inet6 { "veth" } [
        "link add v0 type veth peer name v1", "link set v0 up", "link set v1 up",
        "route add 10.0.0.0/8 via inet6 fe80::1 dev v0",
    ];
    inet6 { "veth" } [
        "link add v0 type veth peer name v1", "link set v0 up", "link set v1 up", "addr add 2001:db8::1/64 dev v0 nodad",
        "-6 route add 2001:db8:1::/48 via 2001:db8::9", "-6 route add default via 2001:db8::9 metric 77 pref high",
        "-6 route add unreachable 2001:db8:2::/48", "-6 route add 2001:db8:3::/48 dev v0 mtu 1400 hoplimit 9",
    ];
    inet6_multipath { "veth" } [
        "link add v0 type veth peer name v1", "link set v0 up", "link set v1 up", "addr add 2001:db8::1/64 dev v0 nodad",
        "-6 route add 2001:db8:1::/48 nexthop via 2001:db8::8 nexthop via 2001:db8::9 weight 2",
    ];
    inet6_expires { "veth" } [
        "link add v0 type veth peer name v1", "link set v0 up", "-6 route add 2001:db8:1::/48 dev v0 expires 3000",
    ];
    inet6_from { "veth" } [
        "link add v0 type veth peer name v1", "link set v0 up", "-6 route add 2001:db8:1::/48 from 2001:db8:2::/48 dev v0",
    ];
    replaced { "veth" } [
        "link add v0 type veth peer name v1", "link set v0 up", "route add 10.0.0.0/8 dev v0",
        "route replace 10.0.0.0/8 dev v0 mtu 1300",
    ];
    changed { "veth" } [
        "link add v0 type veth peer name v1", "link set v0 up", "route add 10.0.0.0/8 dev v0",
        "route change 10.0.0.0/8 dev v0 proto static",
    ];
    appended { "veth" } [
        "link add v0 type veth peer name v1", "link set v0 up", "addr add 192.0.2.1/24 dev v0",
        "route add 10.0.0.0/8 via 192.0.2.8", "route append 10.0.0.0/8 via 192.0.2.9",
    ];
    deleted { "veth" } [
        "link add v0 type veth peer name v1", "link set v0 up", "route add 10.0.0.0/8 dev v0", "route add 11.0.0.0/8 dev v0",
        "route del 10.0.0.0/8",
    ];
    flushed { "veth" } [
        "link add v0 type veth peer name v1", "link set v0 up", "route add 10.0.0.0/8 dev v0 proto static",
        "route add 11.0.0.0/8 dev v0", "route flush proto static",
    ];
    gone_with_the_link { "veth" } [
        "link add v0 type veth peer name v1", "link set v0 up", "route add 10.0.0.0/8 dev v0", "link set v0 down",
    ];
}
