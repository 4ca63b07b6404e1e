//! Names for the numbers that rules have: of interfaces, protocols, ports, users.

use nlink_cli::Result;
use nlink_core::Rtnetlink;
use nlink_core::blocking::Connection;
use nlink_core::show::Names;
use nlink_route::link::{Link, LinkFilter};

/// All of them.
pub(crate) fn known() -> Result<Names> {
    let rt = Connection::<Rtnetlink>::open()?;
    let filter = LinkFilter { without_statistics: true, ..LinkFilter::default() };
    let mut names = Names::default();
    for link in rt.dump::<Link>().filter(filter).call()? {
        if let Some(name) = &link.name {
            names.interfaces.insert(link.index(), name.to_string());
        }
    }
    for table in ["group", "rt_realms", "rt_marks"] {
        names.tables.insert(table, nlink_route::names::read(table));
    }
    names.tables.extend(nlink_nft::language::names::tables());
    Ok(names)
}
