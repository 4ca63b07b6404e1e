//! The system calls that neither std nor nix offer for netlink as we need them.
//!
//! # Safety
//!
//! Each function takes slices and borrowed or owned fds and hands the kernel pointers to them with their own lengths;
//! nothing outlives its call. The one other unsafe block of this crate is in `watch`.

#![allow(unsafe_code)]

use std::io;
use std::os::fd::{AsRawFd, BorrowedFd, FromRawFd, OwnedFd};

use nix::libc;
use nlink_uapi::netlink::sockaddr_nl;

fn check(result: isize) -> io::Result<usize> {
    usize::try_from(result).map_err(|_| io::Error::last_os_error())
}

/// A netlink socket of that protocol, non-blocking and closed on exec. nix has no name for some of the protocols.
pub(super) fn socket(protocol: u32) -> io::Result<OwnedFd> {
    let kind = libc::SOCK_RAW | libc::SOCK_CLOEXEC | libc::SOCK_NONBLOCK;
    let protocol = i32::try_from(protocol).map_err(|_| io::Error::from_raw_os_error(libc::EPROTONOSUPPORT))?;
    // SAFETY: no pointers are passed.
    let fd = unsafe { libc::socket(libc::AF_NETLINK, kind, protocol) };
    if fd < 0 {
        return Err(io::Error::last_os_error());
    }
    // SAFETY: the kernel just made this fd for us, and nobody else knows of it.
    Ok(unsafe { OwnedFd::from_raw_fd(fd) })
}

/// Which table of options an option belongs to.
#[derive(Clone, Copy)]
pub(super) enum Level {
    Socket,
    Netlink,
}

/// Sets an option whose value is an int.
pub(super) fn set_option(fd: BorrowedFd<'_>, level: Level, option: i32, value: u32) -> io::Result<()> {
    let level = match level {
        Level::Socket => libc::SOL_SOCKET,
        Level::Netlink => libc::SOL_NETLINK,
    };
    let size = libc::socklen_t::try_from(size_of::<u32>()).unwrap_or(0);
    // SAFETY: the pointer is to `value`, an int that lives through the call, with its size.
    let result = unsafe { libc::setsockopt(fd.as_raw_fd(), level, option, (&raw const value).cast(), size) };
    if result < 0 { Err(io::Error::last_os_error()) } else { Ok(()) }
}

/// Receives a datagram without waiting: the sender's netlink address, and the datagram's true length, which may be
/// more than fitted.
pub(super) fn receive_from(fd: BorrowedFd<'_>, buffer: &mut [u8]) -> io::Result<(u32, usize)> {
    let mut from = sockaddr_nl::default();
    let flags = libc::MSG_DONTWAIT | libc::MSG_TRUNC;
    let mut size = libc::socklen_t::try_from(size_of::<sockaddr_nl>()).unwrap_or(0);
    // SAFETY: the buffer and the address live through the call, and their own lengths are passed.
    let full = check(unsafe {
        libc::recvfrom(
            fd.as_raw_fd(),
            buffer.as_mut_ptr().cast(),
            buffer.len(),
            flags,
            (&raw mut from).cast(),
            &raw mut size,
        )
    })?;
    // The socket pair of a test has addresses of another family, and no ports.
    let netlink = i32::from(from.nl_family) == libc::AF_NETLINK;
    Ok((if netlink { from.nl_pid } else { 0 }, full))
}

/// Sends a datagram to the kernel without waiting.
pub(super) fn send(fd: BorrowedFd<'_>, datagram: &[u8]) -> io::Result<()> {
    let flags = libc::MSG_DONTWAIT | libc::MSG_NOSIGNAL;
    // SAFETY: the pointer and length are those of one slice that lives through the call.
    check(unsafe { libc::send(fd.as_raw_fd(), datagram.as_ptr().cast(), datagram.len(), flags) })?;
    Ok(())
}

/// A header that says nothing yet.
#[cfg(feature = "syscall_batch")]
fn empty_header() -> libc::mmsghdr {
    // SAFETY: it is a struct of numbers and pointers, for all of which zero is a value.
    unsafe { std::mem::zeroed() }
}

/// Sends datagrams to the kernel without waiting; how many went.
#[cfg(feature = "syscall_batch")]
pub(super) fn send_many(fd: BorrowedFd<'_>, datagrams: &[&[u8]]) -> io::Result<usize> {
    let mut parts: Vec<_> = datagrams
        .iter()
        .map(|datagram| libc::iovec { iov_base: datagram.as_ptr().cast_mut().cast(), iov_len: datagram.len() })
        .collect();
    let mut headers: Vec<_> = parts.iter().map(|_| empty_header()).collect();
    for (header, part) in headers.iter_mut().zip(&mut parts) {
        header.msg_hdr.msg_iov = part;
        header.msg_hdr.msg_iovlen = 1;
    }
    let count = libc::c_uint::try_from(headers.len()).unwrap_or(0);
    let flags = libc::MSG_DONTWAIT | libc::MSG_NOSIGNAL;
    // SAFETY: the headers point to `parts`, these to the datagrams; all live through the call, and `count` is theirs. The
    // kernel only reads what the parts point to.
    check(sign_extended(unsafe { libc::sendmmsg(fd.as_raw_fd(), headers.as_mut_ptr(), count, flags as _) }))
}

/// Receives datagrams without waiting, one into each buffer; `each` hears the sender's netlink address and the true length.
#[cfg(feature = "syscall_batch")]
pub(super) fn receive_many(
    fd: BorrowedFd<'_>,
    buffers: &mut [&mut [u8]],
    mut each: impl FnMut(u32, usize),
) -> io::Result<usize> {
    let mut from: Vec<_> = buffers.iter().map(|_| sockaddr_nl::default()).collect();
    let mut parts: Vec<_> = buffers
        .iter_mut()
        .map(|buffer| libc::iovec { iov_base: buffer.as_mut_ptr().cast(), iov_len: buffer.len() })
        .collect();
    let mut headers: Vec<_> = parts.iter().map(|_| empty_header()).collect();
    for ((header, part), from) in headers.iter_mut().zip(&mut parts).zip(&mut from) {
        header.msg_hdr.msg_name = (&raw mut *from).cast();
        header.msg_hdr.msg_namelen = libc::socklen_t::try_from(size_of::<sockaddr_nl>()).unwrap_or(0);
        header.msg_hdr.msg_iov = part;
        header.msg_hdr.msg_iovlen = 1;
    }
    let count = libc::c_uint::try_from(headers.len()).unwrap_or(0);
    let flags = libc::MSG_DONTWAIT | libc::MSG_TRUNC;
    let no_timeout = std::ptr::null_mut();
    // SAFETY: the headers point to `from` and `parts`, these to the buffers, each with its own length; all live through the
    // call, nothing else refers to them meanwhile, and `count` is theirs.
    let received = unsafe { libc::recvmmsg(fd.as_raw_fd(), headers.as_mut_ptr(), count, flags as _, no_timeout) };
    let received = check(sign_extended(received))?;
    for (header, from) in headers.iter().zip(&from).take(received) {
        let netlink = i32::from(from.nl_family) == libc::AF_NETLINK;
        each(if netlink { from.nl_pid } else { 0 }, usize::try_from(header.msg_len).unwrap_or(usize::MAX));
    }
    Ok(received)
}

#[cfg(feature = "syscall_batch")]
fn sign_extended(result: libc::c_int) -> isize {
    isize::try_from(result).unwrap_or(-1)
}
