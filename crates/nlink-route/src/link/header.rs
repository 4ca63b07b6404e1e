//! The fixed header of link messages (`struct ifinfomsg`, linux/rtnetlink.h) and what stands in it.

use nlink_core::wire::Fixed;
use nlink_uapi::{if_arp, if_h};

use crate::Family;

nlink_core::fixed_struct! {
    /// Header of link messages; all fields in native byte order.
    #[derive(Default)]
    pub struct IfInfo = nlink_uapi::rtnetlink::ifinfomsg {
        /// `AF_UNSPEC`; `AF_BRIDGE` in what bridges say of their ports.
        pub family: Family = ifi_family,
        pub(crate) pad: u8 = __ifi_pad,
        /// What kind of hardware the link presents (`ARPHRD_…`).
        pub link_type: LinkType = ifi_type,
        /// The interface's index, 0 where it is named otherwise.
        pub index: u32 = ifi_index,
        /// The flags, or their wanted state.
        pub flags: LinkFlags = ifi_flags,
        /// Which flags to change, or have changed.
        pub change: LinkFlags = ifi_change,
    }
}

const _: fn() = || {
    fn fixed<T: Fixed>() {}
    fixed::<IfInfo>();
};

nlink_core::flag_set! {
    /// Flags of a link (`IFF_…`, linux/if.h), in the order in which `ip` prints them.
    pub struct LinkFlags(u32) {
        /// The loopback device.
        LOOPBACK = if_h::IFF_LOOPBACK, "LOOPBACK";
        /// Has a broadcast address.
        BROADCAST = if_h::IFF_BROADCAST, "BROADCAST";
        /// One end of a point-to-point link.
        POINTOPOINT = if_h::IFF_POINTOPOINT, "POINTOPOINT";
        /// Supports multicast.
        MULTICAST = if_h::IFF_MULTICAST, "MULTICAST";
        /// Does not resolve addresses.
        NOARP = if_h::IFF_NOARP, "NOARP";
        /// Receives all multicast packets.
        ALLMULTI = if_h::IFF_ALLMULTI, "ALLMULTI";
        /// Receives all packets.
        PROMISC = if_h::IFF_PROMISC, "PROMISC";
        /// Others are enslaved to it.
        MASTER = if_h::IFF_MASTER, "MASTER";
        /// Enslaved to another.
        SLAVE = if_h::IFF_SLAVE, "SLAVE";
        /// Internal debugging.
        DEBUG = if_h::IFF_DEBUG, "DEBUG";
        /// Loses its addresses when it goes down.
        DYNAMIC = if_h::IFF_DYNAMIC, "DYNAMIC";
        /// Chooses its medium by itself.
        AUTOMEDIA = if_h::IFF_AUTOMEDIA, "AUTOMEDIA";
        /// Can choose its medium.
        PORTSEL = if_h::IFF_PORTSEL, "PORTSEL";
        /// No trailers.
        NOTRAILERS = if_h::IFF_NOTRAILERS, "NOTRAILERS";
        /// Set up by the administrator.
        UP = if_h::IFF_UP, "UP";
        /// The layer below has its signal.
        LOWER_UP = if_h::IFF_LOWER_UP, "LOWER_UP";
        /// Waits for an event to come up (802.1X).
        DORMANT = if_h::IFF_DORMANT, "DORMANT";
        /// Echoes what it sends (CAN).
        ECHO = if_h::IFF_ECHO, "ECHO";
        /// Ready to pass packets (RFC 2863); `ip` prints its absence as `NO-CARRIER`.
        RUNNING = if_h::IFF_RUNNING, "RUNNING";
    }
}

