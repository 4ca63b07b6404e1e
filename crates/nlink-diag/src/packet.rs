//! Packet sockets (linux/packet_diag.h; Linux 3.7, module af_packet_diag).

use nlink_core::Message;
use nlink_core::object::{Dump, Filter};
use nlink_core::wire::{Blob, Tailed, UnknownAttrs, Writer};
use nlink_core::{Interface, flag_set, open_enum};
use nlink_uapi::if_ether::*;
use nlink_uapi::if_packet::*;
use nlink_uapi::packet_diag::*;
use nlink_uapi::sock_diag::{SOCK_DESTROY, SOCK_DIAG_BY_FAMILY};
use zerocopy::IntoBytes;

use crate::filter::selections;
use crate::{Cookie, Expression, Facts, Family, Place, SockDiag, SocketMemory, SocketType, State, States};

open_enum! {
    /// What a packet socket receives (`ETH_P_…`, linux/if_ether.h), with iproute2's names.
    pub struct EtherProtocol(u16) {
        /// Everything.
        ALL = ETH_P_ALL, "all";
        /// IPv4.
        IP = ETH_P_IP, "ip";
        /// ARP.
        ARP = ETH_P_ARP, "arp";
        /// Reverse ARP.
        RARP = ETH_P_RARP, "rarp";
        /// VLANs.
        VLAN = ETH_P_8021Q, "802.1Q";
        /// VLANs within VLANs.
        SERVICE_VLAN = ETH_P_8021AD, "802.1ad";
        /// IPv6.
        IPV6 = ETH_P_IPV6, "ipv6";
        /// Discovery of PPP over Ethernet.
        PPP_DISC = ETH_P_PPP_DISC, "ppp_disc";
        /// PPP over Ethernet.
        PPP_SES = ETH_P_PPP_SES, "ppp_ses";
        /// 802.2 frames.
        EIGHT_O_TWO_TWO = ETH_P_802_2, "802_2";
        /// 802.3 frames.
        EIGHT_O_TWO_THREE = ETH_P_802_3, "802_3";
        /// MPLS.
        MPLS_UC = ETH_P_MPLS_UC, "mpls_uc";
        /// MPLS, multicast.
        MPLS_MC = ETH_P_MPLS_MC, "mpls_mc";
        /// TIPC.
        TIPC = ETH_P_TIPC, "tipc";
    }
}

flag_set! {
    /// What the kernel shall say of each socket.
    pub struct PacketShow(u32) {
        /// The interface, and how it is set up.
        INFO = PACKET_SHOW_INFO, "info";
        /// The addresses it has asked for.
        MCLIST = PACKET_SHOW_MCLIST, "mclist";
        /// Rings.
        RING_CFG = PACKET_SHOW_RING_CFG, "ring-cfg";
        /// How packets are spread over several sockets.
        FANOUT = PACKET_SHOW_FANOUT, "fanout";
        /// Memory.
        MEMINFO = PACKET_SHOW_MEMINFO, "meminfo";
        /// Its filter; takes `CAP_NET_ADMIN`.
        FILTER = PACKET_SHOW_FILTER, "filter";
    }
}

flag_set! {
    /// How a packet socket is set up (`PDI_…`), with the words of `ss`.
    pub struct PacketFlags(u32) {
        /// It receives.
        RUNNING = PDI_RUNNING, "running";
        /// Packets come with what is known of them.
        AUXDATA = PDI_AUXDATA, "auxdata";
        /// The interface told is the one it came in by.
        ORIGDEV = PDI_ORIGDEV, "origdev";
        /// Packets come with the header of virtio.
        VNETHDR = PDI_VNETHDR, "vnethdr";
        /// Packets that cannot be sent are dropped.
        LOSS = PDI_LOSS, "loss";
    }
}

nlink_core::fixed_struct! {
    /// The fixed header (`struct packet_diag_msg`).
    #[derive(Default)]
    pub struct PacketHeader = packet_diag_msg {
        /// [`Family::PACKET`].
        pub family: Family = pdiag_family,
        /// [`SocketType::RAW`] or [`SocketType::DGRAM`].
        pub kind: SocketType = pdiag_type,
        /// What it receives; native byte order.
        pub protocol: EtherProtocol = pdiag_num,
        /// Its inode.
        pub inode: u32 = pdiag_ino,
        /// Which of all sockets that ever were.
        pub cookie: Cookie = pdiag_cookie,
    }
}

nlink_core::fixed_struct! {
    /// How it is set up (`struct packet_diag_info`).
    #[derive(Default)]
    pub struct PacketInfo = packet_diag_info {
        /// The interface, 0 for all.
        pub interface: u32 = pdi_index,
        /// The version of rings (`TPACKET_V…`).
        pub version: u32 = pdi_version,
        /// Bytes left free before each packet.
        pub reserve: u32 = pdi_reserve,
        /// Packets smaller than this are copied.
        pub copy_threshold: u32 = pdi_copy_thresh,
        /// Which clock stamps packets.
        pub timestamp: u32 = pdi_tstamp,
        /// The rest.
        pub flags: PacketFlags = pdi_flags,
    }
}

nlink_core::fixed_struct! {
    /// An address that a socket has asked for (`struct packet_diag_mclist`).
    #[derive(Default)]
    pub struct PacketMembership = packet_diag_mclist {
        /// The interface.
        pub interface: u32 = pdmc_index,
        /// How often it was asked for.
        pub count: u32 = pdmc_count,
        /// What was asked for (`PACKET_MR_…`).
        pub kind: u16 = pdmc_type,
        /// Bytes of the address.
        pub address_len: u16 = pdmc_alen,
        /// The address.
        pub address: [u8; 32] = pdmc_addr,
    }
}

