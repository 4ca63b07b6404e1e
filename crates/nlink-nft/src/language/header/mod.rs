//! Headers of packets and their fields, as a table: what `ip saddr` and `tcp dport` are.

mod family;
mod link;
mod list;
mod network;
mod table;
mod transport;

pub(crate) use family::{ether_type, ip_ether_type, ip_family};
pub use list::{HEADERS, header};
pub use table::{Field, Header, Layer};
