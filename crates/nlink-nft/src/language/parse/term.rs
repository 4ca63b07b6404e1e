//! Terms: values and what they are compared with.

use super::cursor::{Cursor, Parsed};
use super::token::Kind;
use crate::language::tree::{Binary, BinaryOperation, Lookup, SetName, Term};

/// Signs and words of operations, from those that bind least to those that bind most.
const OPERATIONS: [&[(BinaryOperation, &str, &str)]; 4] = [
    &[(BinaryOperation::Or, "|", "or")],
    &[(BinaryOperation::Xor, "^", "xor")],
    &[(BinaryOperation::And, "&", "and")],
    &[(BinaryOperation::Left, "<<", "lshift"), (BinaryOperation::Right, ">>", "rshift")],
];

/// What may stand in a term.
#[derive(Clone, Copy, PartialEq)]
enum Content {
    /// What is known of the packet; values only to be combined with it.
    Selectors,
    /// Values only: a word is a value, whatever it may mean elsewhere.
    Values,
    /// Either.
    Both,
}

impl Cursor<'_> {
    /// What is compared or looked up: `ip saddr . tcp dport`, `meta mark & 0xff`.
    pub(super) fn key(&mut self) -> Parsed<Term> {
        self.concatenation(|cursor| cursor.operations(Content::Selectors))
    }

    /// A value, a range, a prefix, or several of them one after the other.
    pub(super) fn value(&mut self) -> Parsed<Term> {
        self.concatenation(|cursor| cursor.range(Content::Values))
    }

    /// Values with commas between them.
    pub(super) fn list(&mut self) -> Parsed<Term> {
        let first = self.value()?;
        self.listed(first)
    }

    /// With more values behind commas, if there are some.
    pub(super) fn listed(&mut self, first: Term) -> Parsed<Term> {
        let (mut values, mut value) = (Vec::new(), first);
        while self.takes_sign(",") {
            values.push(std::mem::replace(&mut value, Term::Wildcard));
            value = self.value()?;
        }
        if values.is_empty() {
            return Ok(value);
        }
        values.push(value);
        Ok(Term::List(values))
    }

    /// What something is set to: a value, something known of the packet, or what a map has for it.
    pub(super) fn expression(&mut self) -> Parsed<Term> {
        let key = self.concatenation(|cursor| cursor.range(Content::Both))?;
        if !self.takes("map") {
            return Ok(key);
        }
        Ok(Term::Lookup(Box::new(Lookup { key, map: self.map()? })))
    }

    /// `{ 22 : accept }`, `@ports`
    pub(super) fn map(&mut self) -> Parsed<Term> {
        match self.set_or_name()? {
            Some(map) => Ok(map),
            None => Err(self.unexpected("a map")),
        }
    }

    fn set_or_name(&mut self) -> Parsed<Option<Term>> {
        if self.is_sign("{") {
            return self.elements().map(|elements| Some(Term::Set(elements)));
        }
        let span = self.span();
        match self.peek_word().and_then(|word| word.strip_prefix('@')) {
            Some("") => Err(self.unexpected("the name of a set or map")),
            Some(name) => {
                let name = name.to_owned();
                self.pass();
                Ok(Some(Term::Named(SetName { name, span })))
            }
            None => Ok(None),
        }
    }

    fn concatenation(&mut self, part: impl Fn(&mut Self) -> Parsed<Term>) -> Parsed<Term> {
        let first = part(self)?;
        if !self.is_sign(".") {
            return Ok(first);
        }
        let mut parts = vec![first];
        while self.takes_sign(".") {
            parts.push(part(self)?);
        }
        Ok(Term::Concatenation(parts))
    }

    fn range(&mut self, content: Content) -> Parsed<Term> {
        let first = self.operations(content)?;
        if !self.takes_sign("-") {
            return Ok(first);
        }
        Ok(Term::Range(Box::new(first), Box::new(self.operations(content)?)))
    }

    fn operations(&mut self, content: Content) -> Parsed<Term> {
        self.nested(|cursor| cursor.binary(content, 0))
    }

    fn binary(&mut self, content: Content, level: usize) -> Parsed<Term> {
        let Some(operations) = OPERATIONS.get(level) else { return self.prefix(content) };
        let mut left = self.binary(content, level + 1)?;
        // What a selector is combined with is a value.
        let right_content = if content == Content::Selectors { Content::Values } else { content };
        loop {
            let is = |(_, sign, word): &&(_, &str, &str)| self.is_sign(sign) || self.peek_word() == Some(word);
            let Some((operation, ..)) = operations.iter().find(is) else { return Ok(left) };
            self.deeper()?;
            self.pass();
            let right = self.binary(right_content, level + 1)?;
            left = Term::Binary(Box::new(Binary { operation: *operation, left, right }));
        }
    }

    fn prefix(&mut self, content: Content) -> Parsed<Term> {
        let term = self.atom(content)?;
        if !self.is_sign("/") || !matches!(self.ahead(1), Kind::Number(_)) {
            return Ok(term);
        }
        self.pass();
        Ok(Term::Prefix(Box::new(term), self.number("a number of bits")?))
    }

    fn atom(&mut self, content: Content) -> Parsed<Term> {
        if self.is_sign("(") {
            self.deeper()?;
            self.pass();
            let term = self.binary(content, 0)?;
            self.sign(")")?;
            return Ok(term);
        }
        if content != Content::Values
            && let Some(selector) = self.selector(content == Content::Both)?
        {
            return Ok(selector);
        }
        if content == Content::Selectors {
            return Err(self.unexpected("a statement"));
        }
        if let Some(set) = self.set_or_name()? {
            return Ok(set);
        }
        self.symbol("a value").map(Term::Symbol)
    }
}
