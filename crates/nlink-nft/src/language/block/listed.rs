//! Tables as blocks, with all that was listed of them.

use std::collections::HashMap;

use super::super::decode;
use super::super::tree::{ChainBlock, ObjectBlock, RuleBlock, SetBlock, TableBlock};
use crate::{Expression, Family, Rule, Ruleset, Set, SetElements, Userdata};

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
    let mut elements: HashMap<Place<'_>, &SetElements> = HashMap::new();
    for list in &ruleset.elements {
        elements.insert((list.header.family, text(&list.table), text(&list.set)), list);
    }
    let mut known: HashMap<Place<'_>, &Set> = HashMap::new();
    for set in &ruleset.sets {
        known.insert((set.header.family, text(&set.table), text(&set.name)), set);
    }
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
                let sets = |rule: &Rule| {
                    let named = referred(rule).filter_map(|set| {
                        let place = (family, name, set);
                        let set = *known.get(&place)?;
                        // The elements of those that are only named are not looked at.
                        let list = elements.get(&place).filter(|_| set.is_anonymous());
                        Some((set.clone(), list.map(|list| decode::sorted(set, list)).unwrap_or_default()))
                    });
                    named.collect::<Vec<_>>()
                };
                block.rules = own.iter().map(|rule| self::rule(rule, &sets(rule))).collect();
                block
            })
            .collect();
        block
    };
    ruleset.tables.iter().map(table).collect()
}

fn set(set: &Set, listed: Option<&SetElements>) -> SetBlock {
    SetBlock { elements: listed.map(|list| decode::elements(set, list)).unwrap_or_default(), ..SetBlock::from(set) }
}

/// The sets and maps that a rule looks up in.
fn referred(rule: &Rule) -> impl Iterator<Item = &str> {
    rule.expressions.iter().filter_map(|expression| match expression {
        Expression::Lookup(lookup) => lookup.set.as_deref(),
        Expression::Objref(object) => object.set.as_deref(),
        _ => None,
    })
}

fn rule(rule: &Rule, sets: &[(Set, SetElements)]) -> RuleBlock {
    RuleBlock {
        statements: decode::rule(rule.header, &rule.expressions, sets),
        comment: rule.userdata.as_ref().and_then(Userdata::comment).map(Into::into),
        handle: rule.handle,
        ..RuleBlock::default()
    }
}
