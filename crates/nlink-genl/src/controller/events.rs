//! Families that come and go, and their groups.

use nlink_core::object::{EventMessage, Events};
use nlink_core::wire::{Message, WireError, attr_id};
use nlink_uapi::genetlink::*;

use super::FamilyInfo;
use crate::Generic;

/// What the controller announces.
#[derive(Clone, Debug, PartialEq)]
pub enum FamilyEvent {
    /// A family came: its module was loaded.
    Added(FamilyInfo),
    /// A family went.
    Removed(FamilyInfo),
    /// A family got a multicast group, the only one listed.
    GroupAdded(FamilyInfo),
    /// A family lost a multicast group, the only one listed.
    GroupRemoved(FamilyInfo),
}

/// In the initial network namespace also families that no other namespace has.
impl Events for FamilyInfo {
    type Protocol = Generic;
    type Item = FamilyEvent;
    /// The controller's group `notify`, whose number is fixed as the controller's own is.
    const GROUPS: &'static [u32] = &[GENL_ID_CTRL];

    fn read(message: &EventMessage<'_>) -> Option<Result<Self::Item, WireError>> {
        let EventMessage { command, body, .. } = *message;
        let make = EVENTS.iter().find(|(announced, _)| attr_id(*announced) == command).map(|(_, make)| make)?;
        Some(FamilyInfo::decode(body).map(make))
    }
}

type Make = fn(FamilyInfo) -> FamilyEvent;

const EVENTS: [(u32, Make); 4] = [
    (CTRL_CMD_NEWFAMILY, FamilyEvent::Added),
    (CTRL_CMD_DELFAMILY, FamilyEvent::Removed),
    (CTRL_CMD_NEWMCAST_GRP, FamilyEvent::GroupAdded),
    (CTRL_CMD_DELMCAST_GRP, FamilyEvent::GroupRemoved),
];
