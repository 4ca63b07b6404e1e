//! Captures: tshark decodes them, and a kernel played from one answers as the real one did.

use anyhow::{Context, ensure};
use nlink::pcap::Capture;
use nlink::prelude::*;
use nlink::testing::{FakeKernel, Faults, Recording};
use nlink_tests::{Cx, Result, Test, snapshot, tests};

pub const TESTS: &[Test] = tests![
    tshark_decodes_every_message,
    a_replay_answers_as_the_kernel_did,
    a_replay_can_go_wrong_where_the_kernel_did_not,
    a_capture_that_is_over_holds_no_more,
];

const FILE: &str = "/run/nlink.pcap";

/// A conversation with a change, a name to look up, a refusal, a question, a listing and an event; what was seen.
async fn talk(rt: &Connection<Rtnetlink>) -> Result<Vec<String>> {
    let mut seen = Vec::new();
    let mut events = rt.events::<Link>().await?;
    rt.add(Link::new("left").kind(Veth::peer("right")).up()).await?;
    rt.add(Address::new("192.0.2.1/24".parse()?).on("left")).await?;
    if let Err(error) = rt.add(Link::new("left").kind(Veth::peer("other"))).await {
        seen.push(error.to_string());
    }
    seen.push(format!("{:?}", rt.get::<Link>("left").await?));
    for address in rt.dump::<Address>().await? {
        seen.push(format!("{address:?}"));
    }
    for _ in 0..2 {
        seen.push(format!("{:?}", events.try_next().await?));
    }
    Ok(seen)
}

async fn recorded() -> Result<Vec<String>> {
    let capture = Capture::to(std::fs::File::create(FILE)?)?;
    let rt = Connection::<Rtnetlink>::open()?;
    rt.capture(&capture);
    let seen = talk(&rt).await?;
    capture.finish()?;
    Ok(seen)
}

async fn tshark_decodes_every_message(cx: &Cx) -> Result {
    cx.needs_tool("tshark")?;
    cx.needs_kind("veth")?;
    recorded().await?;
    let fields =
        ["netlink-route.nltype", "netlink.hdr_type", "netlink.error", "netlink-route.ifla_ifname", "_ws.malformed"];
    let mut args = vec!["-r", FILE, "-T", "fields"];
    args.extend(fields.iter().flat_map(|field| ["-e", field]));
    let shown = cx.theirs("tshark", &args)?.ok()?;
    // RTM_NEWLINK 16, RTM_GETLINK 18, RTM_NEWADDR 20, RTM_GETADDR 22; NLMSG_ERROR 2 with what it repeats, NLMSG_DONE 3.
    snapshot(
        &one_listed(&shown),
        "\
16 left
0x0002,0x0010 0
18 left
16 left
20
0x0002,0x0014 0
16 left
0x0002,0x0010 -17
18 left
16 left
22
20
0x0003
16 right
16 left",
    )
}

/// Fields by a space, and of several alike in one datagram (as many addresses as there are) one.
fn one_listed(shown: &str) -> String {
    let line = |line: &str| line.replace(",20", "").split_whitespace().collect::<Vec<_>>().join(" ");
    shown.lines().map(line).collect::<Vec<_>>().join("\n")
}

async fn a_replay_answers_as_the_kernel_did(cx: &Cx) -> Result {
    cx.needs_kind("veth")?;
    let seen = recorded().await?;
    let kernel = FakeKernel::new().replay(Recording::open(FILE)?);
    let rt = kernel.connect::<Rtnetlink>();
    let again = talk(&rt).await?;
    ensure!(seen == again, "the kernel:\n{}\nthe replay:\n{}", seen.join("\n"), again.join("\n"));
    kernel.assert_all_is_settled(&rt);
    Ok(())
}

async fn a_replay_can_go_wrong_where_the_kernel_did_not(cx: &Cx) -> Result {
    cx.needs_kind("veth")?;
    recorded().await?;
    let mut recording = Recording::open(FILE)?;
    let listing = recording.exchanges.iter().position(|exchange| exchange.request.is_dump());
    let listing = recording.exchanges.swap_remove(listing.context("no listing was recorded")?);
    recording.exchanges = vec![listing.clone().interrupted(), listing.then_overrun()];
    let kernel = FakeKernel::new().replay(recording);
    let rt = kernel.connect::<Rtnetlink>();
    let lost = rt.dump::<Address>().await;
    ensure!(lost.as_ref().is_err_and(|error| error.is_lost()), "{lost:?}");
    ensure!(rt.counters().restarted_dumps == 1);
    Ok(())
}

async fn a_capture_that_is_over_holds_no_more(_: &Cx) -> Result {
    let capture = Capture::to(std::fs::File::create(FILE)?)?;
    let rt = Connection::<Rtnetlink>::open()?;
    let length = || std::fs::metadata(FILE).map(|file| file.len());
    let empty = length()?;
    rt.capture(&capture);
    rt.get::<Link>("lo").await?;
    let with_one = length()?;
    ensure!(with_one > empty, "nothing was captured");
    rt.capture(None);
    rt.get::<Link>("lo").await?;
    ensure!(length()? == with_one, "captured though it is over");
    Ok(())
}
