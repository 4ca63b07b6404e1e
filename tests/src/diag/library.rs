//! The library: each kind of socket listed and looked up, ended, and announced when it ends.

use std::io::ErrorKind;
use std::net::SocketAddr;

use anyhow::{Context, ensure};
use nix::libc;
use nlink::prelude::*;
use nlink::sockdiag::{
    EtherProtocol, Extensions, Family, InetFilter, MptcpSocket, NetlinkProtocol, NetlinkSocket, PacketSocket,
    RawSocket, SocketKey, SocketType, State, TcpOptions,
};
use nlink_tests::{Cx, Result, Test, tests};
use socket2::{Domain, Protocol, Type};

use super::compare::{diag, needs_raw_diag};
use super::sockets::{connected, listen, listen_with, mptcp, netlink, packet, raw, send, udp, unix};

pub const TESTS: &[Test] = tests![
    tcp_sockets_of_both_families_come_in_one_listing,
    a_connection_has_its_whole_state,
    less_asked_is_less_said,
    a_socket_is_found_by_its_addresses,
    udp_sockets_are_listed,
    raw_sockets_are_listed_by_their_protocol,
    mptcp_sockets_are_not_taken_for_tcp,
    unix_sockets_know_their_peers,
    netlink_sockets_know_their_groups,
    packet_sockets_know_what_they_receive,
    a_destroyed_socket_is_aborted_and_gone,
    a_socket_that_took_the_place_of_another_is_spared,
    sockets_that_end_are_announced,
    a_filter_too_long_for_the_kernel_loses_nothing,
    sockets_are_picked_by_their_control_group,
];

fn key(local: &str, remote: &str) -> Result<SocketKey> {
    Ok(SocketKey::from((local.parse::<SocketAddr>()?, remote.parse::<SocketAddr>()?)))
}

async fn tcp_sockets_of_both_families_come_in_one_listing(cx: &Cx) -> Result {
    cx.ip(&["link", "set", "lo", "up"])?;
    let _open = [connected("127.0.0.1:80", "127.0.0.1:40001")?, connected("[::1]:80", "[::1]:40001")?];
    let diag = diag()?;
    let all = diag.dump::<TcpSocket>().await?;
    let count = |family| all.iter().filter(|socket| socket.header.family == family).count();
    ensure!((count(Family::INET), count(Family::INET6)) == (3, 3), "{all:?}");
    let established = diag.dump::<TcpSocket>().filter("state established dport = :80".parse()?).await?;
    let locals: Vec<_> = established.iter().map(|socket| socket.header.local().to_string()).collect();
    ensure!(locals == ["127.0.0.1:40001", "[::1]:40001"], "{locals:?}");
    Ok(())
}

async fn a_connection_has_its_whole_state(cx: &Cx) -> Result {
    cx.ip(&["link", "set", "lo", "up"])?;
    let [_listener, mut client, server] = connected("127.0.0.1:80", "127.0.0.1:40001")?;
    send(&mut client, &server, 1000)?;
    let diag = diag()?;
    let socket = diag.get::<TcpSocket>(key("127.0.0.1:40001", "127.0.0.1:80")?).await?;
    let info = &socket.info;
    ensure!(info.bytes_sent() == Some(1000) && info.rtt().is_some_and(|rtt| !rtt.is_zero()), "{info:?}");
    ensure!(info.options().is_some_and(|options| options.contains(TcpOptions::SACK | TcpOptions::TIMESTAMPS)));
    ensure!(info.congestion_window().is_some_and(|window| window > 0) && info.window_scales().is_some(), "{info:?}");
    // As much of the struct as the kernel has, and nothing behind it that it had not written.
    let kernel = info.as_kernel().context("no state at all")?;
    ensure!(kernel.len() >= 232 && kernel.tail().len() < kernel.len(), "{} bytes", kernel.len());
    let since = |version: &str| Ok::<_, anyhow::Error>(cx.kernel() >= version.parse()?);
    ensure!(info.receive_window().is_some() == since("6.2")?, "of Linux 6.2: {info:?}");
    ensure!(info.timeouts().is_some() == since("6.7")?, "of Linux 6.7: {info:?}");
    ensure!(socket.congestion.is_some() && socket.memory.is_some() && socket.memory_info.is_some(), "{socket:?}");
    let other = diag.get::<TcpSocket>(key("127.0.0.1:80", "127.0.0.1:40001")?).await?;
    ensure!(other.header.receive_queue == 1000 && other.info.bytes_received() == Some(1000), "{other:?}");
    Ok(())
}

