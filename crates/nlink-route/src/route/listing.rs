//! Narrowing a listing of routes where it is asked for: `rt.dump::<Route>().table(100)`.

use nlink_core::stream::Filtered;

use super::{Route, RouteFilter, RouteProtocol, RouteTable, RouteType};

/// What a listing of routes can be narrowed to beside [`Narrow`](crate::listing::Narrow); more of it in
/// [`RouteFilter`], by `filter`.
///
/// ```no_run
/// # async fn example(rt: nlink_core::Connection<nlink_core::Rtnetlink>) -> nlink_core::Result<()> {
/// use nlink_route::route::{Route, RouteListing};
/// for route in rt.dump::<Route>().table(100).await? {
///     println!("{route}");
/// }
/// # Ok(())
/// # }
/// ```
pub trait RouteListing: Filtered<Object = Route> {
    /// Changes the filter.
    fn narrowed(self, with: impl FnOnce(RouteFilter) -> RouteFilter) -> Self {
        self.map_filter(|filter| *filter = with(std::mem::take(filter)))
    }

    /// In that table.
    fn table(self, table: impl Into<RouteTable>) -> Self {
        self.narrowed(|filter| filter.table(table))
    }

    /// In whatever table.
    fn all_tables(self) -> Self {
        self.narrowed(RouteFilter::all_tables)
    }

    /// Made by that protocol.
    fn protocol(self, protocol: RouteProtocol) -> Self {
        self.narrowed(|filter| filter.protocol(protocol))
    }

    /// Of that type.
    fn kind(self, kind: RouteType) -> Self {
        self.narrowed(|filter| filter.kind(kind))
    }
}

impl<L: Filtered<Object = Route>> RouteListing for L {}
