//! The columns of a socket.

use std::fmt;
use std::net::IpAddr;

use nlink_core::show::{Show, Sink};

use super::View;
use crate::{
    InetHeader, InetSocket, MptcpSocket, NetlinkSocket, PacketSocket, RawSocket, SocketType, State, TcpSocket,
    UdpSocket, UnixName, UnixSocket,
};

/// What `ss` shows of a socket in its columns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// What kind of socket it is.
    pub netid: &'static str,
    /// Its state.
    pub state: State,
    /// What waits to be read.
    pub receive_queue: u32,
    /// What waits to be sent.
    pub send_queue: u32,
    /// This side.
    pub local: Place,
    /// The other side.
    pub peer: Place,
}

/// An address and a port, as texts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The address, with the interface it is bound to.
    pub address: String,
    /// What stands between.
    pub between: &'static str,
    /// The port.
    pub port: String,
}

impl Place {
    fn new(address: impl Into<String>, between: &'static str, port: impl ToString) -> Self {
        Self { address: address.into(), between, port: port.to_string() }
    }

    /// No other side.
    fn none() -> Self {
        Self::new("", "*", "")
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}{}", self.address, self.between, self.port)
    }
}

/// The columns, a space between them.
impl Show for Row {
    fn show(&self, sink: &mut Sink<'_>) {
        let Row { netid, state, receive_queue, send_queue, local, peer } = self;
        sink.put("netid", *netid, format_args!("{netid} "));
        sink.put("state", state.to_string(), format_args!("{state} "));
        sink.put("recv_q", *receive_queue, format_args!("{receive_queue} "));
        sink.put("send_q", *send_queue, format_args!("{send_queue} "));
        sink.put("local", local.address.as_str(), format_args!("{local} "));
        sink.json("local_port", local.port.as_str());
        sink.put("peer", peer.address.as_str(), format_args!("{peer}"));
        sink.json("peer_port", peer.port.as_str());
    }
}

/// A socket that `ss` lists.
pub trait Listed {
    /// Its columns.
    fn row(&self, view: &View) -> Row;

    /// Shows what stands behind the columns.
    fn show_more(&self, view: &View, sink: &mut Sink<'_>);

    /// Its inode, by which the processes that have it are found.
    fn inode(&self) -> u32;
}

impl<T: InetSocket + super::inet::More> Listed for T {
    fn row(&self, view: &View) -> Row {
        let header = self.header();
        let (local, remote) = (header.local(), header.remote());
        let interface = Some(header.id.interface).filter(|index| *index != 0);
        let port = |port| match T::NETID {
            "raw" => self.raw_port(port, view),
            netid => view.port(port, if netid == "udp" { "udp" } else { "tcp" }),
        };
        // An IPv6 socket that takes IPv4 too stands at `*`.
        let address = |ip: IpAddr| match ip {
            IpAddr::V6(ip) if ip.is_unspecified() && !self.is_v6_only() => "*".into(),
            ip => view.address(ip),
        };
        let mut local_address = address(local.ip());
        if let Some(index) = interface {
            local_address += &format!("%{}", view.names.interface(index));
        }
        let InetHeader { state, receive_queue, send_queue, .. } = *header;
        Row {
            netid: self.netid(),
            state,
            receive_queue,
            send_queue,
            local: Place::new(local_address, ":", port(local.port())),
            peer: Place::new(address(remote.ip()), ":", port(remote.port())),
        }
    }

    fn show_more(&self, view: &View, sink: &mut Sink<'_>) {
        super::inet::show(self, view, sink);
    }

    fn inode(&self) -> u32 {
        self.header().inode
    }
}

impl Listed for UnixSocket {
    fn row(&self, _: &View) -> Row {
        let name = self.name.as_ref().map_or("*".into(), UnixName::text);
        let queues = self.queues.unwrap_or_default();
        Row {
            netid: match self.header.kind {
                SocketType::STREAM => "u_str",
                SocketType::SEQPACKET => "u_seq",
                _ => "u_dgr",
            },
            state: self.header.state,
            receive_queue: queues.receive,
            send_queue: queues.send,
            local: Place::new(name, " ", self.header.inode),
            peer: Place::new("*", " ", self.peer.unwrap_or_default()),
        }
    }

    fn show_more(&self, view: &View, sink: &mut Sink<'_>) {
        super::others::unix(self, view, sink);
    }

    fn inode(&self) -> u32 {
        self.header.inode
    }
}

impl Listed for NetlinkSocket {
    fn row(&self, view: &View) -> Row {
        let header = &self.header;
        let memory = self.memory.as_ref();
        let is_numeric = view.services.is_none();
        let protocol = if is_numeric { header.protocol.0.to_string() } else { header.protocol.to_string() };
        Row {
            netid: "nl",
            state: State::CLOSE,
            receive_queue: memory.map(|memory| memory.received).unwrap_or_default(),
            send_queue: memory.map(|memory| memory.sent).unwrap_or_default(),
            local: Place::new(protocol, ":", super::others::netlink_port(header.port, is_numeric)),
            peer: match header.is_connected() {
                true => Place::new(header.remote_group.to_string(), ":", header.remote_port.cast_signed()),
                false => Place::none(),
            },
        }
    }

    fn show_more(&self, view: &View, sink: &mut Sink<'_>) {
        super::others::netlink(self, view, sink);
    }

    fn inode(&self) -> u32 {
        self.header.inode
    }
}

impl Listed for PacketSocket {
    fn row(&self, view: &View) -> Row {
        let protocol = super::others::packet_protocol(self.header.protocol, view);
        let port = match self.interface() {
            0 => "*".into(),
            index => view.names.interface(index),
        };
        Row {
            netid: if self.header.kind == SocketType::RAW { "p_raw" } else { "p_dgr" },
            state: State::CLOSE,
            receive_queue: self.memory.as_ref().map(|memory| memory.received).unwrap_or_default(),
            send_queue: 0,
            local: Place::new(protocol, ":", port),
            peer: Place::none(),
        }
    }

    fn show_more(&self, view: &View, sink: &mut Sink<'_>) {
        super::others::packet(self, view, sink);
    }

    fn inode(&self) -> u32 {
        self.header.inode
    }
}

macro_rules! display {
    ($($socket:ty),+) => {$(
        /// The columns of `ss`, numbers rather than names.
        impl fmt::Display for $socket {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                let options = nlink_core::show::Options::default();
                let row = self.row(&View::default());
                f.write_str(Sink::render(&row, nlink_core::show::Format::Text, &options).trim_end())
            }
        }
    )+};
}

display!(TcpSocket, UdpSocket, RawSocket, MptcpSocket, UnixSocket, NetlinkSocket, PacketSocket);
