//! Names for numbers, as /etc/iproute2 and /usr/share/iproute2 give them: `rt_tables`, `rt_protos`, `group` and so on.
//!
//! A file has lines of a number and a name; a directory beside it (`rt_tables.d`) has more such files. What /etc says
//! counts before what /usr/share says, and both before the one name built in: group 0 is `default`.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use nlink_core::words::Word;

/// The tables that exist.
pub const TABLES: &[&str] =
    &["rt_tables", "rt_protos", "rt_scopes", "rt_realms", "rt_dsfield", "rt_addrprotos", "group", "protodown_reasons"];

/// The number that a word of the table stands for: a name, or the number itself.
pub fn number(table: &str, word: &str) -> Option<u32> {
    let named = read(table).into_iter().find(|(_, name)| name == word).map(|(number, _)| number);
    named.or_else(|| u32::parse_word(word).ok())
}

/// Every name of a table.
pub fn read(table: &str) -> HashMap<u32, String> {
    let mut names = HashMap::new();
    if table == "group" {
        names.insert(0, "default".into());
    }
    for folder in ["/usr/share/iproute2", "/etc/iproute2"] {
        let file = Path::new(folder).join(table);
        let more = std::fs::read_dir(file.with_extension("d")).into_iter().flatten().flatten();
        let more = more.map(|entry| entry.path()).filter(|path| path.extension().is_some_and(|end| end == "conf"));
        let mut files: Vec<PathBuf> = more.collect();
        files.sort();
        files.insert(0, file);
        for text in files.iter().filter_map(|path| std::fs::read_to_string(path).ok()) {
            names.extend(text.lines().filter_map(entry));
        }
    }
    names
}

/// Reads `254 main`; comments and anything else are none.
fn entry(line: &str) -> Option<(u32, String)> {
    let mut words = line.split_whitespace();
    let number = words.next().filter(|word| !word.starts_with('#'))?;
    let name = words.next()?;
    Some((u32::parse_word(number).ok()?, name.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_a_number_and_a_name() {
        assert_eq!(entry("254\tmain # the main one"), Some((254, "main".into())));
        assert_eq!(entry("0x10 low"), Some((16, "low".into())));
        assert_eq!([entry("# 1 x"), entry(""), entry("12"), entry("x y")], [None, None, None, None]);
    }

    #[test]
    fn a_number_stands_for_itself() {
        assert_eq!(number("group", "default"), Some(0));
        assert_eq!(number("group", "77"), Some(77));
        assert_eq!(number("group", "no such group"), None);
    }
}
