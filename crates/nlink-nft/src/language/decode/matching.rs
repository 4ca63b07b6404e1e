//! Comparisons and look-ups.

use super::elements::{Part, elements};
use super::field::number;
use super::held::Source;
use super::read::masked;
use super::rule::Decoder;
use super::value::{of_data, prefix};
use crate::expression::kinds::cmp::{Cmp, Comparison};
use crate::expression::kinds::lookup::LookupFlags;
use crate::expression::kinds::range::{Range, RangeOperation};
use crate::expression::{Data, Expression, Register};
use crate::language::Span;
use crate::language::compile::bits::{number_of, words, words_before};
use crate::language::tree::{Constant, Match, Relation, SetName, Statement, Term};
use crate::language::value::{ByteOrder, Nature, ValueType};
use crate::set::{Set, SetElements};

impl Decoder<'_> {
    pub(super) fn cmp(&mut self, cmp: &Cmp) -> Option<Vec<Statement>> {
        let held = self.peek(cmp.source?)?.clone();
        let (operation, data) = (cmp.operation?, cmp.data.as_ref()?);
        if let (Comparison::EQ | Comparison::NEQ, Source::Packet { base, offset, len }, []) =
            (operation, &held.source, held.changes.as_slice())
            && self.known.field(*base, *offset, *len, None).is_none()
        {
            let bytes = data.bytes()?;
            if let Some(field) = self.known.longer(*base, *offset, *len)
                && matches!(field.field.value_type.nature(), Nature::Ipv4 | Nature::Ipv6)
            {
                let of = field.field.value_type;
                let mut whole = bytes.to_vec();
                whole.resize(of.len().into(), 0);
                let start = Constant::number(of, number_of(&whole, ByteOrder::Network));
                let bits = u8::try_from(len.checked_mul(u8::BITS)?).ok()?;
                let right = Term::Prefix(Box::new(Term::Constant(start)), bits);
                return Some(vec![matched(Term::Header(field), relation(operation, false), right)]);
            }
            if let (Comparison::EQ, Some(fields)) = (operation, self.known.several(*base, *offset, *len)) {
                let mut rest = bytes;
                let mut statements = Vec::new();
                for field in fields {
                    let (part, behind) = rest.split_at_checked(field.field.value_type.len().into())?;
                    rest = behind;
                    let right = of_data(&Data::value(part), field.field.value_type, 0)?;
                    statements.push(equal(Term::Header(field), right));
                }
                return Some(statements);
            }
        }
        let read = self.read(&held)?;
        let value = |of| of_data(data, of, read.shift);
        let (of, said) = (read.of, read.said);
        let equality = [Comparison::EQ, Comparison::NEQ].contains(&operation);
        let is_flags = of.nature() == Nature::Flags;
        let short = data.bytes().is_some_and(|bytes| bytes.len() < read.len);
        if short && matches!(of.nature(), Nature::Ipv4 | Nature::Ipv6) && read.mask.is_none() && equality {
            let mut whole = data.bytes()?.to_vec();
            let bits = u8::try_from(whole.len().checked_mul(8)?).ok()?;
            whole.resize(read.len, 0);
            let start = Constant::number(of, number_of(&whole, ByteOrder::Network));
            let right = Term::Prefix(Box::new(Term::Constant(start)), bits);
            return Some(vec![matched(read.term, relation(operation, false), right)]);
        }
        let right = restored(value(of)?, said);
        let statement = match (read.mask, number(&Term::Constant(right.clone()))) {
            (Some((keep, 0)), Some(0)) if is_flags && equality => {
                let relation = if operation == Comparison::NEQ { Relation::Implicit } else { Relation::Not };
                let flags = Constant::number(of, keep.checked_shr(read.shift)?);
                matched(read.term, relation, Term::Constant(restored(flags, said)))
            }
            (Some((keep, 0)), Some(start))
                if equality
                    && matches!(of.nature(), Nature::Ipv4 | Nature::Ipv6)
                    && prefix(keep, of).is_some()
                    && start & !keep == 0 =>
            {
                let right = Term::Prefix(Box::new(Term::Constant(right)), prefix(keep, of)?);
                matched(read.term, relation(operation, false), right)
            }
            (None, _) if operation == Comparison::EQ && !is_flags => equal(read.term, right),
            _ => {
                let left = masked(read)?;
                matched(left, relation(operation, true), Term::Constant(right))
            }
        };
        Some(vec![statement])
    }

    pub(super) fn range(&mut self, range: &Range) -> Option<Vec<Statement>> {
        let held = self.peek(range.source?)?.clone();
        let read = self.read(&held)?;
        let (of, said) = (read.of, read.said);
        let end = |data: &Option<Data>| Some(restored(of_data(data.as_ref()?, of, read.shift)?, said));
        let (first, last) = (end(&range.from)?, end(&range.to)?);
        let right = Term::Range(Box::new(Term::Constant(first)), Box::new(Term::Constant(last)));
        let is_masked = read.mask.is_some();
        let relation = match range.operation? {
            RangeOperation::EQ if is_masked => Relation::Equal,
            RangeOperation::EQ => Relation::Implicit,
            _ => Relation::NotEqual,
        };
        Some(vec![matched(masked(read)?, relation, right)])
    }

    /// A key that begins in a register, and how each of its parts lies there; of so many bytes, where that is known.
    pub(super) fn key(&self, source: Register, bytes: Option<u32>) -> Option<(Term, Vec<Part>)> {
        let start = words_before(source)?;
        let end = bytes.and_then(|bytes| start.checked_add(bytes.div_ceil(4)));
        let (mut at, mut terms, mut parts) = (start, Vec::new(), Vec::new());
        while end.is_none_or(|end| at < end) {
            let Some(held) = self.held_at(at) else { break };
            let read = self.read(held)?;
            at = at.checked_add(words(read.len))?;
            parts.push((read.of, read.len, read.shift));
            terms.push(masked(read)?);
        }
        match terms.len() {
            0 => None,
            1 => Some((terms.pop()?, parts)),
            _ => Some((Term::Concatenation(terms), parts)),
        }
    }

    fn set(&self, name: Option<&String>, id: Option<u32>) -> Option<&(Set, SetElements)> {
        let is = |set: &Set| (id.is_some() && set.id == id) || (id.is_none() && set.name.as_ref() == name);
        self.sets.iter().find(|(set, _)| is(set))
    }

    /// What led to a key that begins in a register, which is not needed there any more.
    pub(super) fn take_key(
        &mut self,
        source: Register,
        name: Option<&String>,
        id: Option<u32>,
    ) -> Option<Vec<Expression>> {
        let (_, parts) = self.key(source, self.set(name, id).and_then(|(set, _)| set.key_len))?;
        let mut at = words_before(source)?;
        let mut before = Vec::new();
        for (_, len, _) in parts {
            before.append(&mut self.held.remove(&at)?.expressions);
            at = at.checked_add(words(len))?;
        }
        Some(before)
    }

    /// The set of that number or name with its key, where it is anonymous with all its elements.
    pub(super) fn looked_up(&self, source: Register, name: Option<&String>, id: Option<u32>) -> Option<(Term, Term)> {
        let found = self.set(name, id);
        match found {
            Some((set, list)) if set.is_anonymous() => {
                let (key, parts) = self.key(source, set.key_len)?;
                let mut elements = elements(set, &list.elements.iter().collect::<Vec<_>>(), &parts)?;
                for element in &mut elements {
                    element.key = as_said(element.key.clone(), &key);
                }
                Some((key, Term::Set(elements)))
            }
            _ => {
                let (key, _) = self.key(source, found.and_then(|(set, _)| set.key_len))?;
                Some((key, Term::Named(SetName { name: name?.clone(), span: Span::default() })))
            }
        }
    }

    pub(super) fn in_set(&mut self, lookup: &crate::expression::kinds::Lookup) -> Option<Vec<Statement>> {
        let (left, right) = self.looked_up(lookup.source?, lookup.set.as_ref(), lookup.set_id)?;
        let negated = lookup.flags.is_some_and(|flags| flags.contains(LookupFlags::INVERTED));
        let relation = match (negated, &left) {
            (true, _) => Relation::NotEqual,
            (false, Term::Binary(_)) => Relation::Equal,
            (false, _) => Relation::Implicit,
        };
        Some(vec![matched(left, relation, right)])
    }
}

