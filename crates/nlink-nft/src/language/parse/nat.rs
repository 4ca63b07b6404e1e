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
        nat.family = match (self.peek_word(), self.word_ahead(1)) {
            (Some("ip"), Some("to")) => Some(Family::IPV4),
            (Some("ip6"), Some("to")) => Some(Family::IPV6),
            _ => None,
        };
        if nat.family.is_some() {
            self.pass();
        }
        let to = self.takes("to");
        if to || (matches!(kind, NatKind::Source | NatKind::Destination) && !self.is_end()) {
            if !self.is_sign(":") {
                nat.address = Some(self.nat_address()?);
            }
            if self.takes_sign(":") {
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

    /// An address; one of IPv6 is in brackets where a port follows.
    fn nat_address(&mut self) -> Parsed<Term> {
        if !matches!(self.peek(), Kind::Sign("[")) {
            return self.expression();
        }
        let first = self.bracketed()?;
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
