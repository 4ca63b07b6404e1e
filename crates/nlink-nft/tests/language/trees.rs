//! Trees as a parser makes them, at random.

use nlink_nft::expression::kinds::ct::CtKey;
use nlink_nft::expression::kinds::limit::{LimitFlags, LimitType};
use nlink_nft::expression::kinds::meta::MetaKey;
use nlink_nft::expression::kinds::nat::NatFlags;
use nlink_nft::expression::kinds::objref::ObjectType;
use nlink_nft::expression::kinds::payload::PayloadBase;
use nlink_nft::expression::kinds::{Counter, Limit, Log};
use nlink_nft::language::Span;
use nlink_nft::language::header::HEADERS;
use nlink_nft::language::tree::*;
use nlink_nft::{Family, Quota, QuotaFlags, Verdict, VerdictCode};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

fn symbol(text: impl Into<String>, quoted: bool) -> Term {
    Term::Symbol(Symbol { text: text.into(), quoted, span: Span::default() })
}

/// A value that can be the end of a range and have a prefix.
fn plain() -> impl Strategy<Value = Term> {
    prop_oneof![
        any::<u32>().prop_map(|number| symbol(number.to_string(), false)),
        any::<u32>().prop_map(|number| symbol(format!("{number:#x}"), false)),
        any::<std::net::Ipv4Addr>().prop_map(|address| symbol(address.to_string(), false)),
        any::<std::net::Ipv6Addr>().prop_map(|address| symbol(address.to_string(), false)),
        any::<[u8; 6]>().prop_map(|address| symbol(address.map(|byte| format!("{byte:02x}")).join(":"), false)),
    ]
}

fn word() -> impl Strategy<Value = String> {
    // No word that would begin something else where a value stands.
    "x[a-z0-9_-]{0,8}[a-z0-9]"
}

fn value() -> impl Strategy<Value = Term> {
    prop_oneof![
        plain(),
        word().prop_map(|word| symbol(word, false)),
        word().prop_map(|word| symbol(word + "*", false)),
        "[ -!#-~]{0,12}".prop_map(|text| symbol(text, true)),
        (plain(), any::<u8>()).prop_map(|(address, bits)| Term::Prefix(Box::new(address), bits)),
        (plain(), plain()).prop_map(|(first, last)| Term::Range(Box::new(first), Box::new(last))),
    ]
}

fn joined(part: impl Strategy<Value = Term>, join: fn(Vec<Term>) -> Term) -> impl Strategy<Value = Term> {
    vec(part, 1..4).prop_map(move |mut parts| match parts.len() {
        1 => parts.remove(0),
        _ => join(parts),
    })
}

fn connection(key: CtKey, direction: Option<u8>) -> Term {
    Term::Ct(CtTerm { key, direction, span: Span::default() })
}

fn selector() -> impl Strategy<Value = Term> {
    let fields = HEADERS.iter().flat_map(|header| header.fields.iter().map(move |field| (*header, field)));
    let field = select(fields.collect::<Vec<_>>());
    prop_oneof![
        field.prop_map(|(header, field)| Term::Header(HeaderField { header, field, span: Span::default() })),
        select(vec![MetaKey::MARK, MetaKey::IIF, MetaKey::OIFNAME, MetaKey::L4PROTO, MetaKey::LEN, MetaKey::CPU])
            .prop_map(Term::Meta),
        select(vec![CtKey::STATE, CtKey::MARK, CtKey::BYTES]).prop_map(|key| connection(key, None)),
        (select(vec![CtKey::SRC_IP, CtKey::BYTES]), 0..2u8)
            .prop_map(|(key, direction)| connection(key, Some(direction))),
        (select(vec![PayloadBase::LINK, PayloadBase::NETWORK, PayloadBase::TRANSPORT]), any::<u32>(), any::<u32>())
            .prop_map(|(base, offset, bits)| Term::Raw(RawPayload { base, offset, bits, span: Span::default() })),
    ]
}

fn operation() -> impl Strategy<Value = BinaryOperation> {
    use BinaryOperation::*;
    select(vec![And, Or, Xor, Left, Right])
}

/// Values and operations of them, as deep as they come.
fn combined() -> impl Strategy<Value = Term> {
    plain().prop_recursive(3, 8, 2, |inner| {
        (operation(), inner.clone(), inner)
            .prop_map(|(operation, left, right)| Term::Binary(Box::new(Binary { operation, left, right })))
    })
}

fn key() -> impl Strategy<Value = Term> {
    let masked = (operation(), selector(), combined())
        .prop_map(|(operation, left, right)| Term::Binary(Box::new(Binary { operation, left, right })));
    joined(prop_oneof![3 => selector(), 1 => masked], Term::Concatenation)
}

fn elements(with_data: bool) -> impl Strategy<Value = Vec<Element>> {
    let data = prop_oneof![verdict().prop_map(Term::Verdict), joined(value(), Term::Concatenation)];
    let element = (joined(value(), Term::Concatenation), data, option::of(any::<u32>()), option::of("[ -!#-~]{0,8}"));
    let element = element.prop_map(move |(key, data, timeout, comment)| {
        let options = ElementOptions { timeout: timeout.map(u64::from), comment, ..ElementOptions::default() };
        let element = if with_data { Element::pair(key, data) } else { Element::new(key) };
        element.with(options)
    });
    vec(element, 1..5)
}

