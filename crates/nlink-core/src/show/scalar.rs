//! Values as output takes them: a scalar for JSON, and its text.

use std::fmt;

/// What a JSON value can be.
#[derive(Clone, Debug, PartialEq)]
pub enum Scalar {
    /// `null`.
    Null,
    /// A truth value.
    Bool(bool),
    /// A whole number.
    Unsigned(u64),
    /// A whole number below zero.
    Signed(i64),
    /// Any other number.
    Float(f64),
    /// A number with digits of its own: `0.00`.
    Digits(String),
    /// Text.
    Text(String),
}

impl fmt::Display for Scalar {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Scalar::Null => Ok(()),
            Scalar::Bool(value) => value.fmt(f),
            Scalar::Unsigned(value) => value.fmt(f),
            Scalar::Signed(value) => value.fmt(f),
            Scalar::Float(value) => value.fmt(f),
            Scalar::Digits(value) | Scalar::Text(value) => value.fmt(f),
        }
    }
}

macro_rules! scalars {
    ($($from:ty => $variant:ident($to:ty);)*) => {$(
        impl From<$from> for Scalar {
            fn from(value: $from) -> Self {
                Scalar::$variant(<$to>::from(value))
            }
        }

        impl From<$from> for Shown {
            fn from(value: $from) -> Self {
                Shown { value: value.into(), text: None }
            }
        }
    )*};
}

scalars! {
    bool => Bool(bool);
    u8 => Unsigned(u64);
    u16 => Unsigned(u64);
    u32 => Unsigned(u64);
    u64 => Unsigned(u64);
    i8 => Signed(i64);
    i16 => Signed(i64);
    i32 => Signed(i64);
    i64 => Signed(i64);
    f64 => Float(f64);
    &str => Text(String);
    String => Text(String);
}

/// A value and, where it is not the value's own, its text.
#[derive(Clone, Debug, PartialEq)]
pub struct Shown {
    pub(super) value: Scalar,
    pub(super) text: Option<String>,
}

impl Shown {
    /// A value whose text is another.
    pub fn new(value: impl Into<Scalar>, text: impl Into<String>) -> Self {
        Self { value: value.into(), text: Some(text.into()) }
    }

    /// The value, as JSON has it.
    pub fn value(&self) -> &Scalar {
        &self.value
    }

    /// Its text.
    pub fn text(&self) -> String {
        self.text.clone().unwrap_or_else(|| self.value.to_string())
    }
}
