//! Anonymous sets and maps, and their elements.

use std::borrow::Borrow;

use super::bits::{beginning, data, number_bytes, padded};
use super::interval::{Overlap, intervals};
use super::matching::bounds;
use super::program::Program;
use crate::expression::kinds::objref::ObjectType;
use crate::expression::{Data, Expression};
use crate::language::MeaningError;
use crate::language::bind::span;
use crate::language::tree::{Constant, Element, Scalar, Statement, Term};
use crate::language::value::{ByteOrder, ValueType};
use crate::set::{ElementFlags, Set, SetDescription, SetElement, SetElements, SetField, SetFlags};
use crate::userdata::SetNotes;
use crate::{DataType, Userdata};

/// What the values of a map are.
#[derive(Clone, Debug)]
pub(super) enum Values {
    Verdicts,
    /// Of these types, one behind the other.
    Of(Vec<ValueType>),
    /// The first and behind it the last of them.
    Intervals(Vec<ValueType>),
    Objects(ObjectType),
}

/// A part of a key: its type, bytes, and bits behind it.
pub(super) type Part = (ValueType, usize, u32);

impl Program<'_> {
    /// A set or map of its own for the rule: its name and number, and what loads the key behind so many words.
    pub(super) fn anonymous(
        &mut self,
        key: &Term,
        elements: &[Element],
        values: Option<&Values>,
        words: u32,
    ) -> Result<(String, u32, Vec<Expression>), MeaningError> {
        if elements.is_empty() {
            return Err(MeaningError::new("a set of its own has elements", span(key)));
        }
        let has_intervals = elements.iter().any(|element| is_interval(&element.key));
        let (expressions, parts) = self.load_key(key, has_intervals, words)?;
        let is_concatenation = parts.len() > 1;
        let mut flags = SetFlags::ANONYMOUS | SetFlags::CONSTANT;
        flags |= if has_intervals { SetFlags::INTERVAL } else { SetFlags::default() };
        flags |= if has_intervals && is_concatenation { SetFlags::CONCATENATION } else { SetFlags::default() };
        let len = |(_, len, _): &Part| u32::try_from(*len).ok();
        let padded_len =
            |part: &Part| len(part).map(|len| if is_concatenation { len.next_multiple_of(4) } else { len });
        let field = |(of, ..): &Part| SetField { len: Some(of.len().into()), ..SetField::default() };
        let description = flags
            .contains(SetFlags::CONCATENATION)
            .then(|| SetDescription { parts: parts.iter().map(field).collect(), ..SetDescription::default() });
        let id = u32::try_from(self.sets.len().saturating_add(1)).unwrap_or(u32::MAX);
        let mut set = Set {
            header: self.header,
            name: Some("__set%d".into()),
            key_type: Some(type_of(parts.iter().map(|(of, ..)| of.data_type))),
            key_len: parts.iter().map(padded_len).sum(),
            id: Some(id),
            description,
            ..Set::default()
        };
        match values {
            None => {}
            Some(Values::Objects(object_type)) => {
                set.name = Some("__objmap%d".into());
                set.object_type = Some(object_type.0);
                flags |= SetFlags::OBJECT;
            }
            Some(Values::Verdicts) => {
                (set.data_type, set.data_len) = (Some(DataType::VERDICT), Some(0));
            }
            Some(Values::Of(types)) => {
                (set.data_type, set.data_len) =
                    (Some(type_of(types.iter().map(|of| of.data_type))), Some(bytes(types)));
            }
            Some(Values::Intervals(types)) => {
                set.data_type = Some(type_of(types.iter().map(|of| of.data_type)));
                set.data_len = Some(bytes(types).saturating_mul(2));
                let notes = SetNotes { data_intervals: true, ..SetNotes::default() };
                set.userdata = Some(notes.into());
            }
        }
        if set.data_type.is_some() {
            set.name = Some("__map%d".into());
            flags |= SetFlags::MAP;
        }
        set.flags = Some(flags);
        let elements = match has_intervals && !is_concatenation {
            true => {
                // Those of a map have values of their own.
                let overlap = if values.is_some() { Overlap::Refused } else { Overlap::Merged };
                self.ordered(elements.iter().map(Ok), &parts, values, overlap)?
            }
            false => {
                let one = |element: &Element| self.element(element, &parts, values, has_intervals);
                elements.iter().map(one).collect::<Result<_, _>>()?
            }
        };
        let name = set.name.clone().unwrap_or_default();
        let list = SetElements {
            header: self.header,
            set: set.name.clone(),
            set_id: Some(id),
            elements,
            ..SetElements::default()
        };
        self.sets.push((set, list));
        Ok((name, id, expressions))
    }

    /// Elements of intervals: each where it begins, and an end where nothing follows at once.
    pub(super) fn ordered<E: Borrow<Element>>(
        &self,
        elements: impl Iterator<Item = Result<E, MeaningError>>,
        parts: &[Part],
        values: Option<&Values>,
        overlap: Overlap,
    ) -> Result<Vec<SetElement>, MeaningError> {
        let Some((of, len, shift)) = parts.first().copied() else { return Ok(Vec::new()) };
        let (mut found, mut rest) = (Vec::new(), Vec::new());
        for element in elements {
            let element = element?;
            let element = element.borrow();
            let made = Self::without_key(element, values)?;
            match bounds(&element.key, of, len) {
                Some((first, last)) => {
                    let behind = super::bits::ones(shift);
                    found.push((first << shift, last << shift | behind, made, span(&element.key)));
                }
                None if element.key == Term::Wildcard => rest.push(catchall(made)),
                None => return Err(MeaningError::new("this is no key of a set of intervals", span(&element.key))),
            }
        }
        let key = |number| Data::value(number_bytes(number, len, ByteOrder::Network));
        let highest = super::bits::ones(u32::try_from(len).unwrap_or(0).saturating_mul(u8::BITS));
        let mut ordered = intervals(found, highest, overlap, values.is_some(), key)?;
        ordered.append(&mut rest);
        Ok(ordered)
    }

    /// One element, whose key may be an interval where it is a concatenation.
    pub(super) fn element(
        &self,
        element: &Element,
        parts: &[Part],
        values: Option<&Values>,
        has_intervals: bool,
    ) -> Result<SetElement, MeaningError> {
        let mut made = Self::without_key(element, values)?;
        match (&element.key, parts) {
            (Term::Wildcard, _) => made = catchall(made),
            (Term::Concatenation(keys), parts) if has_intervals => {
                let (mut first, mut last) = (Vec::new(), Vec::new());
                for (key, (of, len, shift)) in keys.iter().zip(parts) {
                    let wrong = || MeaningError::new("this is no part of a key", span(key));
                    let (low, high) = bounds(key, *of, *len).ok_or_else(wrong)?;
                    let bytes = |number| padded(number_bytes(number << shift, *len, ByteOrder::Network));
                    first.extend(bytes(low));
                    last.extend(bytes(high));
                }
                (made.key, made.key_end) = (Some(Data::value(first)), Some(Box::new(Data::value(last))));
            }
            (key, parts) => made.key = Some(value_of(key, parts)?),
        }
        Ok(made)
    }

    /// What an element says beside its key.
    fn without_key(element: &Element, values: Option<&Values>) -> Result<SetElement, MeaningError> {
        let options = element.options();
        let mut made = SetElement {
            timeout: options.timeout,
            expiration: options.expires,
            userdata: options.comment.as_deref().map(Userdata::with_comment),
            ..SetElement::default()
        };
        let mut states = options.statements.iter().map(stateful).collect::<Result<Vec<_>, _>>()?;
        match states.len() {
            0 | 1 => made.expression = states.pop().map(Box::new),
            _ => made.expressions = states,
        }
        match (element.data.as_deref(), values) {
            (None, None) => {}
            (Some(Term::Verdict(verdict)), Some(Values::Verdicts)) => {
                made.data = Some(Box::new(verdict.clone().into()))
            }
            (Some(Term::Symbol(name)), Some(Values::Objects(_))) => made.object = Some(name.text.clone()),
            (Some(data), Some(Values::Of(types))) => {
                made.data = Some(Box::new(value_of(data, &parts_of(types))?));
            }
            (Some(data), Some(Values::Intervals(types))) => {
                let mut bytes = ends(data, &parts_of(types), true)?;
                bytes.append(&mut ends(data, &parts_of(types), false)?);
                made.data = Some(Box::new(Data::value(bytes)));
            }
            _ => return Err(MeaningError::new("a map has a value for each key, a set for none", span(&element.key))),
        }
        Ok(made)
    }
}