nlink_core::fixed_struct! {
    /// A ring (`struct packet_diag_ring`).
    #[derive(Default)]
    pub struct PacketRing = packet_diag_ring {
        /// Bytes of a block.
        pub block_size: u32 = pdr_block_size,
        /// Blocks.
        pub blocks: u32 = pdr_block_nr,
        /// Bytes of a frame.
        pub frame_size: u32 = pdr_frame_size,
        /// Frames.
        pub frames: u32 = pdr_frame_nr,
        /// When a block is handed over though it is not full, milliseconds.
        pub retire_timeout: u32 = pdr_retire_tmo,
        /// Bytes that belong to the reader.
        pub private: u32 = pdr_sizeof_priv,
        /// Features asked for.
        pub features: u32 = pdr_features,
    }
}

nlink_core::fixed!(PacketInfo, PacketMembership, PacketRing);

open_enum! {
    /// How packets are spread over the sockets of a group (`PACKET_FANOUT_…`, linux/if_packet.h).
    pub struct Fanout(u16) {
        /// By their hash.
        HASH = PACKET_FANOUT_HASH, "hash";
        /// In turn.
        LB = PACKET_FANOUT_LB, "lb";
        /// By processor.
        CPU = PACKET_FANOUT_CPU, "cpu";
        /// To the next one when one is full.
        ROLLOVER = PACKET_FANOUT_ROLLOVER, "roll";
        /// At random.
        RANDOM = PACKET_FANOUT_RND, "random";
        /// By queue.
        QUEUE = PACKET_FANOUT_QM, "qm";
    }
}

/// A packet socket.
#[derive(Message, Clone, Debug, Default, PartialEq)]
#[message(header = PacketHeader, protocol = SockDiag, name = "packet socket")]
#[message(new = SOCK_DIAG_BY_FAMILY, del = SOCK_DESTROY, get = SOCK_DIAG_BY_FAMILY)]
#[message(describe = PacketSocket::described)]
pub struct PacketSocket {
    /// The fixed header.
    pub header: PacketHeader,
    /// How it is set up.
    #[attr(PACKET_DIAG_INFO)]
    pub info: Option<PacketInfo>,
    /// The addresses it has asked for.
    #[attr(PACKET_DIAG_MCLIST, packed)]
    pub memberships: Vec<PacketMembership>,
    /// The ring for receiving.
    #[attr(PACKET_DIAG_RX_RING)]
    pub receive_ring: Option<PacketRing>,
    /// The ring for sending.
    #[attr(PACKET_DIAG_TX_RING)]
    pub send_ring: Option<PacketRing>,
    /// Its group: the id in the low half, in the high one how packets are spread.
    #[attr(PACKET_DIAG_FANOUT)]
    pub fanout: Option<u32>,
    /// The user that it belongs to.
    #[attr(PACKET_DIAG_UID)]
    pub uid: Option<u32>,
    /// Memory.
    #[attr(PACKET_DIAG_MEMINFO)]
    pub memory: Option<Tailed<SocketMemory>>,
    /// Its filter (`struct sock_filter`, several).
    #[attr(PACKET_DIAG_FILTER)]
    pub filter: Option<Blob>,
    /// Attributes that no field names.
    #[attr(unknown)]
    pub unknown: UnknownAttrs,
}

impl PacketSocket {
    /// The interface, 0 for all.
    pub fn interface(&self) -> u32 {
        self.info.map(|info| info.interface).unwrap_or_default()
    }

    fn described(&self) -> String {
        format!("packet socket {}", self.header.protocol)
    }

    fn holds(&self, expression: &Expression) -> bool {
        let (protocol, interface) = (self.header.protocol.0, self.interface());
        expression.may_hold(&Facts {
            family: Family::PACKET,
            local: Place::Protocol(protocol.into()),
            remote: Place::Protocol(0),
            local_port: interface,
            remote_port: 0,
            interface,
            mark: Some(0),
            cgroup: 0,
            is_autobound: Some(interface == 0 && protocol == 0),
        })
    }
}

impl Dump for PacketSocket {
    type Filter = PacketFilter;
}

/// Narrows a listing of packet sockets, which count as [`State::CLOSE`].
#[derive(Clone, Debug, PartialEq)]
pub struct PacketFilter {
    /// In one of these states.
    pub states: States,
    /// For which this holds.
    pub expression: Option<Expression>,
    /// What shall be said of each.
    pub show: PacketShow,
}

impl Default for PacketFilter {
    fn default() -> Self {
        let show = PacketShow::INFO | PacketShow::MCLIST | PacketShow::RING_CFG | PacketShow::FANOUT;
        Self { states: States::EVERY, expression: None, show: show | PacketShow::MEMINFO | PacketShow::FILTER }
    }
}

selections!(PacketFilter);

nlink_core::fixed_struct! {
    /// A request (`struct packet_diag_req`).
    struct Request = packet_diag_req {
        family: Family = sdiag_family,
        protocol: u8 = sdiag_protocol,
        pad: u16 = pad,
        inode: u32 = pdiag_ino,
        show: PacketShow = pdiag_show,
        cookie: Cookie = pdiag_cookie,
    }
}

impl Filter<PacketSocket> for PacketFilter {
    fn emit(&self, writer: &mut Writer) {
        let (family, show, cookie) = (Family::PACKET, self.show, Cookie::NONE);
        writer.bytes(Request { family, protocol: 0, pad: 0, inode: 0, show, cookie }.as_bytes());
    }

    fn matches(&self, socket: &PacketSocket) -> bool {
        self.admits(State::CLOSE, |expression| socket.holds(expression))
    }

    fn visit_interfaces(&mut self, visit: &mut dyn FnMut(&mut Interface)) {
        self.visit_expression(visit);
    }
}
