//! JSON in the schema of libnftables ([libnftables-json(5)](https://man.archlinux.org/man/libnftables-json.5)).

mod block;
mod document;
mod statement;
mod term;

pub use block::{Parts, blocks, command};
pub use document::document;
