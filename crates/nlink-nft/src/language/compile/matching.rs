//! Comparisons.

use super::bits::{beginning, data, number_bytes, prefix_mask, text_bytes};
use super::context::is_protocol;
use super::load::{Loaded, byteorder, keep};
use super::operation::transferred;
use super::program::{Bytes, Program, compare, load_bytes};
use super::set::Part;
use crate::expression::kinds::byteorder::ByteorderOperation;
use crate::expression::kinds::cmp::Comparison;
use crate::expression::kinds::ct::CtKey;
use crate::expression::kinds::lookup::{Lookup, LookupFlags};
use crate::expression::kinds::meta::MetaKey;
use crate::expression::kinds::range::{Range, RangeOperation};
use crate::expression::{Data, Expression, Register};
use crate::language::MeaningError;
use crate::language::bind::span;
use crate::language::tree::{Constant, CtTerm, Element, Match, Relation, Scalar, SetName, Term};
use crate::language::value::{ByteOrder, Nature, ValueType};

impl Program<'_> {
    pub(super) fn matching(&mut self, of: &Match) -> Result<(), MeaningError> {
        self.need_all(&of.left)?;
        let negated = of.relation == Relation::NotEqual;
        let plain = matches!(of.relation, Relation::Implicit | Relation::Equal | Relation::NotEqual);
        let (left, right) = match plain {
            true => transferred(of.left.clone(), of.right.clone())?,
            false => (of.left.clone(), of.right.clone()),
        };
        let of = &Match { left, right, ..of.clone() };
        if !plain && !matches!(of.right, Term::Constant(_)) {
            return Err(MeaningError::new("only one value has an order", of.span));
        }
        match only_key(&of.right) {
            Some(key) => {
                // Of a set of flags nft means the value; of states the flag.
                let is_state = matches!(&of.left, Term::Ct(ct) if ct.key == CtKey::STATE);
                let relation = if negated || is_state { of.relation } else { Relation::Equal };
                self.compare_term(of, key, relation)
            }
            None => match &of.right {
                Term::Set(elements) => self.look_up(&of.left, elements, negated),
                Term::Named(set) => {
                    let mut expressions = self.load_named(&of.left, set, 0)?;
                    expressions.push(lookup(Some(set.name.clone()), None, Register::ONE, None, negated));
                    self.condition(expressions);
                    Ok(())
                }
                right => self.compare_term(of, right, of.relation),
            },
        }
    }

    fn compare_term(&mut self, of: &Match, right: &Term, relation: Relation) -> Result<(), MeaningError> {
        let equal = relation != Relation::NotEqual;
        let left = &of.left;
        if let (Term::Ct(CtTerm { key: CtKey::SRC | CtKey::DST, span, .. }), Some(of)) = (left, right.value_type())
            && self.type_of(left).is_none_or(|known| known != of)
        {
            return Err(MeaningError::new("this is an address of another family", *span));
        }
        match right {
            Term::Constant(constant) => self.compare_constant(&of.left, constant, relation),
            Term::Prefix(start, bits) => match start.as_ref() {
                Term::Constant(Constant { value_type, scalar: Scalar::Number(number), .. }) => {
                    let number = number & prefix_mask(value_type.bits, *bits);
                    self.compare_prefix(&of.left, number, *bits, equal)
                }
                other => Err(MeaningError::new("only numbers have prefixes", span(other))),
            },
            Term::Range(first, last) => match (first.as_ref(), last.as_ref()) {
                (Term::Constant(first), Term::Constant(last)) => self.compare_range(&of.left, first, last, equal),
                _ => Err(MeaningError::new("a range is between values", span(right))),
            },
            other => Err(MeaningError::new("this is nothing to compare with", span(other))),
        }
    }

    fn compare_constant(&mut self, left: &Term, right: &Constant, relation: Relation) -> Result<(), MeaningError> {
        if matches!(left, Term::Meta(MetaKey::SECMARK) | Term::Ct(CtTerm { key: CtKey::SECMARK, .. })) {
            return Err(MeaningError::new("a security mark is compared with no value", right.span));
        }
        let is_operation = matches!(left, Term::Binary(_));
        let are_flags = right.value_type.nature() == Nature::Flags && !is_operation;
        let operation = match relation {
            Relation::Implicit | Relation::Not if are_flags => {
                return self.compare_flags(left, right, relation == Relation::Implicit);
            }
            Relation::Not => {
                let message = "negation can only be used with singleton bitmask values. Did you mean \"!=\"?";
                return Err(MeaningError::new(message, right.span));
            }
            Relation::Implicit | Relation::Equal => Comparison::EQ,
            Relation::NotEqual => Comparison::NEQ,
            Relation::Less => Comparison::LT,
            Relation::LessOrEqual => Comparison::LTE,
            Relation::Greater => Comparison::GT,
            Relation::GreaterOrEqual => Comparison::GTE,
        };
        let equality = [Comparison::EQ, Comparison::NEQ].contains(&operation);
        if let (Some(place), Scalar::Number(number)) = (self.place(left), &right.scalar)
            && place.is_whole()
            && equality
        {
            let len = usize::try_from(place.len).unwrap_or(usize::MAX);
            let value = number_bytes(*number, len, ByteOrder::Network);
            let is_protocol = matches!(left, Term::Header(field) if is_protocol(field));
            let equal = operation == Comparison::EQ;
            self.bytes(Bytes { base: place.base, offset: place.offset, equal, value, is_protocol });
        } else {
            let mut loaded = self.load(left, 0)?;
            if !equality {
                to_network(&mut loaded);
            }
            // What comes out of an operation is as long as its type, wherever its field lies.
            let len = if is_operation { loaded.value_type.len().into() } else { loaded.len };
            let data = data(right, loaded.value_type, len, loaded.shift);
            loaded.expressions.push(compare(operation, data));
            self.condition(loaded.expressions);
        }
        if let (Comparison::EQ, Scalar::Number(number)) = (operation, &right.scalar) {
            self.learn(left, *number);
        }
        Ok(())
    }

    /// Any of the flags, or none.
    fn compare_flags(&mut self, left: &Term, right: &Constant, any: bool) -> Result<(), MeaningError> {
        let mut loaded = self.load(left, 0)?;
        let zeros = vec![0; loaded.len];
        let flags = data(right, loaded.value_type, loaded.len, loaded.shift);
        let flags = flags.bytes().unwrap_or_default().to_vec();
        loaded.expressions.push(keep(loaded.register, loaded.len, flags, zeros.clone()).into());
        loaded.expressions.push(compare(if any { Comparison::NEQ } else { Comparison::EQ }, Data::value(zeros)));
        self.condition(loaded.expressions);
        Ok(())
    }

    /// The bytes that a prefix has whole are all that is looked at.
    fn compare_prefix(&mut self, left: &Term, number: u128, bits: u8, equal: bool) -> Result<(), MeaningError> {
        let mut loaded = self.load(left, 0)?;
        let (of, len) = (loaded.value_type, loaded.len);
        let mut value = number_bytes(number << loaded.shift, len, of.order);
        if bits > 0 && bits.is_multiple_of(8) && of.order == ByteOrder::Network && loaded.shift == 0 {
            value.truncate(usize::from(bits / 8));
            if let (Some(place), Ok(len)) = (self.place(left), u32::try_from(value.len())) {
                loaded.expressions = vec![load_bytes(place.base, place.offset, len, loaded.register)];
            }
        } else {
            let kept = number_bytes(prefix_mask(of.bits, bits) << loaded.shift, len, of.order);
            loaded.expressions.push(keep(loaded.register, len, kept, vec![0; len]).into());
        }
        loaded.expressions.push(compare(if equal { Comparison::EQ } else { Comparison::NEQ }, Data::value(value)));
        self.condition(loaded.expressions);
        Ok(())
    }

    fn compare_range(
        &mut self,
        left: &Term,
        first: &Constant,
        last: &Constant,
        equal: bool,
    ) -> Result<(), MeaningError> {
        let (first, last, equal) = match (&first.scalar, &last.scalar) {
            // From one day to the next: all but what is between.
            (Scalar::Number(low), Scalar::Number(high)) if low > high => (last, first, !equal),
            _ => (first, last, equal),
        };
        let mut loaded = self.load(left, 0)?;
        to_network(&mut loaded);
        let of = |constant| Some(data(constant, loaded.value_type, loaded.len, loaded.shift));
        let range = Range {
            source: Some(loaded.register),
            operation: Some(if equal { RangeOperation::EQ } else { RangeOperation::NEQ }),
            from: of(first),
            to: of(last),
            ..Range::default()
        };
        loaded.expressions.push(range.into());
        self.condition(loaded.expressions);
        Ok(())
    }

    /// Goes on where the key is in an anonymous set, or is not.
    pub(super) fn look_up(&mut self, key: &Term, elements: &[Element], negated: bool) -> Result<(), MeaningError> {
        let (name, id, mut expressions) = self.anonymous(key, elements, None, 0)?;
        expressions.push(lookup(Some(name), Some(id), Register::ONE, None, negated));
        self.condition(expressions);
        if !negated {
            self.learn_several(key, elements);
        }
        Ok(())
    }

    /// A key behind so many words of registers as that set of the table has it.
    pub(super) fn load_named(&self, key: &Term, set: &SetName, words: u32) -> Result<Vec<Expression>, MeaningError> {
        let known = self.scope.sets.get(&set.name);
        let (expressions, parts) = self.load_key(key, known.is_some_and(|set| set.intervals), words)?;
        let bits = |types: &mut dyn Iterator<Item = ValueType>| types.map(|of| of.len()).collect::<Vec<_>>();
        if let Some(known) = known
            && !known.keys.is_empty()
            && bits(&mut known.keys.iter().copied()) != bits(&mut parts.iter().map(|(of, ..)| *of))
        {
            let names: Vec<String> = known.keys.iter().map(|of| of.data_type.to_string()).collect();
            let message = format!("datatype mismatch, the set has {}", names.join(" . "));
            return Err(MeaningError::new(message, set.span));
        }
        Ok(expressions)
    }

    /// A key behind so many words of registers, and its types with the bytes and bits of each part.
    pub(super) fn load_key(
        &self,
        key: &Term,
        ordered: bool,
        mut words: u32,
    ) -> Result<(Vec<Expression>, Vec<Part>), MeaningError> {
        let parts = match key {
            Term::Concatenation(parts) => parts.as_slice(),
            one => std::slice::from_ref(one),
        };
        let (mut expressions, mut types) = (Vec::new(), Vec::new());
        for part in parts {
            let mut loaded = match parts.len() {
                1 if !ordered => self.load(part, words)?,
                _ => self.load_aligned(part, words)?,
            };
            if ordered {
                to_network(&mut loaded);
            }
            words = super::bits::words(loaded.len).saturating_add(words);
            types.push((loaded.value_type, loaded.len, loaded.shift));
            expressions.append(&mut loaded.expressions);
        }
        Ok((expressions, types))
    }
}

