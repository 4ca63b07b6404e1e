//! A tunnel between two namespaces, made by the library, passes traffic, and what does not change goes on undisturbed.

use std::net::{SocketAddr, UdpSocket};
use std::time::Duration;

use anyhow::{Context, ensure};
use nlink::netns::Namespace;
use nlink::prelude::*;
use nlink::wireguard::{Change, Device, DeviceRef};
use nlink_tests::{Connection, Cx, Result, Test, tests};

pub const TESTS: &[Test] = tests![
    a_tunnel_passes_traffic_and_survives_what_does_not_concern_it,
    a_configuration_converges_and_removes_what_it_does_not_declare,
    a_name_that_is_not_there_and_a_link_of_another_kind_are_told_apart,
];

/// One end: its namespace, its connection, its key.
struct End {
    namespace: Namespace,
    wg: Connection<Wireguard>,
    key: PrivateKey,
}

async fn end(cx: &Cx, name: &str, address: &str) -> Result<End> {
    let namespace = Namespace::named(cx.netns(name)?.name())?;
    let rt = Connection::<Rtnetlink>::open_in(&namespace)?;
    rt.add(Link::new("wg0").kind(LinkKind::named("wireguard"))).await?;
    rt.add(Address::new(address.parse()?).on("wg0")).await?;
    rt.change(Link::named("wg0").up()).await?;
    let wg = Connection::<Wireguard>::open_in(&namespace)?;
    Ok(End { namespace, wg, key: PrivateKey::generate()? })
}

fn config(own: &End, other: &End, endpoint: &str, allowed: &str) -> Result<WireguardConfig> {
    let peer = Peer::new(other.key.public_key()).endpoint(endpoint.parse()?).allow(allowed.parse()?);
    Ok(WireguardConfig::new().private_key(own.key.clone()).listen_port(51820).peer(peer))
}

/// Sends a word through and waits for it to come out.
fn talk(from: &End, to: &End, address: &str) -> Result {
    let address: SocketAddr = address.parse()?;
    let receiver = to.namespace.run(|| UdpSocket::bind(address))??;
    receiver.set_read_timeout(Some(Duration::from_secs(20)))?;
    from.namespace.run(|| UdpSocket::bind("0.0.0.0:0").and_then(|sender| sender.send_to(b"hello", address)))??;
    let mut buffer = [0; 16];
    let length = receiver.recv(&mut buffer).context("nothing came out of the tunnel")?;
    ensure!(&buffer[..length] == b"hello");
    Ok(())
}

async fn a_tunnel_passes_traffic_and_survives_what_does_not_concern_it(cx: &Cx) -> Result {
    cx.needs_kind("wireguard")?;
    cx.needs_kind("veth")?;
    let (a, b) = (end(cx, "a", "10.9.0.1/24").await?, end(cx, "b", "10.9.0.2/24").await?);
    cx.ip(&["-n", "a", "link", "add", "v", "type", "veth", "peer", "name", "v", "netns", "b"])?;
    for (name, address) in [("a", "192.0.2.1/24"), ("b", "192.0.2.2/24")] {
        cx.ip(&["-n", name, "addr", "add", address, "dev", "v"])?;
        cx.ip(&["-n", name, "link", "set", "v", "up"])?;
    }
    let config_a = config(&a, &b, "192.0.2.2:51820", "10.9.0.2/32")?;
    config_a.diff(&a.wg, "wg0").await?.apply().await?;
    config(&b, &a, "192.0.2.1:51820", "10.9.0.1/32")?.diff(&b.wg, "wg0").await?.apply().await?;
    talk(&a, &b, "10.9.0.2:7")?;
    talk(&b, &a, "10.9.0.1:7")?;

    let before = a.wg.dump::<Device>().on("wg0").one().await?;
    ensure!(before.peers[0].last_handshake.is_some_and(|time| time.time().is_some()), "no handshake: {before:?}");
    let stranger = PrivateKey::generate()?.public_key();
    let more = config_a.clone().peer(Peer::new(stranger).allow("10.9.0.3/32".parse()?));
    let change = more.diff(&a.wg, "wg0").await?;
    ensure!(change.edit().peers.len() == 1, "more is sent than differs: {change}");
    change.apply().await?;
    let after = a.wg.dump::<Device>().on("wg0").one().await?;
    ensure!(after.peers.len() == 2 && after.peers[0].last_handshake == before.peers[0].last_handshake);
    talk(&a, &b, "10.9.0.2:8")
}

async fn a_configuration_converges_and_removes_what_it_does_not_declare(cx: &Cx) -> Result {
    cx.needs_kind("wireguard")?;
    let rt = Connection::<Rtnetlink>::open()?;
    rt.add(Link::new("wg0").kind(LinkKind::named("wireguard"))).await?;
    let wg = Connection::<Wireguard>::open()?;
    let key = || PrivateKey::generate().map(|key| key.public_key());
    let (one, two, three) = (key()?, key()?, key()?);
    let first = WireguardConfig::new()
        .private_key(PrivateKey::generate()?)
        .fwmark(7)
        .peer(Peer::new(one).allow("10.0.0.9/8".parse()?).keepalive(25).preshared_key(PresharedKey::generate()?))
        .peer(Peer::new(two).allow("10.1.0.0/16".parse()?).endpoint("[2001:db8::1]:9".parse()?));
    let second = WireguardConfig::new()
        .listen_port(51820)
        .peer(Peer::new(two).allow("10.0.0.0/8".parse()?).allow("fd00::/64".parse()?))
        .peer(Peer::new(three).allow("10.1.0.0/16".parse()?).preshared_key(PresharedKey::generate()?));
    for (config, peers) in [(&first, 2), (&second, 2), (&first, 2), (&WireguardConfig::new(), 0)] {
        let change: Change<_> = config.diff(&wg, "wg0").await?;
        ensure!(!change.is_empty());
        change.apply().await?;
        let again = config.diff(&wg, "wg0").await?;
        ensure!(again.is_empty(), "does not converge: {again}");
        ensure!(wg.dump::<Device>().on("wg0").one().await?.peers.len() == peers);
    }
    // The same without a runtime.
    let blocking = nlink::blocking::Connection::<Wireguard>::open()?;
    let change = nlink::blocking::run(first.diff(&blocking, "wg0"))?;
    nlink::blocking::run(change.apply())?;
    let device = nlink::blocking::run(blocking.dump::<Device>().on("wg0").one())?;
    ensure!(device.peers.len() == 2 && device.fwmark == Some(7));
    ensure!(device.device.is_some_and(|DeviceRef { index, name }| index.is_some() && name.is_some()));
    Ok(())
}

async fn a_name_that_is_not_there_and_a_link_of_another_kind_are_told_apart(cx: &Cx) -> Result {
    cx.needs_kind("wireguard")?;
    let wg = Connection::<Wireguard>::open()?;
    let error = WireguardConfig::new().diff(&wg, "wg9").await.expect_err("there is no wg9");
    ensure!(error.is_not_found(), "{error}");
    let error = wg.change(Device::new("lo").clone()).await.expect_err("lo is not WireGuard's");
    ensure!(error.is_unsupported() && error.to_string().starts_with("change WireGuard device lo: "), "{error}");
    Ok(())
}
