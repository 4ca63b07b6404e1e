//! nftables: tables, chains, rules, sets, maps and named objects of the kernel's packet filter, changed in transactions
//! that are carried out whole or not at all (linux/netfilter/nf_tables.h, Linux 3.13, module nf_tables;
//! [nft(8)](https://man7.org/linux/man-pages/man8/nft.8.html)).
//!
//! ```no_run
//! use nlink_core::Connection;
//! use nlink_nft::{CtState, Hook, Nftables, Policy, Priority, Set, Table};
//! use std::net::Ipv4Addr;
//! # async fn example() -> Result<(), Box<dyn std::error::Error>> {
//! let nft = Connection::<Nftables>::open()?;
//! let table = Table::inet("fw");
//! let input = table.chain("input").filter(Hook::Input, Priority::FILTER).policy(Policy::DROP);
//! let allowed = Set::intervals::<Ipv4Addr>(&table, "allowed");
//!
//! let mut tx = nft.transaction();
//! tx.add(table).add(input.clone()).add(allowed.clone());
//! tx.add(allowed.elements().network("10.0.0.0/8".parse()?));
//! tx.add(input.rule().ct_state(CtState::ESTABLISHED | CtState::RELATED).counter().accept());
//! tx.add(input.rule().iif("lo").accept());
//! tx.add(input.rule().ip().saddr_in(&allowed).tcp().dport([22, 443]).log("in: ").accept());
//! tx.await?.into_result()?; // all or nothing; an error names the very rule and why
//! # Ok(())
//! # }
//! ```
//!
//! - [`Table`], [`Chain`], [`Rule`], [`Set`], [`SetElements`] and [`NamedObject`] are what the kernel keeps. All of them
//!   are listed with a [`RulesetFilter`].
//! - [`RuleBuilder`] writes a rule as nft does, the anonymous sets that it needs included.
//! - [`Expression`] has what a rule consists of, a file for each kind; one that is not known is kept as it came.
//! - [`Happening`] is what the kernel announces, [`Commits`] puts together what belongs to one transaction.
//!
//! The kernel changes its rules in transactions only: a change that is sent by itself is refused (`EINVAL`).

#![forbid(unsafe_code)]

pub mod chain;
mod events;
pub mod expression;
mod family;
mod filter;
mod generation;
pub mod language;
mod named;
mod protocol;
pub mod rule;
mod ruleset;
pub mod set;
mod table;
mod userdata;
pub mod variant;

pub use chain::{Chain, ChainFlags, Hook, Policy, Priority};
pub use events::{Commit, Commits, Happening};
pub use expression::kinds::quota::{Quota, QuotaFlags};
pub use expression::{Expression, Verdict, VerdictCode};
pub use family::{Family, Header};
pub use filter::{RulesetFilter, RulesetPart};
pub use generation::Generation;
pub use named::{NamedObject, Stateful};
pub use protocol::Nftables;
pub use rule::{CtState, Operand, Rule, RuleBuilder};
pub use ruleset::{Ruleset, Wanted};
pub use set::{DataType, Key, Set, SetElement, SetElements, SetFlags};
pub use table::{Table, TableFlags};
pub use userdata::Userdata;
pub use variant::{Destroy, Insert, Reset};
