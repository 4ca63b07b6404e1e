//! From iproute2's way of writing options to clap's: one dash, any abbreviation, the first entry that fits wins.

use crate::exit::Exit;
use crate::failure::{Failure, Result};

/// What belongs to an option.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Value {
    /// Nothing.
    None,
    /// The next word.
    Next,
    /// Perhaps something behind `=`.
    Attached,
    /// Nothing: the option itself stands for a value of another one.
    Fixed(&'static str),
}

/// An option as it is typed, and what clap calls it.
struct Entry {
    typed: &'static str,
    /// Whether it cannot be abbreviated.
    exact: bool,
    long: &'static str,
    value: Value,
}

const fn entry(typed: &'static str, long: &'static str, value: Value) -> Entry {
    Entry { typed, exact: false, long, value }
}

const fn exact(typed: &'static str, long: &'static str, value: Value) -> Entry {
    Entry { typed, exact: true, long, value }
}

/// In iproute2's order, which decides what an abbreviation means: `-s` is stats, `-h` human, `-f` family.
const ORDER: &[Entry] = &[
    exact("4", "family", Value::Fixed("inet")),
    exact("6", "family", Value::Fixed("inet6")),
    exact("0", "family", Value::Fixed("link")),
    exact("M", "family", Value::Fixed("mpls")),
    exact("B", "family", Value::Fixed("bridge")),
    entry("loops", "loops", Value::Next),
    entry("family", "family", Value::Next),
    entry("human-readable", "human", Value::None),
    entry("iec", "iec", Value::None),
    entry("statistics", "statistics", Value::None),
    entry("stats", "statistics", Value::None),
    entry("details", "details", Value::None),
    entry("resolve", "resolve", Value::None),
    entry("oneline", "oneline", Value::None),
    entry("timestamp", "timestamp", Value::None),
    entry("tshort", "tshort", Value::None),
    entry("Version", "version", Value::None),
    entry("force", "force", Value::None),
    entry("batch", "batch", Value::Next),
    entry("brief", "brief", Value::None),
    entry("json", "json", Value::None),
    entry("pretty", "pretty", Value::None),
    entry("rcvbuf", "rcvbuf", Value::Next),
    entry("color", "color", Value::Attached),
    entry("help", "help", Value::None),
    entry("netns", "netns", Value::Next),
    entry("Numeric", "numeric", Value::None),
    entry("all", "all", Value::None),
    exact("echo", "echo", Value::None),
];

/// Spells the options before the object out, and sets the words behind apart by `--`.
pub fn normalise<S: AsRef<str>>(arguments: impl IntoIterator<Item = S>) -> Result<Vec<String>> {
    let mut arguments = arguments.into_iter().map(|argument| argument.as_ref().to_owned());
    let tool = arguments.next().unwrap_or_default();
    let mut spelled = vec![tool.clone()];
    let mut words = Vec::new();
    while let Some(argument) = arguments.next() {
        let Some(typed) = argument.strip_prefix('-') else {
            words.push(argument);
            break;
        };
        if argument == "--" {
            break;
        }
        let typed = typed.strip_prefix('-').unwrap_or(typed);
        let name = typed.split('=').next().unwrap_or_default();
        let attached = typed.get(name.len() + 1..);
        let fits = |entry: &&Entry| match entry.exact {
            true => entry.typed == typed,
            false => !name.is_empty() && entry.typed.starts_with(name),
        };
        let unknown = || {
            let tool = tool.rsplit('/').next().unwrap_or_default();
            Failure::said(Exit::Usage, format!("Option \"{argument}\" is unknown, try \"{tool} -help\"."))
        };
        let entry = ORDER.iter().find(fits).ok_or_else(unknown)?;
        let long = entry.long;
        match entry.value {
            Value::Attached => spelled.push(match attached {
                Some("always" | "auto" | "never") | None => {
                    format!("--{long}={}", attached.unwrap_or("always"))
                }
                Some(_) => return Err(unknown()),
            }),
            _ if attached.is_some() => return Err(unknown()),
            Value::None => spelled.push(format!("--{long}")),
            Value::Fixed(value) => spelled.push(format!("--{long}={value}")),
            Value::Next => {
                let missing = || Failure::said(Exit::Usage, format!("\"{argument}\" needs a value after it."));
                spelled.push(format!("--{long}={}", arguments.next().ok_or_else(missing)?));
            }
        }
    }
    spelled.push("--".into());
    spelled.append(&mut words);
    spelled.extend(arguments);
    Ok(spelled)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spelled(line: &str) -> String {
        match normalise(line.split(' ')) {
            Ok(spelled) => spelled.join(" "),
            Err(failure) => failure.to_string(),
        }
    }

    #[test]
    fn an_abbreviation_means_what_it_means_to_iproute2() {
        for (typed, long) in [
            ("-s", "--statistics"),
            ("-st", "--statistics"),
            ("-d", "--details"),
            ("-h", "--human"),
            ("-he", "--help"),
            ("-i", "--iec"),
            ("-r", "--resolve"),
            ("-rc 5", "--rcvbuf=5"),
            ("-o", "--oneline"),
            ("-t", "--timestamp"),
            ("-ts", "--tshort"),
            ("-V", "--version"),
            ("-f inet", "--family=inet"),
            ("-fo", "--force"),
            ("-b x", "--batch=x"),
            ("-br", "--brief"),
            ("-j", "--json"),
            ("-p", "--pretty"),
            ("-c", "--color=always"),
            ("-col=never", "--color=never"),
            ("-n blue", "--netns=blue"),
            ("-N", "--numeric"),
            ("-a", "--all"),
            ("-echo", "--echo"),
            ("-4", "--family=inet"),
            ("-0", "--family=link"),
            ("--json", "--json"),
        ] {
            assert_eq!(spelled(&format!("ip {typed} link")), format!("ip {long} -- link"), "{typed}");
        }
    }

    #[test]
    fn options_end_at_the_object() {
        assert_eq!(spelled("ip -j link show -d"), "ip --json -- link show -d");
        assert_eq!(spelled("ip -- -j"), "ip -- -j");
    }

    #[test]
    fn what_fits_nothing_is_refused_as_typed() {
        assert_eq!(spelled("ip -foo link"), "Option \"-foo\" is unknown, try \"ip -help\".");
        assert_eq!(spelled("/usr/bin/ip -c=foo"), "Option \"-c=foo\" is unknown, try \"ip -help\".");
        assert_eq!(spelled("ip -j=1"), "Option \"-j=1\" is unknown, try \"ip -help\".");
        assert_eq!(spelled("ip -46"), "Option \"-46\" is unknown, try \"ip -help\".");
        assert_eq!(spelled("ip -n"), "\"-n\" needs a value after it.");
    }
}
