//! The protocol as a state machine without I/O: sequence numbers, pending requests, acknowledgements, multipart
//! answers, interrupted dumps, deadlines. Bytes in, outcomes out.
//!
//! No clock, no socket and no runtime in here: whoever drives it (the tokio driver in `connection/`, the harness in
//! `testing/`) hands it datagrams and the time. Three machines:
//! - [`Engine`] for the control socket: any number of requests in flight, told apart by sequence number;
//! - [`Listing`] for a dump's own socket: items borrowed from the receive buffer, nothing allocated;
//! - [`Resync`] for a mirror: when to list, when to merge, when to list anew.
//!
//! Rules that hold whatever arrives:
//! - An answer that cannot be read still ends its request, with an error.
//! - An answer to nobody (a late one of a request that was cancelled or timed out) is counted and thrown away, never
//!   taken for another request's.
//! - Only the kernel answers: what other processes send is counted and thrown away.

mod listing;
mod reply;
mod requests;
mod resync;

pub use listing::{Listing, Stop};
pub use reply::{Answer, Refusal};
pub use requests::{Engine, Expect, Failure, Outcome, Tally};
pub use resync::{Input, Marker, Phase, Resync};
