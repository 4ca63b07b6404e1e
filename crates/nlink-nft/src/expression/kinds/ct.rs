//! `ct`: what is known of the packet's connection, into a register or out of it.
//!
//! Linux 3.14, module nf_tables or nft_ct; linux/netfilter/nf_tables.h (`NFTA_CT_…`), policy in net/netfilter/nft_ct.c;
//! [nft(8)](https://man7.org/linux/man-pages/man8/nft.8.html).

use nlink_core::open_enum;
use nlink_core::wire::{Be, UnknownAttrs};
use nlink_uapi::nf_tables::*;

use crate::expression::Register;

/// The `ct` expression.
#[derive(nlink_core::Kind, Clone, Debug, Default, PartialEq)]
#[kind(name = "ct", since = "3.14", module = "nf_tables")]
pub struct Ct {
    /// Where it goes.
    #[attr(NFTA_CT_DREG, as = Be<u32>)]
    pub target: Option<Register>,
    /// What.
    #[attr(NFTA_CT_KEY, as = Be<u32>)]
    pub key: Option<CtKey>,
    /// Of which direction: 0 as it began, 1 the other.
    #[attr(NFTA_CT_DIRECTION)]
    pub direction: Option<u8>,
    /// What it is set to.
    #[attr(NFTA_CT_SREG, as = Be<u32>)]
    pub source: Option<Register>,
    /// Attributes that no field names.
    #[attr(unknown)]
    pub unknown: UnknownAttrs,
}

open_enum! {
    /// What is known of a connection (`NFT_CT_…`), with nft's names.
    pub struct CtKey(u32) {
        /// State bits, in the machine's byte order.
        STATE = NFT_CT_STATE, "state";
        /// As it began, or the other way.
        DIRECTION = NFT_CT_DIRECTION, "direction";
        /// Status bits.
        STATUS = NFT_CT_STATUS, "status";
        /// Its mark.
        MARK = NFT_CT_MARK, "mark";
        /// Security mark.
        SECMARK = NFT_CT_SECMARK, "secmark";
        /// Milliseconds until it is forgotten.
        EXPIRATION = NFT_CT_EXPIRATION, "expiration";
        /// Its helper.
        HELPER = NFT_CT_HELPER, "helper";
        /// Its network protocol.
        L3PROTOCOL = NFT_CT_L3PROTOCOL, "l3proto";
        /// Source address, of the family that the rule says.
        SRC = NFT_CT_SRC, "saddr";
        /// Destination address, of the family that the rule says.
        DST = NFT_CT_DST, "daddr";
        /// Its transport protocol.
        PROTOCOL = NFT_CT_PROTOCOL, "protocol";
        /// Source port.
        PROTO_SRC = NFT_CT_PROTO_SRC, "proto-src";
        /// Destination port.
        PROTO_DST = NFT_CT_PROTO_DST, "proto-dst";
        /// Labels.
        LABELS = NFT_CT_LABELS, "label";
        /// Packets.
        PACKETS = NFT_CT_PKTS, "packets";
        /// Bytes.
        BYTES = NFT_CT_BYTES, "bytes";
        /// Bytes of a packet on average.
        AVERAGE = NFT_CT_AVGPKT, "avgpkt";
        /// Its zone.
        ZONE = NFT_CT_ZONE, "zone";
        /// Which of its events are told.
        EVENTS = NFT_CT_EVENTMASK, "event";
        /// IPv4 source.
        SRC_IP = NFT_CT_SRC_IP, "ip saddr";
        /// IPv4 destination.
        DST_IP = NFT_CT_DST_IP, "ip daddr";
        /// IPv6 source.
        SRC_IP6 = NFT_CT_SRC_IP6, "ip6 saddr";
        /// IPv6 destination.
        DST_IP6 = NFT_CT_DST_IP6, "ip6 daddr";
        /// Its number.
        ID = NFT_CT_ID, "id";
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use nlink_core::capture;

    // nft add rule … ct mark set 7    nft 1.1.7
    #[test]
    fn it_is_written_as_nft_writes_it() {
        let ct = Ct { key: Some(CtKey::MARK), source: Some(Register::ONE), ..Ct::default() };
        capture!(ct == "0800020000000003 0800040000000001");
    }
}
