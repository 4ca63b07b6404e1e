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

pub use printer::{blocks, statements, table_names};
pub(super) use statement::{NAT_FLAGS, nat_word, time_unit};
