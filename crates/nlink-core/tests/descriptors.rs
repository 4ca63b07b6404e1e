//! File descriptors that a pool takes on the running kernel; alone in its process, so that all of them are its.

#![allow(clippy::unwrap_used)] // also in what the tests have in common

#[path = "kernel/link.rs"]
#[allow(dead_code)]
mod link;

use nlink_core::pool::ConnectionPool;
use nlink_core::{Result, Rtnetlink};

use link::Link;

/// Sockets that this process has open.
fn sockets() -> usize {
    let fds = std::fs::read_dir("/proc/self/fd").unwrap().filter_map(|fd| std::fs::read_link(fd.ok()?.path()).ok());
    fds.filter(|what| what.to_string_lossy().starts_with("socket:")).count()
}

#[tokio::test]
async fn a_pool_of_four_takes_four_sockets_whoever_wants_one() -> Result<()> {
    let before = sockets();
    let pool = ConnectionPool::<Rtnetlink>::open(4);
    let tasks: Vec<_> = (0..200)
        .map(|_| {
            let pool = pool.clone();
            tokio::spawn(async move {
                let rt = pool.lease().await?;
                let lo = rt.get::<Link>("lo").await?;
                tokio::task::yield_now().await;
                Result::<_>::Ok((lo.header.ifi_index, sockets()))
            })
        })
        .collect();
    for task in tasks {
        let (index, open) = task.await.unwrap()?;
        assert_eq!(index, 1);
        assert!(open - before <= 4, "{open} sockets are open, {before} were");
    }
    let metrics = pool.metrics();
    assert_eq!((metrics.opened, metrics.idle, metrics.leases, metrics.thrown_away), (4, 4, 200, 0));
    drop(pool);
    assert_eq!(sockets(), before);
    Ok(())
}
