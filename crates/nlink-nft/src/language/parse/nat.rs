//! `snat`, `dnat`, `masquerade`, `redirect`: new addresses and ports.

use super::cursor::{Cursor, Parsed};
use super::token::Kind;
use crate::Family;
use crate::expression::kinds::nat::NatFlags;
use crate::language::Span;
use crate::language::tree::{NatKind, NatStatement, Term};

const FLAGS: [(NatFlags, &str); 3] =
    [(NatFlags::RANDOM, "random"), (NatFlags::FULLY_RANDOM, "fully-random"), (NatFlags::PERSISTENT, "persistent")];

impl Cursor<'_> {
    /// `ip to 10.0.0.1:80 random`, `to :8080`
    pub(super) fn nat(&mut self, kind: NatKind, start: Span) -> Parsed<NatStatement> {
        let mut nat =
            NatStatement { kind, family: None, address: None, port: None, flags: NatFlags::default(), span: start };
        nat.family = match self.peek_word().filter(|_| self.is_nat_family()) {
            Some("ip") => Some(Family::IPV4),
            Some("ip6") => Some(Family::IPV6),
            _ => None,
        };
        if nat.family.is_some() {
            self.pass();
        }
        // What a map gives, it says itself.
        match self.peek_word() {
            Some("prefix") => {
                self.pass();
                nat.flags |= NatFlags::NETWORK;
            }
            Some("interval") => self.pass(),
            Some("addr") => {
                self.pass();
                self.sign(".")?;
                self.word("port")?;
            }
            _ => {}
        }
        let to = self.takes("to");
        let gives_address = matches!(kind, NatKind::Source | NatKind::Destination);
        if to || (gives_address && !self.is_end()) {
            if !self.is_sign(":") && gives_address {
                nat.address = Some(self.nat_address()?);
            } else if nat.family.is_some() {
                return Err(self.unexpected("an address"));
            } else if kind == NatKind::Redirect && !self.is_sign(":") {
                nat.port = Some(self.expression()?);
            }
            if self.takes_sign(":") {
                if nat.port.is_some() {
                    return Err(self.unexpected("the end of the statement"));
                }
                nat.port = Some(self.expression()?);
            }
        }
        while let Some((flag, _)) = FLAGS.iter().find(|(_, word)| self.peek_word() == Some(word)) {
            nat.flags |= *flag;
            self.pass();
            if !self.takes_sign(",") {
                break;
            }
        }
        nat.span = self.since(start);
        Ok(nat)
    }

    /// Whether the word at hand is a family: what follows then is no field of a header.
    fn is_nat_family(&self) -> bool {
        ["to", "prefix", "interval", "addr"].iter().any(|word| self.word_ahead(1) == Some(word))
    }

    /// An address; one of IPv6 is in brackets where a port follows.
    fn nat_address(&mut self) -> Parsed<Term> {
        if !matches!(self.peek(), Kind::Sign("[")) {
            return self.expression();
        }
        let first = self.bracketed()?;
        if self.takes_sign("/") {
            return Ok(Term::Prefix(Box::new(first), self.number("a number of bits")?));
        }
        if !self.takes_sign("-") {
            return Ok(first);
        }
        Ok(Term::Range(Box::new(first), Box::new(self.bracketed()?)))
    }

    fn bracketed(&mut self) -> Parsed<Term> {
        self.sign("[")?;
        let address = self.expression()?;
        self.sign("]")?;
        Ok(address)
    }
}
