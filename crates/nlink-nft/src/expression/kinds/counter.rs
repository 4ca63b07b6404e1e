//! `counter`: counts what comes by.
//!
//! Linux 3.13, module nf_tables or nft_counter; linux/netfilter/nf_tables.h (`NFTA_COUNTER_…`), policy in
//! net/netfilter/nft_counter.c; [nft(8)](https://man7.org/linux/man-pages/man8/nft.8.html).

use nlink_core::wire::{Be, UnknownAttrs};
use nlink_uapi::nf_tables::*;

/// The `counter` expression.
#[derive(nlink_core::Kind, Clone, Debug, Default, PartialEq)]
#[kind(name = "counter", since = "3.13", module = "nf_tables")]
pub struct Counter {
    /// Bytes.
    #[attr(NFTA_COUNTER_BYTES, as = Be<u64>)]
    pub bytes: Option<u64>,
    /// Packets.
    #[attr(NFTA_COUNTER_PACKETS, as = Be<u64>)]
    pub packets: Option<u64>,
    /// Attributes that no field names.
    #[attr(unknown)]
    pub unknown: UnknownAttrs,
}

#[cfg(test)]
mod tests {
    use super::*;
    use nlink_core::capture;

    // nft add rule … counter    nft 1.1.7
    #[test]
    fn it_is_written_as_nft_writes_it() {
        let counter = Counter::default();
        capture!(counter == "");
    }
}
