//! A term into a register.

use super::bits::{number_bytes, ones, register};
use super::operation::shift;
use super::program::{Program, load_bytes};
use crate::expression::kinds::bitwise::{Bitwise, BitwiseOperation};
use crate::expression::kinds::byteorder::{Byteorder, ByteorderOperation};
use crate::expression::kinds::ct::CtKey;
use crate::expression::kinds::payload::PayloadBase;
use crate::expression::kinds::{Ct, Meta};
use crate::expression::{Data, Expression, Register};
use crate::language::MeaningError;
use crate::language::bind::span;
use crate::language::header::ip_family;
use crate::language::tree::{CtTerm, HeaderField, Term};
use crate::language::value::{ByteOrder, ValueType};

/// What has been loaded.
#[derive(Clone, Debug)]
pub(super) struct Loaded {
    pub(super) expressions: Vec<Expression>,
    pub(super) value_type: ValueType,
    /// Bytes in the register.
    pub(super) len: usize,
    /// Bits behind the value, of a field that does not end with a byte.
    pub(super) shift: u32,
    pub(super) register: Register,
}

/// Where a field lies: whole bytes, and bits behind it in them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) base: PayloadBase,
    pub(crate) offset: u32,
    pub(crate) len: u32,
    pub(crate) shift: u32,
    pub(crate) bits: u32,
}

impl Place {
    /// Bits counted from a header's start.
    pub(crate) fn new(base: PayloadBase, offset: u32, bits: u32) -> Self {
        let first = offset % u8::BITS;
        let len = first.saturating_add(bits).div_ceil(u8::BITS);
        let shift = len.saturating_mul(u8::BITS).saturating_sub(first).saturating_sub(bits);
        Self { base, offset: offset / u8::BITS, len, shift, bits }
    }

    /// Where a field lies.
    pub(crate) fn of(field: &HeaderField) -> Self {
        Self::new(field.header.base, field.field.offset, field.field.value_type.bits.into())
    }

    /// Behind so many bytes more.
    pub(crate) fn behind(self, bytes: u32) -> Self {
        Self { offset: self.offset.saturating_add(bytes), ..self }
    }

    /// Whether it has its bytes for itself.
    pub(crate) fn is_whole(self) -> bool {
        self.bits == self.len.saturating_mul(u8::BITS)
    }

    /// Its bits among those of its bytes.
    pub(crate) fn mask(self) -> u128 {
        ones(self.bits).checked_shl(self.shift).unwrap_or(0)
    }
}

/// `(register & mask) ^ xor`
pub(super) fn mask(register: Register, len: usize, mask: Vec<u8>, xor: Vec<u8>) -> Expression {
    Bitwise { operation: Some(BitwiseOperation::MASK_XOR), ..keep(register, len, mask, xor) }.into()
}

/// The same where it belongs to a comparison, as nft writes it there.
pub(super) fn keep(register: Register, len: usize, mask: Vec<u8>, xor: Vec<u8>) -> Bitwise {
    Bitwise {
        source: Some(register),
        target: Some(register),
        len: u32::try_from(len).ok(),
        mask: Some(Data::value(mask)),
        xor: Some(Data::value(xor)),
        ..Bitwise::default()
    }
}

/// Turns the bytes of a value around, in numbers as long as it is made of.
pub(super) fn byteorder(register: Register, operation: ByteorderOperation, len: usize) -> Expression {
    let size = [8, 4].into_iter().find(|size| len.is_multiple_of(*size)).unwrap_or(2);
    let (len, size) = (u32::try_from(len).ok(), u32::try_from(size).ok());
    let (source, target, operation) = (Some(register), Some(register), Some(operation));
    Byteorder { source, target, operation, len, size, ..Byteorder::default() }.into()
}

impl Program<'_> {
    /// Where a term lies in the packet.
    pub(super) fn place(&self, term: &Term) -> Option<Place> {
        match term {
            Term::Header(field) => Some(Place::of(field).behind(self.context.tags_before(field))),
            Term::Raw(raw) => Some(Place::new(raw.base, raw.offset, raw.bits)),
            _ => None,
        }
    }

    /// The type of a term; addresses of connections have that of the family that is known.
    pub(super) fn type_of(&self, term: &Term) -> Option<ValueType> {
        match (term, self.context.network.and_then(ip_family)) {
            (Term::Ct(CtTerm { key: CtKey::SRC | CtKey::DST, .. }), Some(family)) => {
                Some(ValueType::address(Some(family)))
            }
            (term, _) => term.value_type(),
        }
    }

    /// The term's value behind so many words of registers.
    pub(super) fn load(&self, term: &Term, words: u32) -> Result<Loaded, MeaningError> {
        let target = register(words);
        let unknown = || MeaningError::new("this can not be loaded", span(term));
        let value_type = self.type_of(term).ok_or_else(unknown)?;
        let mut loaded =
            Loaded { expressions: Vec::new(), value_type, len: value_type.len().into(), shift: 0, register: target };
        match term {
            Term::Meta(key) => {
                loaded.expressions.push(Meta { key: Some(*key), target: Some(target), ..Meta::default() }.into());
            }
            Term::Ct(ct) => {
                let (key, direction) = (Some(ct.key), ct.direction);
                loaded.expressions.push(Ct { key, direction, target: Some(target), ..Ct::default() }.into());
            }
            Term::Header(_) | Term::Raw(_) => {
                let place = self.place(term).ok_or_else(unknown)?;
                loaded.len = usize::try_from(place.len).unwrap_or(usize::MAX);
                loaded.value_type.order = ByteOrder::Network;
                loaded.expressions.push(load_bytes(place.base, place.offset, place.len, target));
                if !place.is_whole() {
                    loaded.shift = place.shift;
                    let bytes = |number| number_bytes(number, loaded.len, ByteOrder::Network);
                    loaded.expressions.push(mask(target, loaded.len, bytes(place.mask()), bytes(0)));
                }
            }
            Term::Binary(binary) => return self.operated(binary, words, 0),
            _ => return Err(unknown()),
        }
        Ok(loaded)
    }

    /// The value with no bits behind it, as a number of the machine where it has several bytes.
    pub(super) fn load_aligned(&self, term: &Term, words: u32) -> Result<Loaded, MeaningError> {
        let mut loaded = self.load(term, words)?;
        if loaded.shift != 0 && loaded.len > 1 {
            loaded.expressions.push(byteorder(loaded.register, ByteorderOperation::NTOH, loaded.len));
            loaded.value_type.order = ByteOrder::Host;
        }
        moved(&mut loaded);
        Ok(loaded)
    }
}

/// Moves a value to the end of its bytes.
pub(super) fn moved(loaded: &mut Loaded) {
    let by = std::mem::take(&mut loaded.shift);
    if by != 0 {
        loaded.expressions.push(shift(loaded, BitwiseOperation::RIGHT, by));
    }
}
