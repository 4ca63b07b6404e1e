//! From text to tokens.

use std::net::{Ipv4Addr, Ipv6Addr};

use super::SyntaxError;
use super::token::{Kind, SIGNS, Token};
use crate::language::Span;

/// Reads a text token by token; comments and continued lines are left out.
#[derive(Debug)]
pub(super) struct Lexer<'a> {
    text: &'a str,
    at: usize,
}

/// The longest text of an address: one of IPv6 that ends as one of IPv4.
const LONGEST_ADDRESS: usize = "ffff:ffff:ffff:ffff:ffff:ffff:255.255.255.255".len();

fn in_word(letter: u8) -> bool {
    letter.is_ascii_alphanumeric() || b"_-./".contains(&letter) || !letter.is_ascii()
}

impl<'a> Lexer<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, at: 0 }
    }

    /// The next token; at the end of the text [`Kind::End`], however often.
    pub(super) fn next(&mut self) -> Result<Token<'a>, SyntaxError> {
        self.pass_blanks();
        let start = self.at;
        let kind = self.kind()?;
        Ok(Token { kind, span: Span::from(start..self.at) })
    }

    /// All up to the end of the text.
    pub(super) fn all(mut self) -> Result<Vec<Token<'a>>, SyntaxError> {
        let mut tokens = Vec::new();
        loop {
            match self.next()? {
                Token { kind: Kind::End, .. } => return Ok(tokens),
                token => tokens.push(token),
            }
        }
    }

    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn take(&mut self, len: usize) -> &'a str {
        let taken = self.rest().get(..len).unwrap_or_default();
        self.at += taken.len();
        taken
    }

    fn pass_blanks(&mut self) {
        loop {
            let rest = self.rest();
            let blanks = rest.len() - rest.trim_start_matches([' ', '\t', '\r']).len();
            let passed = match rest.as_bytes() {
                _ if blanks > 0 => blanks,
                [b'#', ..] => rest.find('\n').unwrap_or(rest.len()),
                [b'\\', b'\n', ..] => 2,
                [b'\\', b'\r', b'\n', ..] => 3,
                _ => return,
            };
            self.at += passed;
        }
    }

    fn kind(&mut self) -> Result<Kind<'a>, SyntaxError> {
        let rest = self.rest();
        let bytes = rest.as_bytes();
        Ok(match bytes {
            [] => Kind::End,
            [b'\n', ..] => {
                self.at += 1;
                Kind::Newline
            }
            [b'"', ..] => return self.quoted(),
            [b'$', ..] => {
                self.at += 1;
                let len = self.rest().bytes().take_while(|byte| in_word(*byte)).count();
                Kind::Variable(self.take(len))
            }
            // Of a set, or of a header whose bits are meant.
            [b'@', ..] => {
                let len = 1 + rest.bytes().skip(1).take_while(|byte| in_word(*byte)).count();
                Kind::Word(self.take(len))
            }
            _ => match address(rest).or_else(|| number_or_time(rest)).or_else(|| word(rest)) {
                Some((len, kind)) => {
                    self.at += len;
                    kind
                }
                None => self.sign()?,
            },
        })
    }

    fn sign(&mut self) -> Result<Kind<'a>, SyntaxError> {
        let rest = self.rest();
        if let Some(sign) = SIGNS.iter().find(|sign| rest.starts_with(**sign)) {
            self.at += sign.len();
            return Ok(Kind::Sign(sign));
        }
        let letter = rest.chars().next().unwrap_or_default();
        let span = Span::from(self.at..self.at + letter.len_utf8());
        Err(SyntaxError::unexpected(&letter.escape_default(), "", span))
    }

    fn quoted(&mut self) -> Result<Kind<'a>, SyntaxError> {
        let start = self.at;
        self.at += 1;
        let Some(len) = self.rest().find(['"', '\n']).filter(|len| self.rest().as_bytes().get(*len) == Some(&b'"'))
        else {
            let end = self.rest().find('\n').unwrap_or(self.rest().len());
            return Err(SyntaxError::new("a text has no closing quotation mark", Span::from(start..self.at + end)));
        };
        let text = self.take(len);
        self.at += 1;
        Ok(Kind::Quoted(text))
    }
}

type Found<'a> = Option<(usize, Kind<'a>)>;

