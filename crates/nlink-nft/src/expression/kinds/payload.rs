//! `payload`: bytes of the packet, into a register or out of it.
//!
//! Linux 3.13, module nf_tables or nft_payload; linux/netfilter/nf_tables.h (`NFTA_PAYLOAD_…`), policy in
//! net/netfilter/nft_payload.c; [nft(8)](https://man7.org/linux/man-pages/man8/nft.8.html).

use nlink_core::open_enum;
use nlink_core::wire::{Be, UnknownAttrs};
use nlink_uapi::nf_tables::*;

use crate::expression::Register;

/// The `payload` expression.
#[derive(nlink_core::Kind, Clone, Debug, Default, PartialEq)]
#[kind(name = "payload", since = "3.13", module = "nf_tables")]
pub struct Payload {
    /// Where they go.
    #[attr(NFTA_PAYLOAD_DREG, as = Be<u32>)]
    pub target: Option<Register>,
    /// From which header on.
    #[attr(NFTA_PAYLOAD_BASE, as = Be<u32>)]
    pub base: Option<PayloadBase>,
    /// Bytes from its start.
    #[attr(NFTA_PAYLOAD_OFFSET, as = Be<u32>)]
    pub offset: Option<u32>,
    /// How many bytes.
    #[attr(NFTA_PAYLOAD_LEN, as = Be<u32>)]
    pub len: Option<u32>,
    /// What they are set to.
    #[attr(NFTA_PAYLOAD_SREG, as = Be<u32>)]
    pub source: Option<Register>,
    /// The checksum that goes with them (`NFT_PAYLOAD_CSUM_…`).
    #[attr(NFTA_PAYLOAD_CSUM_TYPE, as = Be<u32>)]
    pub checksum_type: Option<u32>,
    /// Where it stands, bytes from the header's start.
    #[attr(NFTA_PAYLOAD_CSUM_OFFSET, as = Be<u32>)]
    pub checksum_offset: Option<u32>,
    /// What else goes with them (`NFT_PAYLOAD_L4CSUM_…`).
    #[attr(NFTA_PAYLOAD_CSUM_FLAGS, as = Be<u32>)]
    pub checksum_flags: Option<u32>,
    /// Attributes that no field names.
    #[attr(unknown)]
    pub unknown: UnknownAttrs,
}

open_enum! {
    /// Headers of a packet (`NFT_PAYLOAD_…`).
    pub struct PayloadBase(u32) {
        /// The link layer's.
        LINK = NFT_PAYLOAD_LL_HEADER, "ll";
        /// The network's.
        NETWORK = NFT_PAYLOAD_NETWORK_HEADER, "nh";
        /// The transport's.
        TRANSPORT = NFT_PAYLOAD_TRANSPORT_HEADER, "th";
        /// What is behind the transport's; Linux 6.2.
        INNER = NFT_PAYLOAD_INNER_HEADER, "ih";
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use nlink_core::capture;

    // nft add rule … tcp dport    nft 1.1.7
    #[test]
    fn it_is_written_as_nft_writes_it() {
        let payload = Payload {
            target: Some(Register::ONE),
            base: Some(PayloadBase::TRANSPORT),
            offset: Some(2),
            len: Some(2),
            ..Payload::default()
        };
        capture!(payload == "0800010000000001 0800020000000002 0800030000000002 0800040000000002");
    }
}
