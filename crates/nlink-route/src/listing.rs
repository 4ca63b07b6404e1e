//! What listings of every object, and mirrors of them, can be narrowed to in words:
//! `rt.dump::<Address>().family(Family::INET)`.
//! What only one object has stands with it: [`AddressListing`](crate::address::AddressListing),
//! [`RouteListing`](crate::route::RouteListing).

use nlink_core::Interface;
use nlink_core::object::{ByInterface, Dump};
use nlink_core::stream::Filtered;

use crate::Family;
use crate::address::AddressFilter;
use crate::link::LinkFilter;
use crate::route::RouteFilter;

/// A filter that an address family narrows.
pub trait ByFamily {
    /// Lists that family only.
    fn set_family(&mut self, family: Family);
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

/// What listings and mirrors can be narrowed to in words.
pub trait Narrow<T: Dump>: Filtered<Object = T> {
    /// One address family.
    fn family(self, family: Family) -> Self
    where
        T::Filter: ByFamily,
    {
        self.map_filter(|filter| filter.set_family(family))
    }
}

impl<T: Dump, L: Filtered<Object = T>> Narrow<T> for L {}
