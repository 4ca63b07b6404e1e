//! `log`: tells of the packet, in the kernel's log or to a program (group).
//!
//! Linux 3.13, module nf_tables or nft_log; linux/netfilter/nf_tables.h (`NFTA_LOG_…`), policy in
//! net/netfilter/nft_log.c; [nft(8)](https://man7.org/linux/man-pages/man8/nft.8.html).

use nlink_core::wire::{Be, UnknownAttrs};
use nlink_core::{flag_set, open_enum};
use nlink_uapi::nf_log::*;
use nlink_uapi::nf_tables::*;

/// The `log` expression.
#[derive(nlink_core::Kind, Clone, Debug, Default, PartialEq)]
#[kind(name = "log", since = "3.13", module = "nf_tables")]
pub struct Log {
    /// The group of programs that are told.
    #[attr(NFTA_LOG_GROUP, as = Be<u16>)]
    pub group: Option<u16>,
    /// What it says first, up to 127 bytes.
    #[attr(NFTA_LOG_PREFIX)]
    pub prefix: Option<String>,
    /// Bytes of the packet that programs get.
    #[attr(NFTA_LOG_SNAPLEN, as = Be<u32>)]
    pub snaplen: Option<u32>,
    /// Packets to collect before programs are told.
    #[attr(NFTA_LOG_QTHRESHOLD, as = Be<u16>)]
    pub threshold: Option<u16>,
    /// The level in the kernel's log (kernel: warn).
    #[attr(NFTA_LOG_LEVEL, as = Be<u32>)]
    pub level: Option<LogLevel>,
    /// What more of the packet is told.
    #[attr(NFTA_LOG_FLAGS, as = Be<u32>)]
    pub flags: Option<LogFlags>,
    /// Attributes that no field names.
    #[attr(unknown)]
    pub unknown: UnknownAttrs,
}

open_enum! {
    /// Levels of the kernel's log (`NFT_LOGLEVEL_…`), with nft's names.
    pub struct LogLevel(u32) {
        /// The system is unusable.
        EMERG = NFT_LOGLEVEL_EMERG, "emerg";
        /// Something has to be done at once.
        ALERT = NFT_LOGLEVEL_ALERT, "alert";
        /// Critical.
        CRIT = NFT_LOGLEVEL_CRIT, "crit";
        /// An error.
        ERR = NFT_LOGLEVEL_ERR, "err";
        /// A warning.
        WARNING = NFT_LOGLEVEL_WARNING, "warn";
        /// Normal but worth a look.
        NOTICE = NFT_LOGLEVEL_NOTICE, "notice";
        /// Information.
        INFO = NFT_LOGLEVEL_INFO, "info";
        /// For debugging.
        DEBUG = NFT_LOGLEVEL_DEBUG, "debug";
        /// To audit, not to the log; Linux 4.19.
        AUDIT = NFT_LOGLEVEL_AUDIT, "audit";
    }
}

flag_set! {
    /// What more of the packet is told (`NF_LOG_…`).
    pub struct LogFlags(u32) {
        /// TCP sequence numbers.
        TCP_SEQUENCE = NF_LOG_TCPSEQ, "tcp sequence";
        /// TCP options.
        TCP_OPTIONS = NF_LOG_TCPOPT, "tcp options";
        /// IP options.
        IP_OPTIONS = NF_LOG_IPOPT, "ip options";
        /// The user that sent it.
        UID = NF_LOG_UID, "skuid";
        /// The link layer's header.
        ETHER = NF_LOG_MACDECODE, "ether";
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use nlink_core::capture;

    // nft add rule … log group 2 snaplen 64 queue-threshold 3 prefix "x"    nft 1.1.7
    #[test]
    fn it_is_written_as_nft_writes_it() {
        let log =
            Log { group: Some(2), prefix: Some("x".into()), snaplen: Some(64), threshold: Some(3), ..Log::default() };
        capture!(log == "0600020078000000 0600010000020000 0800030000000040 0600040000030000");
    }
}
