//! Blocks: tables, chains, rules, sets, maps and named objects with what stands between their braces.

use super::{Element, Name, Statement, Term};
use crate::chain::{ChainFlags, Policy, Priority};
use crate::expression::kinds::objref::ObjectType;
use crate::language::Span;
use crate::{DataType, Family, Hook, SetFlags, Stateful, TableFlags};

/// A table.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TableBlock {
    /// The family of its packets.
    pub family: Family,
    /// Its name.
    pub name: Name,
    /// The number that the kernel knows it by.
    pub handle: Option<u64>,
    /// How it behaves.
    pub flags: Option<TableFlags>,
    /// What it is for.
    pub comment: Option<String>,
    /// Its named objects.
    pub objects: Vec<ObjectBlock>,
    /// Its sets and maps.
    pub sets: Vec<SetBlock>,
    /// Its chains.
    pub chains: Vec<ChainBlock>,
}

/// A chain.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ChainBlock {
    /// Its name.
    pub name: Name,
    /// The number that the kernel knows it by.
    pub handle: Option<u64>,
    /// What it is for.
    pub comment: Option<String>,
    /// Where it is called; other chains are jumped to.
    pub base: Option<BaseChain>,
    /// What becomes of packets that reach its end.
    pub policy: Option<Policy>,
    /// How it behaves.
    pub flags: ChainFlags,
    /// Its rules.
    pub rules: Vec<RuleBlock>,
}

/// Where a chain is called: `type filter hook input priority filter`.
#[derive(Clone, Debug, PartialEq)]
pub struct BaseChain {
    /// What it does: `filter`, `nat`, `route`.
    pub chain_type: String,
    /// The hook.
    pub hook: Hook,
    /// The devices, of a hook that has some.
    pub devices: Vec<String>,
    /// When, among the others there.
    pub priority: Priority,
}

/// A rule.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RuleBlock {
    /// What it says.
    pub statements: Vec<Statement>,
    /// What it is for.
    pub comment: Option<String>,
    /// The number that the kernel knows it by.
    pub handle: Option<u64>,
    /// Where it stands in the text.
    pub span: Span,
}

/// A set or map.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SetBlock {
    /// Its name.
    pub name: Name,
    /// The number that the kernel knows it by.
    pub handle: Option<u64>,
    /// What its keys are.
    pub key: Option<TypeSpec>,
    /// Of a map: what its values are.
    pub data: Option<DataSpec>,
    /// What it can hold.
    pub flags: SetFlags,
    /// After how many milliseconds an element goes, unless it says otherwise.
    pub timeout: Option<u64>,
    /// Every how many milliseconds what has timed out is cleared away.
    pub gc_interval: Option<u64>,
    /// How many elements it may have.
    pub size: Option<u32>,
    /// How many elements it has; only told, and only where it says how many it may have.
    pub count: Option<u32>,
    /// Whether it is to be small rather than fast: `policy memory`.
    pub memory: bool,
    /// Whether intervals that meet are made one.
    pub auto_merge: bool,
    /// What it is for.
    pub comment: Option<String>,
    /// What each element does.
    pub statements: Vec<Statement>,
    /// Its elements.
    pub elements: Vec<Element>,
}

/// What values are.
#[derive(Clone, Debug, PartialEq)]
pub enum TypeSpec {
    /// By names: `type ipv4_addr . inet_service`.
    Types(Vec<DataType>),
    /// By what has such values: `typeof ip saddr . tcp dport`.
    Like(Term),
}

/// What the values of a map are.
#[derive(Clone, Debug, PartialEq)]
pub enum DataSpec {
    /// Values of a type, verdicts among them.
    Values(TypeSpec),
    /// Intervals of them: `interval ipv4_addr`.
    Intervals(TypeSpec),
    /// Named objects.
    Objects(ObjectType),
}

/// A named object.
#[derive(Clone, Debug, PartialEq)]
pub struct ObjectBlock {
    /// What it is.
    pub object_type: ObjectType,
    /// Its name.
    pub name: Name,
    /// The number that the kernel knows it by.
    pub handle: Option<u64>,
    /// What it is for.
    pub comment: Option<String>,
    /// Its state; absent where it is only named.
    pub state: Option<Stateful>,
}

impl SetBlock {
    /// Whether its keys have values.
    pub fn is_map(&self) -> bool {
        self.flags.intersects(SetFlags::MAP | SetFlags::OBJECT)
    }
}
