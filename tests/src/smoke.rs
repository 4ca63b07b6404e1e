//! The harness itself: namespaces are fresh and apart, masks and skips do what they say.

use std::fs;

use nlink_tests::{Cx, Result, Test, same_json_except, snapshot, tests};

pub const TESTS: &[Test] = tests![
    a_namespace_is_fresh,
    one_test_sees_its_own_link_only,
    another_test_sees_its_own_link_only,
    named_namespaces_are_private,
    sys_shows_this_namespace,
    a_kind_that_no_kernel_has_is_missing,
];

async fn a_namespace_is_fresh(cx: &Cx) -> Result {
    let lo = cx.ip(&["-j", "link", "show", "dev", "lo"])?;
    same_json_except(
        &lo,
        r#"[{"ifindex":1,"ifname":"lo","flags":["LOOPBACK","UP","LOWER_UP"],"mtu":65536,
             "qdisc":"noqueue","operstate":"UNKNOWN","linkmode":"DEFAULT","group":"default",
             "txqlen":1000,"link_type":"loopback","address":"00:00:00:00:00:00",
             "broadcast":"00:00:00:00:00:00"}]"#,
        &["qdisc", "txqlen"],
    )?;
    // A kernel with tunnels loaded may put its fallback devices (tunl0, sit0 …) into each namespace.
    let up = cx.ip(&["-br", "link", "show", "up"])?;
    let words: Vec<&str> = up.split_whitespace().collect();
    snapshot(&words.join(" "), "lo UNKNOWN 00:00:00:00:00:00 <LOOPBACK,UP,LOWER_UP>")
}

async fn one_test_sees_its_own_link_only(cx: &Cx) -> Result {
    own_link_only(cx).await
}

async fn another_test_sees_its_own_link_only(cx: &Cx) -> Result {
    own_link_only(cx).await
}

/// The same name in two namespaces at a time is no conflict, and each holds one link.
async fn own_link_only(cx: &Cx) -> Result {
    cx.needs_kind("veth")?;
    cx.ip(&["link", "add", "same0", "type", "veth", "peer", "same1"])?;
    tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    let shown = snapshot::mac(&cx.ip(&["-br", "link", "show", "type", "veth"])?);
    let names: Vec<&str> = shown.lines().filter_map(|line| line.split(' ').next()).collect();
    snapshot(&names.join("\n"), "same1@same0\nsame0@same1")
}

async fn named_namespaces_are_private(cx: &Cx) -> Result {
    cx.needs_kind("veth")?;
    let (a, b) = (cx.netns("a")?, cx.netns("b")?);
    a.ip(&["link", "add", "va", "type", "veth", "peer", "vb", "netns", b.name()])?;
    a.ip(&["addr", "add", "192.0.2.1/24", "dev", "va"])?;
    b.ip(&["link", "set", "vb", "up"])?;
    anyhow::ensure!(b.ip(&["link"])?.contains("vb@"), "the peer is not in the other namespace");
    snapshot(&names(&cx.ip(&["netns"])?), "a\nb")
}

/// The sorted names of `ip netns`, without the ids it adds to some.
fn names(list: &str) -> String {
    let mut names: Vec<_> = list.lines().filter_map(|line| line.split(' ').next()).collect();
    names.sort_unstable();
    names.join("\n")
}

async fn sys_shows_this_namespace(cx: &Cx) -> Result {
    cx.needs_kind("veth")?;
    cx.ip(&["link", "add", "here0", "type", "veth", "peer", "here1"])?;
    let seen = fs::exists("/sys/class/net/here0")?;
    cx.needs(seen, "sysfs", "this container forbids a sysfs of the test's own")
}

async fn a_kind_that_no_kernel_has_is_missing(cx: &Cx) -> Result {
    let error = cx.needs_kind("nosuchkind").err();
    let skip = error.as_ref().and_then(|error| error.downcast_ref::<nlink_tests::Skip>());
    anyhow::ensure!(skip.is_some_and(|skip| skip.what == "nosuchkind"), "got {error:?}");
    Ok(())
}
