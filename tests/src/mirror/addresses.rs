//! Addresses.

use nlink::prelude::*;
use nlink_tests::{Cx, Result, Test, tests};

use super::compare::chaos;

pub const TESTS: &[Test] = tests![addresses_are_what_a_listing_shows, those_of_one_interface_are_told_alone];

/// Without lifetimes that run down.
fn plain(address: Address) -> Address {
    Address { lifetimes: None, ..address }
}

const SCRIPT: &str = "
    link add v0 type veth peer name v1
    link set v0 up
    link set v1 up
    addr add 192.0.2.1/24 dev v0
    addr add 192.0.2.1/25 dev v0
    addr add 192.0.2.2/24 dev v0 label v0:2
    addr add 198.51.100.1 peer 198.51.100.2/32 dev v0
    addr add 2001:db8::1/64 dev v0 nodad
    addr add 2001:db8::2/64 dev v0 valid_lft 5000 preferred_lft 4000
    addr change 2001:db8::2/64 dev v0 valid_lft 6000 preferred_lft 5000
    addr del 192.0.2.1/24 dev v0
    link set v0 down
    link set v0 name lan0
    link set lan0 up
    addr flush dev v1
    link del lan0
";

async fn addresses_are_what_a_listing_shows(cx: &Cx) -> Result {
    cx.needs_kind("veth")?;
    let rt = Connection::<Rtnetlink>::open()?;
    chaos(cx, || (rt.watch::<Address>(), rt.dump::<Address>()), plain, SCRIPT).await
}

async fn those_of_one_interface_are_told_alone(cx: &Cx) -> Result {
    cx.needs_kind("veth")?;
    cx.ip(&["link", "add", "v0", "type", "veth", "peer", "v1"])?;
    let rt = Connection::<Rtnetlink>::open()?;
    let start = || (rt.watch::<Address>().on("v0"), rt.dump::<Address>().on("v0"));
    chaos(
        cx,
        start,
        plain,
        "
        addr add 192.0.2.1/24 dev v0
        addr add 192.0.2.2/24 dev v1
        link set v0 up
        link set v1 up
        addr del 192.0.2.1/24 dev v0
        addr del 192.0.2.2/24 dev v1
    ",
    )
    .await
}
