//! The machine's sockets over sock_diag: TCP, UDP, MPTCP, raw, unix, netlink and packet sockets, listed, filtered by the
//! kernel in the language of `ss`, and destroyed.
//!
//! ```no_run
//! # async fn look(socket: nlink_diag::TcpSocket) -> Result<(), Box<dyn std::error::Error>> {
//! use nlink_core::Connection;
//! use nlink_diag::{Destroy, SockDiag, TcpSocket};
//!
//! let diag = Connection::<SockDiag>::open()?;
//! let mut tcp = diag.dump::<TcpSocket>().filter("state established and dport = :443".parse()?).stream();
//! while let Some(socket) = tcp.try_next().await? {
//!     println!("{socket} rtt={:?}", socket.info.rtt());
//! }
//! diag.destroy(&socket).await?;
//! # Ok(())
//! # }
//! ```
//!
//! A listing of internet sockets is of both address families, which takes two requests; the filter is compiled to the
//! kernel's bytecode, and what it cannot decide is decided here: no match is dropped and none added.
//!
//! Where the kernel was built without the module for a kind of socket (`INET_UDP_DIAG` and its like), the listing is
//! refused ([`is_not_found`](nlink_core::Error::is_not_found)).

#![forbid(unsafe_code)]

mod expression;
mod family;
mod filter;
mod inet;
mod memory;
mod netlink;
mod packet;
mod protocol;
pub mod show;
mod state;
mod unix;

pub use expression::{Condition, End, Expression, Facts, Host, MAX_DEPTH, Order, Place};
pub use family::{Cookie, Family};
pub use filter::{Mistake, Selection, SelectionError, Services};
pub use inet::{
    BbrInfo, BpfStorage, DctcpInfo, Destroy, Extensions, InetFilter, InetHeader, InetSocket, MemoryInfo, MptcpInfo,
    MptcpSocket, RawSocket, SocketId, SocketKey, SocketOptions, SubflowFlags, SubflowInfo, TcpInfo, TcpOptions,
    TcpSocket, Timer, TlsConf, TlsInfo, UdpSocket, UlpInfo, VegasInfo,
};
pub use memory::SocketMemory;
pub use netlink::{
    NetlinkFilter, NetlinkHeader, NetlinkProtocol, NetlinkRing, NetlinkShow, NetlinkSocket, NetlinkSocketFlags,
};
pub use packet::{
    EtherProtocol, Fanout, PacketFilter, PacketFlags, PacketHeader, PacketInfo, PacketMembership, PacketRing,
    PacketShow, PacketSocket,
};
pub use protocol::SockDiag;
pub use state::{Shutdown, State, States};
pub use unix::{SocketType, UnixFile, UnixFilter, UnixHeader, UnixName, UnixQueues, UnixShow, UnixSocket};
