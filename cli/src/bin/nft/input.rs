//! The text of commands, and where each part of it comes from.

use std::ops::Range;

use nlink_nft::language::Span;

/// A text of commands, put together of what was given and of the files that it includes.
#[derive(Debug, Default)]
pub(crate) struct Text {
    /// The commands; nothing where they are the only source as it is.
    joined: Option<String>,
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
    /// A source that includes nothing.
    pub(crate) fn whole(source: Source) -> Self {
        Self { joined: None, sources: vec![source], pieces: vec![Piece { at: 0, source: 0, from: 0 }] }
    }

    /// The commands.
    pub(crate) fn commands(&self) -> &str {
        self.joined.as_deref().unwrap_or_else(|| self.source_text(0))
    }

    /// Enters a source, which is not yet part of the text: its number, and how long it is.
    pub(crate) fn enter(&mut self, source: Source) -> (usize, usize) {
        let length = source.text.len();
        self.sources.push(source);
        (self.sources.len() - 1, length)
    }

    fn source_text(&self, source: usize) -> &str {
        self.sources.get(source).map_or("", |source| &source.text)
    }

    /// Appends a part of a source.
    pub(crate) fn append(&mut self, source: usize, range: Range<usize>) {
        let joined = self.joined.get_or_insert_default();
        self.pieces.push(Piece { at: joined.len(), source, from: range.start });
        let text = self.sources.get(source).map_or("", |source| &source.text);
        joined.push_str(text.get(range).unwrap_or_default());
    }

    /// The complaint with its place, as nft has it: the line, and the words marked below.
    pub(crate) fn marked(&self, message: &str, span: Span) -> String {
        let range = span.range();
        let start = range.start.min(self.commands().len());
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

#[cfg(test)]
mod tests {
    use super::*;

    fn of(sources: impl IntoIterator<Item = Source>) -> Text {
        let mut text = Text::default();
        for source in sources {
            let (number, length) = text.enter(source);
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
        let typed = Text::whole(Source { text: "list".into(), ..Source::default() });
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
