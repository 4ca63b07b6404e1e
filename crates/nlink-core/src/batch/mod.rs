//! Many requests in few system calls: [`Batch`], and [`Transaction`] where a protocol has all-or-nothing.
//!
//! Requests stand one behind the other in a datagram, and the kernel carries them out in turn, whatever became of those
//! before. Only the last one of a datagram asks for an acknowledgement: refusals come by themselves, each with the number
//! of its request, and the answer to the last one says that there are no more. So a request that is not refused costs
//! neither a message from the kernel nor a system call of ours.
//!
//! How it works:
//! - An item is written when it is added and the object forgotten; should it fail, it is put into words from its bytes
//!   (`written.rs`).
//! - Names of interfaces are stand-ins until the batch is awaited, which resolves each of them once (`names.rs`).
//! - Items are cut into runs. A run is one request of the engine with many numbers. It is short enough that, should all of
//!   its items be refused, the refusals fit in half of the socket's receive buffer: none is lost, and other requests have
//!   the other half.
//! - A request that ends with `EINTR` gets no answer: netlink_rcv_skb (net/netlink/af_netlink.c) takes that for a listing
//!   that has begun. Within a run it would count as carried out. It takes a signal that kills the process, so nobody is
//!   left to read the outcome.
//! - Should answers be lost all the same, or not come in time, the items whose fate is unknown are told as such.

mod builder;
mod failed;
mod items;
mod names;
mod outcome;
mod transaction;
mod verbs;
mod written;

pub use builder::Batch;
pub use outcome::{BatchFailure, BatchOutcome};
pub use transaction::Transaction;
