//! What a kernel sent of sockets (`captures.tsv`) reads as what iproute2 printed of them.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test that panics has failed")]
#![cfg(target_endian = "little")] // as the captures are

use nlink_core::show::{Format, Names, Options, Sink};
use nlink_core::wire::Message;
use nlink_diag::show::{Listed, View};
use nlink_diag::{NetlinkSocket, PacketSocket, RawSocket, TcpSocket, UdpSocket, UnixSocket};

fn bytes(hex: &str) -> Vec<u8> {
    (0..hex.len()).step_by(2).map(|at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap()).collect()
}

/// The words of the line that `ss -O` has for the socket, but for the control group, whose path is the machine's.
fn line<T: Message + Listed>(hex: &str) -> String {
    let socket = T::decode(&bytes(hex)).unwrap();
    let names = Names { interfaces: [(1, "lo".to_owned())].into(), ..Names::default() };
    let view = View { timers: true, details: true, memory: true, info: true, oneline: true, names, ..View::default() };
    let row = Sink::render(&socket.row(&view), Format::Text, &Options::default());
    let options = Options::default();
    let mut more = Sink::new(Format::Text, &options);
    socket.show_more(&view, &mut more);
    let line = format!("{row} {}", more.finish());
    line.split_whitespace().filter(|word| !word.starts_with("cgroup:")).collect::<Vec<_>>().join(" ")
}

/// Without its first word.
fn behind(line: &str) -> &str {
    line.split_once(' ').map_or("", |(_, rest)| rest)
}

#[test]
fn what_the_kernel_sent_reads_as_what_iproute2_printed() {
    let rows = include_str!("captures.tsv").lines().filter(|line| !line.starts_with('#'));
    let mut seen = 0;
    for row in rows {
        let mut fields = row.split('\t');
        let (kind, hex, printed) = (fields.next().unwrap(), fields.next().unwrap(), fields.next().unwrap());
        let ours = match kind {
            "tcp" => line::<TcpSocket>(hex),
            "udp" => line::<UdpSocket>(hex),
            // A table alone: its column of kinds is left out.
            "raw" => behind(&line::<RawSocket>(hex)).to_owned(),
            "unix" => line::<UnixSocket>(hex),
            "packet" => line::<PacketSocket>(hex),
            // What `-e` and `-m` say of them is left out unless `-p` makes room for it.
            "netlink" => line::<NetlinkSocket>(hex).split(" sk=").next().unwrap().to_owned(),
            other => panic!("{other}?"),
        };
        assert_eq!(ours, printed);
        seen += 1;
    }
    assert_eq!(seen, 49);
}
