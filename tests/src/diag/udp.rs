//! UDP sockets.

use nlink_tests::Result;
use socket2::Socket;

use super::compare::states;
use super::sockets::{udp, udp_with};

const VIEWS: &[&str] = &[
    "-ua",
    "-u",
    "-uln",
    "-uane",
    "-uanm",
    "-uani",
    "-uanp",
    "-uanemo --tos --cgroup --inet-sockopt",
    "-uaeO",
    "-6u",
    "-tuan",
    "-A udp -aH",
];

states! { VIEWS;
    bound |_cx| Ok(vec![udp("127.0.0.1:53")?, udp("[::1]:53")?, udp("0.0.0.0:123")?]);
    connected_v4 |_cx| connected("127.0.0.1");
    connected_v6 |_cx| connected("[::1]");
    holding_data |_cx| with_data();
    on_a_device |_cx| Ok(vec![udp_with("0.0.0.0:68", |socket| Ok(socket.bind_device(Some(b"lo"))?))?]);
    v6_only |_cx| Ok(vec![udp_with("[::]:5353", |socket| Ok(socket.set_only_v6(true)?))?]);
    marked |_cx| Ok(vec![udp_with("127.0.0.1:1000", |socket| Ok(socket.set_mark(7)?))?]);
    of_a_class |_cx| Ok(vec![udp_with("127.0.0.1:1000", |socket| Ok(socket.set_tos_v4(0xb8)?))?]);
    broadcasting |_cx| Ok(vec![udp_with("0.0.0.0:1000", |socket| Ok(socket.set_broadcast(true)?))?]);
}

fn connected(host: &str) -> Result<Vec<Socket>> {
    let (server, client) = (udp(&format!("{host}:53"))?, udp(&format!("{host}:1053"))?);
    client.connect(&server.local_addr()?)?;
    Ok(vec![server, client])
}

fn with_data() -> Result<Vec<Socket>> {
    let open = connected("127.0.0.1")?;
    open[1].send(b"three")?;
    open[1].send(b"words")?;
    Ok(open)
}
