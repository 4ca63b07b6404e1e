//! Address families, as the first byte of rtnetlink's headers and as the words of `-4`, `-6`, `family`.

nlink_core::open_enum! {
    /// An address family (`AF_…`, linux/socket.h of the C library; names as iproute2's `-family` takes them).
    pub struct Family(u8) {
        /// None in particular: all of them in a listing.
        UNSPEC = libc::AF_UNSPEC, "unspec";
        /// IPv4.
        INET = libc::AF_INET, "inet";
        /// IPv6.
        INET6 = libc::AF_INET6, "inet6";
        /// Packets of the link itself.
        PACKET = libc::AF_PACKET, "link";
        /// MPLS labels.
        MPLS = libc::AF_MPLS, "mpls";
        /// A bridge's ports and its forwarding database.
        BRIDGE = libc::AF_BRIDGE, "bridge";
    }
}

impl Family {
    /// Bits of an address of the family, 0 where addresses are of no fixed length.
    pub const fn address_bits(self) -> u8 {
        match self {
            Family::INET => 32,
            Family::INET6 => 128,
            Family::MPLS => 20,
            _ => 0,
        }
    }
}

impl From<std::net::IpAddr> for Family {
    fn from(address: std::net::IpAddr) -> Self {
        if address.is_ipv4() { Family::INET } else { Family::INET6 }
    }
}

impl From<Family> for u8 {
    fn from(family: Family) -> u8 {
        family.0
    }
}
