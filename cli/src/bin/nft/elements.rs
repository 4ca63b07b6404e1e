//! `get element` and `reset element`: what the kernel has for keys that are named.

use nlink_cli::Result;
use nlink_core::blocking::{Connection, run};
use nlink_nft::language::script::{Complaint, Why, named_elements};
use nlink_nft::language::tree::{Command, SetBlock, Subject, Verb};
use nlink_nft::{Nftables, Reset, SetElements};

use crate::input::Text;
use crate::{complaint, names};

/// The elements that the command names, as they are. That one is not there is an error.
pub(crate) fn found(nft: &Connection<Nftables>, command: &Command, input: &Text) -> Result<SetElements> {
    let Subject::Elements(table, set, elements) = &command.subject else { return Ok(SetElements::default()) };
    let names = names::known()?;
    let named = run(named_elements(nft, table, set, elements, &names));
    let mut list = named.map_err(|refusal| complaint::refusal(&refusal, input))?;
    for element in &mut list.elements {
        let key = (table.family, table.name.text.clone(), set.text.clone(), element.clone());
        let asked = match command.verb {
            Verb::Reset => nft.get::<Reset<SetElements>>(key).call().map(|reset| reset.0),
            _ => nft.get::<SetElements>(key).call(),
        };
        let refused = |error| complaint::said(&Complaint { why: Why::Kernel(error), span: command.span }, input);
        if let Some(found) = asked.map_err(refused)?.elements.into_iter().next() {
            *element = found;
        }
    }
    Ok(list)
}

/// Leaves of the set its type, flags and elements.
pub(crate) fn only(set: &mut SetBlock) {
    *set = SetBlock {
        name: set.name.clone(),
        key: set.key.take(),
        data: set.data.take(),
        flags: set.flags,
        elements: std::mem::take(&mut set.elements),
        ..SetBlock::default()
    };
}
