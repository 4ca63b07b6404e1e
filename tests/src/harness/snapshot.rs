//! Comparing text with what the test's source says it is, changing parts masked.
//!
//! ```
//! use nlink_tests::snapshot::{mac, number_after, snapshot};
//!
//! let actual = "7: d0: <UP>\n    link/ether 02:aa:01:02:03:04";
//! snapshot(&number_after("", &mac(actual)), "
//!     #: d0: <UP>
//!         link/ether xx:xx:xx:xx:xx:xx
//! ").unwrap();
//! ```

use std::fmt::Write;

use anyhow::{Result, bail};

/// Fail, showing both and the text to paste, unless `actual` is `expected`.
///
/// `expected` may be indented to fit the test's source: the indentation common to its lines, and
/// empty lines at either end, do not count.
pub fn snapshot(actual: &str, expected: &str) -> Result<()> {
    let (actual, expected) = (dedent(actual), dedent(expected));
    if actual == expected {
        return Ok(());
    }
    let mut text = String::from("the output is not what the test says (- expected, + actual):\n");
    let (mut old, mut new) = (expected.lines(), actual.lines());
    loop {
        match (old.next(), new.next()) {
            (None, None) => break,
            (Some(old), Some(new)) if old == new => _ = writeln!(text, "    {old}"),
            (old, new) => {
                for (sign, line) in [('-', old), ('+', new)] {
                    if let Some(line) = line {
                        _ = writeln!(text, "  {sign} {line}");
                    }
                }
            }
        }
    }
    bail!("{text}if the new output is right, paste it:\n{actual}");
}

/// Cut the common indentation, and empty lines at both ends.
fn dedent(text: &str) -> String {
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    let indent = |line: &&str| line.len() - line.trim_start().len();
    let common = lines.iter().filter(|line| !line.is_empty()).map(indent).min().unwrap_or(0);
    let cut: Vec<&str> = lines.iter().map(|line| line.get(common..).unwrap_or("")).collect();
    cut.join("\n").trim_matches('\n').to_owned()
}

/// Replace MAC addresses, other than all-zero and all-one ones, by `xx:xx:xx:xx:xx:xx`.
pub fn mac(text: &str) -> String {
    const LENGTH: usize = 17;
    let is_mac = |window: &str| {
        window.char_indices().all(|(at, c)| match at % 3 {
            2 => c == ':',
            _ => c.is_ascii_hexdigit(),
        }) && !["00:00:00:00:00:00", "ff:ff:ff:ff:ff:ff"].contains(&window)
    };
    let mut out = String::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        match rest.get(..LENGTH) {
            Some(window) if is_mac(window) => {
                out += "xx:xx:xx:xx:xx:xx";
                rest = rest.get(LENGTH..).unwrap_or("");
            }
            _ => {
                out.push(first);
                rest = rest.get(first.len_utf8()..).unwrap_or("");
            }
        }
    }
    out
}

/// Replace the number after each `word` by `#`; an empty word means at the start of each line.
pub fn number_after(word: &str, text: &str) -> String {
    let mut out = String::new();
    for (count, line) in text.lines().enumerate() {
        if count > 0 {
            out.push('\n');
        }
        let mut rest = line;
        while let Some((before, after)) = rest.split_once(word) {
            let number = after.len() - after.trim_start_matches(|c: char| c.is_ascii_digit()).len();
            out += before;
            out += word;
            if number > 0 {
                out.push('#');
            }
            rest = after.get(number..).unwrap_or("");
            if word.is_empty() {
                break;
            }
        }
        out += rest;
    }
    if text.ends_with('\n') {
        out.push('\n');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn indentation_of_the_source_does_not_count() {
        snapshot("a\n  b\n", "\n        a\n          b\n        ").unwrap();
        assert!(snapshot("a\n b", "a\n  b").is_err());
    }

    #[test]
    fn a_difference_shows_both_lines_and_the_text_to_paste() {
        let error = snapshot("a\nc", "a\nb").unwrap_err().to_string();
        assert!(error.contains("    a\n  - b\n  + c\n"), "{error}");
        assert!(error.ends_with("paste it:\na\nc"), "{error}");
    }

    #[test]
    fn masks_take_the_changing_parts_only() {
        let text = "3: d0@if12: mtu 1500 aa:bb:cc:00:11:22 brd ff:ff:ff:ff:ff:ff\n";
        assert_eq!(
            number_after("@if", &number_after("", &mac(text))),
            "#: d0@if#: mtu 1500 xx:xx:xx:xx:xx:xx brd ff:ff:ff:ff:ff:ff\n"
        );
    }
}
