//! Addresses as mirrors see them.

use nlink_core::Interface;
use nlink_core::object::Watch;

use super::{Address, AddressFilter};
use crate::Family;
use crate::cues::LinkCues;
use crate::route::Host;

/// What an address is known by: its interface and itself; of IPv4 the network and the peer as well, for the same address
/// may be there once for each.
///
/// ```
/// use nlink_core::object::Watch;
/// use nlink_route::address::Address;
/// let known = Address::new("192.0.2.1/24".parse().unwrap()).on(3);
/// assert_eq!(known.key(), known.clone().label("eth0:1").key());
/// assert_ne!(known.key(), known.clone().on(4).key());
/// assert_ne!(known.key(), Address::new("192.0.2.1/25".parse().unwrap()).on(3).key());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct AddressKey {
    family: Family,
    index: Option<u32>,
    own: Option<Host>,
    /// Bits of the network, and the address at the other end.
    network: Option<(u8, Option<Host>)>,
}

impl Watch for Address {
    type Key = AddressKey;
    /// The kernel announces addresses that go with their link; those that IPv6 keeps while it is down it checks anew when
    /// it comes up, which shows in their flags.
    type Cues = LinkCues;

    /// The interface counts by its index, as the kernel says it.
    fn key(&self) -> AddressKey {
        let header = &self.header;
        let network = (header.family != Family::INET6).then_some((header.prefix_len, self.address));
        AddressKey {
            family: header.family,
            index: self.interface.as_ref().and_then(Interface::index),
            own: self.own(),
            network,
        }
    }

    fn belongs(&self, filter: &AddressFilter) -> bool {
        let family = self.header.family;
        // Those of others (MCTP, Phonet) are listed, but announced to groups of theirs.
        [Family::INET, Family::INET6].contains(&family)
            && (filter.family == Family::UNSPEC || filter.family == family)
            && filter.interface.as_ref().is_none_or(|interface| self.interface.as_ref() == Some(interface))
    }
}
