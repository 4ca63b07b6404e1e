//! A kernel that does what a test says: conversations without a kernel and without privileges.
//!
//! The connection under test is a real one, with its driver and its engine; only the far end of its sockets is in the
//! hands of the test. Three ways to have it answer, on one [`FakeKernel`]:
//!
//! **By script**: what is answered to which request, typed, one after the other. Each answer comes inside the call that
//! sends the request, as the kernel's do: no thread, no waiting, the same in each run. A listing comes in one datagram
//! for each message unless told otherwise. [`Faults`] spoil an answer in all the ways that there are.
//! ```
//! # use nlink_core::{Message, wire::{IfName, UnknownAttrs, Writer, attr_id}, object::{self, Filter, Object}};
//! # use nlink_uapi::{if_link::IFLA_IFNAME, rtnetlink::{RTM_DELLINK, RTM_GETLINK, RTM_NEWLINK, ifinfomsg}};
//! # use zerocopy::IntoBytes;
//! # #[derive(Message, Clone, Debug, Default, PartialEq)]
//! # #[message(header = ifinfomsg)]
//! # struct Link {
//! #     header: ifinfomsg,
//! #     #[attr(IFLA_IFNAME)] name: Option<IfName>,
//! #     #[attr(unknown)] unknown: UnknownAttrs,
//! # }
//! # impl Link { fn named(name: &str) -> Self { Self { name: name.parse().ok(), ..Self::default() } } }
//! # impl Object for Link {
//! #     type Protocol = Rtnetlink;
//! #     const NAME: &'static str = "link";
//! #     const NEW: u16 = attr_id(RTM_NEWLINK);
//! #     const DEL: u16 = attr_id(RTM_DELLINK);
//! #     const GET: u16 = attr_id(RTM_GETLINK);
//! #     fn describe(&self) -> String { "link".into() }
//! # }
//! # #[derive(Clone, Default)] struct All;
//! # impl Filter<Link> for All {
//! #     fn emit(&self, writer: &mut Writer) { writer.bytes(ifinfomsg::default().as_bytes()); }
//! #     fn matches(&self, _: &Link) -> bool { true }
//! # }
//! # impl object::Dump for Link { type Filter = All; }
//! # impl object::Add for Link {}
//! use nlink_core::testing::{FakeKernel, Faults, verb::*};
//! use nlink_core::{Result, Rtnetlink};
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<()> {
//! let kernel = FakeKernel::new()
//!     .on::<Link>(Dump).reply([Link::named("stale")]).interrupted()
//!     .on::<Link>(Dump).reply([Link::named("eth0"), Link::named("eth1")])
//!     .on::<Link>(Add).when(|link| link.name.is_none()).refuse(22);
//! let rt = kernel.connect::<Rtnetlink>();
//! let links = rt.dump::<Link>().await?; // starts over by itself
//! assert_eq!(links, [Link::named("eth0"), Link::named("eth1")]);
//! assert_eq!(rt.add(Link::default()).await.unwrap_err().errno(), Some(22));
//! # Ok(())
//! # }
//! ```
//! When a kernel with a script is dropped, everything in the script has to have been asked for, nothing else, and nobody
//! may wait any more; else it panics.
//!
//! **By hand**: without a script, what was asked waits at the [`Line`] of its socket, and the test delivers what it likes
//! when it likes. [`FakeKernel::assert_all_is_settled`] then stands at the end.
//! ```
//! use nlink_core::testing::FakeKernel;
//! use nlink_core::{Result, Rtnetlink};
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<()> {
//! let kernel = FakeKernel::new();
//! let rt = kernel.connect::<Rtnetlink>();
//! let (answer, ()) = tokio::join!(rt.request(16), async {
//!     let asked = kernel.control().asked();
//!     kernel.control().deliver(&asked.object(16, 0, b"body"));
//! });
//! assert_eq!(answer?.bodies().next(), Some((16, &b"body"[..])));
//! kernel.assert_all_is_settled(&rt);
//! # Ok(())
//! # }
//! ```
//!
//! **By record**: a [capture](crate::pcap) of a conversation with a real kernel is a script, see [`Recording`].

mod answer;
mod asked;
mod fault;
mod kernel;
mod line;
mod recording;
mod refused;
mod script;
pub mod verb;

pub use answer::{Answer, Delivery};
pub use asked::Asked;
pub use fault::Faults;
pub use kernel::FakeKernel;
pub use line::Line;
pub use recording::{Exchange, Recording};
pub use refused::Refused;
pub use script::On;
