//! A pool: lent in turn, and what comes back in a bad state is not lent again.

use std::future::IntoFuture;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use nlink_core::driver::{Blocking, Driver, Tokio};
use nlink_core::pool::ConnectionPool;
use nlink_core::testing::FakeKernel;
use nlink_core::{Connection, Error, KernelError, Result, Rtnetlink};

use super::link::Link;
use super::script::{NEW, link, poll_once};

fn pool<D: Driver>(size: usize) -> (Arc<FakeKernel>, ConnectionPool<Rtnetlink, D>) {
    let kernel = Arc::new(FakeKernel::new());
    let far = Arc::clone(&kernel);
    (kernel, ConnectionPool::over(size, move || Ok(far.connect::<Rtnetlink>().driven_by())))
}

/// Asks on a connection, and answers at the far end of the socket of that number.
async fn ask(rt: &Connection<Rtnetlink>, kernel: &FakeKernel, line: usize) -> Result<()> {
    let mut get = rt.get::<Link>("eth0").into_future();
    assert!(poll_once(&mut get).await.is_pending());
    let asked = kernel.line(line).asked();
    kernel.line(line).deliver(&asked.object(NEW, 0, &link("eth0")));
    get.await.map(drop)
}

#[tokio::test]
async fn connections_are_opened_when_they_are_needed_and_lent_again() -> Result<()> {
    let (kernel, pool) = pool::<Tokio>(3);
    assert_eq!(kernel.lines(), 0);
    let (first, second) = (pool.lease().await?, pool.lease().await?);
    ask(&first, &kernel, 0).await?;
    ask(&second, &kernel, 1).await?;
    let busy = pool.metrics();
    assert_eq!((busy.size, busy.leased, busy.idle, busy.opened), (3, 2, 0, 2));
    drop((first, second));
    for _ in 0..10 {
        ask(&*pool.lease().await?, &kernel, 1).await?;
    }
    let done = pool.metrics();
    assert_eq!((done.leased, done.idle, done.opened, done.leases, done.thrown_away), (0, 2, 2, 12, 0));
    Ok(())
}

#[tokio::test]
async fn who_has_waited_longest_is_served_first() -> Result<()> {
    let (_kernel, pool) = pool::<Tokio>(1);
    let only = pool.lease().await?;
    let served = Arc::<Mutex<Vec<u32>>>::default();
    let mut tasks = Vec::new();
    for number in 0..5 {
        let (pool, served) = (pool.clone(), Arc::clone(&served));
        tasks.push(tokio::spawn(async move {
            let lease = pool.lease().await;
            served.lock().unwrap().push(number);
            tokio::task::yield_now().await;
            lease.map(drop)
        }));
        tokio::task::yield_now().await;
    }
    assert_eq!(pool.metrics().waiting, 5);
    drop(only);
    for task in tasks {
        task.await.unwrap()?;
    }
    assert_eq!(*served.lock().unwrap(), [0, 1, 2, 3, 4]);
    assert_eq!((pool.metrics().opened, pool.metrics().waiting), (1, 0));
    Ok(())
}

#[tokio::test]
async fn who_stops_waiting_leaves_the_queue() -> Result<()> {
    let (_kernel, pool) = pool::<Tokio>(1);
    let only = pool.lease().await?;
    let mut first = pool.lease().into_future();
    let mut second = pool.lease().into_future();
    assert!(poll_once(&mut first).await.is_pending());
    assert!(poll_once(&mut second).await.is_pending());
    drop(first);
    assert_eq!(pool.metrics().waiting, 1);
    drop(only);
    second.await?;
    Ok(())
}

/// While it waits, or just served: dropped, and the place is free again.
#[tokio::test]
async fn a_lease_can_be_dropped_at_every_await_point() -> Result<()> {
    for served in [false, true] {
        let (_kernel, pool) = pool::<Tokio>(1);
        let only = pool.lease().await?;
        let mut waiting = pool.lease().into_future();
        assert!(poll_once(&mut waiting).await.is_pending());
        if served {
            drop(only);
            drop(waiting);
        } else {
            drop(waiting);
            drop(only);
        }
        drop(pool.lease().await?);
        let metrics = pool.metrics();
        assert_eq!((metrics.leased, metrics.waiting, metrics.idle, metrics.opened), (0, 0, 1, 1));
    }
    Ok(())
}

