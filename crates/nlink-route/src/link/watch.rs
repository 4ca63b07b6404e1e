//! Links as mirrors see them: known by index, and what their announcements leave out.

use std::convert::Infallible;

use nlink_core::object::{Cues, EventMessage, Likeness, Watch};
use nlink_core::wire::WireError;
use nlink_uapi::rtnetlink::RTNLGRP_IPV6_IFINFO;

use super::{IfInfo, Link, LinkFilter, LinkFlags};
use crate::Family;

/// Some changes of a link that is down (alias, alternative names, group, queue length) the kernel announces to nobody
/// (`netdev_state_change` in net/core/dev.c); they are seen when something else of the link is announced.
impl Watch for Link {
    /// The index.
    type Key = u32;
    type Cues = Inet6Links;

    fn key(&self) -> u32 {
        self.index()
    }

    /// Of virtual functions announcements say nothing.
    fn likeness(&self, held: &Self) -> Likeness {
        if self.vfs.len() < held.vfs.len() { Likeness::Unclear } else { Likeness::Same }
    }

    /// The link itself or a family's view of it, as is listed: a port that leaves its bridge is announced as a deletion
    /// in the bridge's view. What wireless extensions announce is no link.
    fn belongs(&self, filter: &LinkFilter) -> bool {
        let wanted = filter.interface.as_ref().and_then(|interface| interface.index());
        self.header.family == view(filter)
            && self.wireless.is_none()
            && wanted.is_none_or(|index| index == self.index())
    }

    /// Each view shows some of what the others announce: the state of a bridge's port, IPv6's settings.
    fn hints(&self, filter: &LinkFilter) -> bool {
        self.header.family != view(filter)
    }

    /// Why it was announced, and which flags changed.
    fn settle(&mut self) {
        self.header = IfInfo { change: LinkFlags::default(), ..self.header };
        self.event = None;
    }

    fn complete(&mut self, held: &Self) {
        self.vf_count = self.vf_count.or(held.vf_count);
        if self.vfs.is_empty() {
            self.vfs.clone_from(&held.vfs);
            self.vf_ports.clone_from(&held.vf_ports);
            self.port_self.clone_from(&held.port_self);
        }
    }
}

/// Which view of links a listing shows: the links themselves, or a family's.
fn view(filter: &LinkFilter) -> Family {
    match filter.family {
        family @ (Family::BRIDGE | Family::INET6) => family,
        _ => Family::UNSPEC,
    }
}

/// IPv6's view of links has a multicast group of its own.
#[derive(Clone, Copy, Debug, Default)]
pub struct Inet6Links;

impl Cues for Inet6Links {
    const GROUPS: &'static [u32] = &[RTNLGRP_IPV6_IFINFO];
    type Cue = Infallible;

    fn read(_: &EventMessage<'_>) -> Option<Result<Infallible, WireError>> {
        None
    }

    fn heed(&mut self, cue: Infallible) -> bool {
        match cue {}
    }
}
