//! The state that a row needs, in a namespace of its own.

use anyhow::Result;
use nlink::blocking::Connection;
use nlink::prelude::{Link, Rtnetlink, Veth};
use nlink_benches::namespace;
use nlink_benches::template::Template;
use nlink_contest::Row;
use nlink_uapi::rtnetlink::RTM_NEWROUTE;

/// Makes it, for all runs of the row.
pub fn set(row: Row, count: u32) -> Result<()> {
    fresh()?;
    match row {
        Row::DumpRoutes => fill(count),
        Row::DumpLinks => wire(count),
        _ => Ok(()),
    }
}

/// Makes it anew before a run, where the run before has changed it.
pub fn reset(row: Row) -> Result<()> {
    match row {
        Row::AddBatch | Row::AddPipelined | Row::AddAwaited | Row::Storm => fresh(),
        Row::DumpRoutes | Row::DumpLinks | Row::Get | Row::StartUp => Ok(()),
    }
}

/// That many routes.
pub fn fill(count: u32) -> Result<()> {
    Template::new(RTM_NEWROUTE)?.fill(count)
}

/// Nothing but `lo`, which is up.
fn fresh() -> Result<()> {
    namespace::enter()?;
    Connection::<Rtnetlink>::open()?.change(Link::named("lo").up()).call()?;
    Ok(())
}

/// That many links, by pairs.
fn wire(count: u32) -> Result<()> {
    let rt = Connection::<Rtnetlink>::open()?;
    let mut batch = rt.batch();
    for pair in 0..count.div_ceil(2) {
        batch.add(Link::new(&format!("a{pair}")).kind(Veth::peer(&format!("b{pair}"))));
    }
    batch.no_timeout().call()?.into_result()?;
    Ok(())
}
