//! What commands refer to: sets of the script and of the kernel, rules by their place, chains by their names.

use std::collections::HashMap;

use nlink_core::driver::Driver;
use nlink_core::{Connection, Result};

use super::{Complaint, Refusal, Why};
use crate::language::Span;
use crate::language::tree::{ChainName, Name, SetBlock, TableName};
use crate::{Chain, Family, Nftables, Rule, RulesetFilter, Set};

type SetPlace = (Family, String, String);

/// What commands refer to.
#[derive(Debug)]
pub(super) struct Known<'c, D: Driver> {
    nft: &'c Connection<Nftables, D>,
    sets: HashMap<SetPlace, Option<SetBlock>>,
    rules: HashMap<SetPlace, Vec<u64>>,
}

impl<'c, D: Driver> Known<'c, D> {
    pub(super) fn new(nft: &'c Connection<Nftables, D>) -> Self {
        Self { nft, sets: HashMap::new(), rules: HashMap::new() }
    }

    /// A set that the script makes.
    pub(super) fn made(&mut self, table: &TableName, set: &SetBlock) {
        let declared = SetBlock { elements: Vec::new(), ..set.clone() };
        self.sets.insert((table.family, table.name.text.clone(), set.name.text.clone()), Some(declared));
    }

    /// The set of that name, if there is one.
    pub(super) async fn set(&mut self, table: &TableName, name: &str) -> Result<Option<&SetBlock>> {
        let place = (table.family, table.name.text.clone(), name.to_owned());
        if !self.sets.contains_key(&place) {
            let found = match self.nft.get::<Set>(place.clone()).await {
                Ok(set) => Some(SetBlock::from(&set)),
                Err(error) if error.is_not_found() => None,
                Err(error) => return Err(error),
            };
            self.sets.insert(place.clone(), found);
        }
        Ok(self.sets.get(&place).and_then(Option::as_ref))
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

fn missing(name: &Name) -> Complaint {
    Complaint { why: Why::Missing, span: name.span }
}
