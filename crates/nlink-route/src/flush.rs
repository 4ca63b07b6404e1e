//! Deleting all that a filter lets through: `ip route flush`, `ip address flush`.
//!
//! What is deleted may bring others to light (a secondary address becomes primary, a route's metric had hidden another),
//! so it goes in rounds until a round finds nothing.

use nlink_core::driver::Driver;
use nlink_core::object::{Del, Dump, Object};
use nlink_core::{Connection, Result, Rtnetlink};

use crate::address::{Address, AddressFlags};
use crate::route::{Route, RouteFilter};

/// As many objects are deleted at a time as one of these holds: memory stays flat whatever a table holds.
const CHUNK: usize = 4096;

/// Can be flushed.
pub trait Flush: Dump + Del + Object<Protocol = Rtnetlink> {
    /// Whether the kernel lets it be deleted at all, and whether the filter means it where it is to be deleted.
    fn is_meant(&self, filter: &Self::Filter) -> bool {
        let _ = filter;
        true
    }

    /// Whether a refused listing only says that there is nothing.
    fn excuses(filter: &Self::Filter, error: &nlink_core::Error) -> bool {
        let _ = (filter, error);
        false
    }

    /// Whether it goes before the others of its round.
    fn goes_first(&self) -> bool {
        false
    }
}

impl Flush for Route {
    fn is_meant(&self, filter: &RouteFilter) -> bool {
        filter.flushes(self)
    }

    fn excuses(filter: &RouteFilter, error: &nlink_core::Error) -> bool {
        filter.excuses(error)
    }
}

/// Secondary addresses go first: else the first of them would become primary when that one goes.
impl Flush for Address {
    fn goes_first(&self) -> bool {
        self.all_flags().contains(AddressFlags::SECONDARY)
    }
}

/// How a flush went.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Flushed {
    /// Rounds that deleted something.
    pub rounds: u32,
    /// Objects that were deleted.
    pub deleted: usize,
    /// Whether nothing was left in the end.
    pub complete: bool,
}

/// Deletes all that `filter` lets through, in at most so many rounds. `told` hears of each round that deleted something:
/// its number, and how many objects.
pub async fn flush<T: Flush, D: Driver>(
    rt: &Connection<Rtnetlink, D>,
    filter: T::Filter,
    most: Option<u32>,
    mut told: impl FnMut(u32, usize),
) -> Result<Flushed> {
    let mut flushed = Flushed::default();
    while most.is_none_or(|most| flushed.rounds < most) {
        let deleted = round::<T, D>(rt, &filter).await?;
        if deleted == 0 {
            flushed.complete = true;
            return Ok(flushed);
        }
        flushed.rounds += 1;
        flushed.deleted += deleted;
        told(flushed.rounds, deleted);
    }
    Ok(flushed)
}

async fn round<T: Flush, D: Driver>(rt: &Connection<Rtnetlink, D>, filter: &T::Filter) -> Result<usize> {
    let mut stream = rt.dump::<T>().filter(filter.clone()).stream();
    let (mut chunk, mut deleted) = (Vec::new(), 0);
    loop {
        match stream.try_next().await {
            Ok(Some(object)) if object.is_meant(filter) => chunk.push(object),
            Ok(Some(_)) => continue,
            Ok(None) => return Ok(deleted + delete_all(rt, &mut chunk).await?),
            // The listing changed underneath: of course it did. The next round finds what this one missed.
            Err(error) if error.is_restarted() && deleted > 0 => return Ok(deleted),
            Err(error) if error.is_restarted() => chunk.clear(),
            Err(error) if T::excuses(filter, &error) => return Ok(deleted),
            Err(error) => return Err(error),
        }
        if chunk.len() == CHUNK {
            deleted += delete_all(rt, &mut chunk).await?;
        }
    }
}

/// Deletes them; what is gone already, perhaps together with another, counts for nothing.
async fn delete_all<T: Flush, D: Driver>(rt: &Connection<Rtnetlink, D>, objects: &mut Vec<T>) -> Result<usize> {
    let mut deleted = 0;
    objects.sort_by_key(|object| !object.goes_first());
    for object in objects.drain(..) {
        match rt.del(object).await {
            Ok(()) => deleted += 1,
            Err(error) if error.is_not_found() => {}
            Err(error) => return Err(error),
        }
    }
    Ok(deleted)
}