/// It stands for whatever is not in the set otherwise.
fn catchall(made: SetElement) -> SetElement {
    SetElement { flags: Some(ElementFlags::CATCHALL), ..made }
}

fn parts_of(types: &[ValueType]) -> Vec<Part> {
    types.iter().map(|of| (*of, usize::from(of.len()), 0)).collect()
}

/// The first values of intervals, or the last, each filled up to four bytes.
fn ends(data: &Term, parts: &[Part], first: bool) -> Result<Vec<u8>, MeaningError> {
    let terms = match data {
        Term::Concatenation(terms) => terms.as_slice(),
        one => std::slice::from_ref(one),
    };
    let mut bytes = Vec::new();
    for (term, (of, len, _)) in terms.iter().zip(parts) {
        let wrong = || MeaningError::new("this is no value of an element", span(term));
        let (low, high) = bounds(term, *of, *len).ok_or_else(wrong)?;
        bytes.append(&mut padded(number_bytes(if first { low } else { high }, *len, of.order)));
    }
    Ok(bytes)
}

/// A value of one part, or of several filled up to four bytes each.
fn value_of(term: &Term, parts: &[Part]) -> Result<Data, MeaningError> {
    let wrong = || MeaningError::new("this is no value of an element", span(term));
    let one = |term: &Term, (of, len, shift): &Part| match term {
        Term::Constant(constant) => Ok(data(constant, *of, *len, *shift)),
        _ => Err(wrong()),
    };
    match (term, parts) {
        (Term::Concatenation(terms), parts) if terms.len() == parts.len() => {
            let mut bytes = Vec::new();
            for (term, part) in terms.iter().zip(parts) {
                let data = one(term, part)?;
                bytes.extend(padded(data.bytes().ok_or_else(wrong)?.to_vec()));
            }
            Ok(Data::value(bytes))
        }
        (term, [part]) => one(term, part),
        _ => Err(wrong()),
    }
}

/// What an element may do.
fn stateful(statement: &Statement) -> Result<Expression, MeaningError> {
    super::statement::stateful(statement)
        .ok_or_else(|| MeaningError::new("elements count and limit, no more", crate::language::Span::default()))
}

/// Bytes of values of these types.
fn bytes(types: &[ValueType]) -> u32 {
    let whole = |of: &ValueType| match types.len() {
        1 => u32::from(of.len()),
        _ => u32::from(of.len()).next_multiple_of(4),
    };
    types.iter().map(whole).sum()
}

fn type_of(types: impl Iterator<Item = DataType>) -> DataType {
    types.fold(DataType(0), DataType::then)
}

/// Whether a key or a value stands for several.
pub(super) fn is_interval(key: &Term) -> bool {
    match key {
        Term::Prefix(..) | Term::Range(..) => true,
        Term::Constant(Constant { scalar: Scalar::Text(text), .. }) => beginning(text).is_some(),
        Term::Concatenation(parts) => parts.iter().any(is_interval),
        _ => false,
    }
}
