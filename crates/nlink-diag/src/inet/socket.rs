//! The sockets: one declaration for all protocols, for they have header and attributes in common.

use nlink_core::Attributes;
use nlink_core::object::{Del, Dump, Get};
use nlink_core::wire::{Blob, Message, Secret, Tailed, UnknownAttrs, Writer};
use nlink_uapi::in_h::IPPROTO_MPTCP;
use nlink_uapi::inet_diag::*;
use nlink_uapi::sock_diag::*;

use super::request::Request;
use super::{
    BbrInfo, DctcpInfo, Extensions, InetFilter, InetHeader, MemoryInfo, MptcpInfo, SocketKey, SocketOptions, TcpInfo,
    UlpInfo, VegasInfo,
};
use crate::{Facts, Place, Shutdown, SockDiag, SocketMemory, States};

/// Memory that a BPF program keeps for the socket (`SK_DIAG_BPF_STORAGE_…`, linux/sock_diag.h).
#[derive(Attributes, Clone, Debug, Default, PartialEq)]
pub struct BpfStorage {
    /// The map's id.
    #[attr(SK_DIAG_BPF_STORAGE_MAP_ID)]
    pub map_id: Option<u32>,
    /// What it holds.
    #[attr(SK_DIAG_BPF_STORAGE_MAP_VALUE, pad = SK_DIAG_BPF_STORAGE_PAD)]
    pub value: Option<Blob>,
    /// Attributes that no field names.
    #[attr(unknown)]
    pub unknown: UnknownAttrs,
}

/// What the sockets of internet protocols have in common.
pub trait InetSocket: Message + Clone + Sync + Unpin {
    /// The protocol (`IPPROTO_…`), of any width.
    const PROTOCOL: u32;

    /// What `ss` calls it.
    const NETID: &'static str;

    /// The fixed header.
    fn header(&self) -> &InetHeader;

    /// What filters look at.
    fn facts(&self) -> Facts<'_>;
}

