//! Words for listings: `rt.dump::<Route>().table(100)`, `rt.dump::<Address>().on("eth0").family(Family::INET)`; and
//! `rt.lookup(address)`, which is `ip route get`.

use nlink_core::connection::{Connection, Fetch};
use nlink_core::object::Dump;
use nlink_core::stream::Listing;
use nlink_core::{Interface, Rtnetlink};

use crate::Family;
use crate::address::{Address, AddressFilter};
use crate::link::{Link, LinkFilter};
use crate::route::{Route, RouteFilter, RouteLookup, RouteTable};

/// A filter that an address family narrows.
pub trait ByFamily {
    /// Lists that family only.
    fn set_family(&mut self, family: Family);
}

/// A filter that an interface narrows.
pub trait ByInterface {
    /// Lists what belongs to that interface only.
    fn set_interface(&mut self, interface: Interface);
}

macro_rules! narrows {
    ($($filter:ty: $by:ident::$set:ident($value:ty) = $field:ident;)*) => {$(
        impl $by for $filter {
            fn $set(&mut self, value: $value) {
                self.$field = value.into();
            }
        }
    )*};
}

narrows! {
    LinkFilter: ByFamily::set_family(Family) = family;
    AddressFilter: ByFamily::set_family(Family) = family;
    RouteFilter: ByFamily::set_family(Family) = family;
    LinkFilter: ByInterface::set_interface(Interface) = interface;
    AddressFilter: ByInterface::set_interface(Interface) = interface;
    RouteFilter: ByInterface::set_interface(Interface) = oif;
}

/// What listings can be narrowed to in words.
pub trait Narrow<T: Dump> {
    /// One address family.
    fn family(self, family: Family) -> Self
    where
        T::Filter: ByFamily;

    /// What belongs to an interface: its addresses, the routes that go out by it.
    fn on(self, interface: impl Into<Interface>) -> Self
    where
        T::Filter: ByInterface;
}

impl<T: Dump> Narrow<T> for Listing<T> {
    fn family(self, family: Family) -> Self
    where
        T::Filter: ByFamily,
    {
        self.map_filter(|filter| filter.set_family(family))
    }

    fn on(self, interface: impl Into<Interface>) -> Self
    where
        T::Filter: ByInterface,
    {
        self.map_filter(|filter| filter.set_interface(interface.into()))
    }
}

/// What listings of routes can be narrowed to in words.
pub trait NarrowRoutes {
    /// One table; without this, all of them.
    fn table(self, table: impl Into<RouteTable>) -> Self;
}

impl NarrowRoutes for Listing<Route> {
    fn table(self, table: impl Into<RouteTable>) -> Self {
        self.map_filter(|filter| filter.table = Some(table.into()))
    }
}

/// Asking which route a packet takes.
pub trait Lookup {
    /// The route to an address, or of the packet that the lookup describes.
    ///
    /// ```no_run
    /// # use nlink_core::{Connection, Rtnetlink};
    /// use nlink_route::listing::Lookup;
    /// # async fn lookup() -> nlink_core::Result<()> {
    /// let rt = Connection::<Rtnetlink>::open()?;
    /// let route = rt.lookup(std::net::IpAddr::from([192, 0, 2, 1])).await?;
    /// # Ok(()) }
    /// ```
    fn lookup(&self, packet: impl Into<RouteLookup>) -> Fetch<Route>;
}

impl Lookup for Connection<Rtnetlink> {
    fn lookup(&self, packet: impl Into<RouteLookup>) -> Fetch<Route> {
        self.get::<Route>(packet)
    }
}

/// Every object of this crate is listed as itself.
const _: fn() = || {
    fn listed<T: Dump>() {}
    listed::<Link>();
    listed::<Address>();
    listed::<Route>();
};
