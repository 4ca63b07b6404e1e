//! Terms, by the types of what they stand against.

use super::symbol;
use crate::DataType;
use crate::language::tree::{Binary, BinaryOperation, Constant, CtTerm, Element, Lookup, Scalar, Term};
use crate::language::value::{Nature, ValueType};
use crate::language::{MeaningError, Scope, Span};

/// The term with a value for each word, its parts being of these types: one, or as many as a concatenation has.
///
/// # Errors
/// A word that no value of its type has, a concatenation of another length, a prefix longer than its value.
pub fn bound(term: &Term, types: &[ValueType], scope: &Scope) -> Result<Term, MeaningError> {
    let again = |term: &Term| bound(term, types, scope);
    Ok(match term {
        Term::Symbol(symbol) => Term::Constant(symbol::constant(symbol, one(types, symbol.span)?, &scope.names)?),
        Term::Prefix(start, bits) => {
            let start = again(start)?;
            let (width, span) = start.value_type().map_or((0, Span::default()), |found| (found.bits, span(&start)));
            if u16::from(*bits) > width {
                return Err(MeaningError::new(format!("a prefix has {width} bits at most"), span));
            }
            Term::Prefix(Box::new(start), *bits)
        }
        Term::Range(first, last) => {
            let (first, last) = (again(first)?, again(last)?);
            // The night goes from one day to the next.
            let goes_round = matches!(types, [of] if [DataType::DAY, DataType::HOUR].contains(&of.data_type));
            if let (Some(low), Some(high), false) = (number(&first), number(&last), goes_round)
                && low > high
            {
                return Err(MeaningError::new("Range negative size", span(&first).to(span(&last))));
            }
            if first == last { first } else { Term::Range(Box::new(first), Box::new(last)) }
        }
        Term::Concatenation(parts) if types.len() == parts.len() => {
            let parts = parts.iter().zip(types).map(|(part, of)| bound(part, std::slice::from_ref(of), scope));
            Term::Concatenation(parts.collect::<Result<_, _>>()?)
        }
        Term::Concatenation(parts) if !types.is_empty() => {
            let message = format!("a concatenation of {} parts where {} are wanted", parts.len(), types.len());
            return Err(MeaningError::new(message, parts.first().map(span).unwrap_or_default()));
        }
        Term::Concatenation(parts) => Term::Concatenation(parts.iter().map(again).collect::<Result<_, _>>()?),
        Term::List(parts) => folded(parts.iter().map(again).collect::<Result<Vec<_>, _>>()?),
        Term::Set(elements) => Term::Set(set(elements, types, &[], scope)?),
        Term::Binary(binary) => operation(binary, types, scope)?,
        Term::Lookup(lookup) => Term::Lookup(Box::new(mapped(lookup, types, scope)?)),
        Term::Ct(ct) => Term::Ct(*ct),
        Term::Constant(_)
        | Term::Wildcard
        | Term::Named(_)
        | Term::Verdict(_)
        | Term::Header(_)
        | Term::Raw(_)
        | Term::Meta(_) => term.clone(),
    })
}

/// A key, whose values have types of their own.
pub(super) fn key(term: &Term, scope: &Scope) -> Result<Term, MeaningError> {
    bound(term, &types_of(term), scope)
}

/// The types of a key's parts.
pub(super) fn types_of(term: &Term) -> Vec<ValueType> {
    match term {
        Term::Concatenation(parts) => parts.iter().filter_map(Term::value_type).collect(),
        Term::Lookup(_) => Vec::new(),
        other => other.value_type().into_iter().collect(),
    }
}

/// A key and its map, whose values are of these types.
pub(super) fn mapped(lookup: &Lookup, data: &[ValueType], scope: &Scope) -> Result<Lookup, MeaningError> {
    let map = match &lookup.map {
        Term::Set(elements) => Term::Set(set(elements, &types_of(&lookup.key), data, scope)?),
        named => named.clone(),
    };
    Ok(Lookup { key: key(&lookup.key, scope)?, map })
}

/// Elements. Verdicts and names of objects, of no type, stay as they are.
pub(super) fn set(
    elements: &[Element],
    keys: &[ValueType],
    data: &[ValueType],
    scope: &Scope,
) -> Result<Vec<Element>, MeaningError> {
    elements.iter().map(|element| self::element(element, keys, data, scope)).collect()
}

