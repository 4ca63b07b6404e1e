//! `reset`: what has counted begins at nothing again, and what it had is shown.
//!
//! Each by itself: a listing that starts over would lose what it has told before.

use nlink_cli::Result;
use nlink_core::blocking::Connection;
use nlink_core::object::{Get, Object};
use nlink_nft::language::tree::{ObjectBlock, TableBlock};
use nlink_nft::set::ElementFlags;
use nlink_nft::variant::{Resetting, Variant};
use nlink_nft::{NamedObject, Nftables, Reset, Rule, SetElements};

use crate::complaint;

/// What it was; nothing where it is gone meanwhile.
fn had<T>(nft: &Connection<Nftables>, key: T::Key) -> Result<Option<T>>
where
    T: Get + Object<Protocol = Nftables>,
    Resetting: Variant<T>,
{
    match nft.get::<Reset<T>>(key).call() {
        Ok(had) => Ok(Some(had.0)),
        Err(error) if error.is_not_found() => Ok(None),
        Err(error) => Err(complaint::whole(&error)),
    }
}

/// The objects of the tables.
pub(crate) fn objects(nft: &Connection<Nftables>, tables: &mut [TableBlock]) -> Result<()> {
    for table in tables {
        for object in &mut table.objects {
            let (name, of) = (object.name.text.clone(), table.name.text.clone());
            if let Some(had) = had::<NamedObject>(nft, (table.family, of, object.object_type, name))? {
                *object = ObjectBlock::from(&had);
            }
        }
    }
    Ok(())
}

/// The rules; those that are gone are left out.
pub(crate) fn rules(nft: &Connection<Nftables>, rules: &mut Vec<Rule>) -> Result<()> {
    let reset = |rule: Rule| {
        let key = (rule.header.family, rule.table?, rule.chain?, rule.handle?);
        had::<Rule>(nft, key).transpose()
    };
    *rules = std::mem::take(rules).into_iter().filter_map(reset).collect::<Result<_>>()?;
    Ok(())
}

/// The elements of a set or map.
pub(crate) fn elements(nft: &Connection<Nftables>, list: &mut SetElements) -> Result<()> {
    let place = (list.header.family, list.table.clone().unwrap_or_default(), list.set.clone().unwrap_or_default());
    let is_end = |flags: ElementFlags| flags.contains(ElementFlags::INTERVAL_END);
    for element in list.elements.iter_mut().filter(|element| !element.flags.is_some_and(is_end)) {
        let (family, table, set) = place.clone();
        let had = had::<SetElements>(nft, (family, table, set, element.clone()))?;
        if let Some(had) = had.and_then(|had| had.elements.into_iter().next()) {
            *element = had;
        }
    }
    Ok(())
}