async fn less_asked_is_less_said(cx: &Cx) -> Result {
    cx.ip(&["link", "set", "lo", "up"])?;
    let _open = connected("127.0.0.1:80", "127.0.0.1:40001")?;
    let filter = InetFilter { extensions: Extensions::CONG, ..InetFilter::default() };
    for socket in diag()?.dump::<TcpSocket>().filter(filter).await? {
        ensure!(socket.congestion.is_some() && socket.memory.is_none(), "{socket:?}");
        ensure!(socket.info.as_kernel().is_none() && socket.info.rtt().is_none(), "{socket:?}");
    }
    Ok(())
}

async fn a_socket_is_found_by_its_addresses(cx: &Cx) -> Result {
    cx.ip(&["link", "set", "lo", "up"])?;
    let _open = connected("[::1]:80", "[::1]:40001")?;
    let diag = diag()?;
    let socket = diag.get::<TcpSocket>(key("[::1]:40001", "[::1]:80")?).await?;
    ensure!(socket.header.state == State::ESTABLISHED && socket.to_string().contains("[::1]:40001"), "{socket}");
    let error = diag.get::<TcpSocket>(key("[::1]:40002", "[::1]:80")?).await.expect_err("nobody is there");
    ensure!(error.is_not_found(), "{error}");
    Ok(())
}

async fn udp_sockets_are_listed(_: &Cx) -> Result {
    let _open = udp("0.0.0.0:53")?;
    let all = diag()?.dump::<UdpSocket>().await?;
    ensure!(all.len() == 1 && all[0].header.local() == "0.0.0.0:53".parse()?, "{all:?}");
    ensure!(all[0].memory.as_ref().is_some_and(|memory| memory.receive_buffer > 0), "{all:?}");
    Ok(())
}

async fn raw_sockets_are_listed_by_their_protocol(cx: &Cx) -> Result {
    needs_raw_diag(cx)?;
    let _open = [raw(Domain::IPV4, Protocol::ICMPV4)?, raw(Domain::IPV6, Protocol::ICMPV6)?];
    let protocols: Vec<_> = diag()?.dump::<RawSocket>().await?.iter().map(|socket| socket.protocol).collect();
    ensure!(protocols == [Some(1), Some(58)], "{protocols:?}");
    Ok(())
}

/// Their protocol's number, 262, cut to a byte is that of TCP.
async fn mptcp_sockets_are_not_taken_for_tcp(_: &Cx) -> Result {
    let _open = [listen_with(mptcp("127.0.0.1:80")?, |_| Ok(()))?, listen("127.0.0.1:81")?];
    let diag = diag()?;
    let ports = |locals: Vec<SocketAddr>| locals.iter().map(SocketAddr::port).collect::<Vec<_>>();
    let all = diag.dump::<MptcpSocket>().await?;
    ensure!(ports(all.iter().map(|socket| socket.header.local()).collect()) == [80], "{all:?}");
    // The socket below it is TCP's.
    let below = diag.dump::<TcpSocket>().filter("sport = :80".parse()?).await?;
    ensure!(below.iter().all(|socket| socket.upper.as_ref().is_some_and(|upper| upper.name.is_some())), "{below:?}");
    Ok(())
}

async fn unix_sockets_know_their_peers(_: &Cx) -> Result {
    let (_one, _other) = socket2::Socket::pair(Domain::UNIX, Type::STREAM, None)?;
    let _named = unix(Type::DGRAM, "\0name")?;
    let diag = diag()?;
    let all = diag.dump::<UnixSocket>().await?;
    let pair: Vec<_> = all.iter().filter(|socket| socket.peer.is_some()).collect();
    ensure!(pair.len() == 2 && pair[0].peer == Some(pair[1].header.inode), "{all:?}");
    ensure!(pair[1].peer == Some(pair[0].header.inode) && pair[0].header.kind == SocketType::STREAM, "{all:?}");
    let named = all.iter().find(|socket| socket.name.is_some()).context("no name")?;
    ensure!(named.name.as_ref().is_some_and(|name| name.0 == b"\0name"), "{named:?}");
    ensure!(diag.get::<UnixSocket>(named.header.inode).await?.name == named.name);
    Ok(())
}

