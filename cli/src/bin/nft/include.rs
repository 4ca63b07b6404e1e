//! `include "FILE"`: what the file holds stands in its place.
//!
//! A path that begins with `/`, `./` or `../` is that file; any other is looked for in the folders of `-I`, where the
//! including file is, and in `/etc`. Shell wildcards match files, in the order of their names, and need not match any.

use std::ops::Range;
use std::path::{Path, PathBuf};

use glob::MatchOptions;
use nlink_cli::{Failure, Result};

use crate::input::{self, Origin, Source, Text};

/// How deep files may include others.
const LEVELS: usize = 16;

/// As a shell has it: what is hidden is not matched, and a wildcard ends at a slash.
const SHELL: MatchOptions =
    MatchOptions { case_sensitive: true, require_literal_separator: true, require_literal_leading_dot: true };

/// A statement: which file it names, and where it stands, with what ends it.
struct Include {
    path: Range<usize>,
    whole: Range<usize>,
    /// Where what ends it begins.
    end: usize,
}

/// Takes in the source, and all that it includes.
pub(crate) fn take_in(text: &mut Text, source: Source, folders: &[PathBuf], level: usize) -> Result<()> {
    let number = text.enter(source);
    let whole = text.source_text(number).to_owned();
    let mut done = 0;
    for Include { path, whole: statement, end } in includes(&whole) {
        let from = Origin { source: number, range: statement.clone() };
        let failed =
            |text: &Text, message: String| Failure::said(nlink_cli::Exit::Failed, text.marked_at(&message, &from));
        text.append(number, done..statement.start);
        let path = whole.get(path).unwrap_or_default();
        if level == LEVELS {
            return Err(failed(text, format!("Include nested too deeply, max {LEVELS} levels")));
        }
        let files = found(path, folders).ok_or_else(|| failed(text, format!("File not found: {path}")))?;
        for file in files.iter().filter(|file| !file.is_dir()) {
            let name = file.to_string_lossy().into_owned();
            let held = input::read(&name)?;
            take_in(text, Source { name: Some(name), text: held, from: Some(from.clone()) }, folders, level + 1)?;
        }
        // What ends the statement ends what was included.
        text.append(number, end..statement.end);
        done = statement.end;
    }
    text.append(number, done..whole.len());
    Ok(())
}

/// The files of that name; none where there has to be one.
fn found(path: &str, folders: &[PathBuf]) -> Option<Vec<PathBuf>> {
    let is_placed = ["/", "./", "../"].iter().any(|begin| path.starts_with(begin));
    let has_wildcard = path.contains(['*', '?', '[']);
    let candidates: Vec<PathBuf> = match is_placed {
        true => vec![path.into()],
        false => folders.iter().map(|folder| folder.join(path)).collect(),
    };
    let mut matches = candidates.iter().map(|candidate| match has_wildcard {
        true => matching(candidate),
        false if candidate.exists() => vec![candidate.clone()],
        false => Vec::new(),
    });
    matches.find(|files| !files.is_empty()).or_else(|| has_wildcard.then(Vec::new))
}

fn matching(pattern: &Path) -> Vec<PathBuf> {
    let found = glob::glob_with(&pattern.to_string_lossy(), SHELL);
    let files = found.into_iter().flatten().flatten();
    // The matcher drops a leading `./`, which tells where the file was looked for.
    files.map(|file| if pattern.starts_with(".") { Path::new(".").join(file) } else { file }).collect()
}

/// The statements of a text, in their order.
fn includes(text: &str) -> Vec<Include> {
    let mut found = Vec::new();
    let (mut at, mut begins) = (0, true);
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        if let Some(include) = begins.then(|| include(rest)).flatten() {
            let place = |range: &Range<usize>| at + range.start..at + range.end;
            let end = at + include.end;
            found.push(Include { path: place(&include.path), whole: place(&include.whole), end });
            at += include.whole.end;
            continue;
        }
        let letter = rest.chars().next().unwrap_or_default();
        begins = matches!(letter, '\n' | ';' | '{') || (begins && letter.is_whitespace());
        at += match letter {
            '#' => rest.find('\n').unwrap_or(rest.len()),
            '"' => rest.get(1..).and_then(|behind| behind.find('"')).map_or(rest.len(), |end| end + 2),
            letter => letter.len_utf8(),
        };
    }
    found
}

/// The statement that the text begins with.
fn include(text: &str) -> Option<Include> {
    let blank = [' ', '\t'];
    let path = text.strip_prefix("include")?;
    let path = path.strip_prefix(blank)?.trim_start_matches(blank).strip_prefix('"')?;
    let start = text.len() - path.len();
    let end = start + path.find('"')?;
    let behind = text.get(end + 1..)?;
    let ended = behind.trim_start_matches(blank);
    let length = match ended.chars().next() {
        None => 0,
        Some('\n' | ';') => 1,
        Some('#') => ended.find('\n').map_or(ended.len(), |newline| newline + 1),
        Some(_) => return None,
    };
    let end_at = text.len() - ended.len();
    Some(Include { path: start..end, whole: 0..end_at + length, end: end_at })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paths(text: &str) -> Vec<&str> {
        includes(text).into_iter().map(|include| &text[include.path]).collect()
    }

    #[test]
    fn a_statement_stands_where_one_begins() {
        assert_eq!(paths("include \"a\"; include\t\"b\" # c\n add x \n chain c { include \"d\"\n}"), ["a", "b", "d"]);
        for other in
            ["# include \"a\"", "add include \"a\"", "log prefix \"; include \"", "include \"a\" }", "include a"]
        {
            assert_eq!(paths(other), [""; 0], "{other}");
        }
    }

    #[test]
    fn what_ends_a_statement_belongs_to_it() {
        let text = "include \"a\" ;x";
        assert_eq!(includes(text)[0].whole, 0..13);
    }
}
