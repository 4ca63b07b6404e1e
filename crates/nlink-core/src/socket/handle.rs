//! A netlink socket: open, options, membership, send, receive.

use std::io;
use std::os::fd::{AsFd, AsRawFd, BorrowedFd, OwnedFd, RawFd};

use nix::libc;
use nix::sys::socket::{NetlinkAddr, bind, getsockopt, sockopt};
use nlink_uapi::netlink::{
    NETLINK_ADD_MEMBERSHIP, NETLINK_CAP_ACK, NETLINK_DROP_MEMBERSHIP, NETLINK_EXT_ACK, NETLINK_GET_STRICT_CHK,
};

#[cfg(feature = "testing")]
use super::FarEnd;
use super::calls::{self, Level};
use super::{Buffer, Received};
use crate::error::{Error, Result};
use crate::pcap::Tap;

/// An open netlink socket, non-blocking; see [netlink(7)](https://man7.org/linux/man-pages/man7/netlink.7.html).
#[derive(Debug)]
pub struct Socket {
    fd: OwnedFd,
    tap: Option<Tap>,
    /// Who plays the kernel on it.
    #[cfg(feature = "testing")]
    far_end: Option<Box<dyn FarEnd>>,
}

impl Socket {
    /// Opens a socket of that protocol (`NETLINK_ROUTE` and its like) in the calling thread's network namespace.
    ///
    /// Fails when the kernel lacks the protocol ([`is_unsupported`](Error::is_unsupported)), a sandbox forbids it, or
    /// no more files can be opened.
    pub fn open(protocol: u32) -> Result<Self> {
        let opening = |error| Error::socket(format!("open a netlink socket (protocol {protocol})"), error);
        let socket = Self::from_fd(calls::socket(protocol).map_err(opening)?);
        // Kernels before 4.12, 4.3 and 4.20 lack these; there is nothing to be done without them either.
        for option in [NETLINK_EXT_ACK, NETLINK_CAP_ACK, NETLINK_GET_STRICT_CHK] {
            let _ = socket.option(option, 1);
        }
        let anywhere = NetlinkAddr::new(0, 0);
        bind(socket.fd.as_raw_fd(), &anywhere).map_err(|errno| opening(errno.into()))?;
        Ok(socket)
    }

    /// Takes over an fd that is a netlink socket, or for tests one end of a pair of datagram sockets.
    pub fn from_fd(fd: OwnedFd) -> Self {
        Self {
            fd,
            tap: None,
            #[cfg(feature = "testing")]
            far_end: None,
        }
    }

    /// One on which somebody plays the kernel; `ready` is readable while there is something to receive.
    #[cfg(feature = "testing")]
    pub(crate) fn facing(far_end: Box<dyn FarEnd>, ready: OwnedFd) -> Self {
        Self { fd: ready, tap: None, far_end: Some(far_end) }
    }

    /// The same, and what goes through it can be captured.
    pub(crate) fn tapped(self, tap: Tap) -> Self {
        Self { tap: Some(tap), ..self }
    }

    /// Sets one of netlink's own options (`NETLINK_…` of linux/netlink.h).
    fn option(&self, option: u32, value: u32) -> io::Result<()> {
        #[cfg(feature = "testing")]
        if let Some(far_end) = &self.far_end {
            return far_end.set_option(option, value);
        }
        let option = i32::try_from(option).map_err(io::Error::other)?;
        calls::set_option(self.fd.as_fd(), Level::Netlink, option, value)
    }

    /// Joins a multicast group; any number, not only the first 32.
    pub fn join(&self, group: u32) -> Result<()> {
        self.option(NETLINK_ADD_MEMBERSHIP, group)
            .map_err(|error| Error::socket(format!("subscribe to group {group}"), error))
    }

    /// Leaves a multicast group.
    pub fn leave(&self, group: u32) -> Result<()> {
        self.option(NETLINK_DROP_MEMBERSHIP, group)
            .map_err(|error| Error::socket(format!("unsubscribe from group {group}"), error))
    }

    /// Asks for a receive buffer of so many bytes: beyond the system's limit where we may (`SO_RCVBUFFORCE`), else as
    /// much as the limit allows.
    pub fn set_receive_buffer(&self, bytes: u32) -> Result<()> {
        #[cfg(feature = "testing")]
        if self.far_end.is_some() {
            return Ok(());
        }
        let set = |option| calls::set_option(self.fd.as_fd(), Level::Socket, option, bytes);
        set(libc::SO_RCVBUFFORCE)
            .or_else(|_| set(libc::SO_RCVBUF))
            .map_err(|error| Error::socket("set the receive buffer's size", error))
    }

    /// Makes the receive buffer so large, as [`set_receive_buffer`](Socket::set_receive_buffer) does, unless it is larger
    /// already; its size then, which is twice what was asked for, as the kernel counts what it takes to keep a datagram.
    pub fn grow_receive_buffer(&self, bytes: u32) -> io::Result<usize> {
        let wanted = usize::try_from(bytes).unwrap_or(usize::MAX).saturating_mul(2);
        #[cfg(feature = "testing")]
        if self.far_end.is_some() {
            return Ok(wanted);
        }
        let size = || getsockopt(&self.fd, sockopt::RcvBuf);
        if size()? < wanted {
            // As large as it may be: the caller learns how large that is.
            let _ = self.set_receive_buffer(bytes);
        }
        Ok(size()?)
    }

