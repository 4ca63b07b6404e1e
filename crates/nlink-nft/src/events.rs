//! What the kernel announces of its rules, and what of it belongs together.

use nlink_core::object::{Event, EventMessage, Events};
use nlink_core::wire::{Message, WireError, attr_id};
use nlink_uapi::nf_tables::NFT_MSG_NEWGEN;
use nlink_uapi::nfnetlink::NFNLGRP_NFTABLES;

use crate::{Chain, Generation, NamedObject, Nftables, Rule, Set, SetElements, Table};

/// Something happened to the ruleset.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Happening {
    /// To a table.
    Table(Event<Table>),
    /// To a chain.
    Chain(Event<Chain>),
    /// To a rule.
    Rule(Event<Rule>),
    /// To a set or map.
    Set(Event<Set>),
    /// To elements of a set.
    Elements(Event<SetElements>),
    /// To a named object.
    Object(Event<NamedObject>),
    /// All that was announced since the last one of these is a transaction, and has led to this generation.
    Generation(Generation),
}

/// Reads an announcement about one type of object.
type Read = fn(&EventMessage<'_>) -> Option<Result<Happening, WireError>>;

const READERS: [Read; 6] = [
    |message| Some(Event::<Table>::read(message)?.map(Happening::Table)),
    |message| Some(Event::<Chain>::read(message)?.map(Happening::Chain)),
    |message| Some(Event::<Rule>::read(message)?.map(Happening::Rule)),
    |message| Some(Event::<Set>::read(message)?.map(Happening::Set)),
    |message| Some(Event::<SetElements>::read(message)?.map(Happening::Elements)),
    |message| Some(Event::<NamedObject>::read(message)?.map(Happening::Object)),
];

impl Events for Happening {
    type Protocol = Nftables;
    type Item = Self;
    const GROUPS: &'static [u32] = &[NFNLGRP_NFTABLES];

    fn read(message: &EventMessage<'_>) -> Option<Result<Self, WireError>> {
        if message.command == attr_id(NFT_MSG_NEWGEN) {
            return Some(Generation::decode(message.body).map(Happening::Generation));
        }
        READERS.iter().find_map(|read| read(message))
    }
}

/// A transaction that somebody committed.
#[derive(Clone, Debug, PartialEq)]
pub struct Commit {
    /// What it did, in the kernel's order.
    pub happenings: Vec<Happening>,
    /// Where it led to, and who committed it.
    pub generation: Generation,
}

/// Puts announcements together that belong to one transaction.
///
/// After a loss (`Notice::Overrun`) begin with a new one: what came before is not whole.
#[derive(Clone, Debug, Default)]
pub struct Commits {
    pending: Vec<Happening>,
}

impl Commits {
    /// Takes an announcement in; gives the transaction that it ends.
    pub fn take_in(&mut self, happening: Happening) -> Option<Commit> {
        match happening {
            Happening::Generation(generation) => {
                Some(Commit { happenings: std::mem::take(&mut self.pending), generation })
            }
            other => {
                self.pending.push(other);
                None
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn announcements_are_put_together_by_the_generation_that_ends_them() {
        let mut commits = Commits::default();
        let made = || Happening::Table(Event::New(Table::inet("t")));
        assert_eq!(commits.take_in(made()), None);
        assert_eq!(commits.take_in(made()), None);
        let first = commits.take_in(Happening::Generation(Generation { number: Some(2), ..Generation::default() }));
        assert_eq!(first.map(|commit| (commit.happenings.len(), commit.generation.number)), Some((2, Some(2))));
        let empty = commits.take_in(Happening::Generation(Generation::default()));
        assert_eq!(empty.map(|commit| commit.happenings.len()), Some(0));
    }
}
