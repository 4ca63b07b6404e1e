//! What the commands of a family take, attribute by attribute (`CTRL_CMD_GETPOLICY`, since Linux 5.7; by command since
//! 5.11; net/netlink/policy.c).

use nlink_core::error::Policy;
use nlink_core::object::{Dump, Filter};
use nlink_core::wire::{Attributes, Numbered, UnknownAttrs, Writer};
use nlink_core::{Attributes as _Attributes, Message};
use nlink_uapi::genetlink::*;

use super::FamilyKey;
use crate::Generic;

/// The policies of a family: which attributes its commands take, and in what bounds.
///
/// The kernel lists them over many messages; a listing joins them to one for each family.
#[derive(Message, Clone, Debug, Default, PartialEq)]
#[message(protocol = Generic, name = "policy", describe = Policies::described)]
#[message(new = CTRL_CMD_GETPOLICY, del = CTRL_CMD_GETPOLICY, get = CTRL_CMD_GETPOLICY)]
pub struct Policies {
    /// The number of the family.
    #[attr(CTRL_ATTR_FAMILY_ID)]
    pub family: Option<u16>,
    /// Which policy each command has; empty before Linux 5.11, where all have the one of index 0. Linux 6.18 tells those
    /// of commands that only list under the number 0, 7.2 under their own.
    #[attr(CTRL_ATTR_OP_POLICY)]
    pub operations: Option<Numbered<OperationPolicies>>,
    /// The policies by index: attributes by number. A nest's attribute says which policy those within it have.
    #[attr(CTRL_ATTR_POLICY)]
    pub policies: Option<Numbered<Numbered<Policy>>>,
    /// Attributes that no field names.
    #[attr(unknown)]
    pub unknown: UnknownAttrs,
}

/// The indexes of a command's policies.
#[derive(_Attributes, Clone, Debug, Default, PartialEq)]
pub struct OperationPolicies {
    /// Where it does something.
    #[attr(CTRL_ATTR_POLICY_DO)]
    pub on_do: Option<u32>,
    /// Where it lists.
    #[attr(CTRL_ATTR_POLICY_DUMP)]
    pub on_dump: Option<u32>,
}

impl Policies {
    /// The attributes that a command takes, where the kernel tells; of doing and listing the former, where there is one.
    pub fn of_operation(&self, command: u8) -> Option<&Numbered<Policy>> {
        match &self.operations {
            Some(operations) => {
                let indexes = operations.get(command.into())?;
                self.within(indexes.on_do.or(indexes.on_dump)?)
            }
            None => self.within(0),
        }
    }

    /// The policy of that index; an attribute that is a nest says which one the attributes within have.
    pub fn within(&self, index: u32) -> Option<&Numbered<Policy>> {
        self.policies.as_ref()?.get(u16::try_from(index).ok()?)
    }

    fn described(&self) -> String {
        match self.family {
            Some(family) => format!("policy of family {family}"),
            None => "policy".into(),
        }
    }
}

impl Dump for Policies {
    type Filter = PolicyOf;
    const SPLIT: bool = true;

    fn join(&mut self, next: Self) -> Option<Self> {
        if self.family != next.family {
            return Some(next);
        }
        if let Some(operations) = next.operations {
            self.operations.get_or_insert_default().0.extend(operations.0);
        }
        for (index, attributes) in next.policies.unwrap_or_default().0 {
            let policies = &mut self.policies.get_or_insert_default().0;
            match policies.iter_mut().find(|(known, _)| *known == index) {
                Some((_, known)) => known.0.extend(attributes.0),
                None => policies.push((index, attributes)),
            }
        }
        self.unknown.extend(next.unknown.iter().cloned());
        None
    }
}

/// Whose policies are listed: a family's, maybe of one command only. The kernel lists no others.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PolicyOf {
    /// The family.
    pub family: Option<FamilyKey>,
    /// The command.
    pub operation: Option<u8>,
}

impl<K: Into<FamilyKey>> From<K> for PolicyOf {
    fn from(family: K) -> Self {
        Self { family: Some(family.into()), operation: None }
    }
}

#[derive(_Attributes, Debug, Default)]
struct Asked {
    #[attr(CTRL_ATTR_FAMILY_ID)]
    id: Option<u16>,
    #[attr(CTRL_ATTR_FAMILY_NAME)]
    name: Option<String>,
    #[attr(CTRL_ATTR_OP)]
    operation: Option<u32>,
}

impl Filter<Policies> for PolicyOf {
    fn emit(&self, writer: &mut Writer) {
        let operation = self.operation.map(u32::from);
        let (id, name) = match &self.family {
            Some(FamilyKey::Id(id)) => (Some(*id), None),
            Some(FamilyKey::Name(name)) => (None, Some(name.clone())),
            None => (None, None),
        };
        Asked { id, name, operation }.emit_all(writer);
    }

    fn matches(&self, _: &Policies) -> bool {
        true
    }
}