    /// Sends one datagram, of one message or several, to the kernel. The kernel carries out most requests inside this
    /// call.
    ///
    /// For one that is larger than the send buffer that grows: beyond the system's limit where we may, else within it.
    pub fn send(&self, datagram: &[u8]) -> io::Result<()> {
        match uninterrupted(|| self.send_once(datagram)) {
            Err(error) if error.raw_os_error() == Some(libc::EMSGSIZE) => {
                self.grow_send_buffer(datagram.len())?;
                uninterrupted(|| self.send_once(datagram))?;
            }
            other => other?,
        }
        self.note_sent(datagram);
        Ok(())
    }

    fn send_once(&self, datagram: &[u8]) -> io::Result<()> {
        #[cfg(feature = "testing")]
        if let Some(far_end) = &self.far_end {
            return far_end.take(datagram);
        }
        calls::send(self.fd.as_fd(), datagram)
    }

    #[cold]
    fn grow_send_buffer(&self, bytes: usize) -> io::Result<()> {
        // The kernel doubles it.
        let bytes = u32::try_from(bytes).unwrap_or(u32::MAX);
        let set = |option| calls::set_option(self.fd.as_fd(), Level::Socket, option, bytes);
        set(libc::SO_SNDBUFFORCE).or_else(|_| set(libc::SO_SNDBUF))
    }

    /// Receives one datagram, if one is there; `WouldBlock` if not.
    ///
    /// `ENOBUFS` says that datagrams were lost since the last call.
    #[inline]
    pub fn receive(&self, buffer: &mut Buffer) -> io::Result<Received> {
        let received = buffer.fill(|bytes| uninterrupted(|| self.receive_once(bytes)))?;
        self.note_received(buffer);
        Ok(received)
    }

    /// For captures, what went out and what came in.
    #[inline]
    pub(super) fn note_sent(&self, datagram: &[u8]) {
        if let Some(tap) = &self.tap {
            tap.sent(datagram);
        }
    }

    #[inline]
    pub(super) fn note_received(&self, buffer: &Buffer) {
        if let Some(tap) = &self.tap {
            tap.received(buffer.datagram());
        }
    }

    /// Whether the far end is a socket, and not somebody who plays the kernel.
    #[cfg(feature = "syscall_batch")]
    pub(super) fn is_real(&self) -> bool {
        #[cfg(feature = "testing")]
        if self.far_end.is_some() {
            return false;
        }
        true
    }

    #[inline]
    fn receive_once(&self, bytes: &mut [u8]) -> io::Result<(u32, usize)> {
        #[cfg(feature = "testing")]
        if let Some(far_end) = &self.far_end {
            return far_end.give(bytes);
        }
        calls::receive_from(self.fd.as_fd(), bytes)
    }
}

/// Makes a call again as long as a signal interrupts it.
#[inline]
pub(super) fn uninterrupted<T>(mut call: impl FnMut() -> io::Result<T>) -> io::Result<T> {
    loop {
        match call() {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            other => return other,
        }
    }
}

impl AsRawFd for Socket {
    fn as_raw_fd(&self) -> RawFd {
        self.fd.as_raw_fd()
    }
}

impl AsFd for Socket {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.fd.as_fd()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::net::UnixDatagram;

    fn pair() -> (UnixDatagram, Socket) {
        let (kernel, ours) = UnixDatagram::pair().unwrap();
        (kernel, Socket::from_fd(ours.into()))
    }

    #[test]
    fn a_datagram_that_does_not_fit_says_so_and_the_next_one_fits() {
        let (kernel, ours) = pair();
        let mut buffer = Buffer::with_size(8);
        kernel.send(&[1; 20]).unwrap();
        assert_eq!(ours.receive(&mut buffer).unwrap(), Received { port: 0, length: 8, truncated: true });
        kernel.send(&[2; 20]).unwrap();
        assert_eq!(ours.receive(&mut buffer).unwrap(), Received { port: 0, length: 20, truncated: false });
        assert_eq!(buffer.datagram(), [2; 20]);
    }

    #[test]
    fn the_send_buffer_grows_for_a_datagram_that_is_larger() {
        let (kernel, ours) = pair();
        let large = vec![7; 300_000];
        ours.send(&large).unwrap();
        let mut received = vec![0; 400_000];
        assert_eq!(kernel.recv(&mut received).unwrap(), large.len());
    }

    #[test]
    fn nothing_there_is_would_block() {
        let (_kernel, ours) = pair();
        assert_eq!(ours.receive(&mut Buffer::new()).unwrap_err().kind(), io::ErrorKind::WouldBlock);
    }

    #[test]
    fn a_protocol_that_no_kernel_has_is_unsupported() {
        let error = Socket::open(31).unwrap_err();
        assert!(error.is_unsupported(), "{error}");
        assert!(error.to_string().contains("hint: this kernel lacks that netlink protocol"), "{error}");
    }
}
