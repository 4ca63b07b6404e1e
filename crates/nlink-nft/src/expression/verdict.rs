//! Verdicts: what becomes of a packet.

use nlink_core::open_enum;
use nlink_core::wire::{Be, UnknownAttrs};
use nlink_uapi::netfilter::*;
use nlink_uapi::nf_tables::*;

open_enum! {
    /// What becomes of a packet (linux/netfilter.h, linux/netfilter/nf_tables.h), with nft's names.
    pub struct VerdictCode(i32) {
        /// It is dropped.
        DROP = NF_DROP, "drop";
        /// It goes on, past this hook's chain.
        ACCEPT = NF_ACCEPT, "accept";
        /// A program decides.
        QUEUE = NF_QUEUE, "queue";
        /// The next rule decides.
        CONTINUE = NFT_CONTINUE, "continue";
        /// This rule does not match.
        BREAK = NFT_BREAK, "break";
        /// Another chain decides, and then the next rule.
        JUMP = NFT_JUMP, "jump";
        /// Another chain decides, and then the chain that jumped to this one.
        GOTO = NFT_GOTO, "goto";
        /// The chain that jumped to this one decides.
        RETURN = NFT_RETURN, "return";
    }
}

/// A verdict (`NFTA_VERDICT_…`).
#[derive(nlink_core::Attributes, Clone, Debug, Default, PartialEq)]
pub struct Verdict {
    /// What becomes of the packet.
    #[attr(NFTA_VERDICT_CODE, as = Be<i32>)]
    pub code: Option<VerdictCode>,
    /// The other chain.
    #[attr(NFTA_VERDICT_CHAIN)]
    pub chain: Option<String>,
    /// The other chain's number in the transaction; only asked.
    #[attr(NFTA_VERDICT_CHAIN_ID, as = Be<u32>)]
    pub chain_id: Option<u32>,
    /// Attributes that no field names.
    #[attr(unknown)]
    pub unknown: UnknownAttrs,
}

impl Verdict {
    /// Another chain decides, and then the next rule.
    pub fn jump(chain: &str) -> Self {
        Self { chain: Some(chain.into()), ..VerdictCode::JUMP.into() }
    }

    /// Another chain decides, and then the chain that jumped to this one.
    pub fn goto(chain: &str) -> Self {
        Self { chain: Some(chain.into()), ..VerdictCode::GOTO.into() }
    }
}

impl From<VerdictCode> for Verdict {
    fn from(code: VerdictCode) -> Self {
        Self { code: Some(code), ..Self::default() }
    }
}
