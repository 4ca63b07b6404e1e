//! Whatever can be said is decoded from what it was compiled to.

#![allow(clippy::unwrap_used)] // also in what the tests have in common

use nlink_nft::expression::kinds::ct::CtKey;
use nlink_nft::expression::kinds::meta::MetaKey;
use nlink_nft::expression::kinds::nat::NatFlags;
use nlink_nft::language::header::HEADERS;
use nlink_nft::language::tree::{
    Assignment, Binary, BinaryOperation, Constant, CtTerm, Element, HeaderField, Lookup, Match, NatKind, NatStatement,
    Relation, Statement, Term, VerdictMap,
};
use nlink_nft::language::value::{Nature, ValueType};
use nlink_nft::language::{Scope, Span, compile, decode};
use nlink_nft::{DataType, Family, Verdict, VerdictCode};
use proptest::collection::btree_set;
use proptest::prelude::*;
use proptest::sample::select;

/// Headers that a packet of the family inet may have, and whose fields are told apart by their places. (Of IGMP nft
/// says the network too.)
const TOLD_APART: [&str; 11] = ["ip", "ip6", "tcp", "udp", "udplite", "sctp", "dccp", "ah", "esp", "comp", "vlan"];

fn field() -> impl Strategy<Value = Term> {
    let fields: Vec<Term> = HEADERS
        .iter()
        .filter(|header| TOLD_APART.contains(&header.name))
        .flat_map(|header| header.fields.iter().map(|field| HeaderField { header, field, span: Span::default() }))
        .map(Term::Header)
        .collect();
    select(fields)
}

fn known() -> impl Strategy<Value = Term> {
    let meta = [MetaKey::MARK, MetaKey::LEN, MetaKey::IIF, MetaKey::SKUID, MetaKey::CPU, MetaKey::PKTTYPE];
    let ct = [CtKey::MARK, CtKey::DIRECTION, CtKey::EXPIRATION, CtKey::ZONE];
    let ct = ct.map(|key| Term::Ct(CtTerm { key, direction: None, span: Span::default() }));
    select(meta.map(Term::Meta).into_iter().chain(ct).collect::<Vec<_>>())
}

fn term() -> impl Strategy<Value = Term> {
    prop_oneof![field(), known()]
}

fn constant(of: ValueType, number: u128) -> Term {
    let bits = u32::from(of.bits);
    Term::Constant(Constant::number(of, if bits < 128 { number & ((1 << bits) - 1) } else { number }))
}

fn number(term: &Term) -> u128 {
    match term {
        Term::Constant(Constant { scalar: nlink_nft::language::tree::Scalar::Number(number), .. }) => *number,
        _ => unreachable!("made by constant()"),
    }
}

/// What a term is compared with: a value, a range or a set.
fn right(of: ValueType) -> impl Strategy<Value = (Relation, Term)> {
    let equal = if of.nature() == Nature::Flags { Relation::Equal } else { Relation::Implicit };
    let one = any::<u128>().prop_map(move |number| constant(of, number));
    let same = select(vec![equal, Relation::NotEqual]);
    let ordered = select(vec![Relation::Less, Relation::LessOrEqual, Relation::Greater, Relation::GreaterOrEqual]);
    let several = select(vec![Relation::Implicit, Relation::NotEqual]);
    let range = (several.clone(), any::<[u128; 2]>()).prop_map(move |(relation, ends)| {
        let [first, last] = ends.map(|number| constant(of, number));
        let is_address = matches!(of.nature(), Nature::Ipv4 | Nature::Ipv6);
        match number(&first) < number(&last) && !is_address {
            true => (relation, Term::Range(Box::new(first), Box::new(last))),
            false => (equal, first),
        }
    });
    let set = (several, btree_set(any::<u128>(), 2..5)).prop_map(move |(relation, numbers)| {
        let mut keys: Vec<Term> = numbers.into_iter().map(|number| constant(of, number)).collect();
        keys.dedup();
        match keys.len() {
            1 => (equal, keys.remove(0)),
            _ => (relation, Term::Set(keys.into_iter().map(Element::new).collect())),
        }
    });
    prop_oneof![(same, one.clone()), (ordered, one), range, set]
}

fn matched(left: Term, (relation, right): (Relation, Term)) -> Statement {
    Statement::Match(Match { left, relation, right, span: Span::default() })
}

fn comparison() -> impl Strategy<Value = Statement> {
    term().prop_flat_map(|left| {
        let of = left.value_type().unwrap();
        right(of).prop_map(move |right| matched(left.clone(), right))
    })
}

