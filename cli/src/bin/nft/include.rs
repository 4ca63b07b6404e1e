//! `include "FILE"`: what the file holds stands in its place.
//!
//! A path that begins with `/`, `./` or `../` is that file; any other is looked for in the folders of `-I`, beside the
//! file that was given, and in `/etc`. Shell wildcards match files, in the order of their names, and need not match any.

use std::io::{self, Read};
use std::ops::Range;
use std::path::{Path, PathBuf};

use glob::MatchOptions;
use nlink_cli::failure::reason;
use nlink_cli::{Exit, Failure, Result};

use crate::input::{Origin, Source, Text};
use crate::options::Options;

/// Where files are looked for that are neither in a folder of `-I` nor beside the one that was given.
const DEFAULT: &str = "/etc";

/// How deep files may include others.
const LEVELS: usize = 16;

/// As a shell has it: what is hidden is not matched, and a wildcard ends at a slash.
const SHELL: MatchOptions =
    MatchOptions { case_sensitive: true, require_literal_separator: true, require_literal_leading_dot: true };

/// A statement: which file it names, and where it stands, with what ends it.
#[derive(Debug, PartialEq)]
struct Include {
    path: String,
    whole: Range<usize>,
    /// Where what ends it begins.
    end: usize,
}

/// Commands as they were typed, with what they include.
pub(crate) fn typed(text: String, options: &Options) -> Result<Text> {
    all_of(Source { text, ..Source::default() }, None, options)
}

/// A file's commands, with what they include; `-` is standard input.
pub(crate) fn file(path: &str, options: &Options) -> Result<Text> {
    let name = if path == "-" { "/dev/stdin" } else { path };
    let folder = std::fs::canonicalize(name).ok().and_then(|path| path.parent().map(Path::to_owned));
    all_of(Source { name: Some(name.into()), text: read(name)?, from: None }, folder, options)
}

fn all_of(source: Source, folder: Option<PathBuf>, options: &Options) -> Result<Text> {
    let folders: Vec<PathBuf> = options.include.iter().cloned().chain(folder).chain([DEFAULT.into()]).collect();
    let statements = includes(&source.text);
    if statements.is_empty() {
        return Ok(Text::whole(source));
    }
    let mut text = Text::default();
    take_in(&mut text, source, statements, &folders, 1)?;
    Ok(text)
}

/// What a file holds.
fn read(path: &str) -> Result<String> {
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

/// Takes in the source, and all that its statements include.
fn take_in(text: &mut Text, source: Source, statements: Vec<Include>, folders: &[PathBuf], level: usize) -> Result<()> {
    let (number, length) = text.enter(source);
    let mut done = 0;
    for Include { path, whole, end } in statements {
        let from = Origin { source: number, range: whole };
        let failed = |text: &Text, message: String| Failure::said(Exit::Failed, text.marked_at(&message, &from));
        text.append(number, done..from.range.start);
        if level == LEVELS {
            return Err(failed(text, format!("Include nested too deeply, max {LEVELS} levels")));
        }
        let files = found(&path, folders).ok_or_else(|| failed(text, format!("File not found: {path}")))?;
        for file in files.iter().filter(|file| !file.is_dir()) {
            let name = file.to_string_lossy().into_owned();
            let source = Source { text: read(&name)?, name: Some(name), from: Some(from.clone()) };
            let statements = includes(&source.text);
            take_in(text, source, statements, folders, level + 1)?;
        }
        // What ends the statement ends what was included.
        text.append(number, end..from.range.end);
        done = from.range.end;
    }
    text.append(number, done..length);
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
        if let Some(Include { path, whole, end }) = begins.then(|| include(rest)).flatten() {
            let next = at + whole.end;
            found.push(Include { path, whole: at + whole.start..next, end: at + end });
            at = next;
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
    let quoted = text.strip_prefix("include")?.strip_prefix(blank)?.trim_start_matches(blank);
    let (path, behind) = quoted.strip_prefix('"')?.split_once('"')?;
    let ended = behind.trim_start_matches(blank);
    let length = match ended.chars().next() {
        None => 0,
        Some('\n' | ';') => 1,
        Some('#') => ended.find('\n').map_or(ended.len(), |newline| newline + 1),
        Some(_) => return None,
    };
    let end = text.len() - ended.len();
    Some(Include { path: path.into(), whole: 0..end + length, end })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paths(text: &str) -> Vec<String> {
        includes(text).into_iter().map(|include| include.path).collect()
    }

    #[test]
    fn a_statement_stands_where_one_begins() {
        assert_eq!(paths("include \"a\"; include\t\"b\" # c\n add x \n chain c { include \"d\"\n}"), ["a", "b", "d"]);
        for other in
            ["# include \"a\"", "add include \"a\"", "log prefix \"; include \"", "include \"a\" }", "include a"]
        {
            assert!(paths(other).is_empty(), "{other}");
        }
    }

    #[test]
    fn what_ends_a_statement_belongs_to_it() {
        let text = "include \"a\" ;x";
        assert_eq!(includes(text), [Include { path: "a".into(), whole: 0..13, end: 12 }]);
    }
}