/// The kernel compares bytes: numbers that are to have an order have to be in that of the network.
fn to_network(loaded: &mut Loaded) {
    let is_number = loaded.value_type.nature() != Nature::Text;
    if loaded.value_type.order == ByteOrder::Host && is_number {
        if loaded.len > 1 {
            loaded.expressions.push(byteorder(loaded.register, ByteorderOperation::HTON, loaded.len));
        }
        loaded.value_type.order = ByteOrder::Network;
    }
}

/// A look into a set, or where there is a target into a map.
pub(super) fn lookup(
    name: Option<String>,
    id: Option<u32>,
    source: Register,
    target: Option<Register>,
    negated: bool,
) -> Expression {
    let flags = negated.then_some(LookupFlags::INVERTED);
    let source = Some(source);
    Lookup { set: name, source, target, set_id: id, flags, ..Lookup::default() }.into()
}

/// The key of a set that has but one: that is as good as the set.
fn only_key(right: &Term) -> Option<&Term> {
    let Term::Set(elements) = right else { return None };
    match elements.as_slice() {
        [only] if only.options().statements.is_empty() && only.data.is_none() => match &only.key {
            Term::Wildcard | Term::Concatenation(_) => None,
            key => Some(key),
        },
        _ => None,
    }
}

/// The first and last number of a key of one part.
pub(super) fn bounds(key: &Term, of: ValueType, len: usize) -> Option<(u128, u128)> {
    let number = |term: &Term| match term {
        Term::Constant(Constant { scalar: Scalar::Number(number), .. }) => Some(*number),
        Term::Constant(Constant { scalar: Scalar::Text(text), .. }) => {
            let mut bytes = text_bytes(text, len);
            bytes.resize(len, 0);
            Some(super::bits::number_of(&bytes, ByteOrder::Network))
        }
        _ => None,
    };
    match key {
        Term::Prefix(start, bits) => {
            let first = number(start)?;
            Some((first, first | !prefix_mask(of.bits, *bits) & super::bits::ones(of.bits.into())))
        }
        Term::Range(first, last) => Some((number(first)?, number(last)?)),
        Term::Constant(Constant { scalar: Scalar::Text(text), .. }) if beginning(text).is_some() => {
            let rest = len.saturating_sub(text.len().saturating_sub(1));
            let rest = u32::try_from(rest).unwrap_or(0).saturating_mul(8);
            number(key).map(|first| (first, first | super::bits::ones(rest)))
        }
        one => number(one).map(|number| (number, number)),
    }
}
