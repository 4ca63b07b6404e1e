//! Addresses of interfaces (`RTM_NEWADDR` and its like, linux/if_addr.h;
//! [ip-address(8)](https://man7.org/linux/man-pages/man8/ip-address.8.html)).
//!
//! | file | what |
//! |---|---|
//! | `object` | [`Address`]: the message, its builder, its verbs |
//! | `header` | [`AddressHeader`], [`AddressFlags`], [`AddressProtocol`], [`Lifetimes`] |
//! | `words` | the grammar of `ip address add`, and the way back |
//! | `show` | its text and JSON, as iproute2 prints them |
//! | `watch` | [`AddressKey`]: which address is which, for mirrors |
//! | `filter`, `select` | [`AddressFilter`], and the grammar of `ip address show` |
//!
//! ```
//! use nlink_route::address::Address;
//! let address = Address::new("10.88.0.7/16".parse().unwrap()).on("eth0");
//! assert_eq!(address.to_params().join(" "), "10.88.0.7/16 dev eth0");
//! ```

mod filter;
mod header;
mod listing;
mod object;
mod select;
mod show;
mod watch;
mod words;

pub use filter::{AddressFilter, LinkSelector, Master};
pub use header::{AddressFlags, AddressHeader, AddressProtocol, Lifetimes};
pub use listing::AddressListing;
pub use object::Address;
pub use show::AddressLine;
pub use watch::AddressKey;
