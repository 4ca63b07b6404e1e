//! Setters of the kinds.

use nlink::link::kinds::bond::{HashPolicy, Mode};
use nlink::link::kinds::bridge::BridgeOption;
use nlink::link::kinds::vlan::{VlanFlags, VlanProtocol};
use nlink::prelude::*;
use nlink_tests::{Cx, Result, Test, tests};
use serde_json::json;

use super::read::{only, pair, rt, says};

pub const TESTS: &[Test] = tests![veth, vlan, vxlan, vxlan_group, bridge, bridge_vlans, bond];

async fn veth(cx: &Cx) -> Result {
    cx.needs_kind("veth")?;
    let blue = cx.netns("blue")?;
    let peer = Veth::peer("v1").mtu(1200).with_peer(|peer| peer.address([2, 0, 0, 0, 0, 9]));
    rt()?.add(Link::new("v0").kind(peer.in_namespace(&Namespace::named(blue.name())?))).await?;
    let there = blue.ip(&["-j", "link", "show", "v1"])?;
    let there: serde_json::Value = serde_json::from_str(&there)?;
    says(&there, &[("/0/mtu", json!(1200)), ("/0/address", json!("02:00:00:00:00:09"))])?;
    let rt = rt()?;
    rt.add(Link::new("w0").kind(Veth::of(Link::new("w1").mtu(1100)))).await?;
    says(&only(cx, "link show w1")?, &[("/mtu", json!(1100))])
}

async fn vlan(cx: &Cx) -> Result {
    cx.needs_kind("vlan")?;
    let rt = rt()?;
    pair(cx, &rt).await?;
    let kind = Vlan::id(7).protocol(VlanProtocol::SERVICE).flag(VlanFlags::GVRP, true);
    rt.add(Link::new("q").over("v0").kind(kind)).await?;
    let shown = only(cx, "link show q")?;
    says(
        &shown,
        &[
            ("/link", json!("v0")),
            ("/linkinfo/info_data/id", json!(7)),
            ("/linkinfo/info_data/protocol", json!("802.1ad")),
            ("/linkinfo/info_data/flags", json!(["REORDER_HDR", "GVRP"])),
        ],
    )
}

async fn vxlan(cx: &Cx) -> Result {
    cx.needs_kind("vxlan")?;
    let kind = Vxlan::new(42).remote("192.0.2.1".parse()?).local("192.0.2.2".parse()?).port(4789);
    rt()?.add(Link::new("x0").kind(kind)).await?;
    says(
        &only(cx, "link show x0")?,
        &[
            ("/linkinfo/info_data/id", json!(42)),
            ("/linkinfo/info_data/remote", json!("192.0.2.1")),
            ("/linkinfo/info_data/local", json!("192.0.2.2")),
            ("/linkinfo/info_data/port", json!(4789)),
        ],
    )
}

async fn vxlan_group(cx: &Cx) -> Result {
    cx.needs_kind("vxlan")?;
    let rt = rt()?;
    pair(cx, &rt).await?;
    rt.add(Link::new("x0").kind(Vxlan::new(42).group("239.1.1.1".parse()?).dev("v0"))).await?;
    says(
        &only(cx, "link show x0")?,
        &[("/linkinfo/info_data/group", json!("239.1.1.1")), ("/linkinfo/info_data/link", json!("v0"))],
    )
}

async fn bridge(cx: &Cx) -> Result {
    cx.needs_kind("bridge")?;
    let kind = Bridge::new().stp(true).mcast_snooping(false).option(BridgeOption::NO_LINKLOCAL_LEARN, true);
    rt()?.add(Link::new("br0").kind(kind)).await?;
    says(
        &only(cx, "link show br0")?,
        &[
            ("/linkinfo/info_data/stp_state", json!(1)),
            ("/linkinfo/info_data/mcast_snooping", json!(0)),
            ("/linkinfo/info_data/no_linklocal_learn", json!(1)),
        ],
    )
}

async fn bridge_vlans(cx: &Cx) -> Result {
    cx.needs_kind("bridge")?;
    match rt()?.add(Link::new("br0").kind(Bridge::new().vlan_filtering(true).vlan_default_pvid(5))).await {
        Err(error) if error.is_unsupported() => {
            return cx.needs(false, "bridge VLAN filtering", "the kernel was built without it");
        }
        made => made?,
    }
    says(
        &only(cx, "link show br0")?,
        &[("/linkinfo/info_data/vlan_filtering", json!(1)), ("/linkinfo/info_data/vlan_default_pvid", json!(5))],
    )
}

async fn bond(cx: &Cx) -> Result {
    cx.needs_kind("bond")?;
    let rt = rt()?;
    pair(cx, &rt).await?;
    let kind = Bond::new(Mode::ACTIVE_BACKUP).miimon(100).xmit_hash_policy(HashPolicy::LAYER34);
    rt.add(Link::new("bond9").kind(kind)).await?;
    rt.change(Link::named("v0").down()).await?;
    rt.change(Link::named("v0").master("bond9")).await?;
    rt.change(Link::named("bond9").kind(Bond::default().primary("v0"))).await?;
    says(
        &only(cx, "link show bond9")?,
        &[
            ("/linkinfo/info_data/mode", json!("active-backup")),
            ("/linkinfo/info_data/miimon", json!(100)),
            ("/linkinfo/info_data/xmit_hash_policy", json!("layer3+4")),
            ("/linkinfo/info_data/primary", json!("v0")),
        ],
    )
}
