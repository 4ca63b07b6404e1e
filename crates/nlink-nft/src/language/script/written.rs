//! Rules and elements as the kernel keeps them.

use super::Complaint;
use crate::language::tree::{ChainName, Element, RuleBlock, SetBlock, TableName};
use crate::{RuleBuilder, SetElements};

pub(super) fn rule(chain: &ChainName, rule: &RuleBlock) -> Result<RuleBuilder, Complaint> {
    let _ = chain;
    Err(Complaint::said("rules are not compiled yet", rule.span))
}

pub(super) fn elements(table: &TableName, set: &SetBlock, elements: &[Element]) -> Result<SetElements, Complaint> {
    let _ = table;
    let span = elements.first().map(|element| element.span).unwrap_or(set.name.span);
    Err(Complaint::said("elements are not compiled yet", span))
}
