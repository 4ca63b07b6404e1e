//! The protocol's marker.

use nlink_core::object::Protocol;
use nlink_uapi::netlink::NETLINK_SOCK_DIAG;

/// Socket diagnostics: `NETLINK_SOCK_DIAG`, [sock_diag(7)](https://man7.org/linux/man-pages/man7/sock_diag.7.html).
#[derive(Clone, Copy, Debug, Default)]
pub struct SockDiag;

impl Protocol for SockDiag {
    const NAME: &'static str = "sock_diag";
    const NUMBER: u32 = NETLINK_SOCK_DIAG;
}
