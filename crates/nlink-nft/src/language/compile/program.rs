//! What has been made of a rule so far.

use super::context::Context;
use super::merge::merged;
use crate::expression::Expression;
use crate::expression::kinds::Payload;
use crate::expression::kinds::cmp::{Cmp, Comparison};
use crate::expression::kinds::payload::PayloadBase;
use crate::expression::{Data, Register};
use crate::language::Scope;
use crate::set::{Set, SetElements};
use crate::{Family, Header};

/// What a rule is made of.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Compiled {
    /// The rule's expressions.
    pub expressions: Vec<Expression>,
    /// Its anonymous sets and maps. Their numbers are 1, 2, … and stand in the expressions, too.
    pub sets: Vec<(Set, SetElements)>,
}

/// A step of a rule.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Step {
    /// Bytes of the packet are these, or are not.
    Bytes(Bytes),
    /// Another comparison.
    Condition(Vec<Expression>),
    /// What is done.
    Action(Vec<Expression>),
}

/// Bytes of the packet and what they are compared with.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Bytes {
    pub(super) base: PayloadBase,
    pub(super) offset: u32,
    pub(super) equal: bool,
    pub(super) value: Vec<u8>,
    /// Whether they say which header comes next, so that what follows hangs on them.
    pub(super) is_protocol: bool,
}

impl Bytes {
    fn expressions(self) -> [Expression; 2] {
        let len = u32::try_from(self.value.len()).unwrap_or(u32::MAX);
        let operation = if self.equal { Comparison::EQ } else { Comparison::NEQ };
        [load_bytes(self.base, self.offset, len, Register::ONE), compare(operation, Data::value(self.value))]
    }
}

/// A rule that is being made.
#[derive(Debug)]
pub(super) struct Program<'s> {
    pub(super) header: Header,
    pub(super) scope: &'s Scope,
    pub(super) context: Context,
    pub(super) steps: Vec<Step>,
    pub(super) sets: Vec<(Set, SetElements)>,
}

impl<'s> Program<'s> {
    pub(super) fn new(header: Header, scope: &'s Scope) -> Self {
        Self { header, scope, context: Context::new(header.family), steps: Vec::new(), sets: Vec::new() }
    }

    pub(super) fn family(&self) -> Family {
        self.header.family
    }

    pub(super) fn bytes(&mut self, bytes: Bytes) {
        self.steps.push(Step::Bytes(bytes));
    }

    pub(super) fn condition(&mut self, expressions: impl Into<Vec<Expression>>) {
        self.steps.push(Step::Condition(expressions.into()));
    }

    pub(super) fn action(&mut self, expressions: impl Into<Vec<Expression>>) {
        self.steps.push(Step::Action(expressions.into()));
    }

    pub(super) fn finish(self) -> Compiled {
        let expressions = merged(self.steps).into_iter().flat_map(|step| match step {
            Step::Bytes(bytes) => bytes.expressions().into(),
            Step::Condition(expressions) | Step::Action(expressions) => expressions,
        });
        Compiled { expressions: expressions.collect(), sets: self.sets }
    }
}

/// Bytes of the packet into a register.
pub(super) fn load_bytes(base: PayloadBase, offset: u32, len: u32, target: Register) -> Expression {
    Payload { target: Some(target), base: Some(base), offset: Some(offset), len: Some(len), ..Payload::default() }
        .into()
}

/// Compares the first register.
pub(super) fn compare(operation: Comparison, data: Data) -> Expression {
    let (source, operation, data) = (Some(Register::ONE), Some(operation), Some(data));
    Cmp { source, operation, data, ..Cmp::default() }.into()
}
