//! Raw, packet and netlink sockets.

use nix::libc;
use nix::sys::socket::{NetlinkAddr, connect};
use nlink_tests::{Cx, Result, Test, tests};
use socket2::{Domain, Protocol, SockFilter, Socket, Type};

use super::compare::{check, needs_newest, needs_raw_diag};
use super::sockets::{bind_packet, netlink, packet, raw};

pub const TESTS: &[Test] = tests![
    raw_sockets_of_many_protocols,
    raw_sockets_that_are_connected,
    packet_sockets,
    packet_sockets_on_a_device,
    packet_sockets_with_a_filter,
    netlink_sockets,
    netlink_sockets_that_are_connected,
];

const RAW: &[&str] = &["-wa", "-wan", "-w", "-wl", "-wanemp", "-wan --tos --cgroup --inet-sockopt", "-4waO", "-6wai"];

const PACKET: &[&str] =
    &["-0", "-0a", "-0n", "-0e", "-0m", "-0p", "-0b", "-0bempO", "-f link -a", "-A p_raw", "-0a src *:lo"];

/// Without the tools' own: those are of sock_diag, `tcpdiag` for ss.
const NETLINK: &[&str] = &[
    "-f netlink not src tcpdiag",
    "-f netlink -n not src tcpdiag",
    "-f netlink -e not src tcpdiag",
    "-f netlink -m not src tcpdiag",
    "-f netlink -p not src tcpdiag",
    "-f netlink -emp not src tcpdiag",
    "-A netlink -a src netlink:uevent:5000002",
    "-f netlink sport = 5000002",
];

async fn raw_sockets_of_many_protocols(cx: &Cx) -> Result {
    needs_raw_diag(cx)?;
    check(cx, RAW, |_| {
        let v4 = [Protocol::ICMPV4, Protocol::TCP, Protocol::UDP, Protocol::SCTP, 47.into(), 255.into()];
        let v6 = [Protocol::ICMPV6, Protocol::TCP, 89.into()];
        let v4 = v4.map(|protocol| raw(Domain::IPV4, protocol));
        v4.into_iter().chain(v6.map(|protocol| raw(Domain::IPV6, protocol))).collect()
    })
}

async fn raw_sockets_that_are_connected(cx: &Cx) -> Result {
    needs_raw_diag(cx)?;
    check(cx, RAW, |_| {
        let socket = raw(Domain::IPV4, Protocol::ICMPV4)?;
        socket.set_header_included_v4(true)?;
        let to: std::net::SocketAddr = "127.0.0.1:0".parse()?;
        socket.connect(&to.into())?;
        Ok(vec![socket])
    })
}

async fn packet_sockets(cx: &Cx) -> Result {
    check(cx, PACKET, |_| {
        Ok(vec![
            packet(Type::RAW, libc::ETH_P_ALL)?,
            packet(Type::DGRAM, libc::ETH_P_IP)?,
            packet(Type::DGRAM, libc::ETH_P_IPV6)?,
            packet(Type::RAW, libc::ETH_P_ARP)?,
            packet(Type::RAW, 0x88b5)?,
            packet(Type::RAW, 0)?,
        ])
    })
}

async fn packet_sockets_on_a_device(cx: &Cx) -> Result {
    check(cx, PACKET, |_| {
        let open = [packet(Type::RAW, libc::ETH_P_ARP)?, packet(Type::DGRAM, libc::ETH_P_ARP)?];
        bind_packet(&open[0], "lo")?;
        Ok(open.into())
    })
}

async fn packet_sockets_with_a_filter(cx: &Cx) -> Result {
    check(cx, PACKET, |_| {
        let socket = packet(Type::RAW, libc::ETH_P_ARP)?;
        // ldh [12]; jeq #0x806,0,1; ret #0x40000; ret #0
        let steps = [(0x28, 0, 0, 12), (0x15, 0, 1, 0x806), (0x06, 0, 0, 0x40000), (0x06, 0, 0, 0)];
        socket.attach_filter(&steps.map(|(code, jt, jf, k)| SockFilter::new(code, jt, jf, k)))?;
        Ok(vec![socket])
    })
}

/// Their port ids are more than any process's: ss names that, where there is one.
fn several() -> Result<Vec<Socket>> {
    Ok(vec![
        netlink(libc::NETLINK_ROUTE, 5_000_001, 0x11)?,
        netlink(libc::NETLINK_KOBJECT_UEVENT, 5_000_002, 1)?,
        netlink(libc::NETLINK_GENERIC, 5_000_002, 0)?,
        netlink(libc::NETLINK_USERSOCK, u32::MAX - 7, 2)?,
    ])
}

async fn netlink_sockets(cx: &Cx) -> Result {
    needs_newest(cx)?;
    check(cx, NETLINK, |_| several())
}

async fn netlink_sockets_that_are_connected(cx: &Cx) -> Result {
    needs_newest(cx)?;
    check(cx, NETLINK, |_| {
        let open = several()?;
        connect(std::os::fd::AsRawFd::as_raw_fd(&open[3]), &NetlinkAddr::new(77, 2))?;
        Ok(open)
    })
}
