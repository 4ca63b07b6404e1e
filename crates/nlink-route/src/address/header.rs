//! The fixed header of address messages (`struct ifaddrmsg`, linux/if_addr.h) and the values of their attributes.

use nlink_uapi::if_addr as uapi;

use crate::Family;
use crate::route::Scope;

nlink_core::flag_set! {
    /// Flags of an address (`IFA_F_…`); the low eight stand in the header too.
    pub struct AddressFlags(u32) {
        /// IPv4: another of the same network came first. IPv6: a temporary address.
        SECONDARY = uapi::IFA_F_SECONDARY, "secondary";
        /// No duplicate address detection (IPv6).
        NODAD = uapi::IFA_F_NODAD, "nodad";
        /// Usable before duplicate address detection has ended (IPv6).
        OPTIMISTIC = uapi::IFA_F_OPTIMISTIC, "optimistic";
        /// Another host has the address (IPv6).
        DADFAILED = uapi::IFA_F_DADFAILED, "dadfailed";
        /// Home address of a mobile host (IPv6).
        HOMEADDRESS = uapi::IFA_F_HOMEADDRESS, "home";
        /// Its preferred lifetime is over: not for new connections.
        DEPRECATED = uapi::IFA_F_DEPRECATED, "deprecated";
        /// Duplicate address detection is under way (IPv6).
        TENTATIVE = uapi::IFA_F_TENTATIVE, "tentative";
        /// It has no end.
        PERMANENT = uapi::IFA_F_PERMANENT, "permanent";
        /// The kernel shall make temporary addresses from it (IPv6; Linux 3.14).
        MANAGETEMPADDR = uapi::IFA_F_MANAGETEMPADDR, "mngtmpaddr";
        /// No route for its network (Linux 3.14; IPv4: 4.4).
        NOPREFIXROUTE = uapi::IFA_F_NOPREFIXROUTE, "noprefixroute";
        /// Join the multicast group that it is (Linux 4.1).
        MCAUTOJOIN = uapi::IFA_F_MCAUTOJOIN, "autojoin";
        /// Made by RFC 7217 (IPv6; Linux 4.1).
        STABLE_PRIVACY = uapi::IFA_F_STABLE_PRIVACY, "stable-privacy";
    }
}

impl AddressFlags {
    /// Those that may be set; the others are the kernel's to say.
    pub const SETTABLE: AddressFlags = AddressFlags(
        AddressFlags::NODAD.0
            | AddressFlags::OPTIMISTIC.0
            | AddressFlags::HOMEADDRESS.0
            | AddressFlags::MANAGETEMPADDR.0
            | AddressFlags::NOPREFIXROUTE.0
            | AddressFlags::MCAUTOJOIN.0,
    );

    /// Those of them that IPv6 alone knows.
    pub const IPV6: AddressFlags = AddressFlags(
        AddressFlags::NODAD.0
            | AddressFlags::OPTIMISTIC.0
            | AddressFlags::HOMEADDRESS.0
            | AddressFlags::MANAGETEMPADDR.0,
    );
}

nlink_core::open_enum! {
    /// Who made an address (`IFAPROT_…`; Linux 5.18).
    pub struct AddressProtocol(u8) {
        /// Not said.
        UNSPEC = uapi::IFAPROT_UNSPEC, "unspec";
        /// The kernel, for the loopback.
        KERNEL_LO = uapi::IFAPROT_KERNEL_LO, "kernel_lo";
        /// The kernel, from a router advertisement.
        KERNEL_RA = uapi::IFAPROT_KERNEL_RA, "kernel_ra";
        /// The kernel, for the link.
        KERNEL_LL = uapi::IFAPROT_KERNEL_LL, "kernel_ll";
    }
}

nlink_core::fixed_struct! {
    /// The fixed header of address messages (`struct ifaddrmsg`).
    #[derive(Default)]
    pub struct AddressHeader = uapi::ifaddrmsg {
        /// The address family.
        pub family: Family = ifa_family,
        /// Bits of the network.
        pub prefix_len: u8 = ifa_prefixlen,
        /// The low eight flags; what counts is [`Address::all_flags`](super::Address::all_flags).
        pub flags: u8 = ifa_flags,
        /// How far it is known.
        pub scope: Scope = ifa_scope,
        /// The interface's index.
        pub index: u32 = ifa_index,
    }
}

nlink_core::fixed_struct! {
    /// How long an address lasts (`struct ifa_cacheinfo`).
    pub struct Lifetimes = uapi::ifa_cacheinfo {
        /// Seconds that it is preferred; all ones is for ever.
        pub preferred: u32 = ifa_prefered,
        /// Seconds that it is valid; all ones is for ever.
        pub valid: u32 = ifa_valid,
        /// When it was made, hundredths of a second since boot.
        pub created: u32 = cstamp,
        /// When it was last changed, hundredths of a second since boot.
        pub updated: u32 = tstamp,
    }
}

impl Lifetimes {
    /// Seconds that mean for ever (`INFINITY_LIFE_TIME` of the kernel).
    pub const FOREVER: u32 = u32::MAX;
}

impl Default for Lifetimes {
    fn default() -> Self {
        Self { preferred: Self::FOREVER, valid: Self::FOREVER, created: 0, updated: 0 }
    }
}

nlink_core::fixed!(Lifetimes);
