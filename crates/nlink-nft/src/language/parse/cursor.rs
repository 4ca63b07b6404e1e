//! The place among the tokens, and the ways to go on from there.

use super::SyntaxError;
use super::define::Tokens;
use super::token::{Kind, Token};
use crate::language::Span;
use crate::language::tree::{Name, Symbol};

/// What a parser gives.
pub(super) type Parsed<T> = Result<T, SyntaxError>;

/// How many tokens the grammar looks at before it takes the first of them.
const WINDOW: usize = 3;

/// How deep terms and braces may stand in each other; each operation of a term is a level.
const LEVELS: u32 = 128;

/// The place among the tokens, which are read as far as the grammar looks.
#[derive(Debug)]
pub(super) struct Cursor<'a> {
    tokens: Tokens<'a>,
    /// The token at hand, and those behind it.
    window: [Token<'a>; WINDOW],
    /// Where the token stands that was taken last.
    last: Span,
    /// Why a token is [wrong](Kind::Wrong).
    wrong: Option<SyntaxError>,
    /// How deep in terms and braces it is.
    level: u32,
}

const END: Token<'_> = Token { kind: Kind::End, span: Span { start: 0, end: 0 } };

impl<'a> Cursor<'a> {
    pub(super) fn new(tokens: Tokens<'a>) -> Self {
        let mut cursor = Self { tokens, window: [END; WINDOW], last: Span::default(), wrong: None, level: 0 };
        (0..WINDOW).for_each(|_| cursor.shift());
        cursor
    }

    /// Reads one token more into the window.
    fn shift(&mut self) {
        let next = self.tokens.next().unwrap_or_else(|error| {
            let span = error.span;
            self.wrong.get_or_insert(error);
            Token { kind: Kind::Wrong, span }
        });
        self.window.rotate_left(1);
        self.window[WINDOW - 1] = next;
    }

    /// The token at hand, and those behind it that are in the window.
    pub(super) fn ahead(&self, by: usize) -> &Kind<'a> {
        debug_assert!(by < WINDOW, "the window is too small");
        self.window.get(by).map_or(&END.kind, |token| &token.kind)
    }

    pub(super) fn peek(&self) -> &Kind<'a> {
        &self.window[0].kind
    }

    /// Where the token at hand stands.
    pub(super) fn span(&self) -> Span {
        self.window[0].span
    }

    /// From there to the last token that was taken.
    pub(super) fn since(&self, start: Span) -> Span {
        if self.last.end > start.start { start.to(self.last) } else { start }
    }

    pub(super) fn pass(&mut self) {
        self.last = self.span();
        self.shift();
    }

    pub(super) fn unexpected(&self, expected: &str) -> SyntaxError {
        match &self.wrong {
            Some(why) if *self.peek() == Kind::Wrong => why.clone(),
            _ => SyntaxError::unexpected(self.peek(), expected, self.span()),
        }
    }

    /// The text of the word at hand.
    pub(super) fn peek_word(&self) -> Option<&'a str> {
        self.word_ahead(0)
    }

    pub(super) fn word_ahead(&self, by: usize) -> Option<&'a str> {
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
        if is {
            self.pass();
        }
        is
    }

    /// Takes the word, if it is that.
    pub(super) fn takes(&mut self, word: &str) -> bool {
        let is = self.peek_word() == Some(word);
        if is {
            self.pass();
        }
        is
    }

    pub(super) fn sign(&mut self, sign: &str) -> Parsed<()> {
        if self.takes_sign(sign) { Ok(()) } else { Err(self.unexpected(&Kind::Word(sign).to_string())) }
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
        let (Kind::Word(text) | Kind::Number(text) | Kind::Quoted(text)) = *self.peek() else {
            return Err(self.unexpected(expected));
        };
        let span = self.span();
        self.pass();
        Ok(Name { text: text.to_owned(), span })
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

    /// Goes a level deeper, up to the end of what is [nested](Self::nested).
    pub(super) fn deeper(&mut self) -> Parsed<()> {
        self.level = self.level.saturating_add(1);
        match self.level > LEVELS {
            true => Err(SyntaxError::new(format!("nested too deeply, max {LEVELS} levels"), self.span())),
            false => Ok(()),
        }
    }

    /// Has `read` go deeper, and comes back.
    pub(super) fn nested<T>(&mut self, read: impl FnOnce(&mut Self) -> Parsed<T>) -> Parsed<T> {
        let level = self.level;
        let found = read(self);
        self.level = level;
        found
    }

    /// Has `item` read what is separated by commas, between braces.
    pub(super) fn braced(&mut self, mut item: impl FnMut(&mut Self) -> Parsed<()>) -> Parsed<()> {
        self.nested(|cursor| {
            cursor.deeper()?;
            cursor.sign("{")?;
            loop {
                cursor.lines();
                if cursor.takes_sign("}") {
                    return Ok(());
                }
                item(cursor)?;
                cursor.lines();
                if !cursor.takes_sign(",") {
                    return cursor.sign("}");
                }
            }
        })
    }
}
