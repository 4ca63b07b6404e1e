//! `meta`: what is known of the packet beside its bytes, into a register or out of it.
//!
//! Linux 3.13, module nf_tables or nft_meta; linux/netfilter/nf_tables.h (`NFTA_META_…`), policy in
//! net/netfilter/nft_meta.c; [nft(8)](https://man7.org/linux/man-pages/man8/nft.8.html).

use nlink_core::open_enum;
use nlink_core::wire::{Be, UnknownAttrs};
use nlink_uapi::nf_tables::*;

use crate::expression::Register;

/// The `meta` expression.
#[derive(nlink_core::Kind, Clone, Debug, Default, PartialEq)]
#[kind(name = "meta", since = "3.13", module = "nf_tables")]
pub struct Meta {
    /// Where it goes.
    #[attr(NFTA_META_DREG, as = Be<u32>)]
    pub target: Option<Register>,
    /// What.
    #[attr(NFTA_META_KEY, as = Be<u32>)]
    pub key: Option<MetaKey>,
    /// What it is set to.
    #[attr(NFTA_META_SREG, as = Be<u32>)]
    pub source: Option<Register>,
    /// Attributes that no field names.
    #[attr(unknown)]
    pub unknown: UnknownAttrs,
}

open_enum! {
    /// What is known of a packet (`NFT_META_…`), with nft's names. Numbers are in the machine's byte order, but for
    /// protocols.
    pub struct MetaKey(u32) {
        /// Bytes.
        LEN = NFT_META_LEN, "length";
        /// EtherType.
        PROTOCOL = NFT_META_PROTOCOL, "protocol";
        /// Priority.
        PRIORITY = NFT_META_PRIORITY, "priority";
        /// Mark.
        MARK = NFT_META_MARK, "mark";
        /// Index of the interface it came by.
        IIF = NFT_META_IIF, "iif";
        /// Index of the interface it goes by.
        OIF = NFT_META_OIF, "oif";
        /// Name of the interface it came by.
        IIFNAME = NFT_META_IIFNAME, "iifname";
        /// Name of the interface it goes by.
        OIFNAME = NFT_META_OIFNAME, "oifname";
        /// Type of the interface it came by (`ARPHRD_…`).
        IIFTYPE = NFT_META_IIFTYPE, "iiftype";
        /// Type of the interface it goes by.
        OIFTYPE = NFT_META_OIFTYPE, "oiftype";
        /// User of the socket.
        SKUID = NFT_META_SKUID, "skuid";
        /// Group of the socket.
        SKGID = NFT_META_SKGID, "skgid";
        /// Whether it is traced.
        NFTRACE = NFT_META_NFTRACE, "nftrace";
        /// Routing realm.
        RTCLASSID = NFT_META_RTCLASSID, "rtclassid";
        /// Security mark.
        SECMARK = NFT_META_SECMARK, "secmark";
        /// Family.
        NFPROTO = NFT_META_NFPROTO, "nfproto";
        /// Transport protocol.
        L4PROTO = NFT_META_L4PROTO, "l4proto";
        /// Name of the bridge it came by.
        BRI_IIFNAME = NFT_META_BRI_IIFNAME, "ibrname";
        /// Name of the bridge it goes by.
        BRI_OIFNAME = NFT_META_BRI_OIFNAME, "obrname";
        /// For whom it is (`PACKET_…`).
        PKTTYPE = NFT_META_PKTTYPE, "pkttype";
        /// The processor.
        CPU = NFT_META_CPU, "cpu";
        /// Group of the interface it came by.
        IIFGROUP = NFT_META_IIFGROUP, "iifgroup";
        /// Group of the interface it goes by.
        OIFGROUP = NFT_META_OIFGROUP, "oifgroup";
        /// Control group of the socket.
        CGROUP = NFT_META_CGROUP, "cgroup";
        /// A random number.
        PRANDOM = NFT_META_PRANDOM, "random";
        /// Whether IPsec protected it.
        SECPATH = NFT_META_SECPATH, "ipsec";
        /// Kind of the interface it came by. Linux 5.3.
        IIFKIND = NFT_META_IIFKIND, "iifkind";
        /// Kind of the interface it goes by. Linux 5.3.
        OIFKIND = NFT_META_OIFKIND, "oifkind";
        /// VLAN of the bridge's port it came by that has no tag. Linux 5.3.
        BRI_IIFPVID = NFT_META_BRI_IIFPVID, "ibrpvid";
        /// EtherType of the bridge's tags. Linux 5.3.
        BRI_IIFVPROTO = NFT_META_BRI_IIFVPROTO, "ibrvproto";
        /// Nanoseconds since 1970. Linux 5.4.
        TIME_NS = NFT_META_TIME_NS, "time";
        /// Day of the week, from Sunday on. Linux 5.4.
        TIME_DAY = NFT_META_TIME_DAY, "day";
        /// Second of the day. Linux 5.4.
        TIME_HOUR = NFT_META_TIME_HOUR, "hour";
        /// Index of the interface of a VRF that it came by. Linux 5.5.
        SDIF = NFT_META_SDIF, "sdif";
        /// Name of the interface of a VRF that it came by. Linux 5.5.
        SDIFNAME = NFT_META_SDIFNAME, "sdifname";
        /// Whether it is routed and not bridged. Linux 6.4.
        BRI_BROUTE = NFT_META_BRI_BROUTE, "broute";
        /// Address of the bridge it came by. Linux 6.18.
        BRI_IIFHWADDR = NFT_META_BRI_IIFHWADDR, "ibrhwaddr";
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use nlink_core::capture;

    // nft add rule … meta mark set 0x1    nft 1.1.7
    #[test]
    fn it_is_written_as_nft_writes_it() {
        let meta = Meta { key: Some(MetaKey::MARK), source: Some(Register::ONE), ..Meta::default() };
        capture!(meta == "0800020000000003 0800030000000001");
    }
}
