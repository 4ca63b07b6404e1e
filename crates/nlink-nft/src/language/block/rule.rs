//! Rules.

use super::super::tree::RuleBlock;
use super::super::{MeaningError, Scope, bind, compile, parse};
use crate::{Chain, RuleBuilder};

impl RuleBlock {
    /// The rule of that chain, with its anonymous sets.
    ///
    /// # Errors
    /// The first word that means nothing in its place, and what contradicts itself.
    pub fn compiled(&self, chain: &Chain, scope: &Scope) -> Result<RuleBuilder, MeaningError> {
        let bound = bind::statements(&self.statements, scope)?;
        let compiled = compile::rule(chain.header.family.into(), &bound, scope)?;
        let mut rule = chain.rule().compiled(compiled);
        if let Some(comment) = &self.comment {
            rule = rule.comment(comment);
        }
        Ok(rule)
    }
}

/// Rules in nft's words.
impl Chain {
    /// A rule for it: `input.rule_from("tcp dport { 22, 443 } accept")`. What it refers to by `@name` the scope knows.
    ///
    /// # Errors
    /// What is not nft's language, or means nothing in its place.
    pub fn rule_from(&self, text: &str, scope: &Scope) -> Result<RuleBuilder, MeaningError> {
        let rule = parse::rule(text).map_err(|error| MeaningError { message: error.to_string(), span: error.span })?;
        rule.compiled(self, scope)
    }
}
