//! Sockets for the tools to show: as long as they are held, they are as they were made.

use std::io::{Read, Write};
use std::net::SocketAddr;

use anyhow::Context;
use nix::libc;
use nix::sys::socket::NetlinkAddr;
use nlink_tests::Result;
use socket2::{Domain, Protocol, SockAddr, Socket, Type};

/// A TCP socket of the address's family; its port may be used again at once.
pub fn tcp(address: &str) -> Result<(Socket, SockAddr)> {
    stream(address, Protocol::TCP)
}

/// The same of MPTCP.
pub fn mptcp(address: &str) -> Result<(Socket, SockAddr)> {
    stream(address, Protocol::MPTCP)
}

fn stream(address: &str, protocol: Protocol) -> Result<(Socket, SockAddr)> {
    let address: SocketAddr = address.parse()?;
    let socket = Socket::new(Domain::for_address(address), Type::STREAM, Some(protocol))?;
    socket.set_reuse_address(true)?;
    Ok((socket, address.into()))
}

/// A TCP socket that listens.
pub fn listen(address: &str) -> Result<Socket> {
    listen_with(tcp(address)?, |_| Ok(()))
}

/// One that listens, after something was done to it.
pub fn listen_with(made: (Socket, SockAddr), tune: impl FnOnce(&Socket) -> Result) -> Result<Socket> {
    let (socket, address) = made;
    tune(&socket)?;
    socket.bind(&address).with_context(|| format!("bind to {address:?}"))?;
    socket.listen(5)?;
    Ok(socket)
}

/// A TCP connection: the one that listens, the one that connected, the one that accepted.
pub fn connected(address: &str, from: &str) -> Result<[Socket; 3]> {
    connected_with(address, from, |_| Ok(()))
}

/// The same, after something was done to the ones that listen and connect.
pub fn connected_with(address: &str, from: &str, tune: impl Fn(&Socket) -> Result) -> Result<[Socket; 3]> {
    let listener = listen_with(tcp(address)?, &tune)?;
    let (client, own) = tcp(from)?;
    tune(&client)?;
    client.bind(&own)?;
    client.connect(&listener.local_addr()?)?;
    let (server, _) = listener.accept()?;
    Ok([listener, client, server])
}

/// Sends bytes and waits until they are there.
pub fn send(from: &mut Socket, to: &Socket, bytes: usize) -> Result {
    from.write_all(&vec![b'x'; bytes])?;
    let mut waiting = vec![std::mem::MaybeUninit::uninit(); bytes];
    while to.peek(&mut waiting)? < bytes {}
    Ok(())
}

/// Reads bytes away.
pub fn read(from: &mut Socket, bytes: usize) -> Result {
    Ok(from.read_exact(&mut vec![0; bytes])?)
}

/// A UDP socket of that address.
pub fn udp(address: &str) -> Result<Socket> {
    udp_with(address, |_| Ok(()))
}

/// The same, after something was done to it.
pub fn udp_with(address: &str, tune: impl FnOnce(&Socket) -> Result) -> Result<Socket> {
    let address: SocketAddr = address.parse()?;
    let socket = Socket::new(Domain::for_address(address), Type::DGRAM, None)?;
    tune(&socket)?;
    socket.bind(&address.into())?;
    Ok(socket)
}

/// A raw socket.
pub fn raw(domain: Domain, protocol: Protocol) -> Result<Socket> {
    Ok(Socket::new(domain, Type::RAW, Some(protocol))?)
}

/// A unix socket with a name: a path below the test's own /run, or behind `\0` a name of no file.
pub fn unix(kind: Type, name: &str) -> Result<Socket> {
    let socket = Socket::new(Domain::UNIX, kind, None)?;
    socket.bind(&unix_address(name)?)?;
    Ok(socket)
}

/// Where a unix socket is.
pub fn unix_address(name: &str) -> Result<SockAddr> {
    Ok(SockAddr::unix(if name.starts_with('\0') { name.to_owned() } else { format!("/run/{name}") })?)
}

/// A netlink socket with a port id that has joined groups, a bit each.
pub fn netlink(protocol: i32, port: u32, groups: u32) -> Result<Socket> {
    let socket = Socket::new(Domain::from(libc::AF_NETLINK), Type::RAW, Some(Protocol::from(protocol)))?;
    nix::sys::socket::bind(std::os::fd::AsRawFd::as_raw_fd(&socket), &NetlinkAddr::new(port, groups))?;
    Ok(socket)
}

/// A packet socket that receives one kind of packets (`ETH_P_…`).
pub fn packet(kind: Type, protocol: i32) -> Result<Socket> {
    let protocol = u16::try_from(protocol)?.to_be();
    Ok(Socket::new(Domain::PACKET, kind, Some(Protocol::from(i32::from(protocol))))?)
}

/// Binds a packet socket to an interface.
pub fn bind_packet(socket: &Socket, interface: &str) -> Result {
    let mut all = nix::ifaddrs::getifaddrs()?.filter(|found| found.interface_name == interface);
    let address = all.find_map(|found| found.address?.as_link_addr().copied()).context("no such interface")?;
    nix::sys::socket::bind(std::os::fd::AsRawFd::as_raw_fd(socket), &address)?;
    Ok(())
}
