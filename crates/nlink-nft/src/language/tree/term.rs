//! Terms: what statements compare, look up and set.

use super::{Constant, Statement, Symbol};
use crate::Verdict;
use crate::expression::kinds::ct::CtKey;
use crate::expression::kinds::meta::MetaKey;
use crate::expression::kinds::payload::PayloadBase;
use crate::language::Span;
use crate::language::header::{Field, Header};

/// A term.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Term {
    /// A value as it was written: `ssh`, `10.0.0.1`, `"eth0"`.
    Symbol(Symbol),
    /// A value of a known type.
    Constant(Constant),
    /// All values that begin alike: `10.0.0.0/8`.
    Prefix(Box<Term>, u8),
    /// These two and all between: `22-80`.
    Range(Box<Term>, Box<Term>),
    /// Whatever is not said otherwise: `*`.
    Wildcard,
    /// One after the other: `ip saddr . tcp dport`.
    Concatenation(Vec<Term>),
    /// Several without braces: `established,related`.
    List(Vec<Term>),
    /// An anonymous set or map: `{ 22, 80 : accept }`.
    Set(Vec<Element>),
    /// A set or map of the table: `@allowed`.
    Named(SetName),
    /// A verdict, as the value of a map.
    Verdict(Verdict),
    /// A field of a header: `tcp dport`.
    Header(HeaderField),
    /// Bits of the packet: `@nh,96,32`.
    Raw(RawPayload),
    /// What is known of the packet: `meta mark`.
    Meta(MetaKey),
    /// What is known of its connection: `ct state`.
    Ct(CtTerm),
    /// `ip saddr & 255.255.0.0`.
    Binary(Box<Binary>),
    /// What a map has for a key: `tcp dport map { 22 : 1 }`.
    Lookup(Box<Lookup>),
}

/// A set or map by its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SetName {
    /// Its name.
    pub name: String,
    /// Where it stands.
    pub span: Span,
}

/// An element of a set or map. There may be very many, and most are a key and no more.
#[derive(Clone, Debug, PartialEq)]
pub struct Element {
    /// The key.
    pub key: Term,
    /// Of a map: the value.
    pub data: Option<Box<Term>>,
    /// What it says besides, if anything.
    pub options: Option<Box<ElementOptions>>,
    /// Where it stands.
    pub span: Span,
}

/// What an element says beside its key and value.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ElementOptions {
    /// After how many milliseconds it goes.
    pub timeout: Option<u64>,
    /// How many of them are left.
    pub expires: Option<u64>,
    /// What it is for.
    pub comment: Option<String>,
    /// What it does: counts, limits.
    pub statements: Vec<Statement>,
}

impl Element {
    /// A key and nothing else.
    pub fn new(key: Term) -> Self {
        Self { key, data: None, options: None, span: Span::default() }
    }

    /// A key and its value.
    pub fn pair(key: Term, data: Term) -> Self {
        Self { data: Some(Box::new(data)), ..Self::new(key) }
    }

    /// The same with these options.
    #[must_use]
    pub fn with(self, options: ElementOptions) -> Self {
        let is_any = options != ElementOptions::default();
        Self { options: is_any.then(|| Box::new(options)), ..self }
    }

    /// What it says beside key and value.
    pub fn options(&self) -> &ElementOptions {
        const NONE: &ElementOptions =
            &ElementOptions { timeout: None, expires: None, comment: None, statements: Vec::new() };
        self.options.as_deref().unwrap_or(NONE)
    }
}

/// A field of a header. Headers and fields are those of [the table](crate::language::header::HEADERS).
#[derive(Clone, Copy)]
pub struct HeaderField {
    /// The header.
    pub header: &'static Header,
    /// The field.
    pub field: &'static Field,
    /// Where it stands.
    pub span: Span,
}

impl std::fmt::Debug for HeaderField {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "HeaderField({} {})", self.header.name, self.field.name)
    }
}

impl PartialEq for HeaderField {
    fn eq(&self, other: &Self) -> bool {
        (self.header.name, self.field.name) == (other.header.name, other.field.name)
    }
}

impl Eq for HeaderField {}

/// Bits of the packet, wherever they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RawPayload {
    /// From which header on.
    pub base: PayloadBase,
    /// Bits from its start.
    pub offset: u32,
    /// How many bits.
    pub bits: u32,
    /// Where it stands.
    pub span: Span,
}

/// What is known of a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CtTerm {
    /// What. Addresses are those of a family here: `ct original ip saddr`.
    pub key: CtKey,
    /// Of which direction: 0 as it began, 1 the other.
    pub direction: Option<u8>,
    /// Where it stands.
    pub span: Span,
}

/// Two terms made one.
#[derive(Clone, Debug, PartialEq)]
pub struct Binary {
    /// How.
    pub operation: BinaryOperation,
    /// The first.
    pub left: Term,
    /// The second.
    pub right: Term,
}

/// How two terms are made one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BinaryOperation {
    /// `&`
    And,
    /// `|`
    Or,
    /// `^`
    Xor,
    /// `<<`
    Left,
    /// `>>`
    Right,
}

/// A key and the map that has its value.
#[derive(Clone, Debug, PartialEq)]
pub struct Lookup {
    /// The key.
    pub key: Term,
    /// The map: [`Term::Set`] or [`Term::Named`].
    pub map: Term,
}
