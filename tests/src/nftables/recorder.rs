//! What `nft` sends for rules: `--debug=mnl` prints its messages, `-c` has the kernel check them and change nothing.

use std::collections::BTreeSet;

use anyhow::{Context, ensure};
use nlink_tests::Result;
use nlink_tests::tool::{Output, reference};

use super::beside::sent::{Conversation, Message, Sent};

/// What nft sends for each of the rules in that chain (`inet t c`), which is there; nothing for those that it refuses.
///
/// One that it refuses keeps it from sending any, so those that it complains about are tried by themselves.
pub fn recorded(chain: &str, rules: &[&str]) -> Result<Vec<Sent>> {
    let mut all = vec![Sent::default(); rules.len()];
    let mut left: Vec<usize> = (0..rules.len()).collect();
    while !left.is_empty() {
        let words: Vec<&str> = left.iter().map(|at| rules[*at]).collect();
        let answer = asked(chain, &words)?;
        let sent = rules_in(&answer)?;
        if sent.len() == left.len() {
            left.into_iter().zip(sent).for_each(|(at, sent)| all[at] = sent);
            return Ok(all);
        }
        ensure!(sent.is_empty() && left.len() > 1, "{} rules of {words:?} were sent", sent.len());
        let wrong: BTreeSet<usize> = complaints(&answer).filter_map(|line| left.get(line - 1).copied()).collect();
        ensure!(!wrong.is_empty(), "nothing of {words:?} was sent: {}", answer.stderr);
        for at in &wrong {
            let alone = rules_in(&asked(chain, &[rules[*at]])?)?;
            all[*at] = alone.into_iter().next().unwrap_or_default();
        }
        left.retain(|at| !wrong.contains(at));
    }
    Ok(all)
}

/// Has nft do something, and say what it sent.
pub fn done(command: &str) -> Result<(Output, Vec<Message>)> {
    let output = reference("nft")?.run_fed(&["--debug=mnl", "-f", "-"], command)?;
    let messages = messages_in(&output.stdout)?;
    Ok((output, messages))
}

fn asked(chain: &str, rules: &[&str]) -> Result<Output> {
    let script: String = rules.iter().map(|rule| format!("add rule {chain} {rule}\n")).collect();
    reference("nft")?.run_fed(&["-c", "--debug=mnl", "-f", "-"], &script)
}

fn rules_in(answer: &Output) -> Result<Vec<Sent>> {
    let mut conversation = Conversation::default();
    Ok(messages_in(&answer.stdout)?.iter().filter_map(|message| conversation.hear(message)).collect())
}

/// The lines that are complained about.
fn complaints(answer: &Output) -> impl Iterator<Item = usize> {
    let line = |text: &str| text.strip_prefix("/dev/stdin:")?.split(':').next()?.split('-').next()?.parse().ok();
    answer.stderr.lines().filter_map(line)
}

/// Messages as they are printed: lines of four bytes, or of a length, flags and a type.
fn messages_in(printed: &str) -> Result<Vec<Message>> {
    let mut messages: Vec<Message> = Vec::new();
    for line in printed.lines() {
        let line = plain(line);
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        match cells.as_slice() {
            ["", _, "", "message length", ..] => messages.push(Message { kind: 0, bytes: Vec::new() }),
            ["", kind, _, "", "type", "flags", ..] => {
                messages.last_mut().context("a type without a message")?.kind = kind.parse()?;
            }
            ["", len, flags, kind, "", "len", "flags", "type", ..]
            | ["", len, flags, kind, "len", "flags", "type", ..] => {
                let nested = if flags.starts_with('N') { 0x8000 } else { 0 };
                let bytes = &mut messages.last_mut().context("an attribute without a message")?.bytes;
                bytes.extend(len.parse::<u16>()?.to_ne_bytes());
                bytes.extend((kind.parse::<u16>()? | nested).to_ne_bytes());
            }
            ["", data, "", "data" | "extra header", ..] => {
                let bytes = &mut messages.last_mut().context("data without a message")?.bytes;
                for byte in data.split(' ') {
                    bytes.push(u8::from_str_radix(byte, 16)?);
                }
            }
            _ => {}
        }
    }
    Ok(messages)
}

/// A line without its colours.
fn plain(line: &str) -> String {
    let mut parts = line.split('\u{1b}');
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, part| text + part.split_once('m').map_or("", |(_, rest)| rest))
}
