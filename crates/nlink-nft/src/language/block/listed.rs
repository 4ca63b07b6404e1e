//! Tables as blocks, with all that was listed of them.

use std::collections::HashMap;

use super::super::tree::{ChainBlock, Element, ObjectBlock, RuleBlock, SetBlock, Statement, TableBlock};
use crate::{Family, Rule, Ruleset, Set, SetElements, Userdata};

/// By family, table and name.
type Place<'a> = (Family, &'a str, &'a str);

fn text(name: &Option<String>) -> &str {
    name.as_deref().unwrap_or_default()
}

/// The tables of a ruleset. Anonymous sets stand in the rules that they belong to.
pub fn tables(ruleset: &Ruleset) -> Vec<TableBlock> {
    let mut rules: HashMap<Place<'_>, Vec<&Rule>> = HashMap::new();
    for rule in &ruleset.rules {
        rules.entry((rule.header.family, text(&rule.table), text(&rule.chain))).or_default().push(rule);
    }
    let elements: HashMap<Place<'_>, &SetElements> = ruleset
        .elements
        .iter()
        .map(|elements| ((elements.header.family, text(&elements.table), text(&elements.set)), elements))
        .collect();
    let table = |table: &crate::Table| {
        let (family, name) = (table.header.family, text(&table.name));
        let is_in = |of: Family, table: &Option<String>| of == family && text(table) == name;
        let mut block = TableBlock::from(table);
        let objects = ruleset.objects.iter().filter(|object| is_in(object.header.family, &object.table));
        block.objects = objects.map(ObjectBlock::from).collect();
        let sets = ruleset.sets.iter().filter(|set| is_in(set.header.family, &set.table) && !set.is_anonymous());
        block.sets = sets.map(|set| self::set(set, elements.get(&(family, name, text(&set.name))).copied())).collect();
        let chains = ruleset.chains.iter().filter(|chain| is_in(chain.header.family, &chain.table));
        block.chains = chains
            .map(|chain| {
                let mut block = ChainBlock::from(chain);
                let own = rules.get(&(family, name, text(&chain.name))).map(Vec::as_slice).unwrap_or_default();
                block.rules = own.iter().map(|rule| self::rule(rule)).collect();
                block
            })
            .collect();
        block
    };
    ruleset.tables.iter().map(table).collect()
}

fn set(set: &Set, listed: Option<&SetElements>) -> SetBlock {
    let mut block = SetBlock::from(set);
    if let Some(listed) = listed {
        block.elements = elements(&block, listed);
    }
    block
}

/// The elements of a set.
pub fn elements(set: &SetBlock, listed: &SetElements) -> Vec<Element> {
    let _ = (set, listed);
    Vec::new()
}

fn rule(rule: &Rule) -> RuleBlock {
    RuleBlock {
        statements: rule.expressions.iter().cloned().map(Statement::Raw).collect(),
        comment: rule.userdata.as_ref().and_then(Userdata::comment).map(Into::into),
        handle: rule.handle,
        ..RuleBlock::default()
    }
}
