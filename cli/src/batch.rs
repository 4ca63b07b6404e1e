//! `-batch FILE`: a command on each line, as iproute2 reads them.
//!
//! `#` begins a remark, a backslash at the end joins the next line, words may stand in single or double quotes.

use std::io::{self, BufRead};
use std::path::Path;

use crate::exit::Exit;
use crate::failure::{Failure, Result, reason};

/// A command of a batch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Where it ends in the file, counted from 1.
    pub number: usize,
    /// Its words.
    pub words: Vec<String>,
}

/// Opens a batch; `-` is standard input.
pub fn open(path: &Path) -> Result<Box<dyn BufRead>> {
    if path == Path::new("-") {
        return Ok(Box::new(io::stdin().lock()));
    }
    let file = std::fs::File::open(path).map_err(|error| {
        let reason = reason(&error);
        Failure::said(Exit::Failed, format!("Cannot open file \"{}\" for reading: {reason}", path.display()))
    })?;
    Ok(Box::new(io::BufReader::new(file)))
}

/// Reads the next command that has words; `None` at the end. `number` counts the lines read so far.
pub fn next_line(input: &mut dyn BufRead, number: &mut usize) -> io::Result<Option<Line>> {
    let mut reader = Reader::default();
    let mut text = String::new();
    loop {
        text.clear();
        if input.read_line(&mut text)? == 0 {
            let words = reader.finish();
            return Ok((!words.is_empty()).then_some(Line { number: *number, words }));
        }
        *number += 1;
        let continued = reader.read(text.trim_end_matches('\n'));
        if continued {
            continue;
        }
        let words = std::mem::take(&mut reader).finish();
        if !words.is_empty() {
            return Ok(Some(Line { number: *number, words }));
        }
    }
}

/// Takes a line apart.
#[derive(Debug, Default)]
struct Reader {
    words: Vec<String>,
    word: Option<String>,
    quote: Option<char>,
}

impl Reader {
    /// Reads a line; whether it goes on in the next.
    fn read(&mut self, line: &str) -> bool {
        let mut letters = line.chars().peekable();
        while let Some(letter) = letters.next() {
            match (self.quote, letter) {
                (Some(quote), _) if letter == quote => self.quote = None,
                (None, '#') => break,
                (_, '\\') if letters.peek().is_none() => return true,
                (None, '"' | '\'') => {
                    self.quote = Some(letter);
                    self.word.get_or_insert_default();
                }
                (None, _) if letter.is_ascii_whitespace() => self.words.extend(self.word.take()),
                _ => self.word.get_or_insert_default().push(letter),
            }
        }
        false
    }

    fn finish(mut self) -> Vec<String> {
        self.words.extend(self.word.take());
        self.words
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> Vec<(usize, Vec<String>)> {
        let (mut input, mut number, mut lines) = (text.as_bytes(), 0, Vec::new());
        while let Some(line) = next_line(&mut input, &mut number).unwrap() {
            lines.push((line.number, line.words));
        }
        lines
    }

    #[test]
    fn remarks_quotes_and_continuations() {
        let text = "link show lo # remark\n\n# only a remark\nlink set \\\n  lo up\naddr \"a b\" 'c#d' ''\nlast";
        let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
        assert_eq!(
            lines(text),
            [
                (1, words(&["link", "show", "lo"])),
                (5, words(&["link", "set", "lo", "up"])),
                (6, words(&["addr", "a b", "c#d", ""])),
                (7, words(&["last"])),
            ]
        );
    }

    #[test]
    fn an_empty_file_has_no_commands() {
        assert_eq!(lines(""), []);
        assert_eq!(lines("\n# x\n \\\n"), []);
    }
}
