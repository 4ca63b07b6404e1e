//! Rules in nft's words, and the messages that nft 1.1.7 sent for them (`captured/`, a file for each family): what is
//! compiled here is the same, and what is decoded from it says the same again.

#![cfg(target_endian = "little")]
#![allow(clippy::unwrap_used)] // also in what the tests have in common

use nlink_core::wire::Message;
use nlink_nft::expression::Value;
use nlink_nft::expression::kinds::bitwise::BitwiseOperation;
use nlink_nft::language::tree::Statement;
use nlink_nft::language::{Scope, bind, compile, decode, parse};
use nlink_nft::{Expression, Family, Rule, Set, SetElements, SetFlags};

type Sets = Vec<(Set, SetElements)>;

/// What nft sent for a rule, or the error that it gave.
#[derive(Debug, Default)]
struct Sent {
    rule: Option<Rule>,
    sets: Sets,
    refused: bool,
}

fn bytes(hex: &str) -> Vec<u8> {
    hex.as_bytes().chunks(2).map(|pair| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap()).collect()
}

/// Rules and what was sent, and the sets of the table.
fn read(text: &str) -> (Vec<(&str, Sent)>, Scope, Sets) {
    let (mut all, mut scope, mut named): (Vec<(&str, Sent)>, _, _) = (Vec::new(), Scope::default(), Vec::new());
    for line in text.lines() {
        let (head, rest) = line.split_once(' ').unwrap();
        if head == "#" {
            all.push((rest, Sent::default()));
            continue;
        }
        let mut none = Sent::default();
        let sent = all.last_mut().map_or(&mut none, |(_, sent)| sent);
        match head {
            "!" => sent.refused = true,
            "a06" => sent.rule = Some(Rule::decode(&bytes(rest)).unwrap()),
            "a09" => {
                let set = Set::decode(&bytes(rest)).unwrap();
                if set.flags.unwrap().contains(SetFlags::ANONYMOUS) {
                    sent.sets.push((set, SetElements::default()));
                } else {
                    scope = scope.with(set.name.as_deref().unwrap(), &set);
                    named.push((set, SetElements::default()));
                }
            }
            _ => {
                let elements = SetElements::decode(&bytes(rest)).unwrap();
                let of = sent.sets.iter_mut().find(|(set, _)| set.id == elements.set_id);
                if let Some((_, known)) = of {
                    known.elements.extend(elements.elements);
                }
            }
        }
    }
    (all, scope, named)
}

/// Expressions with the numbers of sets counted from 1, and interfaces by their indexes.
fn plain(mut expressions: Vec<Expression>, sets: &[(Set, SetElements)]) -> Vec<Expression> {
    let number = |id: &mut Option<u32>| {
        let at = sets.iter().position(|(set, _)| set.id == *id && id.is_some());
        *id = at.map(|at| u32::try_from(at).unwrap() + 1);
    };
    for expression in &mut expressions {
        match expression {
            Expression::Lookup(lookup) => number(&mut lookup.set_id),
            Expression::Objref(objref) => number(&mut objref.set_id),
            Expression::Cmp(cmp) => {
                if let Some(Value::Interface(_)) = cmp.data.as_ref().and_then(|data| data.value.as_ref()) {
                    cmp.data = Some(nlink_nft::expression::Data::value([1, 0, 0, 0]));
                }
            }
            _ => {}
        }
    }
    expressions
}

fn compared(family: Family, text: &str) {
    let (all, scope, _) = read(text);
    let mut wrong = Vec::new();
    for (words, sent) in &all {
        let compiled = parse::rule(words).map_err(|error| error.to_string()).and_then(|rule| {
            let bound = bind::statements(&rule.statements, &scope).map_err(|error| error.to_string())?;
            compile::rule(family.into(), &bound, &scope).map_err(|error| error.to_string())
        });
        match (compiled, &sent.rule) {
            (Err(_), None) => {}
            (Ok(_), None) => wrong.push(format!("{family} {words}: taken, and not by nft")),
            (Err(error), Some(_)) => wrong.push(format!("{family} {words}: {error}")),
            (Ok(compiled), Some(rule)) => {
                let ours = plain(compiled.expressions, &compiled.sets);
                let theirs = plain(rule.expressions.clone(), &sent.sets);
                if ours != theirs {
                    let at = ours.iter().zip(&theirs).position(|(a, b)| a != b).unwrap_or(ours.len().min(theirs.len()));
                    wrong.push(format!("{family} {words}: at {at}\n  {:?}\n  {:?}", ours.get(at), theirs.get(at)));
                }
                for ((our, elements), (their, known)) in compiled.sets.iter().zip(&sent.sets) {
                    let their = Set {
                        table: None,
                        id: our.id,
                        userdata: our.userdata.clone(),
                        header: our.header,
                        ..their.clone()
                    };
                    if *our != their {
                        wrong.push(format!("{family} {words}\n  {our:?}\n  {their:?}"));
                    }
                    if elements.elements != known.elements {
                        wrong.push(format!("{family} {words}\n  {:?}\n  {:?}", elements.elements, known.elements));
                    }
                }
                if compiled.sets.len() != sent.sets.len() {
                    wrong.push(format!("{family} {words}: {} sets", compiled.sets.len()));
                }
            }
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
    let (all, scope, named) = read(text);
    let mut wrong = Vec::new();
    for (words, sent) in &all {
        let Some(rule) = &sent.rule else { continue };
        let sets = [sent.sets.clone(), named.clone()].concat();
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
