//! Chains, and the rules between their braces.

use nlink_core::wire::OpenEnum;

use super::SyntaxError;
use super::cursor::{Cursor, Parsed};
use super::token::Kind;
use crate::chain::{ChainFlags, Policy};
use crate::language::tree::{BaseChain, ChainBlock, RuleBlock};
use crate::language::value::priority_named;
use crate::{Family, Hook, Priority};

const HOOKS: [(Hook, &str); 7] = [
    (Hook::Prerouting, "prerouting"),
    (Hook::Input, "input"),
    (Hook::Forward, "forward"),
    (Hook::Output, "output"),
    (Hook::Postrouting, "postrouting"),
    (Hook::Ingress, "ingress"),
    (Hook::Egress, "egress"),
];

impl Cursor<'_> {
    /// `input { type filter hook input priority filter; … }`
    pub(super) fn chain(&mut self, family: Family) -> Parsed<ChainBlock> {
        let mut chain = ChainBlock { name: self.name("the name of a chain")?, ..ChainBlock::default() };
        self.block(|cursor| cursor.chain_item(&mut chain, family))?;
        Ok(chain)
    }

    fn chain_item(&mut self, chain: &mut ChainBlock, family: Family) -> Parsed<()> {
        match self.peek_word() {
            Some("type") => {
                self.pass();
                chain.base = Some(self.base_chain(family)?);
            }
            Some("policy") => {
                self.pass();
                chain.policy = Some(self.one_of(Policy::NAMES, "accept or drop")?);
            }
            Some("flags") => {
                self.pass();
                self.word("offload")?;
                chain.flags |= ChainFlags::OFFLOAD;
            }
            Some("comment") => {
                self.pass();
                chain.comment = Some(self.text("a comment")?);
            }
            _ => chain.rules.push(self.rule()?),
        }
        Ok(())
    }

    /// `filter hook input priority filter`
    fn base_chain(&mut self, family: Family) -> Parsed<BaseChain> {
        let chain_type = self.text("the type of a chain")?;
        self.word("hook")?;
        let hook = self.one_of(&HOOKS, "a hook")?;
        let devices = if self.takes("device") {
            vec![self.text("the name of a device")?]
        } else if self.takes("devices") {
            self.sign("=")?;
            let mut devices = Vec::new();
            self.braced(|cursor| {
                devices.push(cursor.text("the name of a device")?);
                Ok(())
            })?;
            devices
        } else {
            Vec::new()
        };
        self.word("priority")?;
        let priority = self.priority(family, hook)?;
        Ok(BaseChain { chain_type, hook, devices, priority })
    }

    /// `0`, `-300`, `filter`, `raw - 1`
    fn priority(&mut self, family: Family, hook: Hook) -> Parsed<Priority> {
        let base = match self.peek_word() {
            Some(name) => {
                let named = priority_named(name, family, hook);
                let wrong = SyntaxError::new(format!("'{name}' is no priority of this hook"), self.span());
                self.pass();
                named.ok_or(wrong)?
            }
            None if matches!(self.peek(), Kind::Number(_)) => return self.number("a priority").map(Priority),
            None if self.is_sign("-") => Priority(0),
            None => return Err(self.unexpected("a priority")),
        };
        let sign = match self.peek() {
            Kind::Sign("-") => -1,
            Kind::Sign("+") => 1,
            _ => return Ok(base),
        };
        self.pass();
        let distance: i32 = self.number("a number")?;
        Ok(base.later(sign * distance))
    }

    /// Statements, and a comment.
    pub(super) fn rule(&mut self) -> Parsed<RuleBlock> {
        let start = self.span();
        let mut rule = RuleBlock::default();
        while !self.is_end() {
            if self.takes("comment") {
                rule.comment = Some(self.text("a comment")?);
                break;
            }
            rule.statements.push(self.statement()?);
        }
        if rule.statements.is_empty() {
            return Err(self.unexpected("a statement"));
        }
        rule.span = self.since(start);
        Ok(rule)
    }
}
