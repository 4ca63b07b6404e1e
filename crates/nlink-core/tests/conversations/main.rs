//! What went wrong in other netlink libraries, each as a scenario: a real connection, and a kernel that misbehaves.

#![allow(clippy::unwrap_used)] // also in what the tests have in common

#[path = "../kernel/link.rs"]
#[allow(dead_code)]
mod link;
#[path = "../kernel/table.rs"]
#[allow(dead_code)]
mod table;

mod await_points;
mod batch;
mod blocking;
mod cancel;
mod driver;
mod dump;
mod faults;
mod overrun;
mod pool;
mod replay;
mod replies;
mod resync;
mod script;
mod tracing;
mod transaction;
mod traps;
mod unacknowledged;