/// Values of a key that was turned around, in the order that its type has.
fn as_said(term: Term, key: &Term) -> Term {
    match (term, key) {
        (Term::Concatenation(terms), Term::Concatenation(keys)) => {
            Term::Concatenation(terms.into_iter().zip(keys).map(|(term, key)| as_said(term, key)).collect())
        }
        (Term::Constant(constant), key) => match key.value_type() {
            Some(of) => Term::Constant(restored(constant, of)),
            None => Term::Constant(constant),
        },
        (Term::Prefix(start, bits), key) => Term::Prefix(Box::new(as_said(*start, key)), bits),
        (Term::Range(first, last), key) => Term::Range(Box::new(as_said(*first, key)), Box::new(as_said(*last, key))),
        (other, _) => other,
    }
}

fn restored(constant: Constant, of: ValueType) -> Constant {
    Constant { value_type: of, ..constant }
}

pub(super) fn matched(left: Term, relation: Relation, right: Term) -> Statement {
    let relation = match (&left, relation) {
        (Term::Binary(_), Relation::Implicit) => Relation::Equal,
        (_, relation) => relation,
    };
    Statement::Match(Match { left, relation, right, span: Span::default() })
}

fn equal(left: Term, right: Constant) -> Statement {
    let relation = if right.value_type.nature() == Nature::Flags { Relation::Equal } else { Relation::Implicit };
    matched(left, relation, Term::Constant(right))
}

/// `said` where nothing else would mean it.
fn relation(operation: Comparison, said: bool) -> Relation {
    match operation {
        Comparison::NEQ => Relation::NotEqual,
        Comparison::LT => Relation::Less,
        Comparison::LTE => Relation::LessOrEqual,
        Comparison::GT => Relation::Greater,
        Comparison::GTE => Relation::GreaterOrEqual,
        _ if said => Relation::Equal,
        _ => Relation::Implicit,
    }
}
