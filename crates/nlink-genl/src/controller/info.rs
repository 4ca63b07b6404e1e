//! A family as the controller tells it.

use nlink_core::object::{Dump, Get};
use nlink_core::show::{Show, Sink};
use nlink_core::wire::{FlagSet, UnknownAttrs};
use nlink_core::{Attributes, Message, flag_set};
use nlink_uapi::genetlink::*;

use crate::Generic;

/// A family: its number, its commands, its multicast groups.
#[derive(Message, Clone, Debug, Default, PartialEq)]
#[message(protocol = Generic, name = "family", describe = FamilyInfo::described)]
#[message(new = CTRL_CMD_NEWFAMILY, del = CTRL_CMD_DELFAMILY, get = CTRL_CMD_GETFAMILY)]
pub struct FamilyInfo {
    /// Its number, the type of its messages; another one each time its module is loaded.
    #[attr(CTRL_ATTR_FAMILY_ID)]
    pub id: Option<u16>,
    /// Its name, up to 15 bytes.
    #[attr(CTRL_ATTR_FAMILY_NAME)]
    pub name: Option<String>,
    /// The version that it says it speaks.
    #[attr(CTRL_ATTR_VERSION)]
    pub version: Option<u32>,
    /// Bytes of a header of its own before the attributes.
    #[attr(CTRL_ATTR_HDRSIZE)]
    pub header_size: Option<u32>,
    /// The highest number of an attribute that it knows; of a family whose commands differ, 0.
    #[attr(CTRL_ATTR_MAXATTR)]
    pub max_attribute: Option<u32>,
    /// Its commands.
    #[attr(CTRL_ATTR_OPS, indexed)]
    pub operations: Vec<Operation>,
    /// Its multicast groups.
    #[attr(CTRL_ATTR_MCAST_GROUPS, indexed)]
    pub groups: Vec<Group>,
    /// Attributes that no field names.
    #[attr(unknown)]
    pub unknown: UnknownAttrs,
}

/// A command of a family.
#[derive(Attributes, Clone, Debug, Default, PartialEq)]
pub struct Operation {
    /// The command.
    #[attr(CTRL_ATTR_OP_ID)]
    pub id: Option<u32>,
    /// What can be done with it, and who may.
    #[attr(CTRL_ATTR_OP_FLAGS)]
    pub flags: Option<OperationFlags>,
}

flag_set! {
    /// What can be done with a command (linux/genetlink.h, `GENL_…`).
    pub struct OperationFlags(u32) {
        /// Takes `CAP_NET_ADMIN` in the initial user namespace.
        ADMIN = GENL_ADMIN_PERM, "admin";
        /// Does something, or asks for one thing.
        DO = GENL_CMD_CAP_DO, "do";
        /// Lists.
        DUMP = GENL_CMD_CAP_DUMP, "dump";
        /// Says which attributes it takes.
        POLICY = GENL_CMD_CAP_HASPOL, "policy";
        /// Takes `CAP_NET_ADMIN` in the user namespace that owns the network namespace.
        NAMESPACE_ADMIN = GENL_UNS_ADMIN_PERM, "netns-admin";
    }
}

/// A multicast group of a family.
#[derive(Attributes, Clone, Debug, Default, PartialEq)]
pub struct Group {
    /// Its name.
    #[attr(CTRL_ATTR_MCAST_GRP_NAME)]
    pub name: Option<String>,
    /// The number by which a socket joins it.
    #[attr(CTRL_ATTR_MCAST_GRP_ID)]
    pub id: Option<u32>,
}

impl FamilyInfo {
    /// The number of the multicast group of that name.
    pub fn group(&self, name: &str) -> Option<u32> {
        self.groups.iter().find(|group| group.name.as_deref() == Some(name)).and_then(|group| group.id)
    }

    /// What can be done with a command, where the family has it.
    pub fn operation(&self, command: u8) -> Option<OperationFlags> {
        let known = self.operations.iter().find(|operation| operation.id == Some(command.into()));
        known.map(|operation| operation.flags.unwrap_or_default())
    }

