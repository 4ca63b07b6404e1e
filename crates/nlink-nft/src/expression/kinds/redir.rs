//! `redir`: the destination becomes this machine.
//!
//! Linux 3.19, module nf_tables or nft_redir; linux/netfilter/nf_tables.h (`NFTA_REDIR_…`), policy in
//! net/netfilter/nft_redir.c; [nft(8)](https://man7.org/linux/man-pages/man8/nft.8.html).

use nlink_core::wire::{Be, UnknownAttrs};
use nlink_uapi::nf_tables::*;

use super::nat::NatFlags;
use crate::expression::Register;

/// The `redir` expression.
#[derive(nlink_core::Kind, Clone, Debug, Default, PartialEq)]
#[kind(name = "redir", since = "3.19", module = "nf_tables")]
pub struct Redir {
    /// The first port.
    #[attr(NFTA_REDIR_REG_PROTO_MIN, as = Be<u32>)]
    pub port_min: Option<Register>,
    /// The last port; absent it is the first.
    #[attr(NFTA_REDIR_REG_PROTO_MAX, as = Be<u32>)]
    pub port_max: Option<Register>,
    /// How.
    #[attr(NFTA_REDIR_FLAGS, as = Be<u32>)]
    pub flags: Option<NatFlags>,
    /// Attributes that no field names.
    #[attr(unknown)]
    pub unknown: UnknownAttrs,
}

#[cfg(test)]
mod tests {
    use super::*;
    use nlink_core::capture;

    // nft add rule … redirect to :8080    nft 1.1.7
    #[test]
    fn it_is_written_as_nft_writes_it() {
        let redir = Redir { port_min: Some(Register::ONE), flags: Some(NatFlags::PORTS), ..Redir::default() };
        capture!(redir == "0800010000000001 0800030000000002");
    }
}
