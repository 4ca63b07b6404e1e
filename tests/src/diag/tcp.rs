//! TCP and MPTCP sockets in every state that stays.

use std::time::Duration;

use nlink_tests::{Cx, Result};
use socket2::{SockFilter, Socket, TcpKeepalive};

use super::compare::{needs_newest, states};
use super::sockets::{connected, connected_with, listen, listen_with, mptcp, read, send, tcp};

const VIEWS: &[&str] = &[
    "-ta",
    "-t",
    "-tanH",
    "-tl",
    "-tane",
    "-tano",
    "-tanm",
    "-tani",
    "-tanp",
    "-tanieompO",
    "-taniem --tos --cgroup --inet-sockopt",
    "-4ta",
    "-6ta",
    "-Mae",
    "-tMani",
    "-A tcp,udp,mptcp -ab",
];

const V4: [&str; 2] = ["127.0.0.1:8080", "127.0.0.1:40001"];
const V6: [&str; 2] = ["[::1]:443", "[::1]:40001"];

states! { VIEWS;
    nothing |_cx| Ok(vec![]);
    listening_v4 |_cx| Ok(vec![listen("127.0.0.1:22")?]);
    listening_anywhere |_cx| Ok(vec![listen("0.0.0.0:80")?, listen("[::]:81")?]);
    listening_v6 |_cx| Ok(vec![listen("[::1]:22")?]);
    listening_v6_only |_cx| Ok(vec![listen_with(tcp("[::]:443")?, |socket| Ok(socket.set_only_v6(true)?))?]);
    listening_on_a_device |_cx| Ok(vec![listen_with(tcp("0.0.0.0:80")?, on_lo)?, listen_with(tcp("[::]:81")?, on_lo)?]);
    listening_on_a_device_that_has_gone |cx| device_gone(cx);
    listening_with_a_queue |_cx| queued();
    established_v4 |_cx| Ok(connected(V4[0], V4[1])?.into());
    established_v6 |_cx| Ok(connected(V6[0], V6[1])?.into());
    established_v4_through_v6 |_cx| mapped();
    established_with_data |_cx| with_data(&[("cubic", 0)]);
    established_by_several_congestion_controls |_cx|
        with_data(&[("reno", 900), ("cubic", 900), ("bbr", 900), ("dctcp", 900), ("vegas", 900), ("westwood", 900)]);
    kept_alive |_cx| Ok(connected_with(V4[0], V4[1], keep_alive)?.into());
    marked |_cx| Ok(connected_with(V4[0], V4[1], |socket| Ok(socket.set_mark(0x1f)?))?.into());
    of_a_class_v4 |_cx| Ok(connected_with(V4[0], V4[1], class_v4)?.into());
    of_a_class_v6 |_cx| Ok(connected_with(V6[0], V6[1], |socket| Ok(socket.set_tclass_v6(0x28)?))?.into());
    with_options |_cx| Ok(connected_with(V4[0], V4[1], options)?.into());
    with_a_filter |_cx| Ok(connected_with(V4[0], V4[1], filter)?.into());
    with_small_buffers |_cx| Ok(connected_with(V4[0], V4[1], small_buffers)?.into());
    with_a_small_segment |_cx| Ok(connected_with(V4[0], V4[1], |socket| Ok(socket.set_tcp_mss(600)?))?.into());
    closed_on_one_side |_cx| half_closed();
    over_and_waiting |_cx| time_wait();
    waiting_for_an_answer |cx| syn_sent(cx);
    bound_and_no_more |cx| needs_newest(cx).and_then(|()| bound());
    many_of_all |_cx| many();
    mptcp_listening |_cx| Ok(vec![listen_with(mptcp(V4[0])?, |_| Ok(()))?, listen_with(mptcp(V6[0])?, |_| Ok(()))?]);
    mptcp_established |cx| needs_newest(cx).and_then(|()| mptcp_connected());
}

fn on_lo(socket: &Socket) -> Result {
    Ok(socket.bind_device(Some(b"lo"))?)
}

fn device_gone(cx: &Cx) -> Result<Vec<Socket>> {
    cx.needs_kind("bridge")?;
    cx.ip(&["link", "add", "gone0", "type", "bridge"])?;
    let bound = listen_with(tcp("0.0.0.0:80")?, |socket| Ok(socket.bind_device(Some(b"gone0"))?))?;
    cx.ip(&["link", "del", "gone0"])?;
    Ok(vec![bound])
}

fn queued() -> Result<Vec<Socket>> {
    let listener = listen(V4[0])?;
    let mut open = vec![listener];
    for _ in 0..3 {
        let (client, _) = tcp("127.0.0.1:0")?;
        client.connect(&open[0].local_addr()?)?;
        open.push(client);
    }
    Ok(open)
}

