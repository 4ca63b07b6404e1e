//! Commands carried out: one transaction for all of them.
//!
//! ```no_run
//! use nlink_core::Connection;
//! use nlink_nft::Nftables;
//! use nlink_nft::language::{parse, script::Script};
//! # async fn example() -> Result<(), Box<dyn std::error::Error>> {
//! let nft = Connection::<Nftables>::open()?;
//! let commands = parse::commands("add table inet fw; add chain inet fw input { type filter hook input priority 0; }")?;
//! Script::new(&commands).commit(&nft).await?;
//! # Ok(())
//! # }
//! ```

mod complaint;
mod item;
mod known;
mod named;
mod run;

pub use complaint::{Complaint, Refusal, Why};
pub use named::named_elements;
pub use run::Script;
