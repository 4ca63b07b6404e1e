//! `Nftables`: the marker of the protocol, and what encloses its transactions.

use nlink_core::object::{Protocol, Transactional};
use nlink_core::wire::{Be, Codec, Writer, attr_id};
use nlink_uapi::netlink::NETLINK_NETFILTER;
use nlink_uapi::nfnetlink::*;
use zerocopy::IntoBytes;

/// nftables over nfnetlink, as a marker: `Connection::<Nftables>::open()`.
///
/// Listing asks for `CAP_NET_ADMIN` in the namespace as changing does.
#[derive(Clone, Copy, Debug, Default)]
pub struct Nftables;

/// Stands in the upper half of a message's type (linux/netfilter/nfnetlink.h).
const SUBSYSTEM: u16 = attr_id(NFNL_SUBSYS_NFTABLES);

impl Nftables {
    /// The header of the two messages that enclose a transaction: the subsystem stands in it.
    fn enclose(writer: &mut Writer) {
        writer.bytes(nfgenmsg { res_id: SUBSYSTEM.into(), ..Default::default() }.as_bytes());
    }
}

impl Protocol for Nftables {
    const NAME: &'static str = "nftables";
    const NUMBER: u32 = NETLINK_NETFILTER;

    fn begin(&self, command: u16, _: &mut Writer) -> u16 {
        SUBSYSTEM << 8 | command
    }

    /// A message of another subsystem keeps its whole type, which is no command of anybody's.
    fn open<'a>(&self, message_type: u16, body: &'a [u8]) -> (u16, &'a [u8]) {
        match message_type >> 8 == SUBSYSTEM {
            true => (message_type & 0xff, body),
            false => (message_type | 0x8000, body),
        }
    }
}

impl Transactional for Nftables {
    fn begin_transaction(&self, generation: Option<u32>, writer: &mut Writer) -> u16 {
        Self::enclose(writer);
        if let Some(generation) = generation {
            writer.attr(attr_id(NFNL_BATCH_GENID), |payload| Be(generation).encode(payload));
        }
        attr_id(NFNL_MSG_BATCH_BEGIN)
    }

    fn end_transaction(&self, writer: &mut Writer) -> u16 {
        Self::enclose(writer);
        attr_id(NFNL_MSG_BATCH_END)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_of_another_subsystem_is_never_taken_for_one_of_ours() {
        let command = Nftables.begin(3, &mut Writer::new());
        assert_eq!(Nftables.open(command, &[1]), (3, &[1][..]));
        assert!(Nftables.open(attr_id(NFNL_SUBSYS_CTNETLINK) << 8 | 3, &[]).0 > 0xff);
        assert!(Nftables.open(3, &[]).0 > 0xff);
    }
}
