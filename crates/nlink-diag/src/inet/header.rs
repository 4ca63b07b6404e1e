//! The fixed header of internet sockets (`struct inet_diag_msg`), and what names a socket (`struct inet_diag_sockid`).

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use nlink_uapi::Be16;
use nlink_uapi::inet_diag as uapi;

use crate::{Cookie, Family, State};

nlink_core::open_enum! {
    /// The timer that runs (`IDIAG_TIMER_…`, from Linux 7.0 on; the texts are those of `ss`).
    pub struct Timer(u8) {
        /// None.
        OFF = uapi::IDIAG_TIMER_OFF, "off";
        /// Retransmission, or probing for loss.
        ON = uapi::IDIAG_TIMER_ON, "on";
        /// Keepalive.
        KEEPALIVE = uapi::IDIAG_TIMER_KEEPALIVE, "keepalive";
        /// The end of `TIME-WAIT`.
        TIMEWAIT = uapi::IDIAG_TIMER_TIMEWAIT, "timewait";
        /// Probing of a closed window.
        PROBE0 = uapi::IDIAG_TIMER_PROBE0, "persist";
        /// A delayed acknowledgement.
        DELACK = uapi::IDIAG_TIMER_DELACK, "unknown";
    }
}

nlink_core::fixed_struct! {
    /// What tells a socket from all others (`struct inet_diag_sockid`).
    #[derive(Default, Hash)]
    pub struct SocketId = uapi::inet_diag_sockid {
        /// The port on this side, 0 where there is none.
        pub local_port: Be16 = idiag_sport,
        /// The port on the other side.
        pub remote_port: Be16 = idiag_dport,
        /// The address on this side; of IPv4 the first four bytes.
        pub local: [u8; 16] = idiag_src,
        /// The address on the other side.
        pub remote: [u8; 16] = idiag_dst,
        /// The interface that it is bound to, 0 where to none.
        pub interface: u32 = idiag_if,
        /// Which of all sockets that ever were here.
        pub cookie: Cookie = idiag_cookie,
    }
}

nlink_core::fixed_struct! {
    /// The fixed header (`struct inet_diag_msg`).
    #[derive(Default)]
    pub struct InetHeader = uapi::inet_diag_msg {
        /// [`Family::INET`] or [`Family::INET6`].
        pub family: Family = idiag_family,
        /// The state.
        pub state: State = idiag_state,
        /// The timer that runs.
        pub timer: Timer = idiag_timer,
        /// Retransmissions or probes that were sent without an answer.
        pub retransmits: u8 = idiag_retrans,
        /// Addresses and ports.
        pub id: SocketId = id,
        /// When the timer ends, milliseconds.
        pub expires: u32 = idiag_expires,
        /// Bytes received and not read; of a listening socket, connections not accepted.
        pub receive_queue: u32 = idiag_rqueue,
        /// Bytes not acknowledged; of a listening socket, how many connections may wait.
        pub send_queue: u32 = idiag_wqueue,
        /// The user that it belongs to.
        pub uid: u32 = idiag_uid,
        /// Its inode, as in `/proc/PID/fd`; 0 where no process has it.
        pub inode: u32 = idiag_inode,
    }
}

fn address(family: Family, bytes: [u8; 16]) -> IpAddr {
    let [a, b, c, d, ..] = bytes;
    match family {
        Family::INET => Ipv4Addr::new(a, b, c, d).into(),
        _ => Ipv6Addr::from(bytes).into(),
    }
}

fn bytes(address: IpAddr) -> [u8; 16] {
    match address {
        IpAddr::V4(address) => {
            let [a, b, c, d] = address.octets();
            let mut bytes = [0; 16];
            bytes.iter_mut().zip([a, b, c, d]).for_each(|(to, from)| *to = from);
            bytes
        }
        IpAddr::V6(address) => address.octets(),
    }
}

impl InetHeader {
    /// Address and port on this side.
    pub fn local(&self) -> SocketAddr {
        SocketAddr::new(address(self.family, self.id.local), self.id.local_port.get())
    }

    /// Address and port on the other side; zeros where it is not connected.
    pub fn remote(&self) -> SocketAddr {
        SocketAddr::new(address(self.family, self.id.remote), self.id.remote_port.get())
    }
}

/// Which socket is asked for: by its addresses, and where it is known by its cookie.
///
/// ```
/// use nlink_diag::SocketKey;
/// let key = SocketKey::from(("127.0.0.1:22".parse()?, "127.0.0.1:40000".parse()?));
/// assert_eq!(key.to_string(), "127.0.0.1:22 127.0.0.1:40000");
/// # Ok::<(), std::net::AddrParseError>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct SocketKey {
    /// The address family.
    pub family: Family,
    /// The rest.
    pub id: SocketId,
}

/// The one between these two addresses, this side's first.
impl From<(SocketAddr, SocketAddr)> for SocketKey {
    fn from((local, remote): (SocketAddr, SocketAddr)) -> Self {
        let family = if local.is_ipv4() { Family::INET } else { Family::INET6 };
        let id = SocketId {
            local_port: local.port().into(),
            remote_port: remote.port().into(),
            local: bytes(local.ip()),
            remote: bytes(remote.ip()),
            ..SocketId::default()
        };
        Self { family, id }
    }
}

impl fmt::Display for SocketKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let header = InetHeader { family: self.family, id: self.id, ..InetHeader::default() };
        write!(f, "{} {}", header.local(), header.remote())
    }
}
