//! Sets and maps as the kernel keeps them.

use std::sync::atomic::{AtomicU32, Ordering};

use nlink_core::flag_set;
use nlink_core::object::{Add, Del, Get, Replace};
use nlink_core::wire::{Be, UnknownAttrs, attr_id};
use nlink_uapi::netlink::NLM_F_CREATE;
use nlink_uapi::nf_tables::*;

use super::{DataType, Key, SetElements};
use crate::{Expression, Family, Header, Nftables, Table, Userdata};

/// A set, or a map: a set whose keys have values.
#[derive(nlink_core::Message, Clone, Debug, Default, PartialEq)]
#[message(protocol = Nftables, header = Header, name = "set", describe = Set::described)]
#[message(new = NFT_MSG_NEWSET, del = NFT_MSG_DELSET, get = NFT_MSG_GETSET)]
pub struct Set {
    /// The header: the table's family.
    pub header: Header,
    /// The table.
    #[attr(NFTA_SET_TABLE)]
    pub table: Option<String>,
    /// Its name; `%d` in it is a number of the kernel's choice.
    #[attr(NFTA_SET_NAME)]
    pub name: Option<String>,
    /// What it can hold.
    #[attr(NFTA_SET_FLAGS, as = Be<u32>)]
    pub flags: Option<SetFlags>,
    /// What its keys are; the kernel does not look at it.
    #[attr(NFTA_SET_KEY_TYPE, as = Be<u32>)]
    pub key_type: Option<DataType>,
    /// Bytes of a key.
    #[attr(NFTA_SET_KEY_LEN, as = Be<u32>)]
    pub key_len: Option<u32>,
    /// What a map's values are.
    #[attr(NFTA_SET_DATA_TYPE, as = Be<u32>)]
    pub data_type: Option<DataType>,
    /// Bytes of a map's value.
    #[attr(NFTA_SET_DATA_LEN, as = Be<u32>)]
    pub data_len: Option<u32>,
    /// What it is to be good at (`NFT_SET_POL_…`).
    #[attr(NFTA_SET_POLICY, as = Be<u32>)]
    pub policy: Option<u32>,
    /// Its size and the parts of its keys.
    #[attr(NFTA_SET_DESC)]
    pub description: Option<SetDescription>,
    /// Its number in the transaction; only asked.
    #[attr(NFTA_SET_ID, as = Be<u32>)]
    pub id: Option<u32>,
    /// After how many milliseconds an element goes, unless it says otherwise.
    #[attr(NFTA_SET_TIMEOUT, as = Be<u64>)]
    pub timeout: Option<u64>,
    /// Every how many milliseconds what has timed out is cleared away.
    #[attr(NFTA_SET_GC_INTERVAL, as = Be<u32>)]
    pub gc_interval: Option<u32>,
    /// Comment and more.
    #[attr(NFTA_SET_USERDATA)]
    pub userdata: Option<Userdata>,
    /// Of a map of named objects: their type (`NFT_OBJECT_…`).
    #[attr(NFTA_SET_OBJ_TYPE, as = Be<u32>)]
    pub object_type: Option<u32>,
    /// The number that the kernel knows it by; only told.
    #[attr(NFTA_SET_HANDLE, as = Be<u64>)]
    pub handle: Option<u64>,
    /// What each element does; Linux 5.7.
    #[attr(NFTA_SET_EXPR)]
    pub expression: Option<Expression>,
    /// What each element does, where that is several things; Linux 5.11.
    #[attr(NFTA_SET_EXPRESSIONS, repeated = NFTA_LIST_ELEM)]
    pub expressions: Vec<Expression>,
    /// How the kernel keeps it; only told. Linux 6.16.
    #[attr(NFTA_SET_TYPE)]
    pub backend: Option<String>,
    /// How many elements it has; only told. Linux 6.16.
    #[attr(NFTA_SET_COUNT, as = Be<u32>)]
    pub count: Option<u32>,
    /// Attributes that no field names.
    #[attr(unknown)]
    pub unknown: UnknownAttrs,
}

