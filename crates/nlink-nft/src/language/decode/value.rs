//! Values as they were said.

use crate::DataType;
use crate::expression::{Data, Value};
use crate::language::compile::bits::{number_of, ones, prefix_mask};
use crate::language::tree::{Constant, Scalar, Term};
use crate::language::value::{Nature, ValueType};

/// The value that these bytes are, with so many bits behind it.
pub(super) fn constant(bytes: &[u8], of: ValueType, shift: u32) -> Option<Constant> {
    if of.nature() == Nature::Text {
        return text(bytes, bytes.len() < of.len().into()).map(|text| Constant::text(of, text));
    }
    (bytes.len() >= of.len().into())
        .then(|| Constant::number(of, number_of(bytes, of.order).checked_shr(shift).unwrap_or(0)))
}

/// Data as a value; the name of an interface is one too.
pub(super) fn of_data(data: &Data, of: ValueType, shift: u32) -> Option<Constant> {
    match data.value.as_ref()? {
        Value::Bytes(bytes) => constant(bytes, of, shift),
        Value::Interface(nlink_core::Interface::Name(name)) if of.data_type == DataType::INTERFACE_INDEX => {
            Some(Constant::text(of, name.to_string()))
        }
        Value::Interface(_) => None,
    }
}

/// A text without the zeros that fill it up. One that is cut short ends with an asterisk; any other's own last one is
/// behind a backslash.
fn text(bytes: &[u8], is_cut: bool) -> Option<String> {
    let end = bytes.iter().position(|byte| *byte == 0).unwrap_or(bytes.len());
    let (text, rest) = bytes.split_at_checked(end)?;
    if rest.iter().any(|byte| *byte != 0) {
        return None;
    }
    let text = std::str::from_utf8(text).ok()?;
    Some(match text.strip_suffix('*') {
        _ if is_cut => format!("{text}*"),
        Some(start) => format!("{start}\\*"),
        None => text.into(),
    })
}

/// All values from the first to the last: one, a prefix of an address, or a range.
pub(super) fn between(first: u128, last: u128, of: ValueType) -> Option<Term> {
    if of.nature() == Nature::Text {
        return texts(first, last, of);
    }
    let start = Term::Constant(Constant::number(of, first));
    if first == last {
        return Some(start);
    }
    let is_address = matches!(of.nature(), Nature::Ipv4 | Nature::Ipv6);
    if let Some(bits) = prefix(first ^ last ^ ones(of.bits.into()), of)
        && is_address
        && first & !prefix_mask(of.bits, bits) == 0
    {
        return Some(Term::Prefix(Box::new(start), bits));
    }
    Some(Term::Range(Box::new(start), Box::new(Term::Constant(Constant::number(of, last)))))
}

/// A name, or all that begin alike.
fn texts(first: u128, last: u128, of: ValueType) -> Option<Term> {
    let bytes = first.to_be_bytes();
    let bytes = bytes.get(bytes.len().checked_sub(of.len().into())?..)?;
    let whole = text(bytes, false)?;
    let rest = u32::from(of.bits).saturating_sub(u32::try_from(whole.len()).ok()?.saturating_mul(u8::BITS));
    let scalar = match last == first | ones(rest) && first != last {
        true => Scalar::Text(format!("{whole}*")),
        false => (first == last).then_some(Scalar::Text(whole))?,
    };
    Some(Term::Constant(Constant { scalar, ..Constant::number(of, 0u8) }))
}

/// How many bits a mask leaves, where they are the first ones.
pub(super) fn prefix(mask: u128, of: ValueType) -> Option<u8> {
    (0..=of.bits).filter_map(|bits| u8::try_from(bits).ok()).find(|bits| prefix_mask(of.bits, *bits) == mask)
}
