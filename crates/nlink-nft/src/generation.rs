//! The ruleset's generation: a number that every committed transaction takes further.

use nlink_core::object::Get;
use nlink_core::wire::{Be, UnknownAttrs};
use nlink_uapi::nf_tables::*;

use crate::{Header, Nftables};

/// The generation that the rules of a namespace are at, and in announcements who brought them there (Linux 4.9).
///
/// A transaction that was written for one generation and meets another is refused by
/// [`generation`](nlink_core::batch::Transaction::generation):
/// ```no_run
/// # use nlink_core::Connection;
/// # use nlink_nft::{Generation, Nftables};
/// # async fn example() -> nlink_core::Result<()> {
/// let nft = Connection::<Nftables>::open()?;
/// let at = nft.get::<Generation>(()).await?;
/// let tx = nft.transaction().generation(at.number.unwrap_or_default());
/// # let _ = tx;
/// # Ok(())
/// # }
/// ```
#[derive(nlink_core::Message, Clone, Debug, Default, PartialEq)]
#[message(protocol = Nftables, header = Header, name = "generation", describe = Generation::described)]
#[message(new = NFT_MSG_NEWGEN, del = NFT_MSG_NEWGEN, get = NFT_MSG_GETGEN)]
pub struct Generation {
    /// The header.
    pub header: Header,
    /// The number.
    #[attr(NFTA_GEN_ID, as = Be<u32>)]
    pub number: Option<u32>,
    /// The process that asks, or in announcements that committed.
    #[attr(NFTA_GEN_PROC_PID, as = Be<u32>)]
    pub process: Option<u32>,
    /// Its name, up to 15 bytes.
    #[attr(NFTA_GEN_PROC_NAME)]
    pub process_name: Option<String>,
    /// Attributes that no field names.
    #[attr(unknown)]
    pub unknown: UnknownAttrs,
}

impl Generation {
    fn described(&self) -> String {
        "generation of the ruleset".into()
    }
}

impl Get for Generation {
    type Key = ();

    fn request_for((): ()) -> Self {
        Self::default()
    }
}
