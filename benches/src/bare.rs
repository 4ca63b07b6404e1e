//! A socket and nothing else: what any netlink program must do.

use std::os::fd::{AsFd, AsRawFd, BorrowedFd, OwnedFd};

use anyhow::{Context, Result, ensure};
use nix::errno::Errno;
use nix::sys::socket::{AddressFamily, MsgFlags, NetlinkAddr, SockFlag, SockProtocol, SockType};
use nix::sys::socket::{bind, recv, send, socket};
use nlink::object::{Dump, Filter as _, Get};
use nlink::prelude::*;
use nlink::route::RouteHeader;
use nlink::wire::{Frames, Message, MessageHeader, Writer, attr_id};
use nlink_uapi::netlink::{NLM_F_DUMP, NLM_F_REQUEST, NLMSG_DONE};
use nlink_uapi::rtnetlink::{RTM_GETLINK, RTM_GETROUTE};

/// A blocking socket that speaks rtnetlink.
#[derive(Debug)]
pub struct Socket(OwnedFd);

impl Socket {
    /// Opens one.
    pub fn open() -> Result<Self> {
        Self::in_groups(0)
    }

    /// Opens one that is in these multicast groups, a bit each.
    pub fn in_groups(groups: u32) -> Result<Self> {
        let (flags, protocol) = (SockFlag::SOCK_CLOEXEC, SockProtocol::NetlinkRoute);
        let fd = socket(AddressFamily::Netlink, SockType::Raw, flags, protocol).context("socket")?;
        bind(fd.as_raw_fd(), &NetlinkAddr::new(0, groups)).context("bind")?;
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

    /// What any lister must do: ask, receive, count messages; nothing of them is read.
    pub fn listed(&self, request: &[u8], buffer: &mut [u8]) -> Result<u32> {
        self.send(request)?;
        let mut count = 0;
        loop {
            for frame in Frames::new(self.receive(buffer)?) {
                match frame?.header.message_type {
                    done if u32::from(done) == NLMSG_DONE => return Ok(count),
                    _ => count += 1,
                }
            }
        }
    }

    /// Receives an acknowledgement, or fails.
    pub fn acknowledged(&self, buffer: &mut [u8]) -> Result<()> {
        for frame in Frames::new(self.receive(buffer)?) {
            let errno = frame?.body.first_chunk().map(|number| i32::from_ne_bytes(*number));
            ensure!(errno == Some(0), "refused: {errno:?}");
        }
        Ok(())
    }

    /// Finds that nothing came, or fails.
    pub fn silent(&self, buffer: &mut [u8]) -> Result<()> {
        let received = recv(self.0.as_raw_fd(), buffer, MsgFlags::MSG_DONTWAIT);
        ensure!(received == Err(Errno::EAGAIN), "refused: {received:?}");
        Ok(())
    }
}

impl AsFd for Socket {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.0.as_fd()
    }
}

/// The request for every IPv4 route.
pub fn all_routes() -> Result<Vec<u8>> {
    let header = RouteHeader { family: Family::INET, ..Default::default() };
    request(RTM_GETROUTE, NLM_F_DUMP, |body| Route { header, ..Route::default() }.emit(body))
}

/// The request for every link, as our listing sends it.
pub fn all_links() -> Result<Vec<u8>> {
    request(RTM_GETLINK, NLM_F_DUMP, |body| <Link as Dump>::Filter::default().emit(body))
}

/// The request for `lo` that `get` sends.
pub fn lo() -> Result<Vec<u8>> {
    request(RTM_GETLINK, 0, |body| <Link as Get>::request_for(Interface::from(1)).emit(body))
}

fn request(message_type: u32, flags: u32, body: impl FnOnce(&mut Writer)) -> Result<Vec<u8>> {
    let flags = attr_id(NLM_F_REQUEST | flags);
    let header = MessageHeader { message_type: attr_id(message_type), flags, ..MessageHeader::default() };
    let mut writer = Writer::new();
    writer.message(header, body);
    Ok(writer.finish()?)
}
