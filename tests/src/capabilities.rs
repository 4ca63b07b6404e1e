//! What the running kernel supports, asked without changing anything.

use anyhow::ensure;
use nlink::Connection;
use nlink::genl::Generic;
use nlink::genl::controller::FamilyCapabilities;
use nlink::link::has_kind;
use nlink::prelude::*;
use nlink_tests::{Cx, Result, Test, tests};

pub const TESTS: &[Test] = tests![
    a_kind_is_told_to_be_there_or_not_and_nothing_is_made,
    a_kind_that_is_missing_is_named_with_its_module_and_kernel,
    the_kernel_says_what_a_family_takes,
    the_tool_says_the_same,
];

async fn a_kind_is_told_to_be_there_or_not_and_nothing_is_made(cx: &Cx) -> Result {
    let rt = Connection::<Rtnetlink>::open()?;
    ensure!(!has_kind(&rt, "no-such-kind").await?);
    for kind in LinkKind::KINDS {
        let told = has_kind(&rt, kind.name).await?;
        ensure!(told == cx.needs_kind(kind.name).is_ok(), "{} is told to be {told}", kind.name);
    }
    let links = rt.dump::<Link>().await?;
    ensure!(links.iter().all(|link| link.name.is_some_and(|name| name == "lo")), "something was made: {links:?}");
    Ok(())
}

async fn a_kind_that_is_missing_is_named_with_its_module_and_kernel(_: &Cx) -> Result {
    let rt = Connection::<Rtnetlink>::open()?;
    for kind in LinkKind::KINDS {
        if has_kind(&rt, kind.name).await? {
            continue;
        }
        if let Err(error) = rt.add(Link::new("x0").kind(LinkKind::named(kind.name))).await {
            ensure!(error.to_string().contains(&kind.to_have_it()), "{error}");
        }
    }
    if let Err(error) = rt.add(Link::new("x0").kind(LinkKind::named("no-such-kind"))).await {
        ensure!(error.to_string().contains("this kernel has no such kind of link; its module may be"), "{error}");
    }
    Ok(())
}

async fn the_kernel_says_what_a_family_takes(cx: &Cx) -> Result {
    let genl = Connection::<Generic>::open()?;
    let error = FamilyCapabilities::of(&genl, "no-such-family").await.err();
    ensure!(error.is_some_and(|error| error.is_not_found()));
    cx.needs_kind("wireguard")?;
    let wireguard = FamilyCapabilities::of(&genl, "wireguard").await?;
    // WG_CMD_SET_DEVICE takes WGDEVICE_A_PEERS; WG_CMD_GET_DEVICE lists, and never took it.
    ensure!(wireguard.takes(1, 8) && !wireguard.takes(2, 1), "{wireguard}");
    ensure!(wireguard.info.operation(0).is_some() && wireguard.info.operation(9).is_none());
    Ok(())
}

async fn the_tool_says_the_same(cx: &Cx) -> Result {
    let rt = Connection::<Rtnetlink>::open()?;
    let text = cx.ours(&["capabilities"])?.ok()?;
    for kind in LinkKind::KINDS {
        let supported = if has_kind(&rt, kind.name).await? { "supported" } else { "missing" };
        let line = format!("kind {} {supported} ", kind.name);
        ensure!(text.contains(&line), "no {line:?} in\n{text}");
    }
    ensure!(text.contains("family nlctrl id 16 version 2"), "{text}");
    let json: serde_json::Value = serde_json::from_str(&cx.ours(&["-j", "capabilities", "family", "nlctrl"])?.ok()?)?;
    let name = json.pointer("/0/name").and_then(|name| name.as_str());
    ensure!(name == Some("nlctrl") && json.pointer("/0/policies/0/attributes/0/number").is_some(), "{json}");
    let refused = cx.ours(&["capabilities", "family", "no-such-family"])?;
    ensure!(refused.code == 2 && refused.stderr.contains("hint: "), "{}", refused.transcript());
    Ok(())
}
