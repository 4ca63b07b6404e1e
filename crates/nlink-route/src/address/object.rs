//! The address itself: header and attributes of `RTM_NEWADDR`, its builder and what can be done with it.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use ipnet::IpNet;
use nlink_core::object::{Add, Change, Del, Dump, Event, EventMessage, Events, Get, Replace};
use nlink_core::wire::{UnknownAttrs, WireError};
use nlink_core::{Interface, Message, Rtnetlink};
use nlink_uapi::if_addr::*;
use nlink_uapi::rtnetlink::{RTM_DELADDR, RTM_GETADDR, RTM_NEWADDR, RTNLGRP_IPV4_IFADDR, RTNLGRP_IPV6_IFADDR};

use super::{AddressFilter, AddressFlags, AddressHeader, AddressProtocol, Lifetimes};
use crate::Family;
use crate::route::{Host, Scope};

/// An address of an interface (`RTM_NEWADDR`, linux/if_addr.h; policies in net/ipv4/devinet.c and
/// net/ipv6/addrconf.c).
///
/// ```
/// use nlink_route::address::Address;
/// let address = Address::new("192.0.2.1/24".parse().unwrap()).on("eth0").label("eth0:1");
/// assert_eq!(address.prefix().unwrap().to_string(), "192.0.2.1/24");
/// ```
#[derive(Message, Clone, Debug, Default, PartialEq)]
#[message(
    header = AddressHeader,
    protocol = Rtnetlink,
    name = "address",
    new = RTM_NEWADDR,
    del = RTM_DELADDR,
    get = RTM_GETADDR,
    describe = describe,
)]
pub struct Address {
    /// The fixed header.
    pub header: AddressHeader,
    /// The interface that has it.
    #[index(header.index)]
    pub interface: Option<Interface>,
    /// The address at the other end of a point-to-point link, else the same as `local`. IPv6 without a peer has only
    /// this one.
    #[attr(IFA_ADDRESS)]
    pub address: Option<Host>,
    /// The address of this host.
    #[attr(IFA_LOCAL)]
    pub local: Option<Host>,
    /// What old tools call it (IPv4): the interface's name, or that and a colon and more; 15 bytes at most.
    #[attr(IFA_LABEL)]
    pub label: Option<String>,
    /// The broadcast address of its network (IPv4).
    #[attr(IFA_BROADCAST)]
    pub broadcast: Option<Host>,
    /// An anycast address (IPv6).
    #[attr(IFA_ANYCAST)]
    pub anycast: Option<Host>,
    /// A multicast address that the interface has joined.
    #[attr(IFA_MULTICAST)]
    pub multicast: Option<Host>,
    /// How long it lasts.
    #[attr(IFA_CACHEINFO)]
    pub lifetimes: Option<Lifetimes>,
    /// All flags (Linux 3.14); what counts is [`Address::all_flags`].
    #[attr(IFA_FLAGS)]
    pub flags: Option<AddressFlags>,
    /// The metric of its network's route (Linux 4.18).
    #[attr(IFA_RT_PRIORITY)]
    pub metric: Option<u32>,
    /// The namespace that a listing is of, by its id here (Linux 4.20).
    #[attr(IFA_TARGET_NETNSID)]
    pub target_namespace: Option<i32>,
    /// Who made it (Linux 5.18).
    #[attr(IFA_PROTO)]
    pub protocol: Option<AddressProtocol>,
    /// Everything else.
    #[attr(unknown)]
    pub unknown: UnknownAttrs,
}

impl Address {
    /// An address with its network, as `ip address add` makes it: of scope host in 127.0.0.0/8, else global.
    pub fn new(prefix: IpNet) -> Self {
        let host = Host::from(prefix.addr());
        let mut address = Self { address: Some(host), local: Some(host), ..Self::default() };
        address.header.family = prefix.addr().into();
        address.header.prefix_len = prefix.prefix_len();
        address.header.scope = default_scope(prefix.addr());
        address
    }

    /// Of that interface.
    pub fn on(mut self, interface: impl Into<Interface>) -> Self {
        self.interface = Some(interface.into());
        self
    }

    /// With that address at the other end of the link, whose network it then is.
    pub fn peer(mut self, peer: IpNet) -> Self {
        self.address = Some(peer.addr().into());
        self.header.prefix_len = peer.prefix_len();
        self
    }

    /// With that broadcast address (IPv4).
    pub fn broadcast(mut self, address: Ipv4Addr) -> Self {
        self.broadcast = Some(address.into());
        self
    }

    /// With the last address of its network as broadcast address: `broadcast +`. Nothing for IPv6 and for networks of
    /// one or two addresses.
    pub fn broadcast_of_network(self) -> Self {
        match self.network() {
            Some(IpNet::V4(net)) if net.prefix_len() <= 30 => self.broadcast(net.broadcast()),
            _ => self,
        }
    }