    fn described(&self) -> String {
        match (&self.name, self.id) {
            (Some(name), _) => format!("family {name}"),
            (None, Some(id)) => format!("family {id}"),
            (None, None) => "family".into(),
        }
    }
}

/// What a family is known by: its name or its number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FamilyKey {
    /// By name.
    Name(String),
    /// By number.
    Id(u16),
}

impl From<&str> for FamilyKey {
    fn from(name: &str) -> Self {
        Self::Name(name.into())
    }
}

impl From<u16> for FamilyKey {
    fn from(id: u16) -> Self {
        Self::Id(id)
    }
}

impl Get for FamilyInfo {
    type Key = FamilyKey;

    fn request_for(key: FamilyKey) -> Self {
        match key {
            FamilyKey::Name(name) => Self { name: Some(name), ..Self::default() },
            FamilyKey::Id(id) => Self { id: Some(id), ..Self::default() },
        }
    }
}

impl Dump for FamilyInfo {
    type Filter = ();
}

/// `family nlctrl id 16 version 2 commands 3:do,dump,policy 10:dump,policy groups notify`.
impl Show for FamilyInfo {
    fn show(&self, sink: &mut Sink<'_>) {
        let name = self.name.as_deref().unwrap_or_default();
        sink.put("name", name, format_args!("family {name} "));
        let numbers = [("id", self.id.map(u32::from)), ("version", self.version), ("header_size", self.header_size)];
        for (key, number) in numbers {
            if let Some(number) = number {
                sink.word(key, key, number);
            }
        }
        sink.array("commands", |sink| {
            self.operations.iter().enumerate().for_each(|(at, command)| {
                sink.text(format_args!("{}", if at == 0 { "commands " } else { "" }));
                sink.item(|sink| command.show(sink));
            })
        });
        sink.array("groups", |sink| {
            self.groups.iter().enumerate().for_each(|(at, group)| {
                sink.text(format_args!("{}", if at == 0 { "groups " } else { "" }));
                sink.item(|sink| group.show(sink));
            })
        });
    }
}

/// `0:dump,policy`.
impl Show for Operation {
    fn show(&self, sink: &mut Sink<'_>) {
        let (id, flags) = (self.id.unwrap_or_default(), self.flags.unwrap_or_default());
        sink.put("id", id, format_args!("{id}:"));
        sink.array("flags", |sink| flags.names().for_each(|name| sink.element(name, format_args!(""))));
        sink.text(format_args!("{flags} "));
    }
}

/// The name; as JSON also the number.
impl Show for Group {
    fn show(&self, sink: &mut Sink<'_>) {
        let name = self.name.as_deref().unwrap_or_default();
        sink.put("name", name, format_args!("{name} "));
        sink.json("id", self.id.unwrap_or_default());
    }
}

nlink_core::display_by_show!(FamilyInfo);

#[cfg(test)]
mod tests {
    use super::*;

    // genl ctrl get name nlctrl, what the kernel answered: Linux 6.18
    #[cfg(target_endian = "little")]
    #[test]
    fn bytes_as_the_kernel_sends_them() {
        nlink_core::capture!(
            FamilyInfo {
                name: Some("nlctrl".into()),
                id: Some(16),
                version: Some(2),
                header_size: Some(0),
                max_attribute: Some(0),
                operations: vec![
                    Operation {
                        id: Some(3),
                        flags: Some(OperationFlags::DO | OperationFlags::DUMP | OperationFlags::POLICY)
                    },
                    Operation { id: Some(10), flags: Some(OperationFlags::DUMP | OperationFlags::POLICY) },
                ],
                groups: vec![Group { name: Some("notify".into()), id: Some(16) }],
                ..FamilyInfo::default()
            } == "0b00 0200 6e6c6374726c0000  0600 0100 10000000  0800 0300 02000000  0800 0400 00000000
            0800 0500 00000000  2c00 0600 1400 0100 0800 0100 03000000 0800 0200 0e000000
                                          1400 0200 0800 0100 0a000000 0800 0200 0c000000
            1c00 0700 1800 0100 0800 0200 10000000 0b00 0100 6e6f746966790000"
        );
    }
}
