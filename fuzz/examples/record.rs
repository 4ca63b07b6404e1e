//! Records seeds of the target `messages` from the running kernel: `unshare -n cargo run --example record`, as root, after
//! `ip link add wg0 type wireguard` where there is WireGuard. What the kernel answers goes to `seeds/messages`.

use std::error::Error;
use std::io::Write;
use std::net::{TcpListener, TcpStream, UdpSocket};
use std::os::linux::net::SocketAddrExt;
use std::os::unix::net::UnixListener;
use std::path::Path;
use std::sync::{Arc, Mutex};

use nlink_core::blocking::Connection;
use nlink_core::object::{Dump, Protocol};
use nlink_core::pcap::Capture;
use nlink_core::wire::Frames;
use nlink_diag::{NetlinkSocket, PacketSocket, RawSocket, SockDiag, TcpSocket, UdpSocket as Udp, UnixSocket};
use nlink_genl::Generic;
use nlink_genl::controller::{FamilyInfo, Policies};
use nlink_uapi::genetlink::genlmsghdr;
use nlink_uapi::netlink::NLMSG_MIN_TYPE;
use nlink_wireguard::{Device, DeviceFilter, Peer, PrivateKey, Wireguard};

/// As many of a kind are kept.
const MOST: usize = 6;

/// Bytes of a capture before the first packet, before each, and within each before the datagram.
const FILE_HEADER: usize = 24;
const PACKET_HEADER: usize = 16;
const COOKED_HEADER: usize = 16;

/// What the last of these begins with, of what was received (`PACKET_HOST`).
const RECEIVED: [u8; 2] = [0, 0];

fn main() -> Result<(), Box<dyn Error>> {
    let _open = sockets()?;
    let genl = Connection::<Generic>::open()?;
    record::<FamilyInfo>(&genl, Default::default(), "family", 11)?;
    record::<Policies>(&genl, "nlctrl".into(), "policy", 12)?;
    let diag = Connection::<SockDiag>::open()?;
    record::<TcpSocket>(&diag, Default::default(), "tcp", 14)?;
    record::<Udp>(&diag, Default::default(), "udp", 15)?;
    record::<RawSocket>(&diag, Default::default(), "raw", 16)?;
    record::<UnixSocket>(&diag, Default::default(), "unix", 18)?;
    record::<NetlinkSocket>(&diag, Default::default(), "netlink", 19)?;
    record::<PacketSocket>(&diag, Default::default(), "packet", 20)?;
    let wireguard = Connection::<Wireguard>::open()?;
    let peer = Peer::new(PrivateKey::generate()?.public_key()).endpoint("192.0.2.1:51820".parse()?).keepalive(25);
    let peer = peer.allow("10.9.0.0/24".parse()?).allow("2001:db8::/64".parse()?);
    let mut device = Device::new("wg0");
    (device.private_key, device.listen_port) = (Some(PrivateKey::generate()?), Some(51820));
    device.peers.push(peer);
    wireguard.change(device).call()?;
    record::<Device>(&wireguard, DeviceFilter { device: Some("wg0".into()) }, "wireguard", 13)?;
    Ok(())
}

/// Sockets to be listed.
fn sockets() -> std::io::Result<(TcpListener, TcpStream, UdpSocket, UnixListener)> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let stream = TcpStream::connect(listener.local_addr()?)?;
    let abstract_name = std::os::unix::net::SocketAddr::from_abstract_name("nlink-record")?;
    Ok((listener, stream, UdpSocket::bind("[::1]:0")?, UnixListener::bind_addr(&abstract_name)?))
}

/// What a capture is written to.
#[derive(Clone, Default)]
struct Shared(Arc<Mutex<Vec<u8>>>);

impl Write for Shared {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().expect("one thread").write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// Lists them, and keeps the bodies of the first answers, each behind what the target reads first: which object it is, and
/// how it is shown.
fn record<T: Dump>(
    connection: &Connection<T::Protocol>,
    filter: T::Filter,
    name: &str,
    what: u8,
) -> Result<(), Box<dyn Error>> {
    // Of generic netlink a header of its own comes first.
    let header = if T::Protocol::NAME == SockDiag::NAME { 0 } else { size_of::<genlmsghdr>() };
    let file = Shared::default();
    let capture = Capture::to(file.clone())?;
    connection.capture(&capture);
    connection.dump::<T>().filter(filter).call()?;
    capture.finish()?;
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds/messages");
    let file = file.0.lock().expect("one thread");
    for (number, body) in answers(&file).take(MOST).enumerate() {
        let body = body.get(header..).unwrap_or_default();
        std::fs::write(folder.join(format!("{name}-{number}")), [&[what, 3], body].concat())?;
    }
    Ok(())
}

/// The bodies of what the kernel sent of its own kinds.
fn answers(capture: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut rest = capture.get(FILE_HEADER..).unwrap_or_default();
    let packets = std::iter::from_fn(move || {
        let (header, behind) = rest.split_at_checked(PACKET_HEADER)?;
        let len = u32::from_ne_bytes(*header.get(8..)?.first_chunk()?);
        let (packet, behind) = behind.split_at_checked(usize::try_from(len).ok()?)?;
        rest = behind;
        packet.split_at_checked(COOKED_HEADER)
    });
    let received = packets.filter(|(cooked, _)| cooked.starts_with(&RECEIVED)).map(|(_, datagram)| datagram);
    let frames = received.flat_map(|datagram| Frames::new(datagram).flatten());
    frames.filter(|frame| u32::from(frame.header.message_type) >= NLMSG_MIN_TYPE).map(|frame| frame.body)
}
