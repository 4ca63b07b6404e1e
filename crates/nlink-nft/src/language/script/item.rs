//! Where the items of a transaction come from.

use nlink_core::Error;

use super::{Complaint, Why};
use crate::language::Span;
use crate::language::tree::{ChainName, Name, TableName};

/// The words that an item comes from.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Origin {
    /// All of them.
    pub(super) whole: Span,
    /// The table.
    pub(super) table: Option<Span>,
    /// The chain, set or object.
    pub(super) name: Option<Span>,
    /// The handle or index.
    pub(super) handle: Option<Span>,
    /// Whether nft itself says that there is no such table, and not the kernel.
    pub(super) looked_up: bool,
}

impl Origin {
    pub(super) fn of_table(whole: Span, name: &Name) -> Self {
        Self { whole, table: Some(name.span), ..Self::default() }
    }

    pub(super) fn of(whole: Span, table: &TableName, name: &Name) -> Self {
        Self { name: Some(name.span), ..Self::of_table(whole, &table.name) }
    }

    pub(super) fn looked_up(self) -> Self {
        Self { looked_up: true, ..self }
    }

    pub(super) fn of_rule(whole: Span, chain: &ChainName, handle: Option<Span>) -> Self {
        Self { handle, ..Self::of(whole, &chain.table, &chain.name) }
    }

    /// The refusal at the words that it is about: the kernel names the attribute.
    pub(super) fn complaint(self, error: Error) -> Complaint {
        let attribute = error.kernel().and_then(|kernel| kernel.attribute()).unwrap_or_default();
        let last = attribute.rsplit(" / ").next().unwrap_or_default();
        let span = if last.ends_with("_TABLE") || last == "NFTA_TABLE_NAME" {
            self.table
        } else if last.ends_with("_HANDLE") || last.ends_with("_POSITION") {
            self.handle.or(self.name).or(self.table)
        } else if ["NFTA_RULE_CHAIN", "NFTA_CHAIN_NAME", "NFTA_SET_NAME", "NFTA_SET_ELEM_LIST_SET", "NFTA_OBJ_NAME"]
            .contains(&last)
        {
            self.name
        } else {
            None
        };
        let why = if self.looked_up && error.is_not_found() { Why::Missing } else { Why::Kernel(error) };
        Complaint { why, span: span.unwrap_or(self.whole) }
    }
}
