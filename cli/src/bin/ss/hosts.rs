//! `-r`: names of hosts, each looked up once.

use std::cell::RefCell;
use std::collections::HashMap;
use std::net::IpAddr;

thread_local! {
    static KNOWN: RefCell<HashMap<IpAddr, Option<String>>> = RefCell::default();
}

/// The name of a host, where it has one.
pub(crate) fn name(address: IpAddr) -> Option<String> {
    KNOWN.with_borrow_mut(|known| known.entry(address).or_insert_with(|| look_up(address)).clone())
}

/// Without a name, the C library gives the address.
fn look_up(address: IpAddr) -> Option<String> {
    dns_lookup::lookup_addr(&address).ok().filter(|name| name.parse::<IpAddr>().is_err())
}
