//! [`Connection`]: requests to one of the kernel's netlink protocols, by default under tokio.
//!
//! ```
//! # use nlink_core::{Connection, Rtnetlink, object::Protocol};
//! # use nlink_uapi::{netlink::NLM_F_REQUEST, rtnetlink::{RTM_GETLINK, ifinfomsg}};
//! # use zerocopy::IntoBytes;
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> nlink_core::Result<()> {
//! let rt = Connection::<Rtnetlink>::open()?;
//! let first = ifinfomsg { ifi_index: 1, ..Default::default() };
//! let answer = rt.request(RTM_GETLINK as u16).body(first.as_bytes()).await?;
//! assert_eq!(answer.bodies().count(), 1);
//! # Ok(())
//! # }
//! ```
//! Most users call the verbs on objects (`rt.get::<Link>("lo").await?`) that the protocol crates declare.
//!
//! How it works, from the outside in:
//! - A verb gives a builder; awaited, it resolves interface names, writes the message and exchanges it.
//! - `Exchange` is that one request in flight. It sends, and tries to receive at once, for the kernel answers
//!   most requests inside `sendmsg`: then it is done within its first poll, after two system calls.
//! - Only when the answer is not there yet does it wait for readiness. There is no background task: one of those
//!   waiting (the leader) watches the socket, hands out whatever arrives, and passes the watch on when it is done.
//! - The lock is held while datagrams are handed out, and never across an await.
//! - What waiting is, the [driver](crate::driver) says: a task that gives way, or a thread that blocks.
//! - Dumps and subscriptions have sockets of their own, opened in the namespace of the connection.

mod ask;
mod counters;
mod deadline;
mod edit;
mod exchange;
mod fetch;
mod handle;
mod message;
mod raw;
mod resolve;
mod shared;
mod sockets;
mod trace;

pub use counters::Counters;
pub use edit::{Echo, Edit};
pub use fetch::Fetch;
pub use handle::{Connection, DEFAULT_TIMEOUT};
pub use raw::{RawReply, RawRequest};

pub(crate) use deadline::{Deadline, timeouts};
pub(crate) use exchange::{Exchange, Fault};
pub(crate) use message::{DUMP, append, append_as, ask_for_ack, sent, set_sequence, write};
pub(crate) use resolve::{names_in, put_indexes};
#[cfg(feature = "testing")]
pub(crate) use shared::Shared;
pub(crate) use sockets::Line;
pub(crate) use trace::Trace;