nlink_core::open_enum! {
    /// What kind of hardware a link presents (`ARPHRD_…`, linux/if_arp.h; names as `ip` prints after `link/`).
    pub struct LinkType(u16) {
        /// NET/ROM.
        NETROM = if_arp::ARPHRD_NETROM, "netrom";
        /// Ethernet.
        ETHER = if_arp::ARPHRD_ETHER, "ether";
        /// Experimental Ethernet.
        EETHER = if_arp::ARPHRD_EETHER, "eether";
        /// AX.25.
        AX25 = if_arp::ARPHRD_AX25, "ax25";
        /// PROnet token ring.
        PRONET = if_arp::ARPHRD_PRONET, "pronet";
        /// Chaosnet.
        CHAOS = if_arp::ARPHRD_CHAOS, "chaos";
        /// IEEE 802.2.
        IEEE802 = if_arp::ARPHRD_IEEE802, "ieee802";
        /// ARCnet.
        ARCNET = if_arp::ARPHRD_ARCNET, "arcnet";
        /// APPLEtalk.
        APPLETLK = if_arp::ARPHRD_APPLETLK, "atalk";
        /// Frame relay DLCI.
        DLCI = if_arp::ARPHRD_DLCI, "dlci";
        /// ATM.
        ATM = if_arp::ARPHRD_ATM, "atm";
        /// Metricom.
        METRICOM = if_arp::ARPHRD_METRICOM, "metricom";
        /// IEEE 1394.
        IEEE1394 = if_arp::ARPHRD_IEEE1394, "ieee1394";
        /// InfiniBand.
        INFINIBAND = if_arp::ARPHRD_INFINIBAND, "infiniband";
        /// SLIP.
        SLIP = if_arp::ARPHRD_SLIP, "slip";
        /// CSLIP.
        CSLIP = if_arp::ARPHRD_CSLIP, "cslip";
        /// SLIP with 6 bits.
        SLIP6 = if_arp::ARPHRD_SLIP6, "slip6";
        /// CSLIP with 6 bits.
        CSLIP6 = if_arp::ARPHRD_CSLIP6, "cslip6";
        /// Reserved.
        RSRVD = if_arp::ARPHRD_RSRVD, "rsrvd";
        /// ADAPT.
        ADAPT = if_arp::ARPHRD_ADAPT, "adapt";
        /// ROSE.
        ROSE = if_arp::ARPHRD_ROSE, "rose";
        /// X.25.
        X25 = if_arp::ARPHRD_X25, "x25";
        /// X.25 in hardware.
        HWX25 = if_arp::ARPHRD_HWX25, "hwx25";
        /// CAN.
        CAN = if_arp::ARPHRD_CAN, "can";
        /// MCTP.
        MCTP = if_arp::ARPHRD_MCTP, "mctp";
        /// PPP.
        PPP = if_arp::ARPHRD_PPP, "ppp";
        /// HDLC.
        HDLC = if_arp::ARPHRD_HDLC, "hdlc";
        /// LAPB.
        LAPB = if_arp::ARPHRD_LAPB, "lapb";
        /// DDCMP.
        DDCMP = if_arp::ARPHRD_DDCMP, "ddcmp";
        /// Raw HDLC.
        RAWHDLC = if_arp::ARPHRD_RAWHDLC, "rawhdlc";
        /// IP over IP.
        TUNNEL = if_arp::ARPHRD_TUNNEL, "ipip";
        /// IP over IPv6.
        TUNNEL6 = if_arp::ARPHRD_TUNNEL6, "tunnel6";
        /// Frame relay access device.
        FRAD = if_arp::ARPHRD_FRAD, "frad";
        /// SKIP.
        SKIP = if_arp::ARPHRD_SKIP, "skip";
        /// Loopback.
        LOOPBACK = if_arp::ARPHRD_LOOPBACK, "loopback";
        /// LocalTalk.
        LOCALTLK = if_arp::ARPHRD_LOCALTLK, "ltalk";
        /// FDDI.
        FDDI = if_arp::ARPHRD_FDDI, "fddi";
        /// AP1000 BIF.
        BIF = if_arp::ARPHRD_BIF, "bif";
        /// IPv6 over IPv4.
        SIT = if_arp::ARPHRD_SIT, "sit";
        /// IP over DDP.
        IPDDP = if_arp::ARPHRD_IPDDP, "ip/ddp";
        /// GRE over IPv4.
        IPGRE = if_arp::ARPHRD_IPGRE, "gre";
        /// Multicast routing's register device.
        PIMREG = if_arp::ARPHRD_PIMREG, "pimreg";
        /// HIPPI.
        HIPPI = if_arp::ARPHRD_HIPPI, "hippi";
        /// Ash.
        ASH = if_arp::ARPHRD_ASH, "ash";
        /// Econet.
        ECONET = if_arp::ARPHRD_ECONET, "econet";
        /// IrDA.
        IRDA = if_arp::ARPHRD_IRDA, "irda";
        /// Fibre channel, point to point.
        FCPP = if_arp::ARPHRD_FCPP, "fcpp";
        /// Fibre channel, arbitrated loop.
        FCAL = if_arp::ARPHRD_FCAL, "fcal";
        /// Fibre channel, public loop.
        FCPL = if_arp::ARPHRD_FCPL, "fcpl";
        /// Fibre channel, fabric.
        FCFABRIC = if_arp::ARPHRD_FCFABRIC, "fcfb0";
        /// Token ring.
        IEEE802_TR = if_arp::ARPHRD_IEEE802_TR, "tr";
        /// Wi-Fi.
        IEEE80211 = if_arp::ARPHRD_IEEE80211, "ieee802.11";
        /// Wi-Fi with Prism headers.
        IEEE80211_PRISM = if_arp::ARPHRD_IEEE80211_PRISM, "ieee802.11/prism";
        /// Wi-Fi with radiotap headers.
        IEEE80211_RADIOTAP = if_arp::ARPHRD_IEEE80211_RADIOTAP, "ieee802.11/radiotap";
        /// IEEE 802.15.4.
        IEEE802154 = if_arp::ARPHRD_IEEE802154, "ieee802.15.4";
        /// IEEE 802.15.4, monitor.
        IEEE802154_MONITOR = if_arp::ARPHRD_IEEE802154_MONITOR, "ieee802.15.4/monitor";
        /// Phonet.
        PHONET = if_arp::ARPHRD_PHONET, "phonet";
        /// Phonet pipe.
        PHONET_PIPE = if_arp::ARPHRD_PHONET_PIPE, "phonet_pipe";
        /// CAIF.
        CAIF = if_arp::ARPHRD_CAIF, "caif";
        /// GRE over IPv6.
        IP6GRE = if_arp::ARPHRD_IP6GRE, "gre6";
        /// Netlink monitor.
        NETLINK = if_arp::ARPHRD_NETLINK, "netlink";
        /// 6LoWPAN.
        LOWPAN = if_arp::ARPHRD_6LOWPAN, "6lowpan";
        /// Raw IP, no header.
        RAWIP = if_arp::ARPHRD_RAWIP, "rawip";
        /// vsock monitor.
        VSOCKMON = if_arp::ARPHRD_VSOCKMON, "vsockmon";
        /// No header at all.
        NONE = if_arp::ARPHRD_NONE, "none";
        /// None of these.
        VOID = if_arp::ARPHRD_VOID, "void";
    }
}