/// `meta mark & 0xff == 1`; with `^` it is done to the value.
fn masked() -> impl Strategy<Value = Statement> {
    let operation = select(vec![BinaryOperation::And, BinaryOperation::Or]);
    (operation, 1u32..u32::MAX, any::<u32>()).prop_map(|(operation, by, number)| {
        let left = Term::Meta(MetaKey::MARK);
        let of = left.value_type().unwrap();
        let left = Term::Binary(Box::new(Binary { operation, left, right: constant(of, by.into()) }));
        matched(left, (Relation::Equal, constant(of, number.into())))
    })
}

/// `ip saddr . tcp dport { … }`
fn concatenation() -> impl Strategy<Value = Statement> {
    (field(), known(), btree_set((any::<u128>(), any::<u128>()), 1..4)).prop_map(|(first, second, pairs)| {
        let (of, then) = (first.value_type().unwrap(), second.value_type().unwrap());
        let pair = |(a, b)| Element::new(Term::Concatenation(vec![constant(of, a), constant(then, b)]));
        let right = Term::Set(pairs.into_iter().map(pair).collect());
        matched(Term::Concatenation(vec![first, second]), (Relation::Implicit, right))
    })
}

fn prefix() -> impl Strategy<Value = Statement> {
    let name = select(vec![("ip", "saddr"), ("ip6", "daddr")]);
    (name, any::<u128>(), 0u8..32, any::<bool>()).prop_map(|((header, field), number, bits, negated)| {
        let header = nlink_nft::language::header::header(header).unwrap();
        let field = HeaderField { header, field: header.field(field).unwrap(), span: Span::default() };
        let of = field.field.value_type;
        let width = u32::from(of.bits);
        let kept = (0..width).filter(|at| at + u32::from(bits) >= width).fold(0, |all, at| all | 1u128 << at);
        let start = constant(of, number & kept);
        let relation = if negated { Relation::NotEqual } else { Relation::Implicit };
        matched(Term::Header(field), (relation, Term::Prefix(Box::new(start), bits)))
    })
}

fn verdict() -> impl Strategy<Value = Verdict> {
    let code = select(vec![VerdictCode::ACCEPT, VerdictCode::DROP, VerdictCode::RETURN, VerdictCode::CONTINUE]);
    prop_oneof![code.prop_map(Verdict::from), Just(Verdict::jump("other")), Just(Verdict::goto("other"))]
}

fn verdict_map() -> impl Strategy<Value = Statement> {
    (term(), btree_set(any::<u128>(), 1..4), verdict()).prop_map(|(key, numbers, verdict)| {
        let of = key.value_type().unwrap();
        let pair = |number| Element::pair(constant(of, number), Term::Verdict(verdict.clone()));
        Statement::VerdictMap(VerdictMap { key, map: Term::Set(numbers.into_iter().map(pair).collect()) })
    })
}

fn assignment() -> impl Strategy<Value = Statement> {
    let target = select(vec![Term::Meta(MetaKey::MARK), Term::Meta(MetaKey::PRIORITY)]);
    let service = |number: u16| constant(ValueType::of(DataType::INET_SERVICE), number.into());
    let tcp = nlink_nft::language::header::header("tcp").unwrap();
    let port = HeaderField { header: tcp, field: tcp.field("dport").unwrap(), span: Span::default() };
    let of_map = move |target: &Term, pairs: Vec<(u16, u32)>| {
        let of = target.value_type().unwrap();
        let pair = |(port, number): (u16, u32)| Element::pair(service(port), constant(of, number.into()));
        let map = Term::Set(pairs.into_iter().map(pair).collect());
        Term::Lookup(Box::new(Lookup { key: Term::Header(port), map }))
    };
    let pairs = proptest::collection::vec(any::<(u16, u32)>(), 1..4);
    (target, any::<u32>(), pairs, any::<bool>()).prop_map(move |(target, number, pairs, by_map)| {
        let value = if by_map { of_map(&target, pairs) } else { constant(target.value_type().unwrap(), number.into()) };
        Statement::Assignment(Assignment { target, value })
    })
}

fn binary(operation: BinaryOperation, left: Term, right: Term) -> Term {
    Term::Binary(Box::new(Binary { operation, left, right }))
}

/// `ip dscp set ip dscp | 4`
fn changed_field() -> impl Strategy<Value = Statement> {
    let bits = |field: &Term| u32::from(field.value_type().unwrap().bits);
    let operation = select(vec![BinaryOperation::And, BinaryOperation::Or, BinaryOperation::Xor]);
    let several = field().prop_filter("a bit is set to a value", move |field| bits(field) > 1);
    (several, operation, any::<u128>()).prop_map(move |(target, operation, number)| {
        // All bits or none are set to a value, too.
        let number = 1 + number % (u128::MAX.checked_shr(128 - bits(&target)).unwrap() - 1);
        let right = constant(target.value_type().unwrap(), number);
        Statement::Assignment(Assignment { value: binary(operation, target.clone(), right), target })
    })
}

