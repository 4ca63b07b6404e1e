//! Addresses of both families.

use crate::states;

states! {
    plain { "veth" } ["link add v0 type veth peer name v1", "addr add 192.0.2.1/24 dev v0"];
    host { "veth" } ["link add v0 type veth peer name v1", "addr add 192.0.2.1 dev v0"];
    on_a_link_that_is_up { "veth" } [
        "link add v0 type veth peer name v1", "link set v0 up", "link set v1 up", "addr add 192.0.2.1/24 brd + dev v0",
        "addr add 2001:db8::1/64 dev v0 nodad",
    ];
    several { "veth" } [
        "link add v0 type veth peer name v1", "addr add 192.0.2.1/24 dev v0", "addr add 192.0.2.2/24 dev v0",
        "addr add 198.51.100.1/25 brd 198.51.100.127 dev v0", "addr add 2001:db8::1/64 dev v0",
    ];
    peer { "veth" } ["link add v0 type veth peer name v1", "addr add 192.0.2.1 peer 192.0.2.9 dev v0"];
    peer_prefix { "veth" } ["link add v0 type veth peer name v1", "addr add 192.0.2.1 peer 192.0.2.8/29 dev v0"];
    peer6 { "veth" } ["link add v0 type veth peer name v1", "addr add 2001:db8::1 peer 2001:db8::2/128 dev v0"];
    label { "veth" } ["link add v0 type veth peer name v1", "addr add 192.0.2.1/24 label v0:one dev v0"];
    scope_link { "veth" } ["link add v0 type veth peer name v1", "addr add 192.0.2.1/24 scope link dev v0"];
    scope_host { "veth" } ["link add v0 type veth peer name v1", "addr add 192.0.2.1/24 scope host dev v0"];
    metric { "veth" } ["link add v0 type veth peer name v1", "addr add 192.0.2.1/24 dev v0 metric 77"];
    no_prefix_route { "veth" } [
        "link add v0 type veth peer name v1", "link set v0 up", "addr add 192.0.2.1/24 dev v0 noprefixroute",
        "addr add 2001:db8::1/64 dev v0 noprefixroute nodad",
    ];
    flags6 { "veth" } [
        "link add v0 type veth peer name v1", "addr add 2001:db8::1/64 dev v0 home nodad", "addr add 2001:db8::2/64 dev v0 mngtmpaddr",
    ];
    lifetime { "veth" } [
        "link add v0 type veth peer name v1", "addr add 192.0.2.1/24 dev v0 valid_lft 5000 preferred_lft 4000",
        "addr add 2001:db8::1/64 dev v0 valid_lft 5000 preferred_lft 4000",
    ];
    deprecated { "veth" } [
        "link add v0 type veth peer name v1", "addr add 2001:db8::1/64 dev v0 preferred_lft 0",
    ];
    changed { "veth" } [
        "link add v0 type veth peer name v1", "addr add 192.0.2.1/24 dev v0",
        "addr change 192.0.2.1/24 dev v0 valid_lft 900 preferred_lft 800",
    ];
    replaced { "veth" } ["link add v0 type veth peer name v1", "addr replace 192.0.2.1/24 dev v0", "addr replace 192.0.2.1/24 dev v0"];
    deleted { "veth" } [
        "link add v0 type veth peer name v1", "addr add 192.0.2.1/24 dev v0", "addr add 192.0.3.1/24 dev v0",
        "addr del 192.0.2.1/24 dev v0",
    ];
    flushed { "veth" } [
        "link add v0 type veth peer name v1", "addr add 192.0.2.1/24 dev v0", "addr add 192.0.3.1/24 dev v0",
        "addr flush dev v0",
    ];
    loopback { } ["addr add 192.0.2.1/32 dev lo"];
    protocol { "veth"; since "5.18" } ["link add v0 type veth peer name v1", "addr add 192.0.2.1/24 dev v0"];
}
