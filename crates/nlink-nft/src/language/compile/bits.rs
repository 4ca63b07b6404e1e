//! Values as they lie in registers.

use nlink_core::Interface;

use crate::expression::{Data, Register, Value};
use crate::language::tree::{Constant, Scalar};
use crate::language::value::{ByteOrder, ValueType};
use nlink_uapi::nf_tables::{NFT_REG_1, NFT_REG32_00};

/// Bytes of a register's smallest part, which a part of a concatenation is filled up to.
const WORD: usize = 4;
/// Words of a register of 16 bytes.
pub(super) const WORDS: u32 = 4;

/// The number in so many bytes.
pub(crate) fn number_bytes(number: u128, len: usize, order: ByteOrder) -> Vec<u8> {
    let bytes = number.to_be_bytes();
    let mut bytes = bytes.get(bytes.len().saturating_sub(len)..).unwrap_or_default().to_vec();
    if order == ByteOrder::Host && cfg!(target_endian = "little") {
        bytes.reverse();
    }
    bytes
}

/// The number that these bytes are.
pub(crate) fn number_of(bytes: &[u8], order: ByteOrder) -> u128 {
    let join = |number: u128, byte: &u8| number << 8 | u128::from(*byte);
    match order == ByteOrder::Host && cfg!(target_endian = "little") {
        true => bytes.iter().rev().fold(0, join),
        false => bytes.iter().fold(0, join),
    }
}

/// All bits of so many.
pub(crate) fn ones(bits: u32) -> u128 {
    u128::MAX.checked_shr(u128::BITS.saturating_sub(bits)).unwrap_or(0)
}

/// The first bits of a value of that width.
pub(crate) fn prefix_mask(width: u16, bits: u8) -> u128 {
    let rest = u32::from(width).saturating_sub(bits.into());
    ones(width.into()) & !ones(rest)
}

/// What stands before the asterisk that a text ends with, which stands for anything; one behind a backslash does not.
pub(crate) fn beginning(text: &str) -> Option<&str> {
    text.strip_suffix('*').filter(|start| !start.ends_with('\\'))
}

/// A text, filled up with zeros; one that ends with an asterisk as far as that.
pub(crate) fn text_bytes(text: &str, len: usize) -> Vec<u8> {
    if let Some(start) = beginning(text) {
        return start.into();
    }
    let mut bytes = text.as_bytes().to_vec();
    if text.ends_with("\\*") {
        bytes.remove(bytes.len().saturating_sub(2));
    }
    bytes.resize(len, 0);
    bytes
}

/// A value of that type as data, moved to the left by so many bits.
pub(super) fn data(constant: &Constant, value_type: ValueType, len: usize, shift: u32) -> Data {
    match &constant.scalar {
        Scalar::Number(number) => Data::value(number_bytes(number << shift, len, value_type.order)),
        Scalar::Text(name) if value_type.data_type == crate::DataType::INTERFACE_INDEX => {
            Value::Interface(Interface::from(name.as_str())).into()
        }
        Scalar::Text(text) => Data::value(text_bytes(text, len)),
    }
}

/// Bytes filled up to a whole part of a concatenation.
pub(crate) fn padded(mut bytes: Vec<u8>) -> Vec<u8> {
    bytes.resize(bytes.len().next_multiple_of(WORD), 0);
    bytes
}

/// So many bytes in parts of four.
pub(crate) fn words(len: usize) -> u32 {
    u32::try_from(len.div_ceil(WORD)).unwrap_or(u32::MAX)
}

/// The register that begins behind so many words: one of 16 bytes where it can be.
pub(crate) fn register(words: u32) -> Register {
    match words.is_multiple_of(WORDS) {
        true => Register(NFT_REG_1.saturating_add(words / WORDS)),
        false => Register(NFT_REG32_00.saturating_add(words)),
    }
}

/// How many words stand before that register.
pub(crate) fn words_before(register: Register) -> Option<u32> {
    match register.0.checked_sub(NFT_REG32_00) {
        Some(words) => Some(words),
        None => register.0.checked_sub(NFT_REG_1)?.checked_mul(WORDS),
    }
}