flag_set! {
    /// What a set can hold (`enum nft_set_flags`).
    pub struct SetFlags(u32) {
        /// It belongs to a rule.
        ANONYMOUS = NFT_SET_ANONYMOUS, "anonymous";
        /// It does not change once a rule refers to it.
        CONSTANT = NFT_SET_CONSTANT, "constant";
        /// Intervals.
        INTERVAL = NFT_SET_INTERVAL, "interval";
        /// Values with its keys.
        MAP = NFT_SET_MAP, "map";
        /// Elements that go by themselves.
        TIMEOUT = NFT_SET_TIMEOUT, "timeout";
        /// Elements that rules add.
        DYNAMIC = NFT_SET_EVAL, "dynamic";
        /// Named objects with its keys.
        OBJECT = NFT_SET_OBJECT, "object";
        /// Intervals of concatenations; Linux 5.6.
        CONCATENATION = NFT_SET_CONCAT, "concatenation";
        /// Elements that do something.
        EXPRESSION = NFT_SET_EXPR, "expression";
    }
}

/// The size of a set and the parts of its keys (`NFTA_SET_DESC_…`).
#[derive(nlink_core::Attributes, Clone, Debug, Default, PartialEq)]
pub struct SetDescription {
    /// How many elements it may have.
    #[attr(NFTA_SET_DESC_SIZE, as = Be<u32>)]
    pub size: Option<u32>,
    /// The parts of a concatenation; Linux 5.6.
    #[attr(NFTA_SET_DESC_CONCAT, repeated = NFTA_LIST_ELEM)]
    pub parts: Vec<SetField>,
    /// Attributes that no field names.
    #[attr(unknown)]
    pub unknown: UnknownAttrs,
}

/// A part of a concatenation (`NFTA_SET_FIELD_…`).
#[derive(nlink_core::Attributes, Clone, Debug, Default, PartialEq)]
pub struct SetField {
    /// Its bytes, without what fills them up to four.
    #[attr(NFTA_SET_FIELD_LEN, as = Be<u32>)]
    pub len: Option<u32>,
    /// Attributes that no field names.
    #[attr(unknown)]
    pub unknown: UnknownAttrs,
}

/// Tells sets of one transaction apart; no two of this process are the same before four thousand million.
static NEXT_ID: AtomicU32 = AtomicU32::new(1);

/// A number for a set that no other one of this process has.
pub(crate) fn next_id() -> u32 {
    NEXT_ID.fetch_add(1, Ordering::Relaxed)
}

/// Building.
impl Set {
    /// A set of that name, of which nothing else is said.
    pub fn named(table: &Table, name: &str) -> Self {
        Self {
            header: table.header.family.into(),
            table: table.name.clone(),
            name: (!name.is_empty()).then(|| name.into()),
            id: Some(next_id()),
            ..Self::default()
        }
    }

    fn with_keys<K: Key>(header: Header, table: Option<String>, name: &str) -> Self {
        Self {
            header,
            table,
            name: Some(name.into()),
            flags: Some(SetFlags::default()),
            key_type: Some(K::TYPE),
            key_len: Some(K::LEN),
            id: Some(next_id()),
            ..Self::default()
        }
    }

    /// A set of such keys: `Set::of::<Ipv4Addr>(&table, "allowed")`; of tuples it is a concatenation.
    pub fn of<K: Key>(table: &Table, name: &str) -> Self {
        Self::with_keys::<K>(table.header.family.into(), table.name.clone(), name)
    }

    /// A set of such keys and of intervals of them. For concatenations the kernel wants to know their parts.
    pub fn intervals<K: Key>(table: &Table, name: &str) -> Self {
        let set = Self::of::<K>(table, name).flag(SetFlags::INTERVAL);
        if K::PARTS.is_empty() {
            return set;
        }
        let parts = K::PARTS.iter().map(|len| SetField { len: Some(*len), ..SetField::default() }).collect();
        let description = Some(SetDescription { parts, ..SetDescription::default() });
        Self { description, ..set }.flag(SetFlags::CONCATENATION)
    }

    /// A map from such keys to verdicts.
    pub fn verdicts<K: Key>(table: &Table, name: &str) -> Self {
        let map = Self { data_type: Some(DataType::VERDICT), data_len: Some(0), ..Self::of::<K>(table, name) };
        map.flag(SetFlags::MAP)
    }

    /// A map from such keys to such values.
    pub fn map<K: Key, V: Key>(table: &Table, name: &str) -> Self {
        let map = Self { data_type: Some(V::TYPE), data_len: Some(V::LEN), ..Self::of::<K>(table, name) };
        map.flag(SetFlags::MAP)
    }

