//! Narrowing a listing of addresses where it is asked for: `rt.dump::<Address>().scope(Scope::HOST)`.

use nlink_core::stream::Filtered;

use super::{Address, AddressFilter, AddressFlags};
use crate::route::Scope;

/// What a listing of addresses can be narrowed to beside [`Narrow`](crate::listing::Narrow); more of it in
/// [`AddressFilter`], by `filter`.
///
/// ```no_run
/// # async fn example(rt: nlink_core::Connection<nlink_core::Rtnetlink>) -> nlink_core::Result<()> {
/// use nlink_route::address::{Address, AddressListing};
/// use nlink_route::listing::Narrow;
/// use nlink_route::route::Scope;
/// for address in rt.dump::<Address>().on("eth0").scope(Scope::LINK).await? {
///     println!("{address}");
/// }
/// # Ok(())
/// # }
/// ```
pub trait AddressListing: Filtered<Object = Address> {
    /// Changes the filter.
    fn narrowed(self, with: impl FnOnce(AddressFilter) -> AddressFilter) -> Self {
        self.map_filter(|filter| *filter = with(std::mem::take(filter)))
    }

    /// Of that scope.
    fn scope(self, scope: Scope) -> Self {
        self.narrowed(|filter| filter.scope(scope))
    }

    /// With these flags, or without them.
    fn flags(self, flags: AddressFlags, set: bool) -> Self {
        self.narrowed(|filter| filter.flags(flags, set))
    }
}

impl<L: Filtered<Object = Address>> AddressListing for L {}
