//! What commands refer to: sets of the script and of the kernel, rules by their place, chains by their names.

use std::collections::HashMap;

use nlink_core::driver::Driver;
use nlink_core::show::Names;
use nlink_core::{Connection, Result};

use super::{Complaint, Refusal, Why};
use crate::language::tree::{ChainName, Name, SetBlock, TableName};
use crate::language::{Scope, SetMeaning, Span};
use crate::{Chain, Family, Nftables, Rule, RulesetFilter, Set};

/// By family, table and name.
type Place = (Family, String, String);

/// What commands refer to.
#[derive(Debug)]
pub(super) struct Known<'c, D: Driver> {
    nft: &'c Connection<Nftables, D>,
    names: &'c Names,
    tables: HashMap<(Family, String), Contents>,
    rules: HashMap<Place, Vec<u64>>,
}

/// The sets of a table.
#[derive(Debug, Default)]
pub(super) struct Contents {
    pub(super) sets: HashMap<String, SetBlock>,
    /// The same as rules look at them.
    pub(super) scope: Scope,
}

impl Contents {
    fn enter(&mut self, set: SetBlock, meaning: SetMeaning) {
        self.scope.sets.insert(set.name.text.clone(), meaning);
        self.sets.insert(set.name.text.clone(), set);
    }
}

impl<'c, D: Driver> Known<'c, D> {
    pub(super) fn new(nft: &'c Connection<Nftables, D>, names: &'c Names) -> Self {
        Self { nft, names, tables: HashMap::new(), rules: HashMap::new() }
    }

    /// The sets of that table; those that the kernel has are asked for once.
    pub(super) async fn contents(&mut self, table: &TableName) -> Result<&mut Contents> {
        let place = (table.family, table.name.text.clone());
        if !self.tables.contains_key(&place) {
            let filter = RulesetFilter::family(place.0).table(&place.1);
            let sets = match self.nft.dump::<Set>().filter(filter).await {
                Ok(sets) => sets,
                Err(error) if error.is_not_found() => Vec::new(),
                Err(error) => return Err(error),
            };
            let scope = Scope { names: self.names.clone(), ..Scope::default() };
            let mut contents = Contents { scope, ..Contents::default() };
            for set in sets.iter().filter(|set| !set.is_anonymous()) {
                contents.enter(SetBlock::from(set), SetMeaning::from(set));
            }
            self.tables.insert(place.clone(), contents);
        }
        Ok(self.tables.entry(place).or_default())
    }

    /// A set that the script makes, as it will be listed.
    pub(super) async fn made(&mut self, table: &TableName, set: &SetBlock) -> Result<()> {
        let declared = SetBlock::from(&set.declared(table));
        self.contents(table).await?.enter(declared, SetMeaning::from(set));
        Ok(())
    }

    /// The handle of the rule that is so far from the chain's first.
    pub(super) async fn rule_at(&mut self, chain: &ChainName, index: u64, span: Span) -> Result<u64, Refusal> {
        let place = (chain.table.family, chain.table.name.text.clone(), chain.name.text.clone());
        if !self.rules.contains_key(&place) {
            let filter = RulesetFilter::family(place.0).table(&place.1).named(&place.2);
            let rules = self.nft.dump::<Rule>().filter(filter).await?;
            self.rules.insert(place.clone(), rules.into_iter().filter_map(|rule| rule.handle).collect());
        }
        let at = usize::try_from(index).ok();
        let found = at.and_then(|at| self.rules.get(&place)?.get(at)).copied();
        found.ok_or_else(|| Complaint { why: Why::Missing, span }.into())
    }

    /// The chain as it is.
    pub(super) async fn chain(&self, chain: &ChainName) -> Result<Chain, Refusal> {
        let key = (chain.table.family, chain.table.name.text.clone(), chain.name.text.clone());
        self.nft.get::<Chain>(key).await.map_err(|error| match error.is_not_found() {
            true => missing(&chain.name).into(),
            false => error.into(),
        })
    }
}

/// The complaint that there is nothing of that name.
pub(super) fn missing(name: &Name) -> Complaint {
    Complaint { why: Why::Missing, span: name.span }
}
