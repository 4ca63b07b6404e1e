//! The place in a list of tokens, and the ways to go on from there.

use super::SyntaxError;
use super::token::{Kind, Token};
use crate::language::Span;
use crate::language::tree::{Name, Symbol};

/// What a parser gives.
pub(super) type Parsed<T> = Result<T, SyntaxError>;

/// The place in a list of tokens.
#[derive(Debug)]
pub(super) struct Cursor<'a> {
    tokens: Vec<Token<'a>>,
    at: usize,
}

const END: Kind<'_> = Kind::End;

impl<'a> Cursor<'a> {
    pub(super) fn new(tokens: Vec<Token<'a>>) -> Self {
        Self { tokens, at: 0 }
    }

    /// The token at hand, and those behind it.
    pub(super) fn ahead(&self, by: usize) -> &Kind<'a> {
        self.tokens.get(self.at + by).map_or(&END, |token| &token.kind)
    }

    pub(super) fn peek(&self) -> &Kind<'a> {
        self.ahead(0)
    }

    /// Where the token at hand stands.
    pub(super) fn span(&self) -> Span {
        self.tokens.get(self.at).or(self.tokens.last()).map(|token| token.span).unwrap_or_default()
    }

    /// From there to the last token that was taken.
    pub(super) fn since(&self, start: Span) -> Span {
        match self.at.checked_sub(1).and_then(|last| self.tokens.get(last)) {
            Some(last) if last.span.end > start.start => start.to(last.span),
            _ => start,
        }
    }

    pub(super) fn pass(&mut self) {
        self.at += 1;
    }

    pub(super) fn unexpected(&self, expected: &str) -> SyntaxError {
        SyntaxError::unexpected(self.peek(), expected, self.span())
    }

    /// The text of the word at hand.
    pub(super) fn peek_word(&self) -> Option<&str> {
        self.word_ahead(0)
    }

    pub(super) fn word_ahead(&self, by: usize) -> Option<&str> {
        match self.ahead(by) {
            Kind::Word(text) => Some(text),
            _ => None,
        }
    }

    pub(super) fn is_sign(&self, sign: &str) -> bool {
        matches!(self.peek(), Kind::Sign(found) if *found == sign)
    }

    /// Takes the sign, if it is that.
    pub(super) fn takes_sign(&mut self, sign: &str) -> bool {
        let is = self.is_sign(sign);
        self.at += usize::from(is);
        is
    }

    /// Takes the word, if it is that.
    pub(super) fn takes(&mut self, word: &str) -> bool {
        let is = self.peek_word() == Some(word);
        self.at += usize::from(is);
        is
    }

    pub(super) fn sign(&mut self, sign: &str) -> Parsed<()> {
        if self.takes_sign(sign) { Ok(()) } else { Err(self.unexpected(&Kind::Word(sign.into()).to_string())) }
    }

    pub(super) fn word(&mut self, word: &str) -> Parsed<()> {
        if self.takes(word) { Ok(()) } else { Err(self.unexpected(word)) }
    }

    /// One of these words; `expected` says what they are.
    pub(super) fn one_of<T: Copy>(&mut self, choices: &[(T, &str)], expected: &str) -> Parsed<T> {
        let found = self.peek_word().and_then(|word| choices.iter().find(|(_, choice)| *choice == word));
        let chosen = found.map(|(value, _)| *value).ok_or_else(|| self.unexpected(expected))?;
        self.pass();
        Ok(chosen)
    }

    /// What the words at hand name in `find`; `expected` says what that is.
    pub(super) fn named<T>(&mut self, expected: &str, find: impl Fn(&str) -> Option<T>) -> Parsed<T> {
        let found = self.peek_word().and_then(find).ok_or_else(|| self.unexpected(expected))?;
        self.pass();
        Ok(found)
    }

    /// A name; `expected` says of what.
    pub(super) fn name(&mut self, expected: &str) -> Parsed<Name> {
        let text = match self.peek() {
            Kind::Word(text) => text.clone().into_owned(),
            Kind::Number(text) | Kind::Quoted(text) => (*text).to_owned(),
            _ => return Err(self.unexpected(expected)),
        };
        let span = self.span();
        self.pass();
        Ok(Name { text, span })
    }

    /// A text, with quotation marks or without.
    pub(super) fn text(&mut self, expected: &str) -> Parsed<String> {
        self.name(expected).map(|name| name.text)
    }

    /// A value as it is written.
    pub(super) fn symbol(&mut self, expected: &str) -> Parsed<Symbol> {
        let quoted = matches!(self.peek(), Kind::Quoted(_));
        self.name(expected).map(|Name { text, span }| Symbol { text, quoted, span })
    }

    /// A number.
    pub(super) fn number<T: TryFrom<u64>>(&mut self, expected: &str) -> Parsed<T> {
        let Kind::Number(text) = self.peek() else { return Err(self.unexpected(expected)) };
        let number = match text.strip_prefix("0x") {
            Some(hex) => u64::from_str_radix(hex, 16),
            None => text.parse(),
        };
        let number = number.ok().and_then(|number| T::try_from(number).ok());
        let number = number.ok_or_else(|| SyntaxError::new(format!("{text} is too large"), self.span()))?;
        self.pass();
        Ok(number)
    }

    /// Passes over ends of lines.
    pub(super) fn lines(&mut self) {
        while matches!(self.peek(), Kind::Newline) {
            self.pass();
        }
    }

    /// Whether a statement, an option or a command ends here.
    pub(super) fn is_end(&self) -> bool {
        matches!(self.peek(), Kind::Newline | Kind::End | Kind::Sign(";" | "}"))
    }

    /// Passes over the end of a statement, an option or a command; what else stands there is an error.
    pub(super) fn end(&mut self) -> Parsed<()> {
        match self.peek() {
            Kind::Newline | Kind::Sign(";") => self.pass(),
            Kind::End | Kind::Sign("}") => {}
            _ => return Err(self.unexpected("the end of the line")),
        }
        Ok(())
    }

    /// Passes over empty lines and lone semicolons.
    pub(super) fn ends(&mut self) {
        while matches!(self.peek(), Kind::Newline | Kind::Sign(";")) {
            self.pass();
        }
    }

    /// Takes what `item` reads, separated by commas, between braces.
    pub(super) fn braced<T>(&mut self, mut item: impl FnMut(&mut Self) -> Parsed<T>) -> Parsed<Vec<T>> {
        self.sign("{")?;
        let mut items = Vec::new();
        loop {
            self.lines();
            if self.takes_sign("}") {
                return Ok(items);
            }
            items.push(item(self)?);
            self.lines();
            if !self.takes_sign(",") {
                self.sign("}")?;
                return Ok(items);
            }
        }
    }
}
