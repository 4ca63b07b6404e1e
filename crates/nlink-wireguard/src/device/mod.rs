//! Devices, their peers, and the peers' allowed IPs, as the kernel has them.

mod allowed_ip;
mod endpoint;
mod filter;
mod object;
mod parts;
mod peer;
mod reference;

pub use allowed_ip::{AllowedIp, AllowedIpFlags};
pub use endpoint::Endpoint;
pub use filter::DeviceFilter;
pub use object::{Device, DeviceFlags};
pub use peer::{Peer, PeerFlags, Timestamp};
pub use reference::DeviceRef;
