//! Expressions, one after the other.

use std::collections::BTreeMap;

use super::field::Known;
use super::held::{Change, Held, Source};
use super::implied::without_implied;
use super::read::masked;
use crate::expression::kinds::ct::CtKey;
use crate::expression::{Expression, Register};
use crate::language::compile::bits::words_before;
use crate::language::header::ip_family;
use crate::language::tree::{CtTerm, Statement, Term};
use crate::language::{Scope, Span};
use crate::set::{Set, SetElements};
use crate::{Family, Header};

/// What a rule of a table of that family says. `sets` has its anonymous sets and maps with their elements, and any
/// others that are known.
pub fn rule(header: Header, expressions: &[Expression], sets: &[(Set, SetElements)]) -> Vec<Statement> {
    let mut decoder = Decoder {
        family: header.family,
        sets,
        known: Known::new(header.family),
        held: BTreeMap::new(),
        statements: Vec::new(),
    };
    for expression in expressions {
        decoder.expression(expression);
    }
    decoder.give_up();
    let named = sets.iter().filter(|(set, _)| !set.is_anonymous());
    let scope = named.fold(Scope::default(), |scope, (set, _)| match &set.name {
        Some(name) => scope.with(name, set),
        None => scope,
    });
    without_implied(header, decoder.statements, &scope)
}

/// A rule that is being read.
pub(super) struct Decoder<'r> {
    pub(super) family: Family,
    pub(super) sets: &'r [(Set, SetElements)],
    pub(super) known: Known,
    /// What registers hold, by the words before them.
    pub(super) held: BTreeMap<u32, Held>,
    pub(super) statements: Vec<Statement>,
}

impl Decoder<'_> {
    fn expression(&mut self, expression: &Expression) {
        if let Some((target, held)) = self.loaded(expression) {
            self.hold(target, held);
            return;
        }
        if self.changed(expression).is_some() {
            return;
        }
        match self.used(expression) {
            Some(statements) => {
                self.held.clear();
                for statement in &statements {
                    if let Statement::Match(of) = statement {
                        self.known.learn(of, self.family);
                    }
                }
                self.statements.extend(statements);
            }
            None => {
                self.give_up();
                self.statements.push(Statement::Raw(expression.clone()));
            }
        }
    }

    /// What an expression puts into a register. A map takes its key from there.
    fn loaded(&mut self, expression: &Expression) -> Option<(Register, Held)> {
        let term = |term| Held::new(Source::Term(term), expression);
        match expression {
            Expression::Meta(meta) => Some((meta.target?, term(Term::Meta(meta.key?)))),
            Expression::Ct(ct) => {
                let said = CtTerm { key: self.of_family(ct.key?), direction: ct.direction, span: Span::default() };
                Some((ct.target?, term(Term::Ct(said))))
            }
            Expression::Payload(payload) => Some((payload.target?, Held::packet(payload, expression)?)),
            Expression::Immediate(immediate) => {
                let bytes = immediate.data.as_ref()?.bytes()?.to_vec();
                Some((immediate.target?, Held::new(Source::Immediate(bytes), expression)))
            }
            Expression::Lookup(lookup) => {
                let target = lookup.target.filter(|target| *target != Register::VERDICT)?;
                let (term, mut before) = self.mapped(lookup)?;
                before.push(expression.clone());
                Some((target, Held { source: Source::Term(term), changes: Vec::new(), expressions: before }))
            }
            _ => None,
        }
    }

    /// Addresses of connections, of the family that is known.
    fn of_family(&self, key: CtKey) -> CtKey {
        match (key, self.known.network.and_then(ip_family)) {
            (CtKey::SRC, Some(Family::IPV4)) => CtKey::SRC_IP,
            (CtKey::SRC, Some(Family::IPV6)) => CtKey::SRC_IP6,
            (CtKey::DST, Some(Family::IPV4)) => CtKey::DST_IP,
            (CtKey::DST, Some(Family::IPV6)) => CtKey::DST_IP6,
            (other, _) => other,
        }
    }

    /// What is in a register now. What was there and has not been used is given up.
    fn hold(&mut self, target: Register, held: Held) {
        let Some(at) = words_before(target) else { return };
        if self.held.contains_key(&at) {
            self.give_up();
        }
        self.held.insert(at, held);
    }

    /// What an expression does to what is in a register.
    fn changed(&mut self, expression: &Expression) -> Option<()> {
        let (source, target) = match expression {
            Expression::Bitwise(bitwise) => (bitwise.source?, bitwise.target?),
            Expression::Byteorder(byteorder) => (byteorder.source?, byteorder.target?),
            _ => return None,
        };
        let at = words_before(source).filter(|_| source == target)?;
        let mut before = Vec::new();
        let change = match expression {
            Expression::Bitwise(bitwise) => match bitwise.second {
                Some(second) => {
                    let other = self.read(self.peek(second)?).filter(|other| other.shift == 0)?;
                    let change = Change::joined(bitwise, masked(other)?)?;
                    before = self.held.remove(&words_before(second)?)?.expressions;
                    change
                }
                None => Change::bitwise(bitwise)?,
            },
            Expression::Byteorder(byteorder) => Change::byteorder(byteorder, self.held.get(&at)?.len())?,
            _ => return None,
        };
        let held = self.held.get_mut(&at)?;
        held.changes.push(change);
        held.expressions.append(&mut before);
        held.expressions.push(expression.clone());
        Some(())
    }

    /// What is said by an expression that uses registers, or none.
    fn used(&mut self, expression: &Expression) -> Option<Vec<Statement>> {
        match expression {
            Expression::Cmp(cmp) => self.cmp(cmp),
            Expression::Range(range) => self.range(range),
            Expression::Lookup(lookup) if lookup.target.is_none() => self.in_set(lookup),
            other => self.effect(other).map(|statement| vec![statement]),
        }
    }

    pub(super) fn held_at(&self, words: u32) -> Option<&Held> {
        self.held.get(&words)
    }

    pub(super) fn peek(&self, source: Register) -> Option<&Held> {
        self.held_at(words_before(source)?)
    }

    /// What has not been used stands for itself.
    pub(super) fn give_up(&mut self) {
        let held = std::mem::take(&mut self.held);
        self.statements.extend(held.into_values().flat_map(|held| held.expressions).map(Statement::Raw));
    }
}
