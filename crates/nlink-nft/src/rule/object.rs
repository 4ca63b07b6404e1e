//! Rules as the kernel keeps them.

use nlink_core::object::{Del, Get};
use nlink_core::wire::{Be, UnknownAttrs};
use nlink_uapi::nf_tables::*;

use crate::{Chain, Expression, Family, Header, Nftables, Userdata};

/// A rule. To be added it is made into a [`RuleBuilder`](super::RuleBuilder), or written with one.
#[derive(nlink_core::Message, Clone, Debug, Default, PartialEq)]
#[message(protocol = Nftables, header = Header, name = "rule", describe = Rule::described)]
#[message(new = NFT_MSG_NEWRULE, del = NFT_MSG_DELRULE, get = NFT_MSG_GETRULE)]
pub struct Rule {
    /// The header: the table's family.
    pub header: Header,
    /// The table.
    #[attr(NFTA_RULE_TABLE)]
    pub table: Option<String>,
    /// The chain.
    #[attr(NFTA_RULE_CHAIN)]
    pub chain: Option<String>,
    /// The number that the kernel knows it by: told, and to change or delete it by.
    #[attr(NFTA_RULE_HANDLE, as = Be<u64>)]
    pub handle: Option<u64>,
    /// Asked, the handle of the rule that it goes behind or before; told, of the rule before it.
    #[attr(NFTA_RULE_POSITION, as = Be<u64>)]
    pub position: Option<u64>,
    /// What it does.
    #[attr(NFTA_RULE_EXPRESSIONS, repeated = NFTA_LIST_ELEM)]
    pub expressions: Vec<Expression>,
    /// Comment and more.
    #[attr(NFTA_RULE_USERDATA)]
    pub userdata: Option<Userdata>,
    /// Its number in the transaction; only asked.
    #[attr(NFTA_RULE_ID, as = Be<u32>)]
    pub id: Option<u32>,
    /// Attributes that no field names.
    #[attr(unknown)]
    pub unknown: UnknownAttrs,
}

impl Rule {
    /// The rule of that handle, to be deleted or asked for.
    pub fn known(chain: &Chain, handle: u64) -> Self {
        Self { handle: Some(handle), ..Self::all_of(chain) }
    }

    /// All rules of a chain, to be deleted.
    pub fn all_of(chain: &Chain) -> Self {
        Self {
            header: chain.header.family.into(),
            table: chain.table.clone(),
            chain: chain.name.clone(),
            ..Self::default()
        }
    }

    fn described(&self) -> String {
        let text = |name: &Option<String>| name.clone().unwrap_or_default();
        let names: Vec<&str> = self.expressions.iter().map(Expression::name).collect();
        let place = format!("rule {} {} {}", self.header.family, text(&self.table), text(&self.chain));
        let comment = self.userdata.as_ref().and_then(Userdata::comment);
        match (comment, self.handle) {
            (Some(comment), _) => format!("{place} {comment:?}"),
            (None, Some(handle)) => format!("{place} handle {handle}"),
            (None, None) if names.is_empty() => place,
            (None, None) => format!("{place} ({})", names.join(", ")),
        }
    }
}

impl Get for Rule {
    /// Family, table, chain and handle.
    type Key = (Family, String, String, u64);

    fn request_for((family, table, chain, handle): Self::Key) -> Self {
        let (table, chain, handle) = (Some(table), Some(chain), Some(handle));
        Self { header: family.into(), table, chain, handle, ..Self::default() }
    }
}

/// By its handle; without one [all of its chain](Rule::all_of).
impl Del for Rule {}
