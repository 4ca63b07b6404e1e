//! Operations: `meta mark & 0xff | ct mark`, `ip dscp << 2`; and those that a comparison does with its other side.

use super::bits::{WORDS, number_bytes, ones};
use super::load::{Loaded, byteorder, mask, moved};
use super::program::Program;
use crate::expression::kinds::bitwise::{Bitwise, BitwiseOperation};
use crate::expression::kinds::byteorder::ByteorderOperation;
use crate::expression::{Data, Expression};
use crate::language::MeaningError;
use crate::language::bind::span;
use crate::language::tree::{Binary, BinaryOperation, Constant, Element, Scalar, Term};
use crate::language::value::ByteOrder;

impl Program<'_> {
    /// What comes out, behind so many words of registers, for something of so many bits: none where it is compared.
    pub(super) fn operated(&self, binary: &Binary, words: u32, bits: u32) -> Result<Loaded, MeaningError> {
        match (binary.operation, number(&binary.right)) {
            (BinaryOperation::Left | BinaryOperation::Right, Some(by)) => self.shifted(binary, by, words, bits),
            (BinaryOperation::Left | BinaryOperation::Right, None) => {
                Err(MeaningError::new("only by a number something is shifted", span(&binary.right)))
            }
            (_, Some(_)) => self.masked(binary, words, bits),
            (_, None) => self.joined(binary, words, bits),
        }
    }

    fn operand(&self, term: &Term, words: u32, bits: u32) -> Result<Loaded, MeaningError> {
        match term {
            Term::Binary(binary) => self.operated(binary, words, bits),
            other if bits > 0 => self.load_aligned(other, words),
            other => {
                let mut loaded = self.load(other, words)?;
                moved(&mut loaded);
                Ok(loaded)
            }
        }
    }

    /// Operations with values are one: bits that stay, and bits that are turned around.
    fn masked(&self, binary: &Binary, words: u32, bits: u32) -> Result<Loaded, MeaningError> {
        let (mut steps, mut left) = (vec![(binary.operation, number(&binary.right).unwrap_or(0))], &binary.left);
        while let Term::Binary(inner) = left
            && !matches!(inner.operation, BinaryOperation::Left | BinaryOperation::Right)
            && let Some(value) = number(&inner.right)
        {
            steps.push((inner.operation, value));
            left = &inner.left;
        }
        let mut loaded = self.operand(left, words, bits)?;
        let wanted = usize::try_from(bits / u8::BITS).unwrap_or(0);
        let (mut keep, mut turn) = (ones(u128::BITS), 0);
        if wanted > loaded.len {
            to_host(&mut loaded);
            loaded.len = wanted;
        } else if let (Some(place), [_, Expression::Bitwise(_)]) = (self.place(left), loaded.expressions.as_slice()) {
            // A field that ends with its bytes needs no mask of its own.
            keep = place.mask();
            loaded.expressions.pop();
        }
        for (operation, value) in steps.into_iter().rev() {
            (keep, turn) = match operation {
                BinaryOperation::And => (keep & value, turn & value),
                BinaryOperation::Or => (keep & !value, (turn & !value) ^ value),
                _ => (keep, turn ^ value),
            };
        }
        let all = ones(u32::try_from(loaded.len).unwrap_or(0).saturating_mul(u8::BITS));
        let bytes = |value| number_bytes(value & all, loaded.len, loaded.value_type.order);
        loaded.expressions.push(mask(loaded.register, loaded.len, bytes(keep), bytes(turn)));
        Ok(loaded)
    }

    fn shifted(&self, binary: &Binary, by: u128, words: u32, bits: u32) -> Result<Loaded, MeaningError> {
        let mut loaded = self.operand(&binary.left, words, bits)?;
        to_host(&mut loaded);
        let width = u32::from(loaded.value_type.bits).max(bits);
        let Some(by) = u32::try_from(by).ok().filter(|by| *by < width) else {
            let message = format!("a shift of {by} bits is undefined for a value of {width} bits");
            return Err(MeaningError::new(message, span(&binary.right)));
        };
        loaded.len = usize::try_from(bits / u8::BITS).unwrap_or(0).max(loaded.len);
        let operation = match binary.operation {
            BinaryOperation::Left => BitwiseOperation::LEFT,
            _ => BitwiseOperation::RIGHT,
        };
        loaded.expressions.push(shift(&loaded, operation, by));
        Ok(loaded)
    }

    /// With what is in another register. Linux 6.12.
    fn joined(&self, binary: &Binary, words: u32, bits: u32) -> Result<Loaded, MeaningError> {
        let mut loaded = self.operand(&binary.left, words, bits)?;
        // What fills up with more bytes is a number first.
        let wanted = usize::try_from(bits / u8::BITS).unwrap_or(0);
        if loaded.len == 1 || loaded.len < wanted {
            to_host(&mut loaded);
        }
        let mut second = self.operand(&binary.right, words.saturating_add(WORDS), bits)?;
        if second.value_type.order != loaded.value_type.order && second.len > 1 {
            second.expressions.push(turned(&second));
        }
        loaded.len = wanted.max(loaded.len);
        loaded.expressions.append(&mut second.expressions);
        loaded.expressions.push(
            Bitwise {
                source: Some(loaded.register),
                target: Some(loaded.register),
                second: Some(second.register),
                operation: Some(match binary.operation {
                    BinaryOperation::And => BitwiseOperation::AND,
                    BinaryOperation::Or => BitwiseOperation::OR,
                    _ => BitwiseOperation::XOR,
                }),
                len: u32::try_from(loaded.len).ok(),
                ..Bitwise::default()
            }
            .into(),
        );
        Ok(loaded)
    }
}