    /// Called so by old tools (IPv4).
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = Some(label.into());
        self
    }

    /// Known that far.
    pub fn scope(mut self, scope: Scope) -> Self {
        self.header.scope = scope;
        self
    }

    /// With these flags.
    pub fn flags(mut self, flags: AddressFlags) -> Self {
        match u8::try_from(flags.0) {
            Ok(byte) => (self.header.flags, self.flags) = (byte, None),
            Err(_) => (self.header.flags, self.flags) = (0, Some(flags)),
        }
        self
    }

    /// Preferred and valid for that many seconds; [`Lifetimes::FOREVER`] for ever.
    pub fn lifetimes(mut self, preferred: u32, valid: u32) -> Self {
        self.lifetimes = Some(Lifetimes { preferred, valid, ..Lifetimes::default() });
        self
    }

    /// With that metric of its network's route.
    pub fn metric(mut self, metric: u32) -> Self {
        self.metric = Some(metric);
        self
    }

    /// Made by that protocol.
    pub fn protocol(mut self, protocol: AddressProtocol) -> Self {
        self.protocol = Some(protocol);
        self
    }

    /// The address of this host, wherever the family puts it.
    pub fn own(&self) -> Option<Host> {
        self.local.or(self.address)
    }

    /// The address of this host, of IP.
    pub fn ip(&self) -> Option<IpAddr> {
        self.own().and_then(Host::ip)
    }

    /// The address of this host with the bits of its network.
    pub fn prefix(&self) -> Option<IpNet> {
        IpNet::new(self.ip()?, self.header.prefix_len).ok()
    }

    /// The address at the other end, where it is another than this host's.
    pub fn other(&self) -> Option<Host> {
        self.address.filter(|address| Some(*address) != self.own())
    }

    /// The network: the peer's where there is one.
    pub fn network(&self) -> Option<IpNet> {
        IpNet::new(self.address.or(self.local)?.ip()?, self.header.prefix_len).ok()
    }

    /// All flags: of attribute and header the one that says more.
    pub fn all_flags(&self) -> AddressFlags {
        self.flags.unwrap_or(AddressFlags(self.header.flags.into()))
    }
}

/// The scope that an address gets when none is said.
pub(super) fn default_scope(address: IpAddr) -> Scope {
    match address {
        IpAddr::V4(address) if address.is_loopback() => Scope::HOST,
        _ => Scope::UNIVERSE,
    }
}

/// What errors call an address.
fn describe(address: &Address) -> String {
    format!("address {}", address.to_params().join(" "))
}

impl Dump for Address {
    type Filter = AddressFilter;
}

impl Add for Address {}
impl Replace for Address {}
impl Change for Address {}
impl Del for Address {}

/// By address; the kernel answers for IPv6 alone.
impl Get for Address {
    type Key = Ipv6Addr;

    fn request_for(key: Ipv6Addr) -> Self {
        let mut address = Self { address: Some(key.into()), ..Self::default() };
        address.header.family = Family::INET6;
        address
    }
}

/// Addresses that come and go, of IPv4 and IPv6.
impl Events for Address {
    type Protocol = Rtnetlink;
    type Item = Event<Address>;
    const GROUPS: &'static [u32] = &[RTNLGRP_IPV4_IFADDR, RTNLGRP_IPV6_IFADDR];

    fn read(message: &EventMessage<'_>) -> Option<Result<Self::Item, WireError>> {
        Event::read(message)
    }
}

#[cfg(test)]
mod tests {
    use nlink_core::object::Object;
    use nlink_core::wire::{Message, Writer};
    use proptest::prelude::*;

    use super::*;
    use crate::route::fixture::{emitted, rows};

    #[test]
    #[cfg(target_endian = "little")] // as the captures are
    fn what_the_kernel_sent_is_what_is_written() {
        for row in rows(include_str!("captures.tsv")).1 {
            let address = Address::decode(&row.body).unwrap();
            assert!(address.unknown.is_empty(), "{address:?}");
            assert_eq!(Address::decode(&emitted(&address)).unwrap(), address);
        }
    }

    #[test]
    fn an_address_says_which_one_it_is() {
        let address = Address::new("192.0.2.1/24".parse().unwrap()).on("eth0");
        assert_eq!(address.describe(), "address 192.0.2.1/24 dev eth0");
        let request = Address::request_for(Ipv6Addr::LOCALHOST);
        assert_eq!(emitted(&request).len(), 8 + 4 + 16);
    }

    #[test]
    fn errors_name_the_attribute() {
        let mut writer = Writer::new();
        writer.bytes(&[0; 8]);
        writer.attr(nlink_core::wire::attr_id(IFA_FLAGS), |payload| payload.bytes(&[1]));
        let error = Address::decode(&writer.finish().unwrap()).unwrap_err();
        assert_eq!(error.to_string(), "IFA_FLAGS: 1 bytes where 4 belong");
    }

    proptest! {
        #[test]
        fn any_bytes_parse_or_fail_and_parse_the_same_once_written(
            header: [u8; 8],
            attrs in proptest::collection::vec((0u16..14, proptest::collection::vec(any::<u8>(), 0..20)), 0..8),
            rest in proptest::collection::vec(any::<u8>(), 0..9),
        ) {
            let mut writer = Writer::new();
            writer.bytes(&header);
            for (kind, payload) in attrs {
                writer.attr(kind, |writer| writer.bytes(&payload));
            }
            writer.bytes(&rest);
            if let Ok(address) = Address::decode(&writer.finish().unwrap()) {
                let again = Address::decode(&emitted(&address)).unwrap();
                prop_assert_eq!(&again, &address);
                let _ = (address.to_string(), address.to_params(), address.describe());
            }
        }
    }
}
