//! The text of commands, and where each part of it comes from.

use std::io::{self, Read};
use std::ops::Range;
use std::path::{Path, PathBuf};

use nlink_cli::failure::reason;
use nlink_cli::{Exit, Failure, Result};
use nlink_nft::language::Span;

use crate::include;
use crate::options::Options;

/// Where files are looked for that are neither in a folder of `-I` nor beside the including one.
const DEFAULT: &str = "/etc";

/// A text of commands, put together of what was given and of the files that it includes.
#[derive(Debug, Default)]
pub(crate) struct Text {
    /// The commands.
    pub(crate) text: String,
    sources: Vec<Source>,
    pieces: Vec<Piece>,
}

/// A file, or what was typed.
#[derive(Debug, Default)]
pub(crate) struct Source {
    /// The file's name, where it is one.
    pub(crate) name: Option<String>,
    /// What it holds.
    pub(crate) text: String,
    /// What included it.
    pub(crate) from: Option<Origin>,
}

/// A place in a source.
#[derive(Clone, Debug)]
pub(crate) struct Origin {
    pub(crate) source: usize,
    pub(crate) range: Range<usize>,
}

/// Where a part of the text, up to the next one, comes from.
#[derive(Debug)]
struct Piece {
    at: usize,
    source: usize,
    from: usize,
}

/// A range in the lines of its source.
struct Lines<'t> {
    /// Counted from 1.
    number: usize,
    line: &'t str,
    /// Bytes of the line before it.
    column: usize,
    /// Bytes of it in the line.
    marked: usize,
}

impl Text {
    /// As it was typed.
    pub(crate) fn typed(text: String, options: &Options) -> Result<Self> {
        Self::of(Source { text, ..Source::default() }, None, options)
    }

    /// A file's; `-` is standard input.
    pub(crate) fn of_file(path: &str, options: &Options) -> Result<Self> {
        let name = if path == "-" { "/dev/stdin" } else { path };
        let folder = std::fs::canonicalize(name).ok().and_then(|path| path.parent().map(Path::to_owned));
        Self::of(Source { name: Some(name.into()), text: read(name)?, from: None }, folder, options)
    }

    fn of(source: Source, folder: Option<PathBuf>, options: &Options) -> Result<Self> {
        let folders: Vec<PathBuf> = options.include.iter().cloned().chain(folder).chain([DEFAULT.into()]).collect();
        let mut text = Self::default();
        include::take_in(&mut text, source, &folders, 1)?;
        Ok(text)
    }

    /// Enters a source, which is not yet part of the text.
    pub(crate) fn enter(&mut self, source: Source) -> usize {
        self.sources.push(source);
        self.sources.len() - 1
    }

    pub(crate) fn source_text(&self, source: usize) -> &str {
        self.sources.get(source).map_or("", |source| &source.text)
    }

    /// Appends a part of a source.
    pub(crate) fn append(&mut self, source: usize, range: Range<usize>) {
        let (at, from) = (self.text.len(), range.start);
        let part = self.sources.get(source).and_then(|source| source.text.get(range)).unwrap_or_default();
        self.text.push_str(part);
        self.pieces.push(Piece { at, source, from });
    }

    /// The complaint with its place, as nft has it: the line, and the words marked below.
    pub(crate) fn marked(&self, message: &str, span: Span) -> String {
        let range = span.range();
        let start = range.start.min(self.text.len());
        let after = self.pieces.partition_point(|piece| piece.at <= start);
        let Some(piece) = after.checked_sub(1).and_then(|last| self.pieces.get(last)) else { return message.into() };
        let from = piece.from + (start - piece.at);
        let range = from..from + range.end.saturating_sub(start);
        self.marked_at(message, &Origin { source: piece.source, range })
    }

    /// The same, of a place in a source.
    pub(crate) fn marked_at(&self, message: &str, place: &Origin) -> String {
        let Lines { line, column, marked, .. } = self.lines(place);
        let indent: String = line
            .chars()
            .scan(0, |at, letter| {
                *at += letter.len_utf8();
                (*at <= column).then_some(if letter == '\t' { '\t' } else { ' ' })
            })
            .collect();
        let rest = line.get(column..).unwrap_or_default();
        // The end of the line is a column, too.
        let width = rest.get(..marked).map_or(rest.chars().count() + 1, |marked| marked.chars().count());
        let (way, name) = (self.way(place), self.name(place.source));
        let place = name.map_or_else(String::new, |name| format!("{}: ", self.place(name, place)));
        format!("{way}{place}Error: {message}\n{line}\n{indent}{}", "^".repeat(width))
    }

