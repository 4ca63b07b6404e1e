//! `define`, `redefine`, `undefine` and `$name`: names for pieces of text, put in before the grammar sees them.

use std::collections::HashMap;

use super::SyntaxError;
use super::cursor::Parsed;
use super::token::{Kind, Token};

/// The pieces by their names.
pub(super) type Defined<'a> = HashMap<&'a str, Vec<Token<'a>>>;

/// The tokens, without definitions and with what they say.
pub(super) fn expand<'a>(tokens: Vec<Token<'a>>, mut defined: Defined<'a>) -> Parsed<Vec<Token<'a>>> {
    if defined.is_empty() && !tokens.iter().any(|token| concerns(&token.kind)) {
        return Ok(tokens);
    }
    let mut expanded: Vec<Token<'a>> = Vec::with_capacity(tokens.len());
    let mut rest = tokens.into_iter().peekable();
    while let Some(token) = rest.next() {
        let begins = expanded.last().is_none_or(|last| matches!(last.kind, Kind::Newline | Kind::Sign(";" | "{")));
        let verb = match &token.kind {
            Kind::Word(word) if begins => word.as_ref(),
            _ => "",
        };
        match (verb, rest.peek().map(|next| next.kind.clone())) {
            ("define" | "redefine", Some(Kind::Word(_))) => {
                let name = rest.next().map(|name| name.kind);
                let value = value(&mut rest, &defined)?;
                if let Some(Kind::Word(std::borrow::Cow::Borrowed(name))) = name {
                    if verb == "define" && defined.contains_key(name) {
                        return Err(SyntaxError::new(format!("${name} is defined already"), token.span));
                    }
                    defined.insert(name, value);
                }
            }
            ("undefine", Some(Kind::Word(name))) => {
                rest.next();
                if defined.remove(name.as_ref()).is_none() {
                    return Err(unknown(&name, token.span));
                }
            }
            _ => put(token, &defined, &mut expanded)?,
        }
    }
    Ok(expanded)
}

fn concerns(kind: &Kind<'_>) -> bool {
    match kind {
        Kind::Variable(_) => true,
        Kind::Word(word) => matches!(word.as_ref(), "define" | "redefine" | "undefine"),
        _ => false,
    }
}

fn unknown(name: &str, span: crate::language::Span) -> SyntaxError {
    SyntaxError::new(format!("unknown identifier '{name}'"), span)
}

fn put<'a>(token: Token<'a>, defined: &Defined<'a>, into: &mut Vec<Token<'a>>) -> Parsed<()> {
    match token.kind {
        Kind::Variable(name) => {
            let value = defined.get(name).ok_or_else(|| unknown(name, token.span))?;
            // An error in it is an error where it is used.
            into.extend(value.iter().map(|part| Token { kind: part.kind.clone(), span: token.span }));
        }
        _ => into.push(token),
    }
    Ok(())
}

/// `= VALUE`, to the end of the line; between braces lines do not end it.
fn value<'a>(
    rest: &mut std::iter::Peekable<std::vec::IntoIter<Token<'a>>>,
    defined: &Defined<'a>,
) -> Parsed<Vec<Token<'a>>> {
    match rest.next() {
        Some(Token { kind: Kind::Sign("="), .. }) => {}
        Some(other) => return Err(SyntaxError::unexpected(&other.kind, "=", other.span)),
        None => return Ok(Vec::new()),
    }
    let (mut value, mut depth) = (Vec::new(), 0u32);
    while let Some(next) = rest.peek() {
        match next.kind {
            Kind::Sign("{") => depth += 1,
            Kind::Sign("}") => depth = depth.saturating_sub(1),
            Kind::End => break,
            Kind::Newline | Kind::Sign(";") if depth == 0 => break,
            _ => {}
        }
        if let Some(token) = rest.next() {
            put(token, defined, &mut value)?;
        }
    }
    Ok(value)
}
