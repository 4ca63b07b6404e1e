//! Tables: what chains, sets and named objects live in.

use nlink_core::flag_set;
use nlink_core::object::{Add, Change, Del, Get, Replace};
use nlink_core::wire::{Be, UnknownAttrs, attr_id};
use nlink_uapi::netlink::NLM_F_CREATE;
use nlink_uapi::nf_tables::*;

use crate::{Chain, Family, Header, Nftables, Userdata};

/// A table.
#[derive(nlink_core::Message, Clone, Debug, Default, PartialEq)]
#[message(protocol = Nftables, header = Header, name = "table", describe = Table::described)]
#[message(new = NFT_MSG_NEWTABLE, del = NFT_MSG_DELTABLE, get = NFT_MSG_GETTABLE)]
pub struct Table {
    /// The header: its family.
    pub header: Header,
    /// Its name, up to 255 bytes.
    #[attr(NFTA_TABLE_NAME)]
    pub name: Option<String>,
    /// How it behaves.
    #[attr(NFTA_TABLE_FLAGS, as = Be<u32>)]
    pub flags: Option<TableFlags>,
    /// How many chains, sets and objects are in it; only told.
    #[attr(NFTA_TABLE_USE, as = Be<u32>)]
    pub uses: Option<u32>,
    /// The number that the kernel knows it by; only told.
    #[attr(NFTA_TABLE_HANDLE, as = Be<u64>)]
    pub handle: Option<u64>,
    /// Comment and more.
    #[attr(NFTA_TABLE_USERDATA)]
    pub userdata: Option<Userdata>,
    /// The port of the socket that it belongs to; only told.
    #[attr(NFTA_TABLE_OWNER, as = Be<u32>)]
    pub owner: Option<u32>,
    /// Attributes that no field names.
    #[attr(unknown)]
    pub unknown: UnknownAttrs,
}

flag_set! {
    /// How a table behaves (`NFT_TABLE_F_…`).
    pub struct TableFlags(u32) {
        /// Its chains see no packets.
        DORMANT = NFT_TABLE_F_DORMANT, "dormant";
        /// It goes when the socket that made it is closed; Linux 5.12.
        OWNER = NFT_TABLE_F_OWNER, "owner";
        /// It stays, to be owned again; Linux 6.9.
        PERSIST = NFT_TABLE_F_PERSIST, "persist";
    }
}

impl Table {
    /// A table of any family.
    pub fn new(family: Family, name: &str) -> Self {
        Self { header: family.into(), name: Some(name.into()), ..Self::default() }
    }

    /// A table for IPv4 and IPv6.
    pub fn inet(name: &str) -> Self {
        Self::new(Family::INET, name)
    }

    /// Says what it is for.
    pub fn comment(mut self, text: &str) -> Self {
        self.userdata = Some(Userdata::with_comment(text));
        self
    }

    /// A chain in it.
    pub fn chain(&self, name: &str) -> Chain {
        Chain {
            header: self.header.family.into(),
            table: self.name.clone(),
            name: Some(name.into()),
            ..Chain::default()
        }
    }

    fn described(&self) -> String {
        format!("table {} {}", self.header.family, self.name.as_deref().unwrap_or_default())
    }
}

impl Get for Table {
    type Key = (Family, String);

    fn request_for((family, name): Self::Key) -> Self {
        Self::new(family, &name)
    }
}

impl Add for Table {}
/// One that is there stays as it is: nft's `add`.
impl Replace for Table {
    const FLAGS: u16 = attr_id(NLM_F_CREATE);
}
/// Its flags.
impl Change for Table {
    const FLAGS: u16 = 0;
}
/// With everything in it.
impl Del for Table {}

#[cfg(test)]
mod tests {
    use super::*;
    use nlink_core::capture;

    // nft 'add table inet t2 { comment "hello"; }'    nft 1.1.7, whose second entry in userdata is its own version
    #[test]
    fn a_table_is_made_as_nft_makes_it() {
        let table = Table { flags: Some(TableFlags::default()), ..Table::inet("t2") }.comment("hello");
        capture!(table == "01000000 0700 0100 74320000  0800 0200 00000000  0c00 0600 000668656c6c6f00");
    }
}
