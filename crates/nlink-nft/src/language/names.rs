//! The machine's own names for the numbers that rules have: of protocols, ports, users and groups.

use std::collections::HashMap;
use std::fs;

/// Files of names: how a [`Scope`](super::Scope) calls the table, the file, what stands between its columns, and which
/// column has the number.
const FILES: [(&str, &str, char, usize); 4] = [
    ("protocols", "/etc/protocols", ' ', 1),
    ("services", "/etc/services", ' ', 1),
    ("users", "/etc/passwd", ':', 2),
    ("groups", "/etc/group", ':', 2),
];

/// The tables, each with the first name that its file has for a number; empty where there is no such file.
pub fn tables() -> HashMap<&'static str, HashMap<u32, String>> {
    let read = |(table, path, between, place): (_, &str, _, _)| {
        (table, numbered(&fs::read_to_string(path).unwrap_or_default(), between, place))
    };
    FILES.into_iter().map(read).collect()
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