/// A shift of what has been loaded.
pub(super) fn shift(loaded: &Loaded, operation: BitwiseOperation, by: u32) -> Expression {
    let (source, target) = (Some(loaded.register), Some(loaded.register));
    let (len, data) = (u32::try_from(loaded.len).ok(), Some(Data::value(by.to_ne_bytes())));
    Bitwise { source, target, operation: Some(operation), len, data, ..Bitwise::default() }.into()
}

fn to_host(loaded: &mut Loaded) {
    if loaded.value_type.order == ByteOrder::Network {
        if loaded.len > 1 {
            loaded.expressions.push(turned(loaded));
        }
        loaded.value_type.order = ByteOrder::Host;
    }
}

/// From the one byte order to the other.
fn turned(loaded: &Loaded) -> Expression {
    let operation = match loaded.value_type.order {
        ByteOrder::Host => ByteorderOperation::HTON,
        ByteOrder::Network => ByteorderOperation::NTOH,
    };
    byteorder(loaded.register, operation, loaded.len)
}

fn number(term: &Term) -> Option<u128> {
    match term {
        Term::Constant(Constant { scalar: Scalar::Number(number), .. }) => Some(*number),
        _ => None,
    }
}

/// `meta mark << 8 == 0x100` is `meta mark == 1`: what can be done with the values needs no operation.
pub(super) fn transferred(mut left: Term, mut right: Term) -> Result<(Term, Term), MeaningError> {
    while let Term::Binary(binary) = &left
        && matches!(binary.operation, BinaryOperation::Xor | BinaryOperation::Left)
        && let Some(operand) = number(&binary.right)
        && let Some(other) = undone(&right, binary.operation, operand)?
    {
        (left, right) = (binary.left.clone(), other);
    }
    Ok((left, right))
}

/// The values with an operation undone; nothing where there are others among them.
fn undone(term: &Term, operation: BinaryOperation, operand: u128) -> Result<Option<Term>, MeaningError> {
    let by = u32::try_from(operand).unwrap_or(u32::MAX);
    let again = |term: &Term| undone(term, operation, operand);
    Ok(match term {
        Term::Constant(Constant { scalar: Scalar::Number(value), .. }) if operation == BinaryOperation::Left => {
            if value.trailing_zeros() < by && *value != 0 {
                return Err(MeaningError::new("Comparison is always false", span(term)));
            }
            with_number(term, value.checked_shr(by).unwrap_or(0))
        }
        Term::Constant(Constant { scalar: Scalar::Number(value), .. }) => with_number(term, value ^ operand),
        Term::Set(elements) => {
            let mut keys = Vec::new();
            for element in elements {
                let Some(key) = again(&element.key)? else { return Ok(None) };
                keys.push(Element { key, ..element.clone() });
            }
            Some(Term::Set(keys))
        }
        _ => None,
    })
}

fn with_number(term: &Term, number: u128) -> Option<Term> {
    let Term::Constant(constant) = term else { return None };
    Some(Term::Constant(Constant { scalar: Scalar::Number(number), ..constant.clone() }))
}
