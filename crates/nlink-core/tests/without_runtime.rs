//! A blocking connection uses no runtime; alone in its process, so that whatever is open is its.

#![allow(clippy::unwrap_used)] // also in what the tests have in common

#[path = "kernel/link.rs"]
#[allow(dead_code)]
mod link;

use std::time::Duration;

use nlink_core::blocking::Connection;
use nlink_core::{Result, Rtnetlink};

use link::Link;

/// What a runtime would take: eventfds and epolls that are open, and threads.
fn taken() -> [usize; 3] {
    let fds = std::fs::read_dir("/proc/self/fd").unwrap().filter_map(|fd| std::fs::read_link(fd.ok()?.path()).ok());
    let fds: Vec<String> = fds.map(|what| what.to_string_lossy().into_owned()).collect();
    let open = |kind: &str| fds.iter().filter(|what| **what == format!("anon_inode:[{kind}]")).count();
    [open("eventfd"), open("eventpoll"), std::fs::read_dir("/proc/self/task").unwrap().count()]
}

#[test]
fn waiting_takes_one_eventfd_no_epoll_and_no_thread() -> Result<()> {
    let before @ [eventfds, epolls, threads] = taken();
    let rt = Connection::<Rtnetlink>::open()?;
    rt.get::<Link>("lo").call()?;
    for link in rt.dump::<Link>() {
        link?;
    }
    assert_eq!(taken(), before, "answers that are there at once need no waiting");
    let mut events = rt.events::<Link>().call()?;
    // in the meantime something may happen on the machine
    while !events.next_within(Duration::from_millis(1)).unwrap().is_err_and(|error| error.is_timeout()) {}
    assert_eq!(taken(), [eventfds + 1, epolls, threads]);
    Ok(())
}
