//! Unix sockets.

use nlink_tests::Result;
use socket2::{Domain, Socket, Type};

use super::compare::states;
use super::sockets::{unix, unix_address};

const VIEWS: &[&str] = &[
    "-xa",
    "-x",
    "-xl",
    "-xan",
    "-xae",
    "-xam",
    "-xap",
    "-xaempO",
    "-A u_str -a",
    "-A u_dgr,u_seq -a",
    "-f unix -aH",
    "-xa src /run/s*",
    "-xa src @*",
];

states! { VIEWS;
    listening_at_a_file |_cx| listening("s");
    listening_without_a_file |_cx| listening("\0abstract");
    listening_with_a_queue |_cx| queued();
    connected_with_data |_cx| connected();
    a_pair |_cx| pair(Type::STREAM);
    a_pair_of_datagrams |_cx| pair(Type::DGRAM);
    a_pair_in_order |_cx| pair(Type::SEQPACKET);
    datagrams_between_names |_cx| datagrams();
    without_a_name |_cx| Ok(vec![Socket::new(Domain::UNIX, Type::STREAM, None)?]);
    a_name_that_the_kernel_chose |_cx| chosen();
    shut_on_one_side |_cx| shut();
    a_file_that_has_gone |_cx| gone();
    odd_names |_cx| Ok(vec![unix(Type::DGRAM, "with space")?, unix(Type::DGRAM, "\0a\0b")?, unix(Type::DGRAM, "\0é")?]);
}

fn listening(name: &str) -> Result<Vec<Socket>> {
    let open = [Type::STREAM, Type::SEQPACKET].map(|kind| unix(kind, &format!("{name}{}", i32::from(kind))));
    open.into_iter()
        .map(|socket| {
            let socket = socket?;
            socket.listen(3)?;
            Ok(socket)
        })
        .collect()
}

fn queued() -> Result<Vec<Socket>> {
    let mut open = vec![unix(Type::STREAM, "s")?];
    open[0].listen(3)?;
    for _ in 0..2 {
        let client = Socket::new(Domain::UNIX, Type::STREAM, None)?;
        client.connect(&unix_address("s")?)?;
        open.push(client);
    }
    Ok(open)
}

fn connected() -> Result<Vec<Socket>> {
    let mut open = queued()?;
    let (server, _) = open[0].accept()?;
    open[1].send(b"unread")?;
    open.push(server);
    Ok(open)
}

fn pair(kind: Type) -> Result<Vec<Socket>> {
    let (one, other) = Socket::pair(Domain::UNIX, kind, None)?;
    one.send(b"unread")?;
    Ok(vec![one, other])
}

fn datagrams() -> Result<Vec<Socket>> {
    let (one, other) = (unix(Type::DGRAM, "d")?, unix(Type::DGRAM, "\0d")?);
    other.connect(&unix_address("d")?)?;
    other.send(b"unread")?;
    Ok(vec![one, other])
}

/// A name of no length is for the kernel to choose.
fn chosen() -> Result<Vec<Socket>> {
    let socket = Socket::new(Domain::UNIX, Type::DGRAM, None)?;
    nix::sys::socket::bind(std::os::fd::AsRawFd::as_raw_fd(&socket), &nix::sys::socket::UnixAddr::new_unnamed())?;
    Ok(vec![socket])
}

fn shut() -> Result<Vec<Socket>> {
    let open = pair(Type::STREAM)?;
    open[0].shutdown(std::net::Shutdown::Write)?;
    Ok(open)
}

fn gone() -> Result<Vec<Socket>> {
    let open = listening("s")?;
    std::fs::remove_file("/run/s1")?;
    Ok(open)
}