async fn netlink_sockets_know_their_groups(_: &Cx) -> Result {
    let _open = [netlink(libc::NETLINK_ROUTE, 1234, 0x11)?, netlink(libc::NETLINK_ROUTE, 1235, 0)?];
    let diag = diag()?;
    let all = diag.dump::<NetlinkSocket>().filter("src = netlink:rtnl:1234".parse()?).await?;
    // The kernel goes through all sockets, then through those that have joined groups.
    ensure!(all.len() == 2 && all[0].header.cookie == all[1].header.cookie, "{all:?}");
    ensure!(all[0].header.protocol == NetlinkProtocol::ROUTE, "{all:?}");
    ensure!(all[0].groups.as_ref().is_some_and(|groups| groups.0.first() == Some(&0x11)), "{all:?}");
    let other = diag.dump::<NetlinkSocket>().filter("src = netlink:rtnl:1235".parse()?).await?;
    ensure!(other.len() == 1, "{other:?}");
    Ok(())
}

async fn packet_sockets_know_what_they_receive(_: &Cx) -> Result {
    let _open = packet(Type::DGRAM, libc::ETH_P_IPV6)?;
    let all = diag()?.dump::<PacketSocket>().await?;
    ensure!(all.len() == 1 && all[0].header.kind == SocketType::DGRAM, "{all:?}");
    ensure!(all[0].header.protocol == EtherProtocol(0x86dd) && all[0].info.is_some(), "{all:?}");
    Ok(())
}

async fn a_destroyed_socket_is_aborted_and_gone(cx: &Cx) -> Result {
    cx.ip(&["link", "set", "lo", "up"])?;
    let [_listener, client, server] = connected("127.0.0.1:80", "127.0.0.1:40001")?;
    let diag = diag()?;
    let socket = diag.get::<TcpSocket>(key("127.0.0.1:40001", "127.0.0.1:80")?).await?;
    diag.destroy(&socket).await?;
    let kind = |socket: &socket2::Socket| socket.take_error().map(|error| error.map(|error| error.kind()));
    ensure!(kind(&client)? == Some(ErrorKind::ConnectionAborted) && kind(&server)? == Some(ErrorKind::ConnectionReset));
    let error = diag.destroy(&socket).await.expect_err("it is gone");
    ensure!(error.is_not_found() && error.to_string().contains("127.0.0.1:40001"), "{error}");
    Ok(())
}

/// The cookie tells them apart: the addresses are the same.
async fn a_socket_that_took_the_place_of_another_is_spared(_: &Cx) -> Result {
    let diag = diag()?;
    let first = listen("127.0.0.1:80")?;
    let socket = diag.dump::<TcpSocket>().one().await?;
    drop(first);
    let _second = listen("127.0.0.1:80")?;
    let error = diag.destroy(&socket).await.expect_err("the one meant is gone");
    ensure!(error.is_not_found(), "{error}");
    ensure!(diag.dump::<TcpSocket>().await?.len() == 1);
    Ok(())
}

async fn sockets_that_end_are_announced(cx: &Cx) -> Result {
    cx.ip(&["link", "set", "lo", "up"])?;
    let diag = diag()?;
    let mut tcp = diag.events::<TcpSocket>().await?;
    let mut of_udp = diag.events::<UdpSocket>().await?;
    drop(udp("[::1]:53")?);
    drop(listen("127.0.0.1:80")?);
    drop(listen("[::1]:443")?);
    for local in ["127.0.0.1:80", "[::1]:443"] {
        let notice = tcp.try_next().await?.context("the events end")?;
        let Some(Event::Del(socket)) = notice.event() else { anyhow::bail!("no end of a socket") };
        ensure!(socket.header.local() == local.parse()?, "{socket:?}");
    }
    let notice = of_udp.try_next().await?.context("the events end")?;
    ensure!(matches!(notice.event(), Some(Event::Del(socket)) if socket.header.local().port() == 53));
    Ok(())
}

/// A thousand alternatives are more than the kernel takes; what it cannot decide is decided here.
async fn a_filter_too_long_for_the_kernel_loses_nothing(_: &Cx) -> Result {
    let _open: Vec<_> = (1000..1010).map(|port| listen(&format!("127.0.0.1:{port}"))).collect::<Result<_>>()?;
    let ports: Vec<String> = (1001..9000).map(|port| format!("sport = :{port}")).collect();
    let found = diag()?.dump::<TcpSocket>().filter(ports.join(" or ").parse()?).await?;
    ensure!(found.len() == 9, "{} of 9", found.len());
    Ok(())
}

async fn sockets_are_picked_by_their_control_group(_: &Cx) -> Result {
    let _open = listen("127.0.0.1:80")?;
    let diag = diag()?;
    let group = diag.dump::<TcpSocket>().one().await?.cgroup.context("no control group")?;
    ensure!(diag.dump::<TcpSocket>().filter(format!("cgroup = id:{group}").parse()?).await?.len() == 1);
    ensure!(diag.dump::<TcpSocket>().filter(format!("cgroup != id:{group}").parse()?).await?.is_empty());
    Ok(())
}
