//! A socket and nothing else: what any netlink program must do.

use std::os::fd::{AsRawFd, OwnedFd};

use anyhow::{Context, Result};
use nix::sys::socket::{AddressFamily, MsgFlags, NetlinkAddr, SockFlag, SockProtocol, SockType};
use nix::sys::socket::{bind, recv, send, socket};

/// A blocking socket that speaks rtnetlink.
#[derive(Debug)]
pub struct Socket(OwnedFd);

impl Socket {
    /// Opens one.
    pub fn open() -> Result<Self> {
        let (flags, protocol) = (SockFlag::SOCK_CLOEXEC, SockProtocol::NetlinkRoute);
        let fd = socket(AddressFamily::Netlink, SockType::Raw, flags, protocol).context("socket")?;
        bind(fd.as_raw_fd(), &NetlinkAddr::new(0, 0)).context("bind")?;
        Ok(Self(fd))
    }

    /// Sends a datagram.
    pub fn send(&self, datagram: &[u8]) -> Result<()> {
        send(self.0.as_raw_fd(), datagram, MsgFlags::empty()).context("send")?;
        Ok(())
    }

    /// Receives one.
    pub fn receive<'a>(&self, buffer: &'a mut [u8]) -> Result<&'a [u8]> {
        let length = recv(self.0.as_raw_fd(), buffer, MsgFlags::empty()).context("receive")?;
        buffer.get(..length).context("more than was asked for")
    }
}