    fn name(&self, source: usize) -> Option<&str> {
        self.sources.get(source)?.name.as_deref()
    }

    /// How the place came to be included.
    fn way(&self, place: &Origin) -> String {
        let origin = |source: usize| self.sources.get(source).and_then(|source| source.from.as_ref());
        let places: Vec<String> = std::iter::successors(origin(place.source), |from| origin(from.source))
            .map(|from| self.place(self.name(from.source).unwrap_or("<cmdline>"), from))
            .collect();
        match places.as_slice() {
            [] => String::new(),
            places => format!("In file included from {}:\n", places.join(":\n                 from ")),
        }
    }

    fn place(&self, name: &str, place: &Origin) -> String {
        let Lines { number, column, marked, .. } = self.lines(place);
        format!("{name}:{number}:{}-{}", column + 1, column + marked)
    }

    fn lines(&self, Origin { source, range }: &Origin) -> Lines<'_> {
        let text = self.source_text(*source);
        let before = text.get(..range.start).unwrap_or(text);
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        let rest = text.get(line_start..).unwrap_or_default();
        let line = rest.split('\n').next().unwrap_or_default();
        let column = before.len() - line_start;
        // What goes on in further lines is marked to the end of the first; a line's end alone is marked, too.
        let longest = line.len().saturating_sub(column);
        let marked = if range.len() == longest + 1 { range.len() } else { range.len().min(longest).max(1) };
        Lines { number: before.matches('\n').count() + 1, line, column, marked }
    }
}

/// What a file holds.
pub(crate) fn read(path: &str) -> Result<String> {
    let failed = |message: String| Failure::said(Exit::Failed, format!("internal:0:0-0: Error: {message}\n"));
    if Path::new(path).is_dir() {
        return Err(failed(format!("Not a regular file: \"{path}\"")));
    }
    let bytes = match path {
        "/dev/stdin" => {
            let mut bytes = Vec::new();
            io::stdin().lock().read_to_end(&mut bytes).map(|_| bytes)
        }
        path => std::fs::read(path),
    };
    let bytes = bytes.map_err(|error| failed(format!("Could not open file \"{path}\": {}", reason(&error))))?;
    String::from_utf8(bytes)
        .map_err(|_| Failure::said(Exit::Failed, format!("{path}: Error: the file is no text (UTF-8)")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(sources: impl IntoIterator<Item = Source>) -> Text {
        let mut text = Text::default();
        for source in sources {
            let length = source.text.len();
            let number = text.enter(source);
            text.append(number, 0..length);
        }
        text
    }

    #[test]
    fn the_place_is_marked_below_its_line() {
        let text = "add table t\n\tfoo bar\nlast".into();
        let text = of([Source { name: Some("f".into()), text, from: None }]);
        assert_eq!(text.marked("no", Span::from(17..20)), "f:2:6-8: Error: no\n\tfoo bar\n\t    ^^^");
        assert_eq!(text.marked("no", Span::from(13..25)), "f:2:2-8: Error: no\n\tfoo bar\n\t^^^^^^^");
        assert_eq!(text.marked("no", Span::from(25..25)), "f:3:5-5: Error: no\nlast\n    ^");
        let typed = of([Source { text: "list".into(), ..Source::default() }]);
        assert_eq!(typed.marked("no", Span::from(900..901)), "Error: no\nlist\n    ^");
    }

    #[test]
    fn what_is_included_tells_the_way_to_it() {
        let of_other = |source: usize| Some(Origin { source, range: 0..13 });
        let text = of([
            Source { text: "include \"./a\"\n".into(), ..Source::default() },
            Source { name: Some("./a".into()), text: "include \"./b\"".into(), from: of_other(0) },
            Source { name: Some("./b".into()), text: "foo".into(), from: of_other(1) },
        ]);
        assert_eq!(
            text.marked("no", Span::from(27..30)),
            "In file included from ./a:1:1-13:\n                 from <cmdline>:1:1-13:\n./b:1:1-3: Error: no\nfoo\n^^^"
        );
    }
}
