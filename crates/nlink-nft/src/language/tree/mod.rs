//! The syntax tree: what rules, elements and commands say.

mod constant;
mod statement;
mod term;

pub use constant::{Constant, Scalar, Symbol};
pub use statement::{
    Assignment, Match, NatKind, NatStatement, ObjectStatement, RejectStatement, RejectWith, Relation, Statement,
    VerdictMap,
};
pub use term::{Binary, BinaryOperation, CtTerm, Element, HeaderField, Lookup, RawPayload, SetName, Term};
