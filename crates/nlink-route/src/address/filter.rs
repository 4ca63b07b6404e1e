//! Narrowing a listing of addresses: in the kernel where a strict one filters (family, interface, namespace;
//! net/ipv4/devinet.c, `inet_valid_dump_ifaddr_req`), and exactly in any case.

use nlink_core::Interface;
use nlink_core::object::Filter;
use nlink_core::wire::{Codec, Writer, attr_id};
use nlink_core::words::glob;
use nlink_uapi::if_addr::IFA_TARGET_NETNSID;
use zerocopy::IntoBytes;

use super::{Address, AddressFlags, AddressHeader, AddressProtocol};
use crate::Family;
use crate::route::{Prefix, Scope};

/// What the words of `ip address show` say of the interfaces rather than of the addresses.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LinkSelector {
    /// Only those that are up.
    pub up: bool,
    /// Only those that are down.
    pub down: bool,
    /// Of that group.
    pub group: Option<u32>,
    /// Under that master, or under none.
    pub master: Option<Master>,
    /// Of that kind; as it stands, also `bridge_slave`.
    pub kind: Option<String>,
    /// Without the virtual functions.
    pub no_vf: bool,
}

impl LinkSelector {
    /// Whether nothing but the state is asked, which every view of a link shows.
    pub(crate) fn is_any(&self) -> bool {
        *self == Self { up: self.up, down: self.down, ..Self::default() }
    }
}

/// Which master an interface shall have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Master {
    /// That one.
    Of(Interface),
    /// That one, which must be a VRF.
    Vrf(Interface),
    /// None.
    None,
}

/// Which addresses a listing shows; by default all.
///
/// ```
/// use nlink_core::object::Filter;
/// use nlink_route::address::{Address, AddressFilter};
/// let filter = AddressFilter::default().on(3);
/// let address = Address::new("192.0.2.1/24".parse().unwrap());
/// assert!(filter.matches(&address.clone().on(3)));
/// assert!(!filter.matches(&address.on(4)));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AddressFilter {
    /// Of that family; `UNSPEC` is all.
    pub family: Family,
    /// Of that interface.
    pub interface: Option<Interface>,
    /// Of that scope.
    pub scope: Option<Scope>,
    /// Values of the flags that count.
    pub flags: AddressFlags,
    /// Which flags count.
    pub flags_mask: AddressFlags,
    /// With a label that fits this pattern; an address without one goes by its interface's name.
    pub label: Option<String>,
    /// This host's address lies in that prefix.
    pub to: Option<Prefix>,
    /// Made by that protocol, where the kernel says so.
    pub protocol: Option<AddressProtocol>,
    /// Of the namespace with that id here (Linux 4.20).
    pub target_namespace: Option<i32>,
    /// What is asked of the interfaces; [`matches`](Filter::matches) does not look at it.
    pub link: LinkSelector,
}

impl AddressFilter {
    /// Of that family.
    pub fn family(mut self, family: Family) -> Self {
        self.family = family;
        self
    }

    /// Of that interface.
    pub fn on(mut self, interface: impl Into<Interface>) -> Self {
        self.interface = Some(interface.into());
        self
    }

    /// Of that scope.
    pub fn scope(mut self, scope: Scope) -> Self {
        self.scope = Some(scope);
        self
    }

    /// With these flags, or without them.
    pub fn flags(mut self, flags: AddressFlags, set: bool) -> Self {
        self.flags.set(flags, set);
        self.flags_mask |= flags;
        self
    }

    /// This host's address lies in that prefix.
    pub fn to(mut self, prefix: Prefix) -> Self {
        self.to = Some(prefix);
        self
    }

    /// Whether a label, or where there is none the interface's name, fits.
    fn matches_label(&self, address: &Address, name: Option<&str>) -> bool {
        let Some(pattern) = &self.label else { return true };
        let own = match &address.interface {
            Some(Interface::Name(name)) => Some(&**name),
            _ => None,
        };
        let label = address.label.as_deref().or(name).or(own).unwrap_or_default();
        glob(pattern, label)
    }

