//! `cargo xtask tidy`: the house rules that a program can check, one file for each group.
//!
//! - `tree`: the files of the repository, read once
//! - `text`: rules about a file by itself: module comment, length, `mod.rs`
//! - `code`: rules about what may stand where: unsafe, kernel constants, the engine's purity
//! - `crates`: who may depend on whom
//! - `kinds`: each kind file is in its table and has a capture
//! - `named`: tests that docs/testing.md names are there
//! - `rules`: the list of them all, and running it

mod code;
mod crates;
mod kinds;
mod named;
mod rules;
mod text;
mod tree;

pub use rules::run;