fn set(with_data: bool) -> impl Strategy<Value = Term> {
    prop_oneof![
        elements(with_data).prop_map(Term::Set),
        word().prop_map(|name| Term::Named(SetName { name, span: Span::default() })),
    ]
}

fn verdict() -> impl Strategy<Value = Verdict> {
    prop_oneof![
        select(vec![VerdictCode::ACCEPT, VerdictCode::DROP, VerdictCode::RETURN, VerdictCode::CONTINUE])
            .prop_map(Verdict::from),
        word().prop_map(|chain| Verdict::jump(&chain)),
        word().prop_map(|chain| Verdict::goto(&chain)),
    ]
}

fn matching() -> impl Strategy<Value = Statement> {
    use Relation::*;
    let relation = select(vec![Implicit, Equal, NotEqual, Less, Greater, LessOrEqual, GreaterOrEqual, Not]);
    let right = prop_oneof![joined(joined(value(), Term::Concatenation), Term::List), combined(), set(false),];
    (key(), relation, right).prop_map(|(left, relation, right)| {
        // Between terms that are no words and need no sign nft writes none.
        let relation = match (&right, relation) {
            (Term::Symbol(_), relation) => relation,
            (_, Equal) if !matches!(left, Term::Binary(_)) => Implicit,
            (_, relation) => relation,
        };
        Statement::Match(Match { left, relation, right, span: Span::default() })
    })
}

/// What something is set to.
fn source() -> impl Strategy<Value = Term> {
    let lookup = (key(), set(true)).prop_map(|(key, map)| Term::Lookup(Box::new(Lookup { key, map })));
    prop_oneof![plain(), selector(), combined(), lookup]
}

fn nat() -> impl Strategy<Value = Statement> {
    let flags = select(vec![NatFlags::default(), NatFlags::RANDOM, NatFlags::RANDOM | NatFlags::PERSISTENT]);
    let address = prop_oneof![
        any::<std::net::Ipv4Addr>().prop_map(|address| symbol(address.to_string(), false)),
        any::<std::net::Ipv6Addr>().prop_map(|address| symbol(address.to_string(), false)),
    ];
    let port = any::<u16>().prop_map(|port| symbol(port.to_string(), false));
    let kind = select(vec![NatKind::Source, NatKind::Destination]);
    let family = option::of(select(vec![Family::IPV4, Family::IPV6]));
    (kind, family, address, option::of(port), flags).prop_map(|(kind, family, address, port, flags)| {
        // Behind an address of IPv6 a port needs brackets, which only that family has.
        let port = port.filter(|_| family != Some(Family::IPV4));
        Statement::Nat(NatStatement { kind, family, address: Some(address), port, flags, span: Span::default() })
    })
}

fn reject() -> impl Strategy<Value = Statement> {
    let code = || word().prop_map(|word| symbol(word, false));
    let with = prop_oneof![
        Just(RejectWith::TcpReset),
        code().prop_map(RejectWith::Icmp),
        code().prop_map(RejectWith::Icmpv6),
        code().prop_map(RejectWith::Icmpx),
    ];
    option::of(with).prop_map(|with| Statement::Reject(RejectStatement { with, span: Span::default() }))
}

fn limit() -> impl Strategy<Value = Statement> {
    let by = select(vec![LimitType::PACKETS, LimitType::BYTES]);
    (1..1_000_000u64, select(vec![1u64, 60, 3600, 86_400, 604_800]), 1..1_000_000u32, by, any::<bool>()).prop_map(
        |(rate, unit, burst, by, over)| {
            Statement::Limit(Limit {
                rate: Some(rate),
                unit: Some(unit),
                burst: Some(burst),
                limit_type: Some(by),
                flags: Some(if over { LimitFlags::OVER } else { LimitFlags::default() }),
                ..Limit::default()
            })
        },
    )
}

pub(crate) fn statement() -> impl Strategy<Value = Statement> {
    prop_oneof![
        matching(),
        matching(),
        matching(),
        verdict().prop_map(Statement::Verdict),
        (key(), set(true)).prop_map(|(key, map)| Statement::VerdictMap(VerdictMap { key, map })),
        (selector(), source()).prop_map(|(target, value)| Statement::Assignment(Assignment { target, value })),
        option::of((any::<u64>(), any::<u64>())).prop_map(|counted| Statement::Counter(Counter {
            packets: counted.map(|(packets, _)| packets),
            bytes: counted.map(|(_, bytes)| bytes),
            ..Counter::default()
        })),
        limit(),
        (any::<u64>(), option::of(1..u64::MAX), any::<bool>()).prop_map(|(bytes, used, over)| Statement::Quota(
            Quota {
                bytes: Some(bytes),
                used,
                flags: Some(if over { QuotaFlags::OVER } else { QuotaFlags::default() }),
                ..Quota::default()
            }
        )),
        (option::of("[ -!#-~]{1,20}"), option::of(any::<u16>()), option::of(any::<u32>()))
            .prop_map(|(prefix, group, snaplen)| Statement::Log(Log { prefix, group, snaplen, ..Log::default() })),
        "[a-z]{1,8}".prop_map(|name| Statement::Object(ObjectStatement {
            object_type: ObjectType::COUNTER,
            name: symbol(name, true),
        })),
        reject(),
        nat(),
    ]
}
