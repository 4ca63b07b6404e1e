//! nft's own text.

mod block;
mod command;
mod display;
mod element;
mod matching;
mod printer;
mod set;
mod statement;
mod term;

pub use printer::{blocks, command, statements, table_names};
