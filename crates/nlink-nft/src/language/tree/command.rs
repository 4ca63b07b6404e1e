//! Commands: what is to be done, and with what.

use super::{ChainBlock, Element, ObjectBlock, RuleBlock, SetBlock, TableBlock};
use crate::Family;
use crate::expression::kinds::objref::ObjectType;
use crate::language::Span;

/// A name, and where it stands.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Name {
    /// The name; empty where there is a handle in its place.
    pub text: String,
    /// Where it stands.
    pub span: Span,
}

impl From<&str> for Name {
    fn from(text: &str) -> Self {
        Self { text: text.into(), span: Span::default() }
    }
}

/// A table, by its family and name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TableName {
    /// The family.
    pub family: Family,
    /// The name.
    pub name: Name,
}

/// A chain, by its table and name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ChainName {
    /// The table.
    pub table: TableName,
    /// The name.
    pub name: Name,
}

/// Something to be done.
#[derive(Clone, Debug, PartialEq)]
pub struct Command {
    /// What is done.
    pub verb: Verb,
    /// With what.
    pub subject: Subject,
    /// Where it stands.
    pub span: Span,
}

/// What is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Verb {
    /// Makes it, unless it is there; a rule goes to the end.
    Add,
    /// Makes it; that it is there is an error.
    Create,
    /// Makes a rule, at the beginning.
    Insert,
    /// Puts a rule in the place of another.
    Replace,
    /// Takes it away.
    Delete,
    /// Takes it away, if it is there.
    Destroy,
    /// Empties it.
    Flush,
    /// Sets its counters and quotas to nothing, and shows what they were.
    Reset,
    /// Shows it.
    List,
    /// Shows elements, whatever else is in their set.
    Get,
    /// Gives a chain another name.
    Rename,
}

/// The verbs and their words.
pub const VERBS: [(Verb, &str); 11] = [
    (Verb::Add, "add"),
    (Verb::Create, "create"),
    (Verb::Insert, "insert"),
    (Verb::Replace, "replace"),
    (Verb::Delete, "delete"),
    (Verb::Destroy, "destroy"),
    (Verb::Flush, "flush"),
    (Verb::Reset, "reset"),
    (Verb::List, "list"),
    (Verb::Get, "get"),
    (Verb::Rename, "rename"),
];

impl Verb {
    /// Whether it only tells something, and is no part of a transaction.
    pub fn shows(self) -> bool {
        matches!(self, Self::List | Self::Get | Self::Reset)
    }
}

impl std::fmt::Display for Verb {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let word = VERBS.iter().find(|(verb, _)| verb == self).map_or("", |(_, word)| word);
        f.pad(word)
    }
}

/// With what something is done.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Subject {
    /// All there is, of a family.
    Ruleset(Family),
    /// A table.
    Table(TableBlock),
    /// A chain.
    Chain(TableName, ChainBlock),
    /// A chain, and its new name.
    NewName(ChainName, Name),
    /// A rule.
    Rule(ChainName, Place, RuleBlock),
    /// A set or map.
    Set(TableName, SetBlock),
    /// Elements of a set or map.
    Elements(TableName, Name, Vec<Element>),
    /// A named object.
    Object(TableName, ObjectBlock),
    /// All of a kind, of a family or a table.
    All(Plural, Family, Option<Name>),
}

/// What there are many of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Plural {
    /// `tables`
    Tables,
    /// `chains`
    Chains,
    /// `rules`, to be reset
    Rules,
    /// `sets`
    Sets,
    /// `maps`
    Maps,
    /// `counters`, `quotas`
    Objects(ObjectType),
}

/// Where a rule goes among the others of its chain.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Place {
    /// At the chain's end, or beginning.
    #[default]
    Edge,
    /// Behind, or before, the rule with that handle; of one that is replaced or taken away its own.
    Handle(u64, Span),
    /// Behind, or before, the rule that is so far from the first.
    Index(u64, Span),
}
