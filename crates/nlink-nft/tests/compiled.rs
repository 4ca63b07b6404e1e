//! Rules in nft's words, and the messages that nft 1.1.7 sent for them (`captured/`, a file for each family): what is
//! compiled here is the same, and what is decoded from it says the same again.

#![cfg(target_endian = "little")]
#![allow(clippy::unwrap_used)] // also in what the tests have in common

mod beside;

use beside::judge::{Outcome, judge, plain};
use beside::sent::{Conversation, Message, Sent};
use nlink_nft::expression::kinds::bitwise::BitwiseOperation;
use nlink_nft::language::tree::Statement;
use nlink_nft::language::{compile, decode};
use nlink_nft::{Expression, Family, Set, SetElements};

fn bytes(hex: &str) -> Vec<u8> {
    hex.as_bytes().chunks(2).map(|pair| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap()).collect()
}

/// Rules and what was sent for them, and the sets of their table.
///
/// `# RULE`, below it the messages as `TYPE BYTES`; `!` and the error where there are none.
fn read(text: &str) -> (Vec<(&str, Sent)>, Conversation) {
    let (mut all, mut conversation): (Vec<(&str, Sent)>, _) = (Vec::new(), Conversation::default());
    for line in text.lines() {
        match line.split_once(' ').unwrap() {
            ("#", words) => all.push((words, Sent::default())),
            ("!", _) => {}
            (kind, hex) => {
                let message = Message { kind: u16::from_str_radix(kind, 16).unwrap(), bytes: bytes(hex) };
                if let Some(sent) = conversation.hear(&message) {
                    all.last_mut().unwrap().1 = sent;
                }
            }
        }
    }
    (all, conversation)
}

fn compared(family: Family, text: &str) {
    let (all, conversation) = read(text);
    let scope = conversation.scope();
    let mut wrong = Vec::new();
    for (words, sent) in &all {
        match judge(family, words, sent, &scope) {
            Outcome::Same | Outcome::Refused => {}
            other => wrong.push(format!("{family} {words}: {other:?}")),
        }
    }
    assert!(wrong.is_empty(), "{} of {}\n{}", wrong.len(), all.len(), wrong.join("\n"));
}

/// Masks with their operation said, as the kernel tells it.
fn told(mut expressions: Vec<Expression>) -> Vec<Expression> {
    for expression in &mut expressions {
        if let Expression::Bitwise(bitwise) = expression {
            bitwise.operation.get_or_insert(BitwiseOperation::MASK_XOR);
        }
    }
    expressions
}

/// Rules that are said otherwise again, as nft lists them.
const OTHERWISE: [&str; 1] = ["ip saddr & 255.0.0.0 == 10.0.0.0"];

fn decoded(family: Family, text: &str) {
    let (all, conversation) = read(text);
    let scope = conversation.scope();
    let mut wrong = Vec::new();
    for (words, sent) in &all {
        let Some(rule) = &sent.rule else { continue };
        let sets = [sent.sets.clone(), conversation.named.clone()].concat();
        let statements = decode::rule(family.into(), &told(rule.expressions.clone()), &sets);
        if statements.iter().any(|statement| matches!(statement, Statement::Raw(_))) {
            wrong.push(format!("{family} {words}: not understood\n  {statements:?}"));
            continue;
        }
        match compile::rule(family.into(), &statements, &scope) {
            Err(error) => wrong.push(format!("{family} {words}: {error}\n  {statements:?}")),
            Ok(compiled) => {
                let again = told(plain(compiled.expressions, &compiled.sets));
                let elements = |sets: &[(Set, SetElements)]| {
                    sets.iter().map(|(_, list)| list.elements.clone()).collect::<Vec<_>>()
                };
                let differs = again != told(plain(rule.expressions.clone(), &sent.sets))
                    || elements(&compiled.sets) != elements(&sent.sets);
                if differs != OTHERWISE.contains(words) {
                    wrong.push(format!("{family} {words}: says something else again\n  {statements:?}\n  {again:?}"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {}\n{}", wrong.len(), all.len(), wrong.join("\n"));
}

macro_rules! families {
    ($($name:ident $family:ident $file:literal;)*) => {$(
        #[test]
        fn $name() {
            compared(Family::$family, include_str!(concat!("captured/", $file)));
            decoded(Family::$family, include_str!(concat!("captured/", $file)));
        }
    )*};
}

families! {
    rules_of_both_families_of_ip_are_what_nft_sends INET "inet.txt";
    rules_of_ipv4_are_what_nft_sends IPV4 "ip.txt";
    rules_that_translate_addresses_are_what_nft_sends IPV4 "nat.txt";
    rules_of_ipv6_are_what_nft_sends IPV6 "ip6.txt";
    rules_of_arp_are_what_nft_sends ARP "arp.txt";
    rules_of_bridges_are_what_nft_sends BRIDGE "bridge.txt";
    rules_of_devices_are_what_nft_sends NETDEV "netdev.txt";
}
