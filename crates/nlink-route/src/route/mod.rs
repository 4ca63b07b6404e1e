//! Routes: what the kernel's forwarding tables hold (`RTM_NEWROUTE` and its like, linux/rtnetlink.h;
//! [ip-route(8)](https://man7.org/linux/man-pages/man8/ip-route.8.html)).
//!
//! | file | what |
//! |---|---|
//! | `object` | [`Route`]: the message, its builder, its verbs |
//! | `header` | [`RouteHeader`] and the enums in it: [`RouteType`], [`RouteProtocol`], [`RouteTable`], [`RouteFlags`] |
//! | `nexthop`, `metrics`, `realms`, `cache`, `mfc`, `host`, `scope` | the values of its attributes |
//! | `prefix` | destinations as words: `default`, `10/8` |
//! | `keys`, `spelling`, `words`, `nexthop_words`, `params` | the grammar of `ip route add`, and the way back |
//! | `show` | its text and JSON, as iproute2 prints them |
//! | `filter`, `select` | [`RouteFilter`], and the grammar of `ip route show` |
//! | `lookup` | [`RouteLookup`]: which route a packet takes |
//! | `watch` | [`RouteKey`]: which route is which, for mirrors |
//! | `names` | which numbers /etc/iproute2 names |
//!
//! ```
//! use nlink_route::route::{Route, RouteProtocol};
//! let route = Route::new("10.0.0.0/8".parse().unwrap()).via("192.0.2.1".parse().unwrap()).on("eth0").metric(100);
//! assert_eq!(route.to_string(), "10.0.0.0/8 via 192.0.2.1 dev eth0 metric 100");
//! assert_eq!(route.header.protocol, RouteProtocol::BOOT);
//! ```

mod cache;
mod filter;
#[cfg(test)]
pub(crate) mod fixture;
mod header;
mod host;
mod keys;
mod listing;
mod lookup;
mod metrics;
mod mfc;
pub(crate) mod names;
mod nexthop;
mod nexthop_words;
mod object;
mod params;
mod prefix;
mod realms;
mod scope;
mod select;
mod show;
mod spelling;
mod watch;
mod words;

pub use cache::RouteCache;
pub use filter::{PrefixSelector, RealmsSelector, RouteFilter};
pub use header::{EncapType, RouteFlags, RouteHeader, RoutePreference, RouteProtocol, RouteTable, RouteType};
pub use host::Host;
pub use listing::RouteListing;
pub use lookup::{Lookup, RouteLookup};
pub use metrics::{MetricLock, Metrics, RouteFeatures};
pub use mfc::MfcStats;
pub use nexthop::{NextHop, NextHopFlags, NextHopHeader, RecordLength, Via};
pub use object::Route;
pub use prefix::Prefix;
pub use realms::Realms;
pub use scope::Scope;
pub use show::RouteLine;
pub use watch::RouteKey;

pub(crate) use keys::fits;
pub(crate) use show::{HostSink, interface_name};
pub(crate) use spelling::{host, named, scope};
