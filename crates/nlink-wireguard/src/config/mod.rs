//! What a device shall be, compared with what it is, and applied: only what differs is sent.

mod change;
mod compare;
mod difference;
mod wanted;

pub use change::Change;
pub use difference::{Difference, PeerDifference};
pub use wanted::WireguardConfig;
