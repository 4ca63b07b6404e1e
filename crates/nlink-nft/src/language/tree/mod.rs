//! The syntax tree: what rules, elements and commands say.

mod block;
mod command;
mod constant;
mod statement;
mod term;
mod typing;

pub use block::{BaseChain, ChainBlock, DataSpec, ObjectBlock, RuleBlock, SetBlock, TableBlock, TypeSpec};
pub use command::{ChainName, Command, Name, Place, Plural, Subject, TableName, VERBS, Verb};
pub use constant::{Constant, Scalar, Symbol};
pub use statement::{
    Assignment, Match, NatKind, NatStatement, ObjectStatement, RejectStatement, RejectWith, Relation, Statement,
    VerdictMap,
};
pub use term::{
    Binary, BinaryOperation, CtTerm, Element, ElementOptions, HeaderField, Lookup, RawPayload, SetName, Term,
};