    /// As [`matches`](Filter::matches), with the interface's name for addresses that have no label (IPv6).
    pub fn matches_named(&self, address: &Address, name: Option<&str>) -> bool {
        let header = &address.header;
        (self.family == Family::UNSPEC || self.family == header.family)
            && self.interface.as_ref().is_none_or(|interface| address.interface.as_ref() == Some(interface))
            && self.scope.is_none_or(|scope| scope == header.scope)
            && (self.flags ^ address.all_flags()) & self.flags_mask == AddressFlags(0)
            && self.protocol.is_none_or(|wanted| address.protocol.is_none_or(|protocol| protocol == wanted))
            && self.to.is_none_or(|prefix| prefix.contains(address.own(), header.family))
            && self.matches_label(address, name)
    }
}

impl Filter<Address> for AddressFilter {
    fn emit(&self, writer: &mut Writer) {
        let mut header = AddressHeader { family: self.family, ..AddressHeader::default() };
        match &self.interface {
            Some(Interface::Index(index)) => header.index = *index,
            Some(Interface::Name(name)) => {
                writer.fail(nlink_core::wire::WireCause::Unresolved(name.to_string()));
            }
            None => {}
        }
        writer.bytes(header.as_bytes());
        if let Some(id) = self.target_namespace {
            writer.attr(attr_id(IFA_TARGET_NETNSID), |payload| id.encode(payload));
        }
    }

    fn matches(&self, address: &Address) -> bool {
        self.matches_named(address, None)
    }

    fn visit_interfaces(&mut self, visit: &mut dyn FnMut(&mut Interface)) {
        let master = match &mut self.link.master {
            Some(Master::Of(interface) | Master::Vrf(interface)) => Some(interface),
            Some(Master::None) | None => None,
        };
        self.interface.iter_mut().chain(master).for_each(visit);
    }
}

#[cfg(test)]
mod tests {
    use nlink_core::words::{FromWords, Words};

    use super::*;
    use crate::route::fixture::words;

    fn filter(text: &str) -> AddressFilter {
        AddressFilter::from_words(&mut Words::new(words(text))).unwrap_or_else(|error| panic!("{text}: {error}"))
    }

    #[test]
    fn selectors_take_and_leave_as_the_reference_does() {
        let permanent = AddressFlags::PERMANENT;
        let address = Address::new("192.0.2.1/24".parse().unwrap()).on("eth0").label("eth0:1").flags(permanent);
        let cases = [
            ("", true),
            ("dev eth0", true),
            ("eth1", false),
            ("to 192.0.2.0/24", true),
            ("to 192.0.3.0/24", false),
            ("scope global", true),
            ("scope link", false),
            ("scope all", true),
            ("permanent", true),
            ("dynamic", false),
            ("-dynamic", true),
            ("primary", true),
            ("secondary", false),
            ("-permanent", false),
            ("label eth0:*", true),
            ("label eth1*", false),
            ("up master br0 type veth group default novf", true),
        ];
        for (text, wanted) in cases {
            assert_eq!(filter(text).matches(&address), wanted, "{text}");
        }
        let address = Address::new("2001:db8::1/64".parse().unwrap()).on(3);
        assert!(!filter("label eth0").matches_named(&address, Some("eth1")));
        assert!(filter("label eth?").matches_named(&address, Some("eth1")));
        assert_eq!(filter("vrf red").link.master, Some(Master::Vrf("red".into())));
    }

    #[test]
    #[cfg(target_endian = "little")] // as the captures are
    fn the_kernel_is_asked_for_what_a_strict_one_filters() {
        let mut filter = filter("dev d2 scope link permanent to 192.0.2.0/24");
        filter.visit_interfaces(&mut |interface| *interface = 25.into());
        let mut writer = Writer::new();
        filter.emit(&mut writer);
        assert_eq!(writer.finish().unwrap(), crate::route::fixture::bytes("02000000 19000000"));
    }
}
