//! Statements, by the word that they begin with.

use super::cursor::{Cursor, Parsed};
use crate::expression::kinds::Counter;
use crate::expression::kinds::objref::ObjectType;
use crate::language::tree::{NatKind, ObjectStatement, Statement};
use crate::{Verdict, VerdictCode};

const VERDICTS: [(VerdictCode, &str); 4] = [
    (VerdictCode::ACCEPT, "accept"),
    (VerdictCode::DROP, "drop"),
    (VerdictCode::CONTINUE, "continue"),
    (VerdictCode::RETURN, "return"),
];

/// Statements that nft has and this grammar has not yet.
const OTHERS: [&str; 13] = [
    "queue", "notrack", "dup", "fwd", "flow", "synproxy", "tproxy", "add", "update", "delete", "meter", "last", "reset",
];

impl Cursor<'_> {
    pub(super) fn statement(&mut self) -> Parsed<Statement> {
        if let Some(verdict) = self.verdict()? {
            return Ok(Statement::Verdict(verdict));
        }
        let start = self.span();
        let Some(word) = self.peek_word().map(str::to_owned) else { return Err(self.unexpected("a statement")) };
        let nat = match word.as_str() {
            "snat" => Some(NatKind::Source),
            "dnat" => Some(NatKind::Destination),
            "masquerade" => Some(NatKind::Masquerade),
            "redirect" => Some(NatKind::Redirect),
            _ => None,
        };
        if let Some(kind) = nat {
            self.pass();
            return self.nat(kind, start).map(Statement::Nat);
        }
        match word.as_str() {
            "counter" => {
                self.pass();
                match self.peek_word() {
                    Some("name") => self.object_statement(ObjectType::COUNTER),
                    Some("packets") => self.counts().map(Statement::Counter),
                    _ => Ok(Statement::Counter(Counter::default())),
                }
            }
            "quota" => {
                self.pass();
                match self.peek_word() {
                    Some("name") => self.object_statement(ObjectType::QUOTA),
                    _ => self.quota().map(Statement::Quota),
                }
            }
            "limit" => {
                self.pass();
                match self.peek_word() {
                    Some("name") => self.object_statement(ObjectType::LIMIT),
                    _ => self.limit().map(Statement::Limit),
                }
            }
            "synproxy" if self.word_ahead(1) == Some("name") => {
                self.pass();
                self.object_statement(ObjectType::SYNPROXY)
            }
            "ct" if self.word_ahead(2) == Some("set") => match self.word_ahead(1) {
                Some("helper") => self.object_set(ObjectType::CT_HELPER),
                Some("timeout") => self.object_set(ObjectType::CT_TIMEOUT),
                Some("expectation") => self.object_set(ObjectType::CT_EXPECT),
                _ => self.matching(),
            },
            "log" => {
                self.pass();
                self.log(start).map(Statement::Log)
            }
            "reject" => {
                self.pass();
                self.reject(start).map(Statement::Reject)
            }
            other if OTHERS.contains(&other) => Err(super::SyntaxError::unsupported(other, start)),
            _ => self.matching(),
        }
    }

    /// `accept`, `jump other`; nothing where no verdict stands.
    pub(super) fn verdict(&mut self) -> Parsed<Option<Verdict>> {
        if let Some((code, _)) = VERDICTS.iter().find(|(_, word)| self.peek_word() == Some(word)) {
            self.pass();
            return Ok(Some((*code).into()));
        }
        let to: fn(&str) -> Verdict = match self.peek_word() {
            Some("jump") => Verdict::jump,
            Some("goto") => Verdict::goto,
            _ => return Ok(None),
        };
        self.pass();
        Ok(Some(to(&self.text("the name of a chain")?)))
    }

    /// `ct helper set "ftp"`
    fn object_set(&mut self, object_type: ObjectType) -> Parsed<Statement> {
        (0..3).for_each(|_| self.pass());
        Ok(Statement::Object(ObjectStatement { object_type, name: self.expression()? }))
    }

    /// `name "web"`, `name tcp dport map { 80 : "web" }`
    fn object_statement(&mut self, object_type: ObjectType) -> Parsed<Statement> {
        self.word("name")?;
        Ok(Statement::Object(ObjectStatement { object_type, name: self.expression()? }))
    }
}
