//! Devices of any size go in and come out whole, by either tool and by the library.

use std::fmt::Write;

use anyhow::ensure;
use nlink::wireguard::{Device, Peer, PublicKey, Wireguard};
use nlink_tests::{Connection, Cx, Result, Test, tests};

pub const TESTS: &[Test] = tests![
    ten_thousand_peers_go_in_and_come_out_equal,
    a_peer_of_five_thousand_prefixes_comes_out_whole,
    what_theirs_set_ours_shows_and_the_other_way_round,
];

fn peer(number: u16, prefixes: u16) -> Peer {
    let mut key = [7; 32];
    key[..2].copy_from_slice(&number.to_be_bytes());
    let peer = Peer::new(PublicKey::from_bytes(key)).keepalive(number % 100);
    (0..prefixes).fold(peer, |peer, prefix| {
        let address = std::net::Ipv6Addr::new(0xfd00, number, 0, 0, 0, 0, 0, prefix);
        peer.allow(format!("{address}/128").parse().expect("a prefix"))
    })
}

/// Since Linux 6.16 each peer has a thread of the kernel's, and a small machine allows fewer than that.
struct Threads(Option<String>);

const THREADS_MAX: &str = "/proc/sys/kernel/threads-max";

impl Threads {
    fn allow_many() -> Self {
        let before = std::fs::read_to_string(THREADS_MAX).ok();
        let few = before.as_deref().and_then(|text| text.trim().parse::<u32>().ok()).is_some_and(|most| most < 40_000);
        let raised = few && std::fs::write(THREADS_MAX, "40000").is_ok();
        Self(before.filter(|_| raised))
    }
}

impl Drop for Threads {
    fn drop(&mut self) {
        if let Some(before) = &self.0 {
            let _ = std::fs::write(THREADS_MAX, before);
        }
    }
}

/// So many threads shall be gone when the next test begins.
fn clean_up(cx: &Cx) -> Result {
    cx.ip(&["link", "del", "wg0"]).map(drop)
}

async fn in_and_out(peers: Vec<Peer>) -> Result {
    let wg = Connection::<Wireguard>::open()?;
    wg.change(Device { peers: peers.clone(), ..Device::new("wg0") }).await?;
    let mut device = wg.dump::<Device>().on("wg0").one().await?;
    ensure!(device.peers.len() == peers.len(), "{} peers of {}", device.peers.len(), peers.len());
    for (out, mut peer) in device.peers.iter_mut().zip(peers) {
        ensure!(out.public_key == peer.public_key && out.keepalive.unwrap_or(0) == peer.keepalive.unwrap_or(0));
        let sorted = |peer: &mut Peer| {
            let mut prefixes: Vec<String> = peer.allowed_ips.iter().map(ToString::to_string).collect();
            prefixes.sort();
            prefixes
        };
        ensure!(sorted(out) == sorted(&mut peer), "the prefixes of a peer differ");
    }
    Ok(())
}

fn prepare(cx: &Cx) -> Result {
    cx.needs_kind("wireguard")?;
    cx.ip(&["link", "add", "wg0", "type", "wireguard"])?;
    Ok(())
}

async fn ten_thousand_peers_go_in_and_come_out_equal(cx: &Cx) -> Result {
    prepare(cx)?;
    let _threads = Threads::allow_many();
    in_and_out((0..10_000).map(|number| peer(number, 2)).collect()).await?;
    clean_up(cx)
}

async fn a_peer_of_five_thousand_prefixes_comes_out_whole(cx: &Cx) -> Result {
    prepare(cx)?;
    in_and_out(vec![peer(1, 5000), peer(2, 1), peer(3, 5000)]).await?;
    clean_up(cx)
}

async fn what_theirs_set_ours_shows_and_the_other_way_round(cx: &Cx) -> Result {
    const VIEWS: [&[&str]; 4] =
        [&["show", "wg0", "dump"], &["show", "all", "allowed-ips"], &["show", "wg0", "peers"], &["show", "wg0"]];
    prepare(cx)?;
    cx.needs_tool("wg")?;
    let _threads = Threads::allow_many();
    let mut conf = String::from("[Interface]\nListenPort = 1\n");
    // The last has more prefixes than a message holds.
    for peer in (0..10_000).map(|number| peer(number, 1)).chain([peer(10_000, 3000)]) {
        let key = peer.public_key.unwrap_or_default();
        let prefixes: Vec<String> = peer.allowed_ips.iter().map(ToString::to_string).collect();
        writeln!(conf, "[Peer]\nPublicKey = {key}\nAllowedIPs = {}", prefixes.join(", "))?;
    }
    std::fs::write("/run/many", conf)?;
    let set = ["setconf", "wg0", "/run/many"];
    cx.theirs("wg", &set)?.ok()?;
    let mut by_theirs = Vec::new();
    for view in VIEWS {
        let theirs = cx.theirs("wg", view)?.ok()?;
        ensure!(theirs.lines().count() > 10_000);
        ensure!(theirs == cx.our_tool("wg", view)?.ok()?, "{view:?}: ours shows what theirs set otherwise");
        by_theirs.push(theirs);
    }
    cx.ip(&["link", "del", "wg0"])?;
    prepare(cx)?;
    cx.our_tool("wg", &set)?.ok()?;
    for (view, before) in VIEWS.iter().zip(&by_theirs) {
        ensure!(*before == cx.theirs("wg", view)?.ok()?, "{view:?}: theirs shows what ours set otherwise");
    }
    clean_up(cx)
}
