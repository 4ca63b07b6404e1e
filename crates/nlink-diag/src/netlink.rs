//! Netlink sockets (linux/netlink_diag.h; Linux 3.10, module netlink_diag).

use nlink_core::Message;
use nlink_core::object::{Dump, Filter};
use nlink_core::wire::{Blob, Tailed, UnknownAttrs, Writer};
use nlink_core::{Interface, flag_set, open_enum};
use nlink_uapi::netlink::*;
use nlink_uapi::netlink_diag::*;
use nlink_uapi::sock_diag::{SOCK_DESTROY, SOCK_DIAG_BY_FAMILY};
use zerocopy::IntoBytes;

use crate::filter::selections;
use crate::{Cookie, Expression, Facts, Family, Place, SockDiag, SocketMemory, SocketType, State, States};

open_enum! {
    /// Which netlink (`NETLINK_…`, linux/netlink.h), with iproute2's names.
    pub struct NetlinkProtocol(u8) {
        /// rtnetlink.
        ROUTE = NETLINK_ROUTE, "rtnl";
        /// Not in use.
        UNUSED = NETLINK_UNUSED, "unused";
        /// Between processes.
        USERSOCK = NETLINK_USERSOCK, "usersock";
        /// Not in use.
        FIREWALL = NETLINK_FIREWALL, "fw";
        /// sock_diag, which began as TCP's.
        SOCK_DIAG = NETLINK_SOCK_DIAG, "tcpdiag";
        /// Not in use.
        NFLOG = NETLINK_NFLOG, "nflog";
        /// IPsec.
        XFRM = NETLINK_XFRM, "xfrm";
        /// SELinux.
        SELINUX = NETLINK_SELINUX, "selinux";
        /// iSCSI.
        ISCSI = NETLINK_ISCSI, "iscsi";
        /// Audit.
        AUDIT = NETLINK_AUDIT, "audit";
        /// Look-ups of routes.
        FIB_LOOKUP = NETLINK_FIB_LOOKUP, "fiblookup";
        /// The connector.
        CONNECTOR = NETLINK_CONNECTOR, "connector";
        /// nfnetlink.
        NETFILTER = NETLINK_NETFILTER, "nft";
        /// Not in use.
        IP6_FW = NETLINK_IP6_FW, "ip6fw";
        /// DECnet.
        DNRTMSG = NETLINK_DNRTMSG, "dec-rt";
        /// Events of devices.
        KOBJECT_UEVENT = NETLINK_KOBJECT_UEVENT, "uevent";
        /// Generic netlink.
        GENERIC = NETLINK_GENERIC, "genl";
        /// SCSI transports.
        SCSITRANSPORT = NETLINK_SCSITRANSPORT, "scsi-trans";
        /// eCryptfs.
        ECRYPTFS = NETLINK_ECRYPTFS, "ecryptfs";
        /// RDMA.
        RDMA = NETLINK_RDMA, "rdma";
        /// The crypto layer.
        CRYPTO = NETLINK_CRYPTO, "crypto";
    }
}

flag_set! {
    /// What the kernel shall say of each socket.
    pub struct NetlinkShow(u32) {
        /// Memory.
        MEMINFO = NDIAG_SHOW_MEMINFO, "meminfo";
        /// The groups it has joined.
        GROUPS = NDIAG_SHOW_GROUPS, "groups";
        /// Rings, on kernels that had them (before Linux 4.6).
        RING_CFG = NDIAG_SHOW_RING_CFG, "ring-cfg";
        /// Flags (Linux 4.20).
        FLAGS = NDIAG_SHOW_FLAGS, "flags";
    }
}

flag_set! {
    /// What a netlink socket has asked for (`NDIAG_FLAG_…`).
    pub struct NetlinkSocketFlags(u32) {
        /// A listing is under way.
        CB_RUNNING = NDIAG_FLAG_CB_RUNNING, "cb-running";
        /// Each message tells its group.
        PKTINFO = NDIAG_FLAG_PKTINFO, "pktinfo";
        /// Failed broadcasts are told.
        BROADCAST_ERROR = NDIAG_FLAG_BROADCAST_ERROR, "broadcast-error";
        /// Losses are not told.
        NO_ENOBUFS = NDIAG_FLAG_NO_ENOBUFS, "no-enobufs";
        /// It hears other namespaces.
        LISTEN_ALL_NSID = NDIAG_FLAG_LISTEN_ALL_NSID, "listen-all-nsid";
        /// Acknowledgements leave the request out.
        CAP_ACK = NDIAG_FLAG_CAP_ACK, "cap-ack";
    }
}

nlink_core::fixed_struct! {
    /// The fixed header (`struct netlink_diag_msg`).
    #[derive(Default)]
    pub struct NetlinkHeader = netlink_diag_msg {
        /// [`Family::NETLINK`].
        pub family: Family = ndiag_family,
        /// What it carries.
        pub kind: SocketType = ndiag_type,
        /// Which netlink.
        pub protocol: NetlinkProtocol = ndiag_protocol,
        /// Whether it is connected (`NETLINK_CONNECTED`): no TCP state.
        pub state: u8 = ndiag_state,
        /// Its port id; 0 is the kernel's.
        pub port: u32 = ndiag_portid,
        /// The port id that it is connected to.
        pub remote_port: u32 = ndiag_dst_portid,
        /// The group that it is connected to.
        pub remote_group: u32 = ndiag_dst_group,
        /// Its inode.
        pub inode: u32 = ndiag_ino,
        /// Which of all sockets that ever were.
        pub cookie: Cookie = ndiag_cookie,
    }
}

