//! Where parsing begins: a text of commands, or one rule's statements.

use super::SyntaxError;
use super::cursor::Cursor;
use super::define::{Defined, Tokens};
use super::lexer::Lexer;
use super::token::Kind;
use crate::language::tree::{Command, RuleBlock};

/// The commands of a text: blocks as `nft list` prints them, `add …` and the like, one a line or with semicolons
/// between them.
///
/// # Errors
/// The first thing that is not nft's language, with its place.
pub fn commands(text: &str) -> Result<Vec<Command>, SyntaxError> {
    commands_with(text, &[])
}

/// The same, with names that were defined elsewhere: `$name` stands for what is given with the name.
///
/// # Errors
/// The first thing that is not nft's language, with its place.
pub fn commands_with(text: &str, defined: &[(&str, &str)]) -> Result<Vec<Command>, SyntaxError> {
    let mut names = Defined::new();
    for (name, value) in defined {
        names.insert(name, Lexer::new(value).all()?);
    }
    Cursor::new(Tokens::new(text, names)).commands()
}

/// A rule's statements, and its comment: `tcp dport 22 accept comment "ssh"`.
///
/// # Errors
/// The first thing that is not nft's language, with its place.
pub fn rule(text: &str) -> Result<RuleBlock, SyntaxError> {
    let mut cursor = Cursor::new(Tokens::new(text, Defined::new()));
    cursor.lines();
    let rule = cursor.rule()?;
    cursor.lines();
    match cursor.peek() {
        Kind::End => Ok(rule),
        _ => Err(cursor.unexpected("the end of the rule")),
    }
}

impl std::str::FromStr for RuleBlock {
    type Err = SyntaxError;

    fn from_str(text: &str) -> Result<Self, SyntaxError> {
        rule(text)
    }
}
