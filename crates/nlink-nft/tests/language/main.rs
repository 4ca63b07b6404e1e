//! The language: what nft prints parses, and is printed again to the letter.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test that panics has failed")]

mod trees;

use nlink_nft::language::tree::{Command, RuleBlock, Subject, TableBlock};
use nlink_nft::language::{parse, print};
use proptest::prelude::*;

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

proptest! {
    #[test]
    fn what_is_printed_parses_to_the_same_tree(
        statements in proptest::collection::vec(trees::statement(), 1..5),
        comment in proptest::option::of("[ -!#-~]{0,20}"),
    ) {
        let rule = RuleBlock { statements, comment, ..RuleBlock::default() };
        let printed = rule.to_string();
        let parsed = parse::rule(&printed);
        prop_assert_eq!(parsed, Ok(rule), "{}", printed);
    }

    #[test]
    fn no_text_makes_the_parser_panic(text in "(add|rule|table|chain|tcp|dport|set|\\{|\\}|[0-9a-z:./@,;\"*$-]{0,6}| |\n){0,40}") {
        let _ = parse::commands(&text);
        let _ = parse::rule(&text);
    }
}

/// The line, the words marked and what is said of them.
#[test]
fn an_error_is_at_the_first_word_that_does_not_fit() {
    let cases = [
        ("add table inet", "end of file", 14..14),
        ("add rule t c tcp dport", "end of file", 22..22),
        ("add rule t c tcp dport 22 foo", "foo", 26..29),
        ("add rule t c tcp sdport 22", "sdport", 17..23),
        ("add chain t c { type filter hook input }", "'}'", 39..40),
        ("table t { chain c { accept }", "end of file", 28..28),
        ("list tables }", "'}'", 12..13),
        // What is no token stands behind it.
        ("add rule t\nadd rule t c ?", "newline", 10..11),
        ("add rule t c ?\nadd rule t", "?", 13..14),
    ];
    for (text, found, place) in cases {
        let error = parse::commands(text).unwrap_err();
        assert_eq!(error.message, format!("syntax error, unexpected {found}"), "{text}");
        assert_eq!(error.span.range(), place, "{text}");
    }
}

#[test]
fn definitions_stand_for_what_they_are_given() {
    let text = "define ports = { 22, 80 }\ndefine more = {\n 1,\n $ports }\nadd rule t c tcp dport $more drop";
    let commands = parse::commands(text).unwrap();
    assert_eq!(commands[0].to_string(), "add rule ip t c tcp dport { 1, 22, 80 } drop");
    assert!(parse::commands("add rule t c tcp dport $none").is_err());
    let given = parse::commands_with("add rule t c iif $if drop", &[("if", "lo")]).unwrap();
    assert_eq!(given[0].to_string(), "add rule ip t c iif lo drop");
}

#[test]
fn what_is_nested_without_end_is_an_error_where_it_is_too_deep() {
    let many = 100_000;
    for (before, again) in [
        ("add element t s ", "{ "),
        ("add rule t c tcp dport ", "{"),
        ("add rule t c tcp dport ", "("),
        ("add rule t c meta mark set ", "("),
        ("add rule t c meta mark set 1", " | 1"),
        ("add rule t c meta mark set ", "(1 | "),
    ] {
        let error = parse::commands(&format!("{before}{}", again.repeat(many))).unwrap_err();
        assert_eq!(error.to_string(), "nested too deeply, max 128 levels", "{before}{again}");
        assert!((1..1000).contains(&error.span.range().start), "{before}{again}: {error:?}");
    }
}

#[test]
fn a_rule_or_set_may_have_many_terms_none_of_them_deep() {
    let flags = ["(1 | 2 | 4 | 8)"; 1000].join(", ");
    let text =
        format!("add rule t c meta mark {{ {flags} }} accept\nadd rule t c meta mark set {}1", "1 | ".repeat(100));
    assert_eq!(parse::commands(&text).unwrap().len(), 2);
}
