//! What is known of a term's type without looking further.

use super::{CtTerm, Symbol, Term, TypeSpec};
use crate::DataType;
use crate::expression::kinds::ct::CtKey;
use crate::language::header::header;
use crate::language::selector::{ct_type, meta_type};
use crate::language::value::{Nature, ValueType};

impl Term {
    /// The type of its values, where the term itself says it.
    pub fn value_type(&self) -> Option<ValueType> {
        match self {
            Self::Constant(constant) => Some(constant.value_type),
            Self::Header(field) => Some(field.field.value_type),
            Self::Meta(key) => Some(meta_type(*key)),
            // Of the family that is known where they stand.
            Self::Ct(CtTerm { key: CtKey::SRC | CtKey::DST, .. }) => None,
            Self::Ct(ct) => Some(ct_type(ct.key)),
            Self::Binary(binary) => binary.left.value_type(),
            Self::Prefix(term, _) | Self::Range(term, _) => term.value_type(),
            Self::Raw(payload) => {
                let bits = u16::try_from(payload.bits).ok()?;
                // What lies where ports do is taken for one.
                let port = header("th").filter(|header| header.base == payload.base);
                if let Some(field) = port.and_then(|header| header.field_at(payload.offset, payload.bits)) {
                    return Some(field.value_type);
                }
                Some(ValueType { bits, ..ValueType::of(DataType::INTEGER) })
            }
            _ => None,
        }
    }

    /// Whether its values are flags, of which any may be looked for.
    pub fn is_flags(&self) -> bool {
        self.value_type().is_some_and(|value_type| value_type.nature() == Nature::Flags)
    }

    /// The types of its parts, where it is a concatenation; else its own.
    pub fn data_types(&self) -> Vec<DataType> {
        let own = |term: &Self| term.value_type().map_or(DataType::INTEGER, |value_type| value_type.data_type);
        match self {
            Self::Concatenation(parts) => parts.iter().map(own).collect(),
            other => vec![own(other)],
        }
    }
}

impl TypeSpec {
    /// The types, one after the other.
    pub fn data_types(&self) -> Vec<DataType> {
        match self {
            Self::Types(types) => types.clone(),
            Self::Like(term) => term.data_types(),
        }
    }
}

impl Symbol {
    /// Whether it is a word, so that a sign behind it could be taken for a part of it.
    pub fn is_word(&self) -> bool {
        !self.quoted && self.text.starts_with(|first: char| first.is_alphabetic())
    }
}