impl NetlinkHeader {
    /// Whether it is connected.
    pub fn is_connected(&self) -> bool {
        u32::from(self.state) == NETLINK_CONNECTED
    }
}

nlink_core::fixed_struct! {
    /// A ring (`struct netlink_diag_ring`; before Linux 4.6).
    #[derive(Default)]
    pub struct NetlinkRing = netlink_diag_ring {
        /// Bytes of a block.
        pub block_size: u32 = ndr_block_size,
        /// Blocks.
        pub blocks: u32 = ndr_block_nr,
        /// Bytes of a frame.
        pub frame_size: u32 = ndr_frame_size,
        /// Frames.
        pub frames: u32 = ndr_frame_nr,
    }
}

nlink_core::fixed!(NetlinkRing);

/// A netlink socket. One that has joined groups comes twice in a listing: the kernel goes through all, then through those.
#[derive(Message, Clone, Debug, Default, PartialEq)]
#[message(header = NetlinkHeader, protocol = SockDiag, name = "netlink socket")]
#[message(new = SOCK_DIAG_BY_FAMILY, del = SOCK_DESTROY, get = SOCK_DIAG_BY_FAMILY)]
#[message(describe = NetlinkSocket::described)]
pub struct NetlinkSocket {
    /// The fixed header.
    pub header: NetlinkHeader,
    /// Memory.
    #[attr(NETLINK_DIAG_MEMINFO)]
    pub memory: Option<Tailed<SocketMemory>>,
    /// The groups it has joined, a bit each, in longs of the machine.
    #[attr(NETLINK_DIAG_GROUPS)]
    pub groups: Option<Blob>,
    /// The ring for receiving.
    #[attr(NETLINK_DIAG_RX_RING)]
    pub receive_ring: Option<NetlinkRing>,
    /// The ring for sending.
    #[attr(NETLINK_DIAG_TX_RING)]
    pub send_ring: Option<NetlinkRing>,
    /// What it has asked for.
    #[attr(NETLINK_DIAG_FLAGS)]
    pub flags: Option<NetlinkSocketFlags>,
    /// Attributes that no field names.
    #[attr(unknown)]
    pub unknown: UnknownAttrs,
}

impl NetlinkSocket {
    fn described(&self) -> String {
        format!("netlink socket {}:{}", self.header.protocol, self.header.port)
    }

    fn holds(&self, expression: &Expression) -> bool {
        let port = self.header.port;
        expression.may_hold(&Facts {
            family: Family::NETLINK,
            local: Place::Protocol(self.header.protocol.0.into()),
            remote: Place::Protocol(0),
            local_port: port,
            // As ss has it: no port of any number.
            remote_port: u32::MAX,
            interface: 0,
            mark: Some(0),
            cgroup: 0,
            is_autobound: Some(port.cast_signed() < 0),
        })
    }
}

impl Dump for NetlinkSocket {
    type Filter = NetlinkFilter;
}

/// Narrows a listing of netlink sockets, which count as [`State::CLOSE`].
#[derive(Clone, Debug, PartialEq)]
pub struct NetlinkFilter {
    /// In one of these states.
    pub states: States,
    /// For which this holds.
    pub expression: Option<Expression>,
    /// What shall be said of each.
    pub show: NetlinkShow,
}

impl Default for NetlinkFilter {
    fn default() -> Self {
        let show = NetlinkShow::GROUPS | NetlinkShow::MEMINFO | NetlinkShow::FLAGS;
        Self { states: States::EVERY, expression: None, show }
    }
}

selections!(NetlinkFilter);

nlink_core::fixed_struct! {
    /// A request (`struct netlink_diag_req`).
    struct Request = netlink_diag_req {
        family: Family = sdiag_family,
        protocol: u8 = sdiag_protocol,
        pad: u16 = pad,
        inode: u32 = ndiag_ino,
        show: NetlinkShow = ndiag_show,
        cookie: Cookie = ndiag_cookie,
    }
}

/// All protocols.
const EVERY: u8 = {
    assert!(NDIAG_PROTO_ALL <= 255);
    #[allow(clippy::cast_possible_truncation)] // asserted above
    {
        NDIAG_PROTO_ALL as u8
    }
};

impl Filter<NetlinkSocket> for NetlinkFilter {
    fn emit(&self, writer: &mut Writer) {
        let (family, show, cookie) = (Family::NETLINK, self.show, Cookie::NONE);
        writer.bytes(Request { family, protocol: EVERY, pad: 0, inode: 0, show, cookie }.as_bytes());
    }

    fn matches(&self, socket: &NetlinkSocket) -> bool {
        self.admits(State::CLOSE, |expression| socket.holds(expression))
    }

    fn visit_interfaces(&mut self, visit: &mut dyn FnMut(&mut Interface)) {
        self.visit_expression(visit);
    }
}
