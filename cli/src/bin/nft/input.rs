//! The text of commands, and where it comes from.

use std::io::{self, Read};

use nlink_cli::failure::reason;
use nlink_cli::{Exit, Failure, Result};
use nlink_nft::language::Span;

/// A text of commands.
#[derive(Debug)]
pub(crate) struct Text {
    /// The file's name, where it is from one.
    name: Option<String>,
    /// The commands.
    pub(crate) text: String,
}

impl Text {
    /// As it was typed.
    pub(crate) fn typed(text: String) -> Self {
        Self { name: None, text }
    }

    /// A file's; `-` is standard input.
    pub(crate) fn of_file(path: &str) -> Result<Self> {
        let (name, bytes) = match path {
            "-" | "/dev/stdin" => {
                let mut bytes = Vec::new();
                ("/dev/stdin", io::stdin().lock().read_to_end(&mut bytes).map(|_| bytes))
            }
            path => (path, std::fs::read(path)),
        };
        let opened = bytes.map_err(|error| {
            let why = reason(&error);
            Failure::said(Exit::Failed, format!("internal:0:0-0: Error: Could not open file \"{path}\": {why}\n"))
        });
        let text = String::from_utf8(opened?)
            .map_err(|_| Failure::said(Exit::Failed, format!("{path}: Error: the file is no text (UTF-8)")))?;
        Ok(Self { name: Some(name.into()), text })
    }

    /// The complaint with its place, as nft has it: the line, and the words marked below.
    pub(crate) fn marked(&self, message: &str, span: Span) -> String {
        let range = span.range();
        let start = range.start.min(self.text.len());
        let before = self.text.get(..start).unwrap_or_default();
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        let line = self.text.get(line_start..).unwrap_or_default().split('\n').next().unwrap_or_default();
        let column = start - line_start;
        // What goes on in further lines is marked to the end of the first.
        let marked = (range.end.saturating_sub(start)).min(line.len().saturating_sub(column)).max(1);
        let place = self.name.as_ref().map_or_else(String::new, |name| {
            let number = before.matches('\n').count() + 1;
            format!("{name}:{number}:{}-{}: ", column + 1, column + marked)
        });
        let indent: String = line
            .chars()
            .scan(0, |at, letter| {
                *at += letter.len_utf8();
                (*at <= column).then_some(if letter == '\t' { '\t' } else { ' ' })
            })
            .collect();
        let width = line.get(column..).map_or(1, |rest| rest.get(..marked).unwrap_or(rest).chars().count().max(1));
        format!("{place}Error: {message}\n{line}\n{indent}{}", "^".repeat(width))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_place_is_marked_below_its_line() {
        let text = Text { name: Some("f".into()), text: "add table t\n\tfoo bar\nlast".into() };
        assert_eq!(text.marked("no", Span::from(17..20)), "f:2:6-8: Error: no\n\tfoo bar\n\t    ^^^");
        assert_eq!(text.marked("no", Span::from(13..25)), "f:2:2-8: Error: no\n\tfoo bar\n\t^^^^^^^");
        assert_eq!(text.marked("no", Span::from(25..25)), "f:3:5-5: Error: no\nlast\n    ^");
        let typed = Text::typed("list".into());
        assert_eq!(typed.marked("no", Span::from(900..901)), "Error: no\nlist\n    ^");
    }
}
