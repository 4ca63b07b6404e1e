//! The protocol that every namespace has and that the engine itself speaks, to turn names of interfaces into indexes.

use nlink_uapi::netlink::NETLINK_ROUTE;

use crate::object::Protocol;

/// Links, addresses, routes, neighbours, rules, queueing: `NETLINK_ROUTE`,
/// [rtnetlink(7)](https://man7.org/linux/man-pages/man7/rtnetlink.7.html).
#[derive(Clone, Copy, Debug, Default)]
pub struct Rtnetlink;

impl Protocol for Rtnetlink {
    const NAME: &'static str = "rtnetlink";
    const NUMBER: u32 = NETLINK_ROUTE;
}
