//! Elements of anonymous sets and maps, as they were said.

use super::field::number;
use super::value::{between, constant, of_data};
use crate::expression::Expression;
use crate::language::compile::bits::{number_of, ones};
use crate::language::tree::{Constant, Element, ElementOptions, Statement, Symbol, Term};
use crate::language::value::{ByteOrder, Nature, ValueType};
use crate::language::{SetMeaning, Span};
use crate::set::{ElementFlags, Set, SetElement, SetFlags};

/// A part of a key: its type, bytes, and bits behind it.
pub(super) type Part = (ValueType, usize, u32);

/// The elements, where all are understood.
pub(super) fn elements(set: &Set, list: &[&SetElement], parts: &[Part]) -> Option<Vec<Element>> {
    let meaning = SetMeaning::from(set);
    match (set.flags.unwrap_or_default().contains(SetFlags::INTERVAL), parts) {
        (true, [part]) => ordered(list, *part, &meaning),
        (intervals, _) => list.iter().map(|element| one(element, key(element, parts, intervals)?, &meaning)).collect(),
    }
}

/// Intervals: where each begins, up to where the next element begins.
fn ordered(list: &[&SetElement], (of, _, shift): Part, meaning: &SetMeaning) -> Option<Vec<Element>> {
    let is = |element: &SetElement, flag| element.flags.is_some_and(|flags| flags.contains(flag));
    let begin = |element: &SetElement| Some(number_of(element.key.as_ref()?.bytes()?, ByteOrder::Network));
    let mut sorted: Vec<_> = list.iter().copied().filter(|element| !is(element, ElementFlags::CATCHALL)).collect();
    // An end and a begin of one key: the end belongs to what is before.
    sorted.sort_by_key(|element| (begin(element), !is(element, ElementFlags::INTERVAL_END)));
    let highest = ones(u32::from(of.bits).checked_add(shift)?);
    let mut found = Vec::new();
    let mut rest = sorted.iter();
    while let Some(element) = rest.next() {
        if is(element, ElementFlags::INTERVAL_END) {
            continue;
        }
        let last = match rest.clone().next() {
            Some(next) => begin(next)?.checked_sub(1)?,
            None => highest,
        };
        let key = between(begin(element)?.checked_shr(shift)?, last.checked_shr(shift)?, of)?;
        found.push(one(element, key, meaning)?);
    }
    for element in list.iter().filter(|element| is(element, ElementFlags::CATCHALL)) {
        found.push(one(element, Term::Wildcard, meaning)?);
    }
    Some(found)
}

fn key(element: &SetElement, parts: &[Part], intervals: bool) -> Option<Term> {
    if element.flags.is_some_and(|flags| flags.contains(ElementFlags::CATCHALL)) {
        return Some(Term::Wildcard);
    }
    match (parts, &element.key_end) {
        ([(of, _, shift)], None) => of_data(element.key.as_ref()?, *of, *shift).map(Term::Constant),
        (_, end) => {
            let first = split(element.key.as_ref()?.bytes()?, parts, intervals)?;
            let last = end.as_ref().map_or(Some(first.clone()), |end| split(end.bytes()?, parts, intervals))?;
            let term = |((first, last), (of, ..)): ((Term, Term), &Part)| match (number(&first), number(&last)) {
                (Some(first), Some(last)) => between(first, last, *of),
                _ => (first == last).then_some(first),
            };
            let terms = first.into_iter().zip(last).zip(parts).map(term).collect::<Option<_>>()?;
            Some(Term::Concatenation(terms))
        }
    }
}

/// The parts of a concatenation, each filled up to four bytes; where they are intervals, in network byte order.
fn split(mut bytes: &[u8], parts: &[Part], intervals: bool) -> Option<Vec<Term>> {
    let mut terms = Vec::new();
    for (of, len, shift) in parts {
        let (part, rest) = bytes.split_at_checked(len.next_multiple_of(4))?;
        let order = if intervals { ByteOrder::Network } else { of.order };
        let read = constant(part.get(..*len)?, ValueType { order, ..*of }, *shift)?;
        terms.push(Term::Constant(Constant { value_type: *of, ..read }));
        bytes = rest;
    }
    bytes.is_empty().then_some(terms)
}

/// The values from the first to the last of each part, which stand one behind the other.
fn spanned(bytes: &[u8], parts: &[Part]) -> Option<Term> {
    let (first, last) = bytes.split_at_checked(bytes.len() / 2)?;
    let ends = split(first, parts, false)?.into_iter().zip(split(last, parts, false)?).zip(parts);
    let mut terms = ends
        .map(|((first, last), (of, ..))| match between(number(&first)?, number(&last)?, *of)? {
            // nft has it so, where it tells of networks.
            one @ Term::Constant(_) if matches!(of.nature(), Nature::Ipv4 | Nature::Ipv6) => {
                Some(Term::Prefix(Box::new(one), u8::try_from(of.bits).ok()?))
            }
            other => Some(other),
        })
        .collect::<Option<Vec<_>>>()?;
    if terms.len() == 1 { terms.pop() } else { Some(Term::Concatenation(terms)) }
}

fn one(element: &SetElement, key: Term, meaning: &SetMeaning) -> Option<Element> {
    let parts = || meaning.data.iter().map(|of| (*of, usize::from(of.len()), 0)).collect::<Vec<Part>>();
    let value = match (&element.data, &element.object) {
        (Some(value), None) => Some(match (&value.verdict, meaning.data.as_slice()) {
            (Some(verdict), _) => Term::Verdict((**verdict).clone()),
            (None, _) if meaning.data_intervals => spanned(value.bytes()?, &parts())?,
            (None, [of]) => Term::Constant(of_data(value, *of, 0)?),
            (None, _) => Term::Concatenation(split(value.bytes()?, &parts(), false)?),
        }),
        (None, Some(name)) => Some(Term::Symbol(Symbol { text: name.clone(), quoted: true, span: Span::default() })),
        (None, None) => None,
        (Some(_), Some(_)) => return None,
    };
    let states = element.expression.as_deref().into_iter().chain(&element.expressions);
    let options = ElementOptions {
        timeout: element.timeout,
        expires: element.expiration,
        comment: element.userdata.as_ref().and_then(|userdata| userdata.comment().map(Into::into)),
        statements: states.map(stateful).collect(),
    };
    Some(Element { data: value.map(Box::new), ..Element::new(key) }.with(options))
}

/// What an element does, or a rule.
pub(super) fn stateful(expression: &Expression) -> Statement {
    match expression {
        Expression::Counter(counter) => Statement::Counter(counter.as_ref().clone()),
        Expression::Limit(limit) => Statement::Limit(limit.as_ref().clone()),
        Expression::Quota(quota) => Statement::Quota(quota.as_ref().clone()),
        other => Statement::Raw(other.clone()),
    }
}