/// An address of IPv4, IPv6 or Ethernet, or the two halves of a class: what has dots or colons within.
fn address(rest: &str) -> Found<'_> {
    // One letter more tells what goes on behind an address.
    let letters = rest.bytes().take(LONGEST_ADDRESS + 1);
    let length = letters.take_while(|byte| byte.is_ascii_hexdigit() || b":.".contains(byte)).count();
    let whole =
        |len: usize| !rest.as_bytes().get(len).is_some_and(|next| next.is_ascii_alphanumeric() || *next == b'_');
    let long = rest.get(..length)?;
    let candidates = (2..=long.len()).rev().filter(|len| whole(*len)).filter_map(|len| long.get(..len));
    let found = match long.bytes().filter(|byte| *byte == b':').count() {
        0 => {
            let dotted = long.trim_end_matches('.');
            (whole(dotted.len()) && dotted.parse::<Ipv4Addr>().is_ok()).then_some(dotted)
        }
        1 => {
            // What is behind the colon may be a port: then this is no class but an address before it.
            let (high, low) = long.split_once(':')?;
            let half = |half: &str| (1..=4).contains(&half.len()) && half.bytes().all(|byte| byte.is_ascii_hexdigit());
            match high.parse::<Ipv4Addr>() {
                Ok(_) => Some(high),
                Err(_) => (half(high) && half(low) && whole(long.len())).then_some(long),
            }
        }
        _ => candidates.into_iter().find(|text| text.parse::<Ipv6Addr>().is_ok() || is_hardware_address(text)),
    }?;
    Some((found.len(), Kind::Word(found)))
}

fn is_hardware_address(text: &str) -> bool {
    text.bytes().filter(|byte| *byte == b':').count() == 5
        && text
            .split(':')
            .all(|part| (1..=2).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

/// What begins with a digit: a number, a time as `1h30m`, or a word as `8021q`.
fn number_or_time(rest: &str) -> Found<'_> {
    if !rest.starts_with(|first: char| first.is_ascii_digit()) {
        return None;
    }
    let len = rest.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'_').count();
    let text = rest.get(..len)?;
    let digits = text.strip_prefix("0x").map_or_else(
        || text.bytes().all(|byte| byte.is_ascii_digit()),
        |hex| !hex.is_empty() && hex.bytes().all(|byte| byte.is_ascii_hexdigit()),
    );
    Some((len, if digits { Kind::Number(text) } else { Kind::Word(text) }))
}

/// What begins with a letter; an asterisk may end it, and one behind a backslash belongs to it.
fn word(rest: &str) -> Found<'_> {
    if !rest.starts_with(|first: char| first.is_alphabetic() || "_\\".contains(first)) {
        return None;
    }
    let len = rest.bytes().take_while(|byte| in_word(*byte)).count();
    let text = match rest.get(len..)?.as_bytes() {
        [b'\\', b'*', ..] => rest.get(..len + 2)?,
        _ if len == 0 => return None,
        [b'*', ..] => rest.get(..len + 1)?,
        // A full stop at the end stands between two terms.
        _ => rest.get(..len)?.trim_end_matches('.'),
    };
    Some((text.len(), Kind::Word(text)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        Lexer::new(text).all().unwrap().iter().map(|token| token.kind.to_string()).collect()
    }

    #[test]
    fn addresses_are_words_whatever_they_have_within() {
        let text = "10.0.0.1:80 [fe80::1]:22 ::1 00:11:22:33:44:55 10.0.0.0/8 1.1.1.1-1.1.1.9 fe80::1:80";
        let expected = [
            "10.0.0.1",
            "colon",
            "80",
            "'['",
            "fe80::1",
            "']'",
            "colon",
            "22",
            "::1",
            "00:11:22:33:44:55",
            "10.0.0.0",
            "/",
            "8",
            "1.1.1.1",
            "-",
            "1.1.1.9",
            "fe80::1:80",
        ];
        assert_eq!(words(text), expected);
    }

    #[test]
    fn numbers_times_and_words_are_told_apart() {
        let text = "22-80 0x1f 1h30m 8021q 1:ffff 22 : accept 10/second mbytes/second eth* dead-beef :8080";
        let expected = [
            "22",
            "-",
            "80",
            "0x1f",
            "1h30m",
            "8021q",
            "1:ffff",
            "22",
            "colon",
            "accept",
            "10",
            "/",
            "second",
            "mbytes/second",
            "eth*",
            "dead-beef",
            "colon",
            "8080",
        ];
        assert_eq!(words(text), expected);
    }

    #[test]
    fn comments_and_continued_lines_are_passed_over() {
        assert_eq!(words("a # b { \n\\\n c"), ["a", "newline", "c"]);
    }

    #[test]
    fn the_longest_address_is_a_word_and_nothing_longer() {
        let longest = "abcd:abcd:abcd:abcd:abcd:abcd:255.255.255.255";
        assert_eq!(longest.len(), LONGEST_ADDRESS);
        assert_eq!(words(&format!("{longest}, x")), [longest, "comma", "x"]);
        assert!(address(&format!("{longest}5")).is_none());
        assert!(address(&"a".repeat(LONGEST_ADDRESS + 2)).is_none());
    }

    #[test]
    fn a_text_that_is_not_closed_is_an_error_at_its_place() {
        let error = Lexer::new("log prefix \"in\nx").all().unwrap_err();
        assert_eq!(error.span.range(), 11..14);
        assert_eq!(Lexer::new("a ? b").all().unwrap_err().span.range(), 2..3);
    }
}
