//! Values: as they were written, and as they are once their type is known.

use crate::language::Span;
use crate::language::value::ValueType;

/// A value as it was written: a word, a number, a text between quotation marks. What it means hangs on its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Symbol {
    /// The text, without quotation marks.
    pub text: String,
    /// Whether there were any.
    pub quoted: bool,
    /// Where it stands.
    pub span: Span,
}

/// A value of a known type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Constant {
    /// What it is.
    pub value_type: ValueType,
    /// Which.
    pub scalar: Scalar,
    /// Where it stands.
    pub span: Span,
}

/// Which value it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scalar {
    /// A number; an address is one too, in the order in which it is written.
    Number(u128),
    /// A text: an interface's name, which may end with an asterisk, or another type's whose values are texts.
    Text(String),
}

impl Constant {
    /// A number of that type.
    pub fn number(value_type: ValueType, number: impl Into<u128>) -> Self {
        Self { value_type, scalar: Scalar::Number(number.into()), span: Span::default() }
    }

    /// A text of that type.
    pub fn text(value_type: ValueType, text: impl Into<String>) -> Self {
        Self { value_type, scalar: Scalar::Text(text.into()), span: Span::default() }
    }
}
