//! Narrowing listings: by family, table, and the name of the chain, set or object.

use nlink_core::object::{Dump, Filter};
use nlink_core::wire::{Message, Writer};

use crate::{Chain, Family, Header, NamedObject, Rule, Set, SetElements, Table};

/// What is to be listed; empty it is everything. For the elements of a set the kernel needs all three.
///
/// ```no_run
/// # use nlink_core::Connection;
/// # use nlink_nft::{Family, Nftables, Rule, RulesetFilter};
/// # async fn example() -> nlink_core::Result<()> {
/// let nft = Connection::<Nftables>::open()?;
/// let rules = nft.dump::<Rule>().filter(RulesetFilter::family(Family::INET).table("fw").named("input")).await?;
/// # let _ = rules;
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RulesetFilter {
    /// Of this family.
    pub family: Option<Family>,
    /// In this table.
    pub table: Option<String>,
    /// Of this name: of rules their chain's, of elements their set's.
    pub name: Option<String>,
}

impl RulesetFilter {
    /// What is of that family.
    pub fn family(family: Family) -> Self {
        Self { family: Some(family), ..Self::default() }
    }

    /// What is in that table.
    pub fn table(mut self, name: &str) -> Self {
        self.table = Some(name.into());
        self
    }

    /// What has that name: of rules their chain, of elements their set.
    pub fn named(mut self, name: &str) -> Self {
        self.name = Some(name.into());
        self
    }
}

/// The set's elements.
impl From<&Set> for RulesetFilter {
    fn from(set: &Set) -> Self {
        Self { family: Some(set.header.family), table: set.table.clone(), name: set.name.clone() }
    }
}

/// A part of the ruleset: it has a family, a table and a name.
pub trait RulesetPart: Message + Sized {
    /// Its family.
    fn family(&self) -> Family;

    /// Its table's name, and its own, or that of the chain or set that it belongs to.
    fn place(&self) -> (Option<&str>, Option<&str>);

    /// One that has only this place.
    fn at(header: Header, table: Option<String>, name: Option<String>) -> Self;
}

macro_rules! parts {
    ($($part:ident: $name:ident;)*) => {$(
        impl RulesetPart for $part {
            fn family(&self) -> Family {
                self.header.family
            }

            fn place(&self) -> (Option<&str>, Option<&str>) {
                (self.table.as_deref(), self.$name.as_deref())
            }

            fn at(header: Header, table: Option<String>, name: Option<String>) -> Self {
                Self { header, table, $name: name, ..Self::default() }
            }
        }

        impl Dump for $part {
            type Filter = RulesetFilter;
        }
    )*};
}

parts! {
    Chain: name;
    Rule: chain;
    Set: name;
    NamedObject: name;
}

impl RulesetPart for Table {
    fn family(&self) -> Family {
        self.header.family
    }

    fn place(&self) -> (Option<&str>, Option<&str>) {
        (self.name.as_deref(), self.name.as_deref())
    }

    fn at(header: Header, name: Option<String>, _: Option<String>) -> Self {
        Self { header, name, ..Self::default() }
    }
}

impl Dump for Table {
    type Filter = RulesetFilter;
}

impl RulesetPart for SetElements {
    fn family(&self) -> Family {
        self.header.family
    }

    fn place(&self) -> (Option<&str>, Option<&str>) {
        (self.table.as_deref(), self.set.as_deref())
    }

    fn at(header: Header, table: Option<String>, set: Option<String>) -> Self {
        Self { header, table, set, ..Self::default() }
    }
}

/// A set's elements take as many messages as there are of them.
impl Dump for SetElements {
    type Filter = RulesetFilter;
    const SPLIT: bool = true;

    fn join(&mut self, next: Self) -> Option<Self> {
        if self.family() != next.family() || self.place() != next.place() {
            return Some(next);
        }
        self.elements.extend(next.elements);
        None
    }
}

impl<T: RulesetPart> Filter<T> for RulesetFilter {
    fn emit(&self, writer: &mut Writer) {
        let header = self.family.unwrap_or_default().into();
        T::at(header, self.table.clone(), self.name.clone()).emit(writer);
    }

    fn matches(&self, part: &T) -> bool {
        let fits = |wanted: &Option<String>, is: Option<&str>| wanted.is_none() || wanted.as_deref() == is;
        let (table, name) = part.place();
        self.family.is_none_or(|family| family == part.family()) && fits(&self.table, table) && fits(&self.name, name)
    }
}
