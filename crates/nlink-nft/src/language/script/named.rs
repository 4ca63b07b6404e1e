//! Elements that are only named, to be asked for.

use nlink_core::Connection;
use nlink_core::driver::Driver;
use nlink_core::show::Names;

use super::Refusal;
use super::known::{Known, missing};
use crate::language::compile;
use crate::language::tree::{Element, Name, TableName};
use crate::{Nftables, SetElements};

/// The elements of a set or map that the words name, as the kernel keeps them; `names` are the machine's own for
/// numbers.
///
/// # Errors
/// That there is no such set, and what means nothing as an element of it.
pub async fn named_elements<D: Driver>(
    nft: &Connection<Nftables, D>,
    table: &TableName,
    set: &Name,
    elements: &[Element],
    names: &Names,
) -> Result<SetElements, Refusal> {
    let mut known = Known::new(nft, names);
    let contents = known.contents(table).await?;
    let block = contents.sets.get(&set.text).ok_or_else(|| missing(set))?;
    Ok(compile::elements(table, block, elements, &contents.scope, compile::Purpose::Name)?)
}
