//! What stands before the commands.

use std::path::PathBuf;

use nlink_cli::failure::complain;
use nlink_cli::{Exit, Failure, Result};
use nlink_nft::language::print;

/// How the tool is to be used.
#[derive(Debug)]
pub(crate) enum Call {
    /// Shows how it is used.
    Help,
    /// Shows its version.
    Version,
    /// Carries out commands.
    Run(Box<Options>),
}

/// Where commands come from.
#[derive(Debug, Default)]
pub(crate) enum Source {
    /// Standard input, one by one.
    #[default]
    Interactive,
    /// A file, `-` for standard input.
    File(String),
    /// The command line.
    Words(Vec<String>),
}

/// What the options say.
#[derive(Debug, Default)]
pub(crate) struct Options {
    pub(crate) source: Source,
    pub(crate) print: print::Options,
    pub(crate) json: bool,
    pub(crate) echo: bool,
    pub(crate) check: bool,
    pub(crate) define: Vec<(String, String)>,
    pub(crate) include: Vec<PathBuf>,
}

/// What an option does.
#[derive(Clone, Copy)]
enum Effect {
    Help,
    Version,
    Interactive,
    /// Takes a value.
    Value(fn(&mut Options, &str) -> Result<()>),
    Sets(fn(&mut Options)),
    /// nft has it, this tool has not.
    Lacking,
}

/// An option: its letter, its word, what it takes, what it does, in words.
type Entry = (char, &'static str, Effect, &'static str);

const GROUPS: [(&str, &[Entry]); 4] = [
    (
        "general",
        &[
            ('h', "help", Effect::Help, "Show this help"),
            ('v', "version", Effect::Version, "Show version information"),
            ('V', "", Effect::Version, "Show version information"),
        ],
    ),
    (
        "ruleset input handling",
        &[
            ('f', "file", Effect::Value(file), "Read input from <filename>"),
            ('D', "define", Effect::Value(define), "Define variable, e.g. --define foo=1.2.3.4"),
            ('i', "interactive", Effect::Interactive, "Read input from standard input, command by command"),
            ('I', "includepath", Effect::Value(include), "Add <directory> to the paths searched for include files"),
            ('c', "check", Effect::Sets(|o| o.check = true), "Check commands validity without applying the changes"),
            ('o', "optimize", Effect::Lacking, "Optimize ruleset (not supported)"),
        ],
    ),
    (
        "ruleset list formatting",
        &[
            ('a', "handle", Effect::Sets(|o| o.print.handles = true), "Output rule handle"),
            ('s', "stateless", Effect::Sets(|o| o.print.stateless = true), "Omit stateful information of ruleset"),
            ('t', "terse", Effect::Sets(|o| o.print.terse = true), "Omit contents of sets"),
            ('S', "service", Effect::Sets(|o| o.print.services = true), "Translate ports to service names"),
            ('N', "reversedns", Effect::Lacking, "Translate IP addresses to names (not supported)"),
            ('u', "guid", Effect::Sets(|o| o.print.users = true), "Print users and groups by their names"),
            ('n', "numeric", Effect::Sets(numeric), "Print fully numerical output"),
            (
                'y',
                "numeric-priority",
                Effect::Sets(|o| o.print.numeric_priority = true),
                "Print priorities numerically",
            ),
            ('p', "numeric-protocol", Effect::Sets(|o| o.print.numeric_protocol = true), "Print protocols numerically"),
            ('T', "numeric-time", Effect::Sets(|o| o.print.numeric_time = true), "Print time values numerically"),
        ],
    ),
    (
        "command output formatting",
        &[
            ('e', "echo", Effect::Sets(|o| o.echo = true), "Echo what has been added, inserted or replaced"),
            ('j', "json", Effect::Sets(|o| o.json = true), "Format output in JSON"),
            ('d', "debug", Effect::Lacking, "Debugging (not supported)"),
        ],
    ),
];

fn file(options: &mut Options, path: &str) -> Result<()> {
    options.source = Source::File(path.into());
    Ok(())
}

fn define(options: &mut Options, text: &str) -> Result<()> {
    let (name, value) = text.split_once('=').ok_or_else(|| failed(format!("nft: no '=' in definition '{text}'")))?;
    options.define.push((name.into(), value.into()));
    Ok(())
}

fn include(options: &mut Options, directory: &str) -> Result<()> {
    match std::fs::canonicalize(directory) {
        Ok(directory) => options.include.push(directory),
        Err(_) => complain(format!("Warning: Cannot include path '{directory}'")),
    }
    Ok(())
}

fn numeric(options: &mut Options) {
    options.print = std::mem::take(&mut options.print).numeric();
}

