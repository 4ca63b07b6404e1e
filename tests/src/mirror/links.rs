//! Links.

use nlink::link::{AfSpec, ProtInfo};
use nlink::prelude::*;
use nlink_tests::{Cx, Result, Test, tests};

use super::compare::chaos;

pub const TESTS: &[Test] = tests![links_are_what_a_listing_shows, ports_are_what_a_listing_shows];

/// Without counters and timers, and without IPv6's part, which is announced to a group of its own.
fn plain(mut link: Link) -> Link {
    (link.statistics, link.statistics32) = (None, None);
    if let Some(AfSpec::Families(families)) = &mut link.families {
        families.inet6 = None;
    }
    if let Some(LinkKind::Bridge(bridge)) = link.info.as_mut().and_then(|info| info.kind.as_mut()) {
        (bridge.gc_timer, bridge.hello_timer, bridge.tcn_timer, bridge.topology_change_timer) = Default::default();
    }
    link
}

/// Without the bridge's own id, which follows its ports' addresses in silence, and without what runs by itself.
fn plain_port(mut port: Link) -> Link {
    if let Some(ProtInfo::BridgePort(port)) = &mut port.protocol_info {
        (port.bridge_id, port.root_id) = (None, None);
        (port.hold_timer, port.message_age_timer, port.forward_delay_timer) = (None, None, None);
    }
    plain(port)
}

const SCRIPT: &str = "
    link add v0 type veth peer name v1
    link set v0 up
    link set v1 up
    link set v0 mtu 1400
    link add br0 type bridge
    link set br0 up
    link set v0 master br0
    link set v0 promisc on
    link set v1 alias uplink
    link property add dev v1 altname the-uplink-with-a-long-name
    link set v1 down
    link set v1 name lan0
    link set lan0 address 02:00:00:00:00:05
    link set lan0 up
    link set v0 nomaster
    netns add there
    link set lan0 netns there
    netns del there
    link del br0
";

async fn links_are_what_a_listing_shows(cx: &Cx) -> Result {
    cx.needs_kind("veth")?;
    cx.needs_kind("bridge")?;
    let rt = Connection::<Rtnetlink>::open()?;
    chaos(cx, || (rt.watch::<Link>(), rt.dump::<Link>()), plain, SCRIPT).await
}

/// The bridge's view of its ports; what it announces comes by the same group as the links themselves.
async fn ports_are_what_a_listing_shows(cx: &Cx) -> Result {
    cx.needs_kind("veth")?;
    cx.needs_kind("bridge")?;
    let rt = Connection::<Rtnetlink>::open()?;
    let start = || (rt.watch::<Link>().family(Family::BRIDGE), rt.dump::<Link>().family(Family::BRIDGE));
    chaos(
        cx,
        start,
        plain_port,
        "
        link add br0 type bridge
        link add v0 type veth peer name v1
        link set v0 master br0
        link set v1 master br0
        link set br0 up
        link set v0 up
        link set v0 nomaster
        link del v0
        link del br0
    ",
    )
    .await
}
