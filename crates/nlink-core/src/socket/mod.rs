//! Netlink sockets: the only place with unsafe code, and the only one that calls into the kernel on a socket.
//!
//! What every socket has on, where the kernel knows it: extended acks, acks that do not repeat the request, strict
//! checking of what is asked. Sockets are non-blocking and close on exec.
//! ```
//! use nlink_core::socket::{Buffer, Socket};
//! # let route = nlink_uapi::netlink::NETLINK_ROUTE;
//! let socket = Socket::open(route)?;
//! let nothing = socket.receive(&mut Buffer::new()).unwrap_err();
//! assert_eq!(nothing.kind(), std::io::ErrorKind::WouldBlock);
//! # Ok::<(), nlink_core::Error>(())
//! ```

mod buffer;
mod calls;
#[cfg(feature = "testing")]
mod far_end;
mod handle;
mod parts;
mod watch;

pub use buffer::{Buffer, Received};
#[cfg(feature = "testing")]
pub(crate) use far_end::FarEnd;
pub use handle::Socket;
pub(crate) use parts::Buffers;
pub(crate) use watch::{Watch, in_runtime};