fn failed(message: impl Into<String>) -> Failure {
    Failure::said(Exit::Failed, message)
}

fn entries() -> impl Iterator<Item = &'static Entry> {
    GROUPS.iter().flat_map(|(_, entries)| entries.iter())
}

/// Reads the command line: options up to the first word that is none, then commands.
pub(crate) fn read(arguments: &[String]) -> Result<Call> {
    let mut options = Options::default();
    let (mut asked_interactive, mut from_file) = (false, false);
    let mut rest = arguments.iter().skip(1);
    let mut words = Vec::new();
    while let Some(argument) = rest.next() {
        let named: Vec<(&Entry, Option<&str>)> = match argument.strip_prefix("--") {
            Some("") => {
                words.extend(rest.by_ref().cloned());
                break;
            }
            Some(long) => {
                let (name, value) = long.split_once('=').map_or((long, None), |(name, value)| (name, Some(value)));
                let entry = entries().find(|(_, word, ..)| *word == name && !name.is_empty());
                vec![(entry.ok_or_else(|| failed(format!("nft: unrecognized option '--{name}'")))?, value)]
            }
            None => match argument.strip_prefix('-').filter(|letters| !letters.is_empty()) {
                Some(letters) => short(letters)?,
                None => {
                    words.push(argument.clone());
                    words.extend(rest.by_ref().cloned());
                    break;
                }
            },
        };
        for ((letter, _, effect, _), value) in named {
            match effect {
                Effect::Help => return Ok(Call::Help),
                Effect::Version => return Ok(Call::Version),
                Effect::Interactive => asked_interactive = true,
                Effect::Sets(set) => set(&mut options),
                Effect::Value(take) => {
                    from_file |= *letter == 'f';
                    let value = match value {
                        Some(value) => value,
                        None => rest
                            .next()
                            .ok_or_else(|| failed(format!("nft: option requires an argument -- '{letter}'")))?,
                    };
                    take(&mut options, value)?;
                }
                Effect::Lacking => return Err(failed(format!("nft: option '-{letter}' is not supported"))),
            }
        }
    }
    if !asked_interactive && !from_file {
        options.source = Source::Words(words);
    }
    Ok(Call::Run(Box::new(options)))
}

/// Letters behind one dash; what stands behind one that takes a value is the value.
fn short(letters: &str) -> Result<Vec<(&'static Entry, Option<&str>)>> {
    let mut found = Vec::new();
    for (at, letter) in letters.char_indices() {
        let entry = entries().find(|(known, ..)| *known == letter);
        let entry = entry.ok_or_else(|| failed(format!("nft: invalid option -- '{letter}'")))?;
        let behind = letters.get(at + letter.len_utf8()..).filter(|behind| !behind.is_empty());
        let takes_value = matches!(entry.2, Effect::Value(_));
        found.push((entry, behind.filter(|_| takes_value)));
        if takes_value {
            break;
        }
    }
    Ok(found)
}

/// How the tool is used.
pub(crate) fn usage(name: &str) -> String {
    let mut usage = format!("Usage: {name} [ options ] [ cmds... ]\n");
    for (group, entries) in GROUPS {
        usage.push_str(&format!("\nOptions ({group}):\n"));
        for (letter, word, _, what) in entries {
            let long = if word.is_empty() { String::new() } else { format!(", --{word}") };
            usage.push_str(&format!("  {:<30}{what}\n", format!("-{letter}{long}")));
        }
    }
    usage
}

#[cfg(test)]
mod tests {
    use super::*;

    fn call(words: &[&str]) -> Result<Call> {
        read(&std::iter::once(&"nft").chain(words).map(|word| (*word).to_owned()).collect::<Vec<_>>())
    }

    fn run(words: &[&str]) -> Options {
        match call(words) {
            Ok(Call::Run(options)) => *options,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn letters_stand_together_and_commands_end_them() {
        let options = run(&["-anj", "list", "ruleset", "-s"]);
        assert!(options.print.handles && options.print.numeric && options.json && !options.print.stateless);
        assert!(matches!(options.source, Source::Words(words) if words == ["list", "ruleset", "-s"]));
    }

    #[test]
    fn a_value_stands_behind_its_letter_or_is_the_next_word() {
        for words in [&["-f", "x"][..], &["-fx"], &["--file=x"], &["--file", "x"], &["-cfx"]] {
            assert!(matches!(run(words).source, Source::File(path) if path == "x"));
        }
        assert!(call(&["-f"]).is_err() && call(&["-Z"]).is_err() && call(&["-d", "all"]).is_err());
        assert!(call(&["--nothing"]).is_err());
    }
}