#[tokio::test(start_paused = true)]
async fn waiting_has_an_end_and_is_measured() -> Result<()> {
    let (_kernel, pool) = pool::<Tokio>(1);
    let only = pool.lease().await?;
    let error = pool.lease().timeout(Duration::from_secs(5)).await.unwrap_err();
    assert!(error.is_timeout());
    assert_eq!(error.to_string(), "all rtnetlink connections of the pool were in use for 5s");
    let mut patient = pool.lease().no_timeout().into_future();
    assert!(poll_once(&mut patient).await.is_pending());
    tokio::time::advance(Duration::from_secs(100)).await;
    drop(only);
    patient.await?;
    assert_eq!(pool.metrics().waited, Duration::from_secs(100));
    Ok(())
}

/// The answer to a request that was given up may still come; on a socket of the pool nobody would wait for it.
#[tokio::test(start_paused = true)]
async fn a_lease_in_whose_time_a_request_was_given_up_is_thrown_away() -> Result<()> {
    let (kernel, pool) = pool::<Tokio>(1);
    let lease = pool.lease().await?;
    let mut dropped = lease.get::<Link>("old").into_future();
    assert!(poll_once(&mut dropped).await.is_pending());
    drop((lease, dropped));

    let lease = pool.lease().await?;
    let late = lease.get::<Link>("old").timeout(Duration::from_secs(1)).await;
    assert!(late.unwrap_err().is_timeout());
    drop(lease);

    let lease = pool.lease().await?;
    ask(&lease, &kernel, 2).await?;
    assert!(kernel.line(0).is_closed() && kernel.line(1).is_closed());
    let metrics = pool.metrics();
    assert_eq!((metrics.opened, metrics.thrown_away, metrics.leased), (3, 2, 1));
    Ok(())
}

#[tokio::test]
async fn what_somebody_still_uses_is_not_lent_to_the_next() -> Result<()> {
    let (kernel, pool) = pool::<Tokio>(1);
    let lease = pool.lease().await?;
    let clone = lease.clone();
    drop(lease);
    let other = pool.lease().await?;
    ask(&other, &kernel, 1).await?;
    ask(&clone, &kernel, 0).await?;
    let stream = other.dump::<Link>().stream();
    drop((other, clone));
    assert_eq!((pool.metrics().thrown_away, pool.metrics().idle), (2, 0));
    drop(stream);
    assert!(kernel.line(0).is_closed() && kernel.line(1).is_closed());
    Ok(())
}

#[tokio::test]
async fn one_that_is_kept_for_good_makes_room_for_another() -> Result<()> {
    let (kernel, pool) = pool::<Tokio>(1);
    let kept = pool.lease().await?.into_connection();
    let lease = pool.lease().await?;
    ask(&lease, &kernel, 1).await?;
    ask(&kept, &kernel, 0).await?;
    assert_eq!(pool.metrics().thrown_away, 0);
    Ok(())
}

#[tokio::test]
async fn a_connection_that_cannot_be_opened_takes_up_no_place() {
    let pool = ConnectionPool::<Rtnetlink>::over(1, || Err(KernelError::new(24, "open a socket").into()));
    for _ in 0..3 {
        let error = pool.lease().await.map(drop).unwrap_err();
        assert_eq!(Error::errno(&error), Some(24));
    }
    assert_eq!((pool.metrics().leased, pool.metrics().opened), (0, 0));
}

#[test]
fn threads_share_a_pool_without_a_runtime() -> Result<()> {
    const THREADS: usize = 8;
    let (_kernel, pool) = pool::<Blocking>(2);
    let error = {
        let _both = (pool.lease().call()?, pool.lease().call()?);
        pool.lease().timeout(Duration::from_millis(5)).call().map(drop).unwrap_err()
    };
    assert!(error.is_timeout());
    std::thread::scope(|scope| {
        for _ in 0..THREADS {
            scope.spawn(|| {
                for _ in 0..100 {
                    let lease = pool.lease().call().unwrap();
                    assert_eq!(lease.counters().in_flight, 0);
                    std::thread::yield_now();
                }
            });
        }
    });
    let metrics = pool.metrics();
    assert_eq!((metrics.opened, metrics.leased, metrics.waiting, metrics.thrown_away), (2, 0, 0, 0));
    assert_eq!(metrics.leases, 2 + 100 * THREADS as u64);
    Ok(())
}
