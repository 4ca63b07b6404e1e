//! `define`, `redefine`, `undefine` and `$name`: names for pieces of text, put in before the grammar sees them.

use std::collections::HashMap;

use super::SyntaxError;
use super::cursor::Parsed;
use super::lexer::Lexer;
use super::token::{Kind, Token};
use crate::language::Span;

/// The pieces by their names.
pub(super) type Defined<'a> = HashMap<&'a str, Vec<Token<'a>>>;

/// The tokens of a text one by one, without definitions and with what they say.
#[derive(Debug)]
pub(super) struct Tokens<'a> {
    lexer: Lexer<'a>,
    /// One that was looked at already.
    looked_at: Option<Token<'a>>,
    defined: Defined<'a>,
    /// What is left of the piece that a name stands for.
    piece: std::vec::IntoIter<Token<'a>>,
    /// Whether a command may begin here.
    begins: bool,
}

impl<'a> Tokens<'a> {
    pub(super) fn new(text: &'a str, defined: Defined<'a>) -> Self {
        let piece = Vec::new().into_iter();
        Self { lexer: Lexer::new(text), looked_at: None, defined, piece, begins: true }
    }

    /// The next of them; at the end of the text [`Kind::End`], however often.
    pub(super) fn next(&mut self) -> Parsed<Token<'a>> {
        loop {
            let token = match self.piece.next() {
                Some(token) => token,
                None => self.written()?,
            };
            match token.kind {
                Kind::Variable(name) => self.piece = self.piece(name, token.span)?.into_iter(),
                Kind::Word(verb @ ("define" | "redefine" | "undefine")) if self.begins => match self.look()?.kind {
                    Kind::Word(name) => self.define(verb, name, token.span)?,
                    _ => return Ok(self.given(token)),
                },
                _ => return Ok(self.given(token)),
            }
        }
    }

    fn given(&mut self, token: Token<'a>) -> Token<'a> {
        self.begins = matches!(token.kind, Kind::Newline | Kind::Sign(";" | "{"));
        token
    }

    /// The next as it is written.
    fn written(&mut self) -> Parsed<Token<'a>> {
        match self.looked_at.take() {
            Some(token) => Ok(token),
            None => self.lexer.next(),
        }
    }

    fn look(&mut self) -> Parsed<Token<'a>> {
        let token = self.written()?;
        self.looked_at = Some(token);
        Ok(token)
    }

    /// What the name stands for. An error in it is an error where it is used.
    fn piece(&self, name: &str, span: Span) -> Parsed<Vec<Token<'a>>> {
        let piece = self.defined.get(name).ok_or_else(|| unknown(name, span))?;
        Ok(piece.iter().map(|part| Token { span, ..*part }).collect())
    }

    fn define(&mut self, verb: &str, name: &'a str, span: Span) -> Parsed<()> {
        self.written()?;
        if verb == "undefine" {
            return self.defined.remove(name).map(drop).ok_or_else(|| unknown(name, span));
        }
        let value = self.value()?;
        if verb == "define" && self.defined.contains_key(name) {
            return Err(SyntaxError::new(format!("${name} is defined already"), span));
        }
        self.defined.insert(name, value);
        Ok(())
    }

    /// `= VALUE`, to the end of the line; between braces lines do not end it.
    fn value(&mut self) -> Parsed<Vec<Token<'a>>> {
        let sign = self.written()?;
        if sign.kind != Kind::Sign("=") {
            return Err(SyntaxError::unexpected(&sign.kind, "=", sign.span));
        }
        let (mut value, mut depth) = (Vec::new(), 0u32);
        loop {
            let token = self.look()?;
            match token.kind {
                Kind::Sign("{") => depth += 1,
                Kind::Sign("}") => depth = depth.saturating_sub(1),
                Kind::End => return Ok(value),
                Kind::Newline | Kind::Sign(";") if depth == 0 => return Ok(value),
                _ => {}
            }
            self.written()?;
            match token.kind {
                Kind::Variable(name) => value.append(&mut self.piece(name, token.span)?),
                _ => value.push(token),
            }
        }
    }
}

fn unknown(name: &str, span: Span) -> SyntaxError {
    SyntaxError::new(format!("unknown identifier '{name}'"), span)
}
