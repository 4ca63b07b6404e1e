//! The routes that the contestants make: `11.0.0.0/32` and on, out of `lo`.

use std::net::Ipv4Addr;

/// The index of `lo`, in every namespace.
pub const LO: u32 = 1;

/// So many destinations.
pub fn destinations(count: u32) -> impl Iterator<Item = Ipv4Addr> + Clone {
    numbers(0..count)
}

/// Every [`IN_FLIGHT`](crate::IN_FLIGHT)th of them, the first one left out so many: a task's share.
pub fn share(task: u32, count: u32) -> impl Iterator<Item = Ipv4Addr> {
    let step = usize::try_from(crate::IN_FLIGHT).unwrap_or(1);
    numbers(task..count).step_by(step)
}

fn numbers(range: std::ops::Range<u32>) -> impl Iterator<Item = Ipv4Addr> + Clone {
    let first = u32::from(Ipv4Addr::new(11, 0, 0, 0));
    range.map(move |number| Ipv4Addr::from(first + number))
}
