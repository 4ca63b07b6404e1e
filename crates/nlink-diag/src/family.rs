//! Address families, and the cookie that tells a socket from a later one in the same place.

use nlink_uapi::inet_diag::INET_DIAG_NOCOOKIE;
use zerocopy::{FromBytes, Immutable, IntoBytes, KnownLayout};

nlink_core::open_enum! {
    /// An address family (`AF_…` of the C library).
    pub struct Family(u8) {
        /// None in particular: all.
        UNSPEC = libc::AF_UNSPEC, "unspec";
        /// Unix sockets.
        UNIX = libc::AF_UNIX, "unix";
        /// IPv4.
        INET = libc::AF_INET, "inet";
        /// IPv6.
        INET6 = libc::AF_INET6, "inet6";
        /// Netlink sockets.
        NETLINK = libc::AF_NETLINK, "netlink";
        /// Packet sockets.
        PACKET = libc::AF_PACKET, "link";
        /// Sockets between a virtual machine and its host.
        VSOCK = libc::AF_VSOCK, "vsock";
    }
}

/// The number that the kernel gives a socket when it is first asked about: two sockets never share one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, FromBytes, IntoBytes, KnownLayout, Immutable)]
#[repr(transparent)]
pub struct Cookie([u32; 2]);

impl Cookie {
    /// In requests: whichever socket is there.
    pub const ANY: Self = Self([INET_DIAG_NOCOOKIE; 2]);

    /// In requests for a listing: none.
    pub const NONE: Self = Self([0; 2]);

    /// As one number.
    pub fn get(self) -> u64 {
        let [low, high] = self.0;
        u64::from(high) << 32 | u64::from(low)
    }
}

/// [`Cookie::ANY`].
impl Default for Cookie {
    fn default() -> Self {
        Self::ANY
    }
}
