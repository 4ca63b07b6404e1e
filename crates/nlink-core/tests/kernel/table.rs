//! A table of nftables, with as little of it as these tests need, and the transactions that it lives in.

use nlink_core::Message;
use nlink_core::object::{Add, Del, Get, Protocol, Transactional};
use nlink_core::wire::{UnknownAttrs, Writer, attr_id};
use nlink_uapi::netlink::NETLINK_NETFILTER;
use nlink_uapi::nf_tables::{NFT_MSG_DELTABLE, NFT_MSG_GETTABLE, NFT_MSG_NEWTABLE, NFTA_TABLE_NAME};
use nlink_uapi::nfnetlink::{
    NFNL_BATCH_GENID, NFNL_MSG_BATCH_BEGIN, NFNL_MSG_BATCH_END, NFNL_SUBSYS_NFTABLES, nfgenmsg,
};
use zerocopy::IntoBytes;

#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Nftables;

const SUBSYSTEM: u16 = attr_id(NFNL_SUBSYS_NFTABLES);

impl Protocol for Nftables {
    const NAME: &'static str = "nftables";
    const NUMBER: u32 = NETLINK_NETFILTER;

    fn begin(&self, command: u16, _: &mut Writer) -> u16 {
        SUBSYSTEM << 8 | command
    }

    fn open<'a>(&self, message_type: u16, body: &'a [u8]) -> (u16, &'a [u8]) {
        (message_type & 0xff, body)
    }
}

impl Transactional for Nftables {
    fn begin_transaction(&self, generation: Option<u32>, writer: &mut Writer) -> u16 {
        writer.bytes(nfgenmsg { res_id: SUBSYSTEM.into(), ..Default::default() }.as_bytes());
        if let Some(generation) = generation {
            writer.attr(attr_id(NFNL_BATCH_GENID), |payload| payload.bytes(&generation.to_be_bytes()));
        }
        attr_id(NFNL_MSG_BATCH_BEGIN)
    }

    fn end_transaction(&self, writer: &mut Writer) -> u16 {
        writer.bytes(nfgenmsg { res_id: SUBSYSTEM.into(), ..Default::default() }.as_bytes());
        attr_id(NFNL_MSG_BATCH_END)
    }
}

#[derive(Message, Clone, Debug, Default, PartialEq)]
#[message(header = nfgenmsg, protocol = Nftables, name = "table", describe = Table::described)]
#[message(new = NFT_MSG_NEWTABLE, del = NFT_MSG_DELTABLE, get = NFT_MSG_GETTABLE)]
pub(crate) struct Table {
    pub(crate) header: nfgenmsg,
    #[attr(NFTA_TABLE_NAME)]
    pub(crate) name: Option<String>,
    #[attr(unknown)]
    pub(crate) unknown: UnknownAttrs,
}

impl Table {
    pub(crate) fn inet(name: &str) -> Self {
        let family = u8::try_from(nlink_uapi::netfilter::NFPROTO_INET).unwrap();
        Self {
            header: nfgenmsg { nfgen_family: family, ..Default::default() },
            name: Some(name.into()),
            ..Self::default()
        }
    }

    fn described(&self) -> String {
        format!("table {}", self.name.as_deref().unwrap_or_default())
    }
}

impl Get for Table {
    type Key = String;

    fn request_for(key: String) -> Self {
        Self::inet(&key)
    }
}

impl Add for Table {}
impl Del for Table {}
