//! A mirror beside a fresh listing. Under tokio whatever the suite's driver: a mirror is left alone when it is silent, and
//! only async code can stop waiting for it.

use std::collections::HashSet;
use std::fmt::Debug;
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{bail, ensure};
use nlink::object::{Object, Watch};
use nlink::prelude::*;
use nlink::stream::{Listing, WatchStream};
use nlink_tests::{Cx, Result};

/// After that long a mirror that is not what the kernel holds counts as stale for ever.
const PATIENCE: Duration = Duration::from_secs(20);
/// A mirror that has nothing to say for so long has taken in what there was.
pub(super) const SILENCE: Duration = Duration::from_millis(50);

/// How an object is compared: without what runs by itself.
pub(super) type Plain<T> = fn(T) -> T;

/// Lets a mirror take in what there is, until it has nothing more to say.
pub(super) async fn settle<T: Watch>(mirror: &mut WatchStream<T>) -> Result {
    let since = Instant::now();
    loop {
        match tokio::time::timeout(SILENCE, mirror.try_next()).await {
            Ok(change) => ensure!(change?.is_some(), "the mirror ended"),
            Err(_) if mirror.is_current() => return Ok(()),
            Err(_) => {}
        }
        ensure!(since.elapsed() < PATIENCE, "the mirror never comes to rest");
    }
}

/// The mirror is what a listing shows, at the latest when it has taken in all that there is.
pub(super) async fn same<T>(
    mirror: &mut WatchStream<T>,
    listing: impl Fn() -> Listing<T>,
    plain: Plain<T>,
    after: &str,
) -> Result
where
    T: Watch + Clone + PartialEq + Debug + Object<Protocol = Rtnetlink>,
{
    let since = Instant::now();
    loop {
        settle(mirror).await?;
        let listed: Vec<T> = listing().await?.into_iter().map(plain).collect();
        let differences = differences(mirror, &listed, plain);
        if differences.is_empty() {
            return Ok(());
        }
        if since.elapsed() > PATIENCE {
            bail!("after `{after}`: {}", differences.join("\n"));
        }
    }
}

/// What the one has and the other has not, or not so; the first few.
fn differences<T: Watch + Clone + PartialEq + Debug>(
    mirror: &WatchStream<T>,
    listed: &[T],
    plain: Plain<T>,
) -> Vec<String> {
    let table = mirror.known();
    let held = |object: &T| table.all(&object.key()).any(|held| plain(T::clone(held)) == *object);
    let missing = listed.iter().filter(|object| !held(object)).map(|object| format!("listed only: {object:?}"));
    let mut differences: Vec<_> = missing.take(3).collect();
    if listed.len() != table.len() {
        differences.push(format!("{} are listed, {} are known", listed.len(), table.len()));
        let keys: HashSet<_> = listed.iter().map(Watch::key).collect();
        let stale = |held: &&Arc<T>| !keys.contains(&held.key());
        differences.extend(table.iter().filter(stale).take(3).map(|held| format!("known only: {held:?}")));
    }
    differences
}

/// Runs commands of `ip`, a line each, and compares after each of them; then all of them again in one go, and compares
/// at the end.
pub(super) async fn chaos<T>(
    cx: &Cx,
    start: impl Fn() -> (WatchStream<T>, Listing<T>),
    plain: Plain<T>,
    script: &str,
) -> Result
where
    T: Watch + Clone + PartialEq + Debug + Object<Protocol = Rtnetlink>,
{
    let commands: Vec<&str> = script.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let (mut mirror, _) = start();
    for command in &commands {
        run(cx, command)?;
        same(&mut mirror, || start().1, plain, command).await?;
    }
    let (mut mirror, _) = start();
    settle(&mut mirror).await?;
    for command in &commands {
        run(cx, command)?;
    }
    same(&mut mirror, || start().1, plain, "all of it").await
}

fn run(cx: &Cx, command: &str) -> Result {
    cx.ip(&command.split_whitespace().collect::<Vec<_>>()).map(drop)
}
