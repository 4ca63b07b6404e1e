//! What words mean in their places, and the sentences for those that mean nothing.

use super::statements;
use crate::language::tree::{Constant, Match, Scalar, Statement, Term};
use crate::language::{MeaningError, Scope, parse};

fn bound(words: &str) -> Result<Vec<Statement>, MeaningError> {
    statements(&parse::rule(words).unwrap().statements, &Scope::default())
}

fn right(words: &str) -> Scalar {
    match bound(words).unwrap().remove(0) {
        Statement::Match(Match { right: Term::Constant(Constant { scalar, .. }), .. }) => scalar,
        other => panic!("{words}: {other:?}"),
    }
}

#[test]
fn a_word_means_what_it_stands_against_says() {
    let numbers = [
        ("tcp dport 22", 22),
        ("ip saddr 10.0.0.1", 0x0a00_0001),
        ("ip6 saddr ::1", 1),
        ("ether saddr 00:11:22:33:44:55", 0x0011_2233_4455),
        ("ct state established,related", 6),
        ("tcp flags syn|ack", 0x12),
        ("meta mark 0x10", 16),
        ("meta priority 1:ffff", 0x1_ffff),
        ("meta priority root", 0xffff_ffff),
        ("ct expiration 1m", 60_000),
        ("ct expiration 5", 5000),
        ("ip dscp af11", 0x0a),
        ("meta l4proto tcp", 6),
        ("icmp type echo-request", 8),
        ("ct label 5", 32),
    ];
    for (words, number) in numbers {
        assert_eq!(right(words), Scalar::Number(number), "{words}");
    }
    assert_eq!(right("iifname \"eth*\""), Scalar::Text("eth*".into()));
    assert_eq!(right("iif \"eth0\""), Scalar::Text("eth0".into()), "an index that is not known yet");
}

#[test]
fn the_machines_names_are_words_too() {
    let mut scope = Scope::default();
    scope.names.tables.insert("services", [(22, "ssh".to_owned())].into());
    let rule = parse::rule("tcp dport ssh").unwrap();
    let known = statements(&rule.statements, &scope).unwrap();
    assert_eq!(known, bound("tcp dport 22").unwrap());
}

#[test]
fn a_word_that_means_nothing_is_an_error_at_its_place() {
    let wrong = [
        ("tcp dport http", "http is no inet_service", 10..14),
        ("tcp dport { 22, 65536 }", "65536 is too large for inet_service", 16..21),
        ("ip saddr ::1", "::1 is no ipv4_addr", 9..12),
        ("ip saddr 10.0.0.0/33", "a prefix has 32 bits at most", 9..17),
        ("tcp dport 9-1", "Range negative size", 10..13),
        ("ct state open", "open is no ct_state", 9..13),
        ("ip saddr . tcp dport { 1.2.3.4 }", "one value where 2 are wanted", 23..30),
        ("ip saddr { 1.2.3.4 . 22 }", "a concatenation of 2 parts where 1 are wanted", 11..18),
        ("iifname \"a name that is too long\"", "a name that is too long is no ifname", 8..33),
        ("ip ecn 5", "5 is too large for ecn", 7..8),
    ];
    for (words, sentence, place) in wrong {
        let error = bound(words).unwrap_err();
        assert_eq!((error.to_string().as_str(), error.span.range()), (sentence, place), "{words}");
    }
}
