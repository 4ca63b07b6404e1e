//! Memory of a socket (`SK_MEMINFO_…`, linux/sock_diag.h): a list of numbers that grew with the kernel's versions.

use std::mem::offset_of;

use nlink_uapi::sock_diag::*;
use zerocopy::{FromBytes, Immutable, IntoBytes, KnownLayout};

/// What a socket holds of memory, bytes where nothing else is said. Of older kernels the last numbers are missing:
/// [`Tailed::len`](nlink_core::wire::Tailed::len) tells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, FromBytes, IntoBytes, KnownLayout, Immutable)]
#[repr(C)]
pub struct SocketMemory {
    /// Received and not read.
    pub received: u32,
    /// The receive buffer's size.
    pub receive_buffer: u32,
    /// On its way out, handed to the network.
    pub sent: u32,
    /// The send buffer's size.
    pub send_buffer: u32,
    /// Set aside for what comes next.
    pub forward: u32,
    /// Queued to be sent.
    pub queued: u32,
    /// Options and filters.
    pub options: u32,
    /// Waiting while the socket is in use (Linux 3.4).
    pub backlog: u32,
    /// Packets dropped (Linux 4.10).
    pub drops: u32,
}

macro_rules! in_place {
    ($($field:ident = $number:ident),+ $(,)?) => {
        const _: () = {
            assert!(size_of::<SocketMemory>() == SK_MEMINFO_VARS as usize * size_of::<u32>());
            $(assert!(offset_of!(SocketMemory, $field) == $number as usize * size_of::<u32>());)+
        };
    };
}

in_place! {
    received = SK_MEMINFO_RMEM_ALLOC,
    receive_buffer = SK_MEMINFO_RCVBUF,
    sent = SK_MEMINFO_WMEM_ALLOC,
    send_buffer = SK_MEMINFO_SNDBUF,
    forward = SK_MEMINFO_FWD_ALLOC,
    queued = SK_MEMINFO_WMEM_QUEUED,
    options = SK_MEMINFO_OPTMEM,
    backlog = SK_MEMINFO_BACKLOG,
    drops = SK_MEMINFO_DROPS,
}
