//! The rules of nftables' own tests, of its source package's `tests/py`: each is compiled here to what `nft` sends.
//!
//! Their text is no part of this tree: `NLINK_NFT_TESTS` names the folder, and without it there is no such test. It
//! prints the table of `docs/coverage.md`.

mod run;
mod script;
mod table;
mod tried;

pub use run::tests;
