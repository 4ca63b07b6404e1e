//! Generic netlink: the kernel's families by name, what they can do, and families of one's own in thirty lines.
//!
//! A family is a protocol that shares the socket number `NETLINK_GENERIC` with all others; the kernel gives it a number
//! when its module is loaded, and the [`controller`] tells names, numbers, commands, multicast groups and policies.
//! [docs.kernel.org/userspace-api/netlink/intro.html](https://docs.kernel.org/userspace-api/netlink/intro.html),
//! linux/genetlink.h.
//!
//! ```
//! use nlink_core::Connection;
//! use nlink_genl::{Generic, controller::FamilyInfo};
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> nlink_core::Result<()> {
//! let genl = Connection::<Generic>::open()?;
//! let controller = genl.get::<FamilyInfo>("nlctrl").await?;
//! assert_eq!(controller.id, Some(16));
//! # Ok(())
//! # }
//! ```
//!
//! - [`family!`] declares the marker of a family: `Connection::<Wireguard>::open()` then learns its number by itself,
//!   and learns it anew when the module went and came back.
//! - [`genl_family`] and [`GenlMessage`] declare a whole family, its commands, answers and announcements; [`Typed`] sends
//!   them.

#![forbid(unsafe_code)]

#[allow(unused_extern_crates)] // the macros' paths start here, also in this crate
extern crate self as nlink_genl;

pub mod controller;
mod family;
mod generic;
mod handle;
mod header;
pub mod typed;

pub use family::Family;
pub use generic::Generic;
pub use handle::Handle;
pub use nlink_macros::{GenlMessage, genl_family};
pub use typed::Typed;

#[doc(hidden)] // where the macros' paths lead
pub use nlink_core;
#[doc(hidden)] // what a module with `genl_family` sees
pub mod declare {
    pub use nlink_macros::GenlMessage;
}
