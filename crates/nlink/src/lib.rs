//! Linux networking over netlink: configure and observe, async and tokio-native, or blocking without a runtime.
//!
//! nlink owns its wire format end to end and is a set of crates; this one is the front door. A program that wants one
//! protocol only may use that protocol's crate alone: everything here is a re-export.
//!
//! ```no_run
//! use nlink::prelude::*;
//!
//! # async fn look_around() -> nlink::Result<()> {
//! let rt = Connection::<Rtnetlink>::open()?;
//! for link in rt.dump::<Link>().await? {
//!     println!("{link}");
//! }
//! let lo = rt.get::<Link>("lo").await?;
//! let addresses = rt.dump::<Address>().on(&lo).family(Family::INET).await?;
//! # let _ = addresses;
//! # Ok(()) }
//! ```
//!
//! Without a runtime, the same by [`blocking`]: `.call()?` in place of `.await?`, and listings are iterators.
//!
//! The runnable examples are in `examples/`; the tests run each of them in a namespace of its own.
//!
//! # What holds by default
//!
//! - **Errors speak.** The kernel's own message, the attribute it is about by name, and a hint where there is one.
//! - **Requests end.** Every one is under a deadline of 30 seconds; `.timeout(…)` sets another, `.no_timeout()` none.
//! - **Dropping cancels.** A future that is dropped leaves the connection usable; a late answer is thrown away.
//! - **Listings are whole.** One that changed while it was listed starts over by itself, and a stream says so.
//! - **Loss is told.** Events that did not fit the socket's buffer are a notice in the stream, not silence.
//! - **Mirrors heal.** What is watched or stored is listed anew after a loss, and when the kernel took something away
//!   without a word.
//! - **Names mean something in a namespace.** An interface's name is resolved by the connection that sends the request,
//!   in its own network namespace.
//! - **Nothing unknown is lost.** Attributes and values that this version has no name for are kept and shown.
//!
//! # Features
//!
//! | feature | what it adds |
//! |---|---|
//! | `route` (default) | links, addresses, routes: [`link`], [`address`], [`route`] |
//! | `wireguard` | WireGuard: devices, peers, keys, configurations: `wireguard` |
//! | `sockdiag` | sockets: TCP, UDP, MPTCP, raw, unix, netlink, packet; listed, filtered, destroyed: `sockdiag` |
//! | `nftables` | nftables: tables, chains, rules, sets, in transactions: `nftables` |
//! | `genl` | generic netlink: families by name, families of one's own: `genl` |
//! | `syscall_batch` | several datagrams per system call (`sendmmsg`, `recvmmsg`) in a [`batch`] |
//! | `lab` | tests on the running kernel, in namespaces of their own, without root: `lab` |
//! | `testing` | a kernel that does what a test says: `testing`; checks against captured bytes: `capture` |

#![forbid(unsafe_code)]

pub use nlink_core::{Attributes, Kind, Message};
pub use nlink_core::{
    Connection, Error, Interface, KernelError, Namespace, Result, Rtnetlink, batch, blocking, connection, driver,
    engine, error, fields, interface, kind, netns, object, pcap, pool, show, socket, stream, wire, words,
};
#[cfg(feature = "lab")]
pub use nlink_lab as lab;

#[cfg(feature = "testing")]
pub use nlink_core::{capture, testing};

#[doc(inline)]
pub use nlink_core::uapi;

#[cfg(feature = "sockdiag")]
pub use nlink_diag as sockdiag;
#[cfg(feature = "genl")]
pub use nlink_genl as genl;
#[cfg(feature = "nftables")]
pub use nlink_nft as nftables;
#[cfg(feature = "route")]
pub use nlink_route::{Family, address, family, link, listing, names, nsid, route};
#[cfg(feature = "wireguard")]
pub use nlink_wireguard as wireguard;

/// What most programs need in scope: connections, protocols, objects, the words for listings.
pub mod prelude {
    pub use nlink_core::object::{Event, Watch};
    pub use nlink_core::stream::{Change, Marker, Marker::*, Notice, ResyncedEvent, Store};
    pub use nlink_core::{Connection, Error, Interface, Namespace, Rtnetlink};

    #[cfg(feature = "sockdiag")]
    pub use nlink_diag::{Destroy, SockDiag, TcpSocket, UdpSocket, UnixSocket};
    #[cfg(feature = "genl")]
    pub use nlink_genl::{Generic, GenlMessage, Typed, genl_family};
    #[cfg(feature = "nftables")]
    pub use nlink_nft::{Chain, CtState, Hook, Nftables, Policy, Priority, RuleBuilder, Set, Table};
    #[cfg(feature = "route")]
    pub use nlink_route::{
        Family,
        address::{Address, AddressListing},
        link::{Link, LinkFlags, LinkKind, OperState, kinds::*},
        listing::Narrow,
        route::{Lookup, NextHop, Route, RouteListing, RouteProtocol, RouteTable},
    };
    #[cfg(feature = "wireguard")]
    pub use nlink_wireguard::{Peer, PresharedKey, PrivateKey, PublicKey, Wireguard, WireguardConfig};
}
