//! Between blocks of the language and what the kernel keeps: tables, chains, sets, maps and named objects.

mod chain;
mod listed;
mod object;
mod rule;
mod set;
mod stateful;
mod table;

pub use listed::tables;
