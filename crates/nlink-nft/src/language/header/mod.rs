//! Headers of packets and their fields, as a table: what `ip saddr` and `tcp dport` are.

mod link;
mod list;
mod network;
mod table;
mod transport;

pub use list::{HEADERS, header};
pub use table::{Field, Header, Layer};
