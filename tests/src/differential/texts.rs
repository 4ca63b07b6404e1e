//! Texts: what the newest iproute2 prints is what ours prints, to the letter.

use anyhow::ensure;
use nlink_tests::{Cx, Result, Test, tests};

pub const TESTS: &[Test] = tests![links_and_addresses, routes, lookups];

/// Skips where the reference is not the newest: texts change with versions, JSON keys rarely.
fn needs_newest(cx: &Cx) -> Result {
    let version = cx.ip(&["-V"])?;
    let newest = version.contains("iproute2-7.");
    if !newest && std::env::var_os("NLINK_NO_SKIP").is_none() {
        return cx.needs(false, "iproute2 7", "texts are compared with the newest iproute2 only");
    }
    Ok(())
}

fn same_texts(cx: &Cx, views: &[&[&str]]) -> Result {
    for view in views {
        let (theirs, ours) = (cx.ip(view)?, cx.ours(view)?.ok()?);
        ensure!(theirs == ours, "ip {}\n--- theirs\n{theirs}\n--- ours\n{ours}", view.join(" "));
    }
    Ok(())
}

fn make(cx: &Cx, commands: &[&str]) -> Result {
    for command in commands {
        cx.ip(&command.split_whitespace().collect::<Vec<_>>())?;
    }
    Ok(())
}

async fn links_and_addresses(cx: &Cx) -> Result {
    needs_newest(cx)?;
    make(
        cx,
        &[
            "link add br0 type bridge",
            "link add v0 type veth peer name v1",
            "link set v0 master br0 addrgenmode none",
            "link set br0 addrgenmode none",
            "link set v1 addrgenmode none",
            "link set v0 up alias up-link",
            "link set v1 up",
            "addr add 192.0.2.1/24 brd + dev v1",
            "addr add 192.0.3.1/24 dev v1 label v1:x",
            "addr add 2001:db8::1/64 dev v1 nodad",
            "link property add dev v0 altname another",
            "link add x0 type vxlan id 42 dstport 4789 group 239.1.1.1 dev v1",
            "link add link v1 name q type vlan id 7 protocol 802.1ad",
            "link add bond9 type bond mode 802.3ad",
        ],
    )?;
    same_texts(
        cx,
        &[
            &["link"],
            &["-d", "link", "show", "v0"],
            &["-d", "link", "show", "v1"],
            &["-d", "link", "show", "x0"],
            &["-d", "link", "show", "q"],
            &["-d", "link", "show", "bond9"],
            &["-br", "link"],
            &["-o", "link"],
            &["-s", "link", "show", "x0"],
            &["-s", "-s", "link", "show", "x0"],
            &["addr"],
            &["-d", "addr", "show", "v1"],
            &["-4", "addr"],
            &["-6", "addr"],
            &["-br", "addr"],
            &["-o", "addr"],
            &["-s", "addr", "show", "x0"],
            &["-c=always", "addr", "show", "v1"],
            &["link", "show", "type", "veth"],
            &["addr", "show", "label", "v1:*"],
            &["link", "show", "master", "br0"],
            &["-p", "-j", "link", "show", "v0"],
        ],
    )
}

async fn routes(cx: &Cx) -> Result {
    needs_newest(cx)?;
    make(
        cx,
        &[
            "link add v0 type veth peer name v1",
            "link set v0 addrgenmode none",
            "link set v0 up",
            "link set v1 up",
            "addr add 192.0.2.1/24 dev v0",
            "addr add 2001:db8::1/64 dev v0 nodad",
            "route add default via 192.0.2.254 metric 100",
            "route add 10.0.0.0/8 nexthop via 192.0.2.8 weight 2 nexthop via 192.0.2.9",
            "route add unreachable 10.1.0.0/16",
            "route add 10.2.0.0/16 dev v0 mtu lock 1400 rtt 1500ms table 77",
            "-6 route add 2001:db8:1::/48 via 2001:db8::9 pref low",
            "route add 10.3.0.0/16 dev v0 proto static scope link src 192.0.2.1 realms 5",
        ],
    )?;
    same_texts(
        cx,
        &[
            &["route"],
            &["-d", "route"],
            &["route", "show", "table", "all"],
            &["-d", "route", "show", "table", "77"],
            &["-6", "route"],
            &["-6", "-d", "route", "show", "table", "all"],
            &["-o", "route"],
            &["route", "show", "dev", "v0"],
            &["route", "show", "10.0.0.0/8"],
            &["route", "show", "root", "10.0.0.0/8"],
            &["route", "show", "match", "10.1.2.3"],
            &["route", "show", "proto", "static"],
            &["-N", "route"],
        ],
    )
}

async fn lookups(cx: &Cx) -> Result {
    needs_newest(cx)?;
    make(
        cx,
        &[
            "link add v0 type veth peer name v1",
            "link set v0 addrgenmode none",
            "link set v0 up",
            "link set v1 up",
            "addr add 192.0.2.1/24 dev v0",
            "route add default via 192.0.2.254",
        ],
    )?;
    same_texts(
        cx,
        &[
            &["route", "get", "192.0.2.9"],
            &["route", "get", "203.0.113.1"],
            &["route", "get", "192.0.2.1"],
            &["-d", "route", "get", "203.0.113.1", "mark", "7"],
            &["-j", "route", "get", "203.0.113.1"],
            &["route", "get", "203.0.113.1", "from", "192.0.2.1", "oif", "v0"],
            &["route", "get", "fibmatch", "203.0.113.1"],
        ],
    )
}
