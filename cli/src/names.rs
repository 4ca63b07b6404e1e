//! Names for the numbers that output meets: interfaces, namespaces, and what /etc/iproute2 names.
//!
//! Interfaces are looked up when an item first refers to one, each once: a million routes over two interfaces cost two
//! questions.

use std::collections::HashMap;

use nlink_core::{Interface, Rtnetlink, show};
use nlink_route::link::{Link, LinkFlags};
use nlink_route::nsid::{self, NamedNamespace};

use crate::driver::Connection;
use crate::failure::Result;

/// The names that /etc/iproute2 gives, by table.
pub fn tables() -> HashMap<&'static str, HashMap<u32, String>> {
    nlink_route::names::TABLES.iter().map(|table| (*table, nlink_route::names::read(table))).collect()
}

/// Enters a link's name, and whether it is up.
pub fn remember(names: &mut show::Names, link: &Link) {
    let index = link.index();
    if let Some(name) = &link.name {
        names.interfaces.insert(index, name.to_string());
    }
    if link.header.flags.contains(LinkFlags::UP) {
        names.down.remove(&index);
    } else {
        names.down.insert(index);
    }
}

/// Looks up those interfaces that `visit` shows and that have no name yet. One that is gone stays without.
pub async fn learn(
    names: &mut show::Names,
    rt: &Connection<Rtnetlink>,
    visit: impl FnOnce(&mut dyn FnMut(&mut Interface)),
) -> Result<()> {
    let mut unknown = Vec::new();
    visit(&mut |interface| {
        if let Some(index) = interface.index().filter(|index| *index != 0)
            && !names.interfaces.contains_key(&index)
        {
            unknown.push(index);
        }
    });
    for index in unknown {
        match rt.get::<Link>(Interface::Index(index)).await {
            Ok(link) => remember(names, &link),
            Err(error) if error.is_not_found() => {
                names.interfaces.insert(index, Interface::Index(index).to_string());
            }
            Err(error) => return Err(error.into()),
        }
    }
    Ok(())
}

/// Looks up by which numbers this namespace knows those that have names.
pub async fn learn_namespaces(names: &mut show::Names, rt: &Connection<Rtnetlink>) -> Result<()> {
    let numbered = |named: NamedNamespace| Some((named.number?, named.name));
    names.namespaces.extend(nsid::named(rt).await?.into_iter().filter_map(numbered));
    Ok(())
}