    /// The set of one rule.
    pub(crate) fn anonymous<K: Key>(header: Header, table: Option<String>) -> Self {
        Self::with_keys::<K>(header, table, "__set%d").flag(SetFlags::ANONYMOUS | SetFlags::CONSTANT)
    }

    /// Whether it belongs to a rule.
    pub fn is_anonymous(&self) -> bool {
        self.flags.is_some_and(|flags| flags.contains(SetFlags::ANONYMOUS))
    }

    /// It has this flag too.
    pub fn flag(mut self, flag: SetFlags) -> Self {
        self.flags = Some(self.flags.unwrap_or_default() | flag);
        self
    }

    /// Its elements go after so many milliseconds, unless they say otherwise; 0 leaves it to them.
    pub fn timeout(mut self, milliseconds: u64) -> Self {
        self.timeout = (milliseconds > 0).then_some(milliseconds);
        self.flag(SetFlags::TIMEOUT)
    }

    /// It may have so many elements.
    pub fn size(mut self, elements: u32) -> Self {
        self.description.get_or_insert_default().size = Some(elements);
        self
    }

    /// Says what it is for.
    pub fn comment(mut self, text: &str) -> Self {
        self.userdata = Some(Userdata::with_set_comment(text));
        self
    }

    /// Elements for it.
    pub fn elements(&self) -> SetElements {
        SetElements {
            header: self.header.family.into(),
            table: self.table.clone(),
            set: self.name.clone(),
            set_id: self.id,
            ..SetElements::default()
        }
    }

    fn described(&self) -> String {
        let text = |name: &Option<String>| name.clone().unwrap_or_default();
        let what = if self.flags.unwrap_or_default().contains(SetFlags::MAP) { "map" } else { "set" };
        format!("{what} {} {} {}", self.header.family, text(&self.table), text(&self.name))
    }
}

impl Get for Set {
    /// Family, table and name.
    type Key = (Family, String, String);

    fn request_for((family, table, name): Self::Key) -> Self {
        Self { header: family.into(), table: Some(table), name: Some(name), ..Self::default() }
    }
}

impl Add for Set {}
/// One that is there stays as it is, and has to be of the same kind: nft's `add`.
impl Replace for Set {
    const FLAGS: u16 = attr_id(NLM_F_CREATE);
}
/// Only one that no rule refers to.
impl Del for Set {}

#[cfg(test)]
mod tests {
    use super::*;
    use nlink_core::capture;
    use std::net::Ipv4Addr;

    // nft 'add set inet t2 s { type ipv4_addr; flags interval,timeout; timeout 1h; size 100; }'    nft 1.1.7
    #[test]
    fn a_set_is_made_as_nft_makes_it() {
        let set = Set::intervals::<Ipv4Addr>(&Table::inet("t2"), "s").timeout(3_600_000).size(100);
        capture!(
            Set { id: Some(1), ..set }
                == "01000000 0700 0100 74320000  0600 0200 73000000  0800 0300 00000014  0800 0400 00000007
            0800 0500 00000004  0800 0a00 00000001  0c00 0980 0800 0100 00000064  0c00 0b00 000000000036ee80"
        );
    }

    // nft 'add set inet t2 cc { type ipv4_addr . inet_service; flags interval; }'    nft 1.1.7, less its userdata
    #[test]
    fn a_concatenation_has_its_parts_in_their_order() {
        let set = Set::intervals::<(Ipv4Addr, u16)>(&Table::inet("t2"), "cc");
        capture!(
            Set { id: Some(1), ..set }
                == "01000000 0700 0100 74320000  0700 0200 63630000  0800 0300 00000084  0800 0400 000001cd
            0800 0500 00000008  0800 0a00 00000001
            2000 0980 1c00 0280 0c00 0180 0800 0100 00000004 0c00 0180 0800 0100 00000002"
        );
    }

    // nft 'add map inet t2 m { type inet_service : ipv4_addr; }'    nft 1.1.7, less its userdata
    #[test]
    fn a_map_is_made_as_nft_makes_it() {
        let map = Set::map::<u16, Ipv4Addr>(&Table::inet("t2"), "dm");
        capture!(
            Set { id: Some(1), ..map }
                == "01000000 0700 0100 74320000  0700 0200 646d0000  0800 0300 00000008  0800 0400 0000000d
            0800 0500 00000002  0800 0600 00000007  0800 0700 00000004  0800 0a00 00000001"
        );
    }
}
