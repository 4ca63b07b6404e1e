//! The header's own text, for what bindgen loses: the order of things and hexadecimal numbers.

use std::collections::HashMap;

/// Where a name is first defined, and how.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    pub line: usize,
    /// Written as a hexadecimal number or a shift, so best read in hexadecimal.
    pub hex: bool,
    /// Of 64 bits and unsigned, as far as the text shows.
    pub wide: bool,
}

/// Names of a header with their places.
#[derive(Debug, Default)]
pub struct Source {
    /// Object-like macros; those with arguments are left out.
    pub macros: HashMap<String, Place>,
    /// Everything that looks like an enumerator.
    enumerators: HashMap<String, Place>,
    /// `struct NAME {` and `} NAME;`.
    pub structs: HashMap<String, usize>,
}

impl Source {
    /// Scans the text of a header.
    pub fn scan(text: &str) -> Source {
        let text = without_comments(text).replace("\\\n", " \r");
        let mut source = Source::default();
        let mut line = 1;
        for raw in text.lines() {
            let place = |body: &str| Place {
                line,
                hex: contains(body, &["0x", "0X", "<<", "~", "BIT("]),
                wide: contains(body, &["u64", "U64", "ULL"]),
            };
            if let Some(rest) = directive(raw, "define") {
                let end = rest.find(|c: char| !is_word(c)).unwrap_or(rest.len());
                let (name, body) = rest.split_at(end);
                if !body.starts_with('(') && !body.trim().is_empty() {
                    source.macros.entry(name.to_owned()).or_insert_with(|| place(body));
                }
            } else if !raw.trim_start().starts_with('#') {
                if let Some(name) = struct_name(raw) {
                    source.structs.entry(name.to_owned()).or_insert(line);
                }
                for part in raw.split([',', '{', '}']) {
                    let (name, body) = part.split_once('=').unwrap_or((part, ""));
                    let name = name.trim();
                    if !name.is_empty() && name.chars().all(is_word) {
                        source.enumerators.entry(name.to_owned()).or_insert_with(|| place(body));
                    }
                }
            }
            line += 1 + raw.matches('\r').count();
        }
        source
    }

    /// The line on which a struct is defined.
    pub fn struct_line(&self, name: &str) -> usize {
        self.structs.get(name).copied().unwrap_or(usize::MAX)
    }

    /// Where `name` is defined: as an enumerator if it is one, else as a macro.
    pub fn place(&self, name: &str) -> Option<&Place> {
        self.enumerators.get(name).or_else(|| self.macros.get(name))
    }
}

fn struct_name(line: &str) -> Option<&str> {
    let line = line.trim();
    let name = match line.strip_prefix('}') {
        Some(rest) => rest.trim_end_matches(';').split_whitespace().next_back()?,
        None => line.strip_prefix("struct ")?.trim_end_matches('{').trim(),
    };
    (!name.is_empty() && name.chars().all(is_word)).then_some(name)
}

fn is_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_'
}

fn contains(body: &str, words: &[&str]) -> bool {
    words.iter().any(|word| body.contains(word))
}

fn directive<'a>(line: &'a str, word: &str) -> Option<&'a str> {
    let rest = line.trim_start().strip_prefix('#')?.trim_start().strip_prefix(word)?;
    rest.starts_with([' ', '\t']).then(|| rest.trim_start())
}

/// Blanks out comments, keeping the lines.
fn without_comments(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find("/*").into_iter().chain(rest.find("//")).min() {
        let (before, comment) = rest.split_at(start);
        out.push_str(before);
        let end = if comment.starts_with("//") { comment.find('\n') } else { comment.find("*/").map(|end| end + 2) };
        let (comment, after) = comment.split_at(end.unwrap_or(comment.len()));
        out.extend(comment.chars().filter(|c| *c == '\n'));
        out.push(' ');
        rest = after;
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_names_lines_and_hexadecimal() {
        let source = Source::scan(
            "/* a\n comment */\nenum { A, B = 1 << 3, // C\n  D };\n\
             #define E 0x10\n#define F(x) x\n# define G \\\n 7\n#define H 1\n#define GUARD\n",
        );
        let at = |name: &str| source.place(name).map(|p| (p.line, p.hex));
        assert_eq!(at("A"), Some((3, false)));
        assert_eq!(at("B"), Some((3, true)));
        assert_eq!(at("C"), None);
        assert_eq!(at("D"), Some((4, false)));
        assert_eq!(at("E"), Some((5, true)));
        assert_eq!(at("F"), None);
        assert_eq!(at("G"), Some((7, false)));
        assert_eq!(at("H"), Some((9, false)));
        assert!(!source.macros.contains_key("GUARD"));
    }
}