macro_rules! inet_sockets {
    ($($(#[$doc:meta])* $name:ident = $protocol:expr, $netid:literal, $what:literal, $info:ty;)*) => {$(
        $(#[$doc])*
        #[derive(nlink_core::Message, Clone, Debug, Default, PartialEq)]
        #[message(header = InetHeader, protocol = SockDiag, name = $what)]
        #[message(new = SOCK_DIAG_BY_FAMILY, del = SOCK_DESTROY, get = SOCK_DIAG_BY_FAMILY)]
        #[message(describe = $name::described, request = $name::ask)]
        pub struct $name {
            /// The fixed header.
            pub header: InetHeader,
            /// Memory in four numbers, where asked for.
            #[attr(INET_DIAG_MEMINFO)]
            pub memory_info: Option<MemoryInfo>,
            /// The state of the connection, where asked for.
            #[attr(INET_DIAG_INFO)]
            pub info: $info,
            /// What Vegas says, where it is at work and asked for.
            #[attr(INET_DIAG_VEGASINFO)]
            pub vegas: Option<VegasInfo>,
            /// The name of the congestion control, where asked for.
            #[attr(INET_DIAG_CONG)]
            pub congestion: Option<String>,
            /// The type of service, where asked for.
            #[attr(INET_DIAG_TOS)]
            pub tos: Option<u8>,
            /// The traffic class (IPv6), where asked for.
            #[attr(INET_DIAG_TCLASS)]
            pub traffic_class: Option<u8>,
            /// Memory in nine numbers, where asked for.
            #[attr(INET_DIAG_SKMEMINFO)]
            pub memory: Option<Tailed<SocketMemory>>,
            /// Which directions are shut.
            #[attr(INET_DIAG_SHUTDOWN)]
            pub shutdown: Option<Shutdown>,
            /// What DCTCP says, where it is at work and asked for.
            #[attr(INET_DIAG_DCTCPINFO)]
            pub dctcp: Option<DctcpInfo>,
            /// Of raw sockets the protocol (`IPPROTO_…`); in events that of any.
            #[attr(INET_DIAG_PROTOCOL)]
            pub protocol: Option<u8>,
            /// No IPv4 through it; of IPv6 sockets that are not connected.
            #[attr(INET_DIAG_SKV6ONLY, as = u8)]
            pub v6_only: Option<bool>,
            /// Addresses of this side (SCTP).
            #[attr(INET_DIAG_LOCALS)]
            pub locals: Option<Blob>,
            /// Addresses of the other side (SCTP).
            #[attr(INET_DIAG_PEERS)]
            pub peers: Option<Blob>,
            /// The mark (`SO_MARK`); told to those with `CAP_NET_ADMIN` only.
            #[attr(INET_DIAG_MARK)]
            pub mark: Option<u32>,
            /// What BBR says, where it is at work and asked for.
            #[attr(INET_DIAG_BBRINFO)]
            pub bbr: Option<BbrInfo>,
            /// The class that queueing puts it in, or its priority.
            #[attr(INET_DIAG_CLASS_ID)]
            pub class_id: Option<u32>,
            /// Keys of TCP-MD5 (`struct tcp_diag_md5sig`, several); told to those with `CAP_NET_ADMIN` only.
            #[attr(INET_DIAG_MD5SIG)]
            pub md5_keys: Option<Secret<Blob>>,
            /// What the layer above says.
            #[attr(INET_DIAG_ULP_INFO)]
            pub upper: Option<UlpInfo>,
            /// What BPF programs keep for it.
            #[attr(INET_DIAG_SK_BPF_STORAGES, repeated = SK_DIAG_BPF_STORAGE)]
            pub bpf_storages: Vec<BpfStorage>,
            /// The id of its control group (Linux 5.8).
            #[attr(INET_DIAG_CGROUP_ID, pad = INET_DIAG_PAD)]
            pub cgroup: Option<u64>,
            /// Which options are set (Linux 5.11).
            #[attr(INET_DIAG_SOCKOPT)]
            pub options: Option<SocketOptions>,
            /// Attributes that no field names.
            #[attr(unknown)]
            pub unknown: UnknownAttrs,
        }

        impl $name {
            /// Which one it is: for [`Connection::get`](nlink_core::Connection::get).
            pub fn key(&self) -> SocketKey {
                SocketKey { family: self.header.family, id: self.header.id }
            }

            fn described(&self) -> String {
                format!("{} {}", $what, self.key())
            }

            fn ask(&self, writer: &mut Writer) {
                let SocketKey { family, id } = self.key();
                let (extensions, states) = (Extensions::ALL, States::EVERY);
                let raw = self.protocol.unwrap_or_default();
                Request { protocol: Self::PROTOCOL, family, extensions, states, raw, id }.emit(None, writer);
            }
        }

        impl InetSocket for $name {
            const PROTOCOL: u32 = $protocol;
            const NETID: &'static str = $netid;

            fn header(&self) -> &InetHeader {
                &self.header
            }

            fn facts(&self) -> Facts<'_> {
                let (local, remote) = (self.header.local(), self.header.remote());
                Facts {
                    family: self.header.family,
                    local: Place::Ip(local.ip()),
                    remote: Place::Ip(remote.ip()),
                    local_port: local.port().into(),
                    remote_port: remote.port().into(),
                    interface: self.header.id.interface,
                    mark: self.mark,
                    cgroup: self.cgroup.unwrap_or_default(),
                    is_autobound: None,
                }
            }
        }

        impl Get for $name {
            type Key = SocketKey;

            fn request_for(SocketKey { family, id }: SocketKey) -> Self {
                Self { header: InetHeader { family, id, ..InetHeader::default() }, ..Self::default() }
            }
        }

        impl Dump for $name {
            type Filter = InetFilter;
        }

        impl Del for $name {}
    )*};
}

#[allow(clippy::cast_sign_loss, reason = "numbers of protocols, which C has as int")]
const fn number(protocol: i32) -> u32 {
    protocol as u32
}

inet_sockets! {
    /// A TCP socket (`IPPROTO_TCP`; module tcp_diag).
    TcpSocket = number(libc::IPPROTO_TCP), "tcp", "TCP socket", TcpInfo;
    /// A UDP socket (`IPPROTO_UDP`; Linux 3.3, module udp_diag). It has no state of a connection.
    UdpSocket = number(libc::IPPROTO_UDP), "udp", "UDP socket", Option<Blob>;
    /// A raw socket (`IPPROTO_RAW`; Linux 4.10, module raw_diag). Its local port is its protocol.
    RawSocket = number(libc::IPPROTO_RAW), "raw", "raw socket", Option<Blob>;
    /// An MPTCP socket (`IPPROTO_MPTCP`; Linux 5.9, module mptcp_diag). Its subflows are TCP sockets.
    MptcpSocket = IPPROTO_MPTCP, "mptcp", "MPTCP socket", Option<MptcpInfo>;
}
