//! Every attribute that this crate declares, as tables: what the audits compare with the kernel's specifications, and
//! docs list.

use nlink_core::wire::{AttrTable, Attributes};

use crate::address::Address;
use crate::link::{AltNames, Families, Link, LinkKind, SlaveKind};
use crate::nsid::NamespaceNumber;
use crate::route::Route;

/// The tables of all messages and kinds, and of every nest below them; each once.
///
/// ```
/// assert!(nlink_route::tables::all().iter().any(|table| table.name == "Metrics"));
/// ```
pub fn all() -> Vec<&'static AttrTable> {
    let messages = [of::<Link>(), of::<AltNames>(), of::<Address>(), of::<Route>(), of::<NamespaceNumber>()];
    let families = [of::<Families>()];
    let kinds = LinkKind::KINDS.iter().chain(SlaveKind::KINDS).map(|kind| &kind.table);
    AttrTable::with_nests(messages.into_iter().chain(families).chain(kinds))
}

fn of<T: Attributes>() -> &'static AttrTable {
    const { &T::TABLE }
}
