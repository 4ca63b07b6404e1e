//! The end of a socket: by us, and announced by the kernel.

use nlink_core::Connection;
use nlink_core::connection::Edit;
use nlink_core::driver::Driver;
use nlink_core::object::{Del, Event, EventMessage, Events, Object};
use nlink_core::wire::{Message, WireError, attr_id};
use nlink_uapi::sock_diag::*;

use super::{InetSocket, TcpSocket, UdpSocket};
use crate::SockDiag;

/// `destroy`, for connections to sock_diag.
pub trait Destroy<D: Driver> {
    /// Ends a socket: whoever has it open finds the connection aborted (`ECONNABORTED`). The other side of a TCP
    /// connection is told by a reset. It is [`Connection::del`] of the socket, which stays the caller's.
    ///
    /// It takes `CAP_NET_ADMIN` and a kernel with `INET_DIAG_DESTROY`; else it is refused
    /// ([`is_unsupported`](nlink_core::Error::is_unsupported)). A socket that has ended meanwhile is
    /// [not found](nlink_core::Error::is_not_found), whoever took its place.
    fn destroy<T: Del + Object<Protocol = SockDiag> + Clone>(&self, socket: &T) -> Edit<T, D>;
}

impl<D: Driver> Destroy<D> for Connection<SockDiag, D> {
    fn destroy<T: Del + Object<Protocol = SockDiag> + Clone>(&self, socket: &T) -> Edit<T, D> {
        self.del(socket.clone())
    }
}

macro_rules! announced {
    ($($socket:ident: $inet:ident, $inet6:ident;)*) => {$(
        /// Sockets that end; the groups take `CAP_NET_ADMIN`. What is announced is always [`Event::Del`].
        impl Events for $socket {
            type Protocol = SockDiag;
            type Item = Event<Self>;
            const GROUPS: &'static [u32] = &[$inet, $inet6];

            fn read(message: &EventMessage<'_>) -> Option<Result<Event<Self>, WireError>> {
                if message.command != attr_id(SOCK_DIAG_BY_FAMILY) {
                    return None;
                }
                let ended = Self::decode(message.body);
                let other = |socket: &Self| {
                    socket.protocol.is_some_and(|protocol| u32::from(protocol) != <Self as InetSocket>::PROTOCOL)
                };
                match ended {
                    Ok(socket) if other(&socket) => None,
                    ended => Some(ended.map(Event::Del)),
                }
            }
        }
    )*};
}

announced! {
    TcpSocket: SKNLGRP_INET_TCP_DESTROY, SKNLGRP_INET6_TCP_DESTROY;
    UdpSocket: SKNLGRP_INET_UDP_DESTROY, SKNLGRP_INET6_UDP_DESTROY;
}
