//! The language: what nft prints parses, and is printed again to the letter.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that panics has failed")]

use nlink_nft::language::tree::{Command, Subject, TableBlock};
use nlink_nft::language::{parse, print};

fn tables(text: &str) -> Vec<TableBlock> {
    let commands = parse::commands(text).unwrap_or_else(|error| panic!("{error}: {:?}", text.get(error.span.range())));
    let table = |command: Command| match command.subject {
        Subject::Table(table) => table,
        other => panic!("{other:?}"),
    };
    commands.into_iter().map(table).collect()
}

// nft list ruleset    nft 1.1.7
#[test]
fn what_nft_lists_parses_and_is_printed_to_the_letter() {
    for listed in [include_str!("one.nft"), include_str!("two.nft")] {
        let printed = print::text::blocks(&tables(listed), true, &print::Options::default());
        for (ours, theirs) in printed.lines().zip(listed.lines()) {
            assert_eq!(ours, theirs);
        }
        assert_eq!(printed, listed);
    }
}