/// `meta mark set ct mark << 8`, `ct mark set meta mark | ct mark`
fn operated() -> impl Strategy<Value = Statement> {
    let ct = Term::Ct(CtTerm { key: CtKey::MARK, direction: None, span: Span::default() });
    let mark = move || select(vec![Term::Meta(MetaKey::MARK), ct.clone()]);
    let shift = (select(vec![BinaryOperation::Left, BinaryOperation::Right]), 1u32..32).prop_map(|(operation, by)| {
        (operation, Term::Constant(Constant::number(ValueType::of(DataType::INTEGER), by)))
    });
    let joint = (select(vec![BinaryOperation::And, BinaryOperation::Or, BinaryOperation::Xor]), mark());
    let step = prop_oneof![shift, joint];
    (mark(), mark(), proptest::collection::vec(step, 1..4)).prop_map(|(target, first, steps)| {
        let value = steps.into_iter().fold(first, |left, (operation, right)| binary(operation, left, right));
        Statement::Assignment(Assignment { target, value })
    })
}

/// `snat ip prefix to ip saddr map { 10.0.0.1 : 10.1.0.0/16 }`
fn nat_of_networks() -> impl Strategy<Value = Statement> {
    let of = ValueType::of(DataType::IPV4_ADDRESS);
    let ip = nlink_nft::language::header::header("ip").unwrap();
    let source = HeaderField { header: ip, field: ip.field("saddr").unwrap(), span: Span::default() };
    let kind = select(vec![NatKind::Source, NatKind::Destination]);
    let flags = select(vec![NatFlags::default(), NatFlags::NETWORK]);
    let pairs = proptest::collection::btree_map(any::<u32>(), (any::<u32>(), 1u8..=32), 1..4);
    (kind, flags, pairs).prop_map(move |(kind, flags, pairs)| {
        let network = |number: u32, bits: u8| constant(of, (number & (u32::MAX << (32 - bits))).into());
        let pair = |(key, (number, bits)): (u32, (u32, u8))| {
            Element::pair(constant(of, key.into()), Term::Prefix(Box::new(network(number, bits)), bits))
        };
        let map = Term::Set(pairs.into_iter().map(pair).collect());
        let address = Some(Term::Lookup(Box::new(Lookup { key: Term::Header(source), map })));
        let (family, port, span) = (Some(Family::IPV4), None, Span::default());
        Statement::Nat(NatStatement { kind, family, address, port, flags, span })
    })
}

fn nat() -> impl Strategy<Value = Statement> {
    let kind = select(vec![NatKind::Source, NatKind::Destination]);
    let flags = select(vec![NatFlags::default(), NatFlags::RANDOM, NatFlags::PERSISTENT | NatFlags::FULLY_RANDOM]);
    (kind, any::<u32>(), flags).prop_map(|(kind, address, flags)| {
        let address = Some(constant(ValueType::of(DataType::IPV4_ADDRESS), address.into()));
        let (family, port, span) = (Some(Family::IPV4), None, Span::default());
        Statement::Nat(NatStatement { kind, family, address, port, flags, span })
    })
}

fn statement() -> impl Strategy<Value = Statement> {
    let verdict = verdict().prop_map(Statement::Verdict);
    prop_oneof![
        comparison(),
        masked(),
        concatenation(),
        prefix(),
        verdict_map(),
        assignment(),
        changed_field(),
        operated(),
        nat(),
        nat_of_networks(),
        verdict,
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(2000) })]

    #[test]
    fn a_statement_is_decoded_from_what_it_was_compiled_to(statement in statement()) {
        let said = vec![statement];
        let compiled = compile::rule(Family::INET.into(), &said, &Scope::default()).unwrap();
        prop_assert_eq!(decode::rule(Family::INET.into(), &compiled.expressions, &compiled.sets), said);
    }

    #[test]
    fn what_several_statements_are_compiled_to_is_said_and_compiled_the_same_again(
        said in proptest::collection::vec(statement(), 0..5),
    ) {
        // Some contradict each other.
        if let Ok(compiled) = compile::rule(Family::INET.into(), &said, &Scope::default()) {
            let again = decode::rule(Family::INET.into(), &compiled.expressions, &compiled.sets);
            let recompiled = compile::rule(Family::INET.into(), &again, &Scope::default());
            prop_assert_eq!(recompiled.unwrap(), compiled, "{:?}", again);
        }
    }
}