fn mapped() -> Result<Vec<Socket>> {
    let listener = listen("[::]:8080")?;
    let (client, own) = tcp(V4[1])?;
    client.bind(&own)?;
    let to: std::net::SocketAddr = V4[0].parse()?;
    client.connect(&to.into())?;
    let (server, _) = listener.accept()?;
    Ok(vec![listener, client, server])
}

/// Connections that have sent two times 3,000 bytes, of which so many were read. Congestion controls that the kernel
/// does not have are left out.
fn with_data(controls: &[(&str, usize)]) -> Result<Vec<Socket>> {
    let mut open = Vec::new();
    for (at, (control, bytes)) in controls.iter().enumerate() {
        let (to, from) = (format!("127.0.0.1:{}", 8080 + at), format!("127.0.0.1:{}", 40001 + at));
        let tune = |socket: &Socket| Ok(socket.set_tcp_congestion(control.as_bytes())?);
        if tune(&tcp(&to)?.0).is_err() {
            continue;
        }
        let [listener, mut client, mut server] = connected_with(&to, &from, tune)?;
        send(&mut client, &server, 3000)?;
        read(&mut server, *bytes)?;
        send(&mut client, &server, 3000)?;
        open.extend([listener, client, server]);
    }
    // What is acknowledged late is acknowledged by then.
    std::thread::sleep(Duration::from_millis(300));
    Ok(open)
}

fn keep_alive(socket: &Socket) -> Result {
    Ok(socket.set_tcp_keepalive(&TcpKeepalive::new().with_time(Duration::from_secs(6000)))?)
}

fn class_v4(socket: &Socket) -> Result {
    socket.set_tos_v4(0x10)?;
    Ok(socket.set_priority(5)?)
}

fn options(socket: &Socket) -> Result {
    socket.set_freebind_v4(true)?;
    socket.set_ip_transparent_v4(true)?;
    Ok(nix::sys::socket::setsockopt(socket, nix::sys::socket::sockopt::Ipv4RecvErr, &true)?)
}

/// `ret #0x40000`: everything passes.
fn filter(socket: &Socket) -> Result {
    Ok(socket.attach_filter(&[SockFilter::new(0x06, 0, 0, 0x40000)])?)
}

fn small_buffers(socket: &Socket) -> Result {
    socket.set_recv_buffer_size(4096)?;
    Ok(socket.set_send_buffer_size(8192)?)
}

fn half_closed() -> Result<Vec<Socket>> {
    let mut open: Vec<_> = connected(V4[0], V4[1])?.into();
    open.extend(connected(V6[0], V6[1])?);
    for client in [&open[1], &open[4]] {
        client.shutdown(std::net::Shutdown::Write)?;
    }
    Ok(open)
}

fn time_wait() -> Result<Vec<Socket>> {
    let mut left = Vec::new();
    for [to, from] in [V4, V6] {
        let [listener, client, server] = connected(to, from)?;
        drop(client);
        drop(server);
        left.push(listener);
    }
    Ok(left)
}

/// Nobody answers for the address.
fn syn_sent(cx: &Cx) -> Result<Vec<Socket>> {
    cx.needs_kind("veth")?;
    cx.ip(&["link", "add", "v0", "type", "veth", "peer", "name", "v1"])?;
    cx.ip(&["addr", "add", "192.0.2.1/24", "dev", "v0"])?;
    cx.ip(&["link", "set", "v0", "up"])?;
    cx.ip(&["link", "set", "v1", "up"])?;
    cx.ip(&["neigh", "add", "192.0.2.2", "lladdr", "02:00:00:00:00:02", "dev", "v0"])?;
    let (client, own) = tcp("192.0.2.1:40001")?;
    client.bind(&own)?;
    client.set_nonblocking(true)?;
    let to: std::net::SocketAddr = "192.0.2.2:443".parse()?;
    assert!(client.connect(&to.into()).is_err());
    Ok(vec![client])
}

fn bound() -> Result<Vec<Socket>> {
    let (socket, address) = tcp(V4[0])?;
    socket.bind(&address)?;
    Ok(vec![socket])
}

fn many() -> Result<Vec<Socket>> {
    let mut open = Vec::new();
    for port in 1..40 {
        open.extend(connected(&format!("127.0.0.1:{port}"), &format!("127.0.0.1:{}", 40000 + port))?);
        open.extend(connected(&format!("[::1]:{port}"), &format!("[::1]:{}", 40000 + port))?);
    }
    Ok(open)
}

fn mptcp_connected() -> Result<Vec<Socket>> {
    let listener = listen_with(mptcp(V4[0])?, |_| Ok(()))?;
    let (mut client, own) = mptcp(V4[1])?;
    client.bind(&own)?;
    client.connect(&listener.local_addr()?)?;
    let (server, _) = listener.accept()?;
    send(&mut client, &server, 100)?;
    std::thread::sleep(Duration::from_millis(300));
    Ok(vec![listener, client, server])
}
