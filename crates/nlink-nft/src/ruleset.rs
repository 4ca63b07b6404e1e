//! The ruleset as it was at one moment.

use nlink_core::driver::Driver;
use nlink_core::{Connection, Result};

use crate::{Chain, Family, Generation, NamedObject, Nftables, Rule, RulesetFilter, Set, SetElements, Table};

/// Tables, chains, rules, sets with their elements, and named objects.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Ruleset {
    /// The tables, in the order in which they were made.
    pub tables: Vec<Table>,
    /// The chains of all tables.
    pub chains: Vec<Chain>,
    /// The rules of all chains, in their order.
    pub rules: Vec<Rule>,
    /// The sets and maps, anonymous ones among them.
    pub sets: Vec<Set>,
    /// Their elements.
    pub elements: Vec<SetElements>,
    /// The named objects.
    pub objects: Vec<NamedObject>,
}

/// What of a ruleset is wanted; what is not costs nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Of this family; any by default.
    pub family: Family,
    /// In this table only.
    pub table: Option<String>,
    /// Chains.
    pub chains: bool,
    /// Rules.
    pub rules: bool,
    /// Sets and maps.
    pub sets: bool,
    /// The elements of these, too; those of anonymous sets are listed in any case.
    pub elements: bool,
    /// Named objects.
    pub objects: bool,
}

impl Wanted {
    /// All that there is.
    pub fn all() -> Self {
        let (chains, rules, sets, elements, objects) = (true, true, true, true, true);
        Self { chains, rules, sets, elements, objects, ..Self::default() }
    }

    fn filter(&self) -> RulesetFilter {
        let family = (self.family != Family::ANY).then_some(self.family);
        RulesetFilter { family, table: self.table.clone(), name: None }
    }
}

/// How often it is listed anew because somebody changed it meanwhile.
const MOST: u32 = 20;

impl Ruleset {
    /// Lists it, all of it as it was at one moment: when somebody changes it meanwhile, it is listed anew.
    ///
    /// # Errors
    /// What the kernel refuses, and [`is_interrupted`](nlink_core::Error::is_interrupted) where it never rests.
    pub async fn list<D: Driver>(nft: &Connection<Nftables, D>, wanted: &Wanted) -> Result<Self> {
        for _ in 0..MOST {
            let before = nft.get::<Generation>(()).await?.number;
            let ruleset = Self::once(nft, wanted).await;
            if nft.get::<Generation>(()).await?.number == before {
                return ruleset;
            }
        }
        Err(nlink_core::Error::interrupted("list the ruleset", MOST))
    }

    async fn once<D: Driver>(nft: &Connection<Nftables, D>, wanted: &Wanted) -> Result<Self> {
        let filter = wanted.filter();
        // For tables the kernel heeds no name.
        let mut ruleset = Self { tables: nft.dump::<Table>().filter(filter.clone()).await?, ..Self::default() };
        if wanted.chains || wanted.rules {
            ruleset.chains = nft.dump::<Chain>().filter(filter.clone()).await?;
        }
        if wanted.rules {
            ruleset.rules = nft.dump::<Rule>().filter(filter.clone()).await?;
        }
        if wanted.sets || wanted.rules {
            ruleset.sets = nft.dump::<Set>().filter(filter.clone()).await?;
        }
        if wanted.objects {
            ruleset.objects = nft.dump::<NamedObject>().filter(filter).await?;
        }
        for set in ruleset.sets.iter().filter(|set| wanted.elements || set.is_anonymous()) {
            ruleset.elements.extend(nft.dump::<SetElements>().filter(RulesetFilter::from(set)).await?);
        }
        Ok(ruleset)
    }
}