/// One of them.
pub(crate) fn element(
    element: &Element,
    keys: &[ValueType],
    data: &[ValueType],
    scope: &Scope,
) -> Result<Element, MeaningError> {
    let data = match &element.data {
        Some(value) if !data.is_empty() => Some(Box::new(bound(value, data, scope)?)),
        unbound => unbound.clone(),
    };
    Ok(Element { key: bound(&element.key, keys, scope)?, data, options: element.options.clone(), span: element.span })
}

/// What the second operand is: a number by which something is shifted, or what has all bits of what is set.
fn operand(operation: BinaryOperation, left: &[ValueType], wanted: &[ValueType]) -> Vec<ValueType> {
    let integer = |bits| ValueType { bits, ..ValueType::of(DataType::INTEGER) };
    match (operation, left, wanted) {
        (BinaryOperation::Left | BinaryOperation::Right, ..) => vec![integer(32)],
        (_, [left], [wanted]) if wanted.bits > left.bits => vec![integer(wanted.bits)],
        _ => left.to_vec(),
    }
}

/// Of two values one is made; anything else stays.
fn operation(binary: &Binary, types: &[ValueType], scope: &Scope) -> Result<Term, MeaningError> {
    let own = binary.left.value_type().or_else(|| binary.right.value_type());
    let of_left = own.as_ref().map_or(types, std::slice::from_ref);
    let of_right = operand(binary.operation, of_left, types);
    // What is operated on already is set to the same.
    let is_inner = matches!(binary.left, Term::Binary(_)) && binary.left.value_type().is_some();
    let of_left = if is_inner { types } else { of_left };
    let (left, right) = (bound(&binary.left, of_left, scope)?, bound(&binary.right, &of_right, scope)?);
    let (Term::Constant(first), Some(low), Some(high)) = (&left, number(&left), number(&right)) else {
        return Ok(Term::Binary(Box::new(Binary { operation: binary.operation, left, right })));
    };
    let shift = u32::try_from(high).unwrap_or(u32::MAX);
    let value = match binary.operation {
        BinaryOperation::And => low & high,
        BinaryOperation::Or => low | high,
        BinaryOperation::Xor => low ^ high,
        BinaryOperation::Left => low.checked_shl(shift).unwrap_or(0),
        BinaryOperation::Right => low.checked_shr(shift).unwrap_or(0),
    };
    Ok(Term::Constant(Constant { scalar: Scalar::Number(value), ..first.clone() }))
}

/// Flags one by one are one value.
fn folded(parts: Vec<Term>) -> Term {
    let flags = |part: &Term| part.value_type().is_some_and(|of| of.nature() == Nature::Flags);
    let numbers: Option<Vec<u128>> = parts.iter().filter(|part| flags(part)).map(number).collect();
    match (parts.first(), numbers) {
        (Some(Term::Constant(first)), Some(numbers)) if numbers.len() == parts.len() => {
            let together = numbers.iter().fold(0, |all, flag| all | flag);
            Term::Constant(Constant { scalar: Scalar::Number(together), ..first.clone() })
        }
        _ => Term::List(parts),
    }
}

fn one(types: &[ValueType], span: Span) -> Result<ValueType, MeaningError> {
    match types {
        [only] => Ok(*only),
        [] => Err(MeaningError::new("nothing says what this value is of", span)),
        _ => Err(MeaningError::new(format!("one value where {} are wanted", types.len()), span)),
    }
}

fn number(term: &Term) -> Option<u128> {
    match term {
        Term::Constant(Constant { scalar: Scalar::Number(number), .. }) => Some(*number),
        _ => None,
    }
}

/// Where a term stands, as far as it knows.
pub(crate) fn span(term: &Term) -> Span {
    match term {
        Term::Symbol(symbol) => symbol.span,
        Term::Constant(constant) => constant.span,
        Term::Prefix(start, _) => span(start),
        Term::Range(first, last) => span(first).to(span(last)),
        Term::Concatenation(parts) | Term::List(parts) => parts.first().map(span).unwrap_or_default(),
        Term::Set(elements) => elements.first().map(|element| element.span).unwrap_or_default(),
        Term::Named(name) => name.span,
        Term::Header(field) => field.span,
        Term::Raw(payload) => payload.span,
        Term::Ct(CtTerm { span, .. }) => *span,
        Term::Binary(binary) => span(&binary.left),
        Term::Lookup(lookup) => span(&lookup.key),
        Term::Wildcard | Term::Verdict(_) | Term::Meta(_) => Span::default(),
    }
}
