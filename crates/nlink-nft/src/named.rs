//! Named objects: counters and quotas that rules and elements share.

use nlink_core::object::{Add, Del, Get, Replace};
use nlink_core::wire::{Be, Blob, Codec, UnknownAttrs, WireError, Writer, attr_id};
use nlink_uapi::netlink::NLM_F_CREATE;
use nlink_uapi::nf_tables::*;

use crate::expression::kinds::objref::ObjectType;
use crate::expression::kinds::{Counter, Quota};
use crate::{Family, Header, Nftables, Table, Userdata};

/// A named object (Linux 4.10).
#[derive(nlink_core::Message, Clone, Debug, Default, PartialEq)]
#[message(protocol = Nftables, header = Header, name = "object", describe = NamedObject::described)]
#[message(new = NFT_MSG_NEWOBJ, del = NFT_MSG_DELOBJ, get = NFT_MSG_GETOBJ)]
pub struct NamedObject {
    /// The header: the table's family.
    pub header: Header,
    /// The table.
    #[attr(NFTA_OBJ_TABLE)]
    pub table: Option<String>,
    /// Its name.
    #[attr(NFTA_OBJ_NAME)]
    pub name: Option<String>,
    /// What it is.
    #[attr(NFTA_OBJ_TYPE, as = Be<u32>)]
    pub object_type: Option<ObjectType>,
    /// Its state, in the form of its type: [`NamedObject::state`].
    #[attr(NFTA_OBJ_DATA)]
    pub data: Option<Blob>,
    /// How many refer to it; only told.
    #[attr(NFTA_OBJ_USE, as = Be<u32>)]
    pub uses: Option<u32>,
    /// The number that the kernel knows it by; only told.
    #[attr(NFTA_OBJ_HANDLE, as = Be<u64>)]
    pub handle: Option<u64>,
    /// Comment and more.
    #[attr(NFTA_OBJ_USERDATA)]
    pub userdata: Option<Userdata>,
    /// Attributes that no field names.
    #[attr(unknown)]
    pub unknown: UnknownAttrs,
}

/// The state of a named object.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Stateful {
    /// What passed.
    Counter(Counter),
    /// What may pass.
    Quota(Quota),
    /// Another type: its data, unread.
    Other(Blob),
}

/// Writes a nest's attributes into bytes.
fn bytes_of(value: &impl Codec) -> Blob {
    let mut writer = Writer::new();
    value.encode(&mut writer);
    // Numbers alone cannot fail to be written.
    Blob(writer.finish().unwrap_or_default())
}

impl NamedObject {
    fn new(table: &Table, name: &str, object_type: ObjectType, data: Blob) -> Self {
        Self {
            header: table.header.family.into(),
            table: table.name.clone(),
            name: Some(name.into()),
            object_type: Some(object_type),
            data: Some(data),
            ..Self::default()
        }
    }

    /// A counter.
    pub fn counter(table: &Table, name: &str, start: &Counter) -> Self {
        Self::new(table, name, ObjectType::COUNTER, bytes_of(start))
    }

    /// A quota.
    pub fn quota(table: &Table, name: &str, quota: &Quota) -> Self {
        Self::new(table, name, ObjectType::QUOTA, bytes_of(quota))
    }

    /// Its state, where there is any.
    pub fn state(&self) -> Option<Result<Stateful, WireError>> {
        let data = self.data.as_ref()?;
        Some(match self.object_type {
            Some(ObjectType::COUNTER) => Counter::decode(&data.0).map(Stateful::Counter),
            Some(ObjectType::QUOTA) => Quota::decode(&data.0).map(Stateful::Quota),
            _ => Ok(Stateful::Other(data.clone())),
        })
    }

    fn described(&self) -> String {
        let text = |name: &Option<String>| name.clone().unwrap_or_default();
        let what = self.object_type.unwrap_or_default();
        format!("{what} {} {} {}", self.header.family, text(&self.table), text(&self.name))
    }
}

impl Get for NamedObject {
    /// Family, table, type and name.
    type Key = (Family, String, ObjectType, String);

    fn request_for((family, table, object_type, name): Self::Key) -> Self {
        let (table, name, object_type) = (Some(table), Some(name), Some(object_type));
        Self { header: family.into(), table, name, object_type, ..Self::default() }
    }
}

impl Add for NamedObject {}
/// One that is there stays as it is, in Linux 5.3 and later with a quota's new limit: nft's `add`.
impl Replace for NamedObject {
    const FLAGS: u16 = attr_id(NLM_F_CREATE);
}
/// Only one that nothing refers to.
impl Del for NamedObject {}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::expression::kinds::quota::QuotaFlags;
    use nlink_core::capture;

    // nft 'add counter inet t2 k { packets 3 bytes 300; }'    nft 1.1.7
    #[test]
    fn a_counter_is_made_as_nft_makes_it() {
        let start = Counter { packets: Some(3), bytes: Some(300), ..Counter::default() };
        let object = NamedObject::counter(&Table::inet("t2"), "k", &start);
        capture!(
            object
                == "01000000 0700 0100 74320000  0600 0200 6b000000  0800 0300 00000001
            1c00 0480 0c00 0100 000000000000012c 0c00 0200 0000000000000003"
        );
        assert_eq!(object.state(), Some(Ok(Stateful::Counter(start))));
    }

    // nft 'add quota inet t2 qq { over 25 mbytes used 1 mbytes; }'    nft 1.1.7
    #[test]
    fn a_quota_is_made_as_nft_makes_it() {
        let mib = 1 << 20;
        let quota = Quota { bytes: Some(25 * mib), used: Some(mib), flags: Some(QuotaFlags::OVER), ..Quota::default() };
        let object = NamedObject::quota(&Table::inet("t2"), "qq", &quota);
        capture!(
            object
                == "01000000 0700 0100 74320000  0700 0200 71710000  0800 0300 00000002
            2400 0480 0c00 0100 0000000001900000 0c00 0400 0000000000100000 0800 0200 00000001"
        );
        assert_eq!(object.state(), Some(Ok(Stateful::Quota(quota))));
    }
}
