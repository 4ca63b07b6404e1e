//! `reject`, and what the sender is told.

use super::cursor::{Cursor, Parsed};
use crate::language::Span;
use crate::language::tree::{RejectStatement, RejectWith, Term};

impl Cursor<'_> {
    /// `with tcp reset`, `with icmp host-unreachable`; nothing is said otherwise.
    pub(super) fn reject(&mut self, start: Span) -> Parsed<RejectStatement> {
        let with = if self.takes("with") { Some(self.reject_with()?) } else { None };
        Ok(RejectStatement { with, span: self.since(start) })
    }

    fn reject_with(&mut self) -> Parsed<RejectWith> {
        if self.takes("tcp") {
            self.word("reset")?;
            return Ok(RejectWith::TcpReset);
        }
        let with = self.named("tcp reset, icmp, icmpv6 or icmpx", |word| match word {
            "icmp" => Some(RejectWith::Icmp as fn(Term) -> RejectWith),
            "icmpv6" => Some(RejectWith::Icmpv6),
            "icmpx" => Some(RejectWith::Icmpx),
            _ => None,
        })?;
        // As it was written before 0.9.9.
        self.takes("type");
        Ok(with(Term::Symbol(self.symbol("a code")?)))
    }
}
