//! TCP, UDP, MPTCP and raw sockets (linux/inet_diag.h).
//!
//! | file | what |
//! |---|---|
//! | `socket` | the sockets: header, attributes, verbs |
//! | `header` | the fixed header, what names a socket |
//! | `request` | what a request is made of, with the extensions asked for |
//! | `filter` | which sockets a listing has |
//! | `destroy` | ending a socket, and events of sockets that end |
//! | `tcp_info`, `mptcp_info` | the state of a connection |
//! | `congestion`, `upper`, `options` | what congestion control, upper layers and socket options say |

mod congestion;
mod destroy;
mod filter;
mod header;
mod mptcp_info;
mod options;
mod request;
mod socket;
mod tcp_info;
mod upper;

pub use congestion::{BbrInfo, DctcpInfo, MemoryInfo, VegasInfo};
pub use destroy::Destroy;
pub use filter::InetFilter;
pub use header::{InetHeader, SocketId, SocketKey, Timer};
pub use mptcp_info::MptcpInfo;
pub use options::SocketOptions;
pub use request::Extensions;
pub use socket::{BpfStorage, InetSocket, MptcpSocket, RawSocket, TcpSocket, UdpSocket};
pub use tcp_info::{TcpInfo, TcpOptions};
pub use upper::{SubflowFlags, SubflowInfo, TlsConf, TlsInfo, UlpInfo};
