//! Tokens: what a text consists of.

use std::fmt;

use crate::language::Span;

/// A token, and where it stands.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Token<'a> {
    pub(super) kind: Kind<'a>,
    pub(super) span: Span,
}

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Kind<'a> {
    /// A word: `tcp`, `10.0.0.1`, `1h30m`, `eth*`.
    Word(&'a str),
    /// A number, in tens or, after `0x`, in sixteens.
    Number(&'a str),
    /// A text between quotation marks, without them.
    Quoted(&'a str),
    /// A sign of one or two letters.
    Sign(&'static str),
    /// `$name`
    Variable(&'a str),
    /// The end of a line.
    Newline,
    /// The end of the text.
    End,
    /// What is no token, or the name of nothing.
    Wrong,
}

/// Signs, the longer ones before those that they begin with.
pub(super) const SIGNS: [&str; 27] = [
    "==", "!=", "<=", ">=", "<<", ">>", "{", "}", "(", ")", "[", "]", ",", ".", ";", ":", "-", "+", "/", "=", "<", ">",
    "!", "&", "|", "^", "*",
];

impl fmt::Display for Kind<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Kind::Word(text) => f.write_str(text),
            Kind::Number(text) => f.write_str(text),
            Kind::Quoted(text) => write!(f, "\"{text}\""),
            Kind::Sign(sign @ ("{" | "}" | "(" | ")" | "[" | "]" | "|" | "*")) => write!(f, "'{sign}'"),
            Kind::Sign(",") => f.write_str("comma"),
            Kind::Sign(";") => f.write_str("semicolon"),
            Kind::Sign(":") => f.write_str("colon"),
            Kind::Sign(sign) => f.write_str(sign),
            Kind::Variable(name) => write!(f, "${name}"),
            Kind::Newline => f.write_str("newline"),
            Kind::End => f.write_str("end of file"),
            Kind::Wrong => f.write_str("what is no token"),
        }
    }
}
