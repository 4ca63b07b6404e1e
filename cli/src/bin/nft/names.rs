//! Names for the numbers that rules have: of interfaces, protocols, ports, users.

use std::collections::HashMap;
use std::fs;

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
    names.tables.insert("protocols", read("/etc/protocols", ' ', 1));
    names.tables.insert("services", read("/etc/services", ' ', 1));
    names.tables.insert("users", read("/etc/passwd", ':', 2));
    names.tables.insert("groups", read("/etc/group", ':', 2));
    Ok(names)
}

/// The numbers of a file, with the first name that stands before each.
fn read(path: &str, between: char, place: usize) -> HashMap<u32, String> {
    numbered(&fs::read_to_string(path).unwrap_or_default(), between, place)
}

fn numbered(text: &str, between: char, place: usize) -> HashMap<u32, String> {
    let mut names = HashMap::new();
    for line in text.lines() {
        let line = line.split('#').next().unwrap_or_default();
        let words: Vec<&str> = match between {
            ' ' => line.split_ascii_whitespace().collect(),
            other => line.split(other).collect(),
        };
        let number = words.get(place).and_then(|word| word.split('/').next()?.parse().ok());
        if let (Some(name), Some(number)) = (words.first(), number) {
            names.entry(number).or_insert_with(|| (*name).to_owned());
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_name_of_a_number_is_kept() {
        let services = numbered("# services\nssh 22/tcp # SSH\nother 22/udp\ndomain\t53/tcp\n", ' ', 1);
        assert_eq!(services.get(&22).map(String::as_str), Some("ssh"));
        assert_eq!(services.get(&53).map(String::as_str), Some("domain"));
        assert_eq!(numbered("root:x:0:0:root:/root:/bin/sh\n", ':', 2).get(&0).map(String::as_str), Some("root"));
    }
}
