//! What other announcements say of addresses and routes: those of links, of addresses, of nexthop objects.
//!
//! The kernel takes routes away without a word when their link goes down, loses its last address or joins a VRF, with
//! their nexthop object, and when the address that they prefer as source is deleted (newer kernels announce these); and
//! it marks the nexthops of multipath routes as dead or alive again (net/ipv4/fib_frontend.c, `fib_netdev_event` and
//! `fib_inetaddr_event`; net/ipv6/route.c, `fib6_ifdown`; net/ipv4/nexthop.c).

use std::collections::HashMap;

use nlink_core::Interface;
use nlink_core::object::{Cues, Event, EventMessage, Object};
use nlink_core::wire::{WireError, attr_id};
use nlink_uapi::netlink::NLM_F_EXCL;
use nlink_uapi::rtnetlink::{
    RTM_DELNEXTHOP, RTM_NEWNEXTHOP, RTNLGRP_IPV4_IFADDR, RTNLGRP_IPV6_IFADDR, RTNLGRP_LINK, RTNLGRP_NEXTHOP,
};

use crate::Family;
use crate::address::Address;
use crate::link::{Link, LinkFlags};

/// What routes and addresses feel of a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LinkState {
    index: u32,
    flags: LinkFlags,
    master: Option<u32>,
    mtu: Option<u32>,
    is_new: bool,
    is_gone: bool,
}

impl LinkState {
    fn read(message: &EventMessage<'_>) -> Option<Result<Self, WireError>> {
        let event = match Event::<Link>::read(message)? {
            Ok(event) => event,
            Err(error) => return Some(Err(error)),
        };
        let is_gone = matches!(event, Event::Del(_));
        let link = event.object();
        // A family's view of a link says nothing of the link.
        let is_link = link.header.family == Family::UNSPEC && link.wireless.is_none();
        is_link.then(|| {
            Ok(Self {
                index: link.index(),
                flags: link.header.flags,
                master: link.master.as_ref().and_then(Interface::index),
                mtu: link.mtu,
                // All flags count as changed of a link that was just made.
                is_new: link.header.change.0 == u32::MAX && !link.header.flags.contains(LinkFlags::UP),
                is_gone,
            })
        })
    }
}

/// Links that go up or down, change their master or their MTU, or go.
#[derive(Debug, Default)]
pub struct LinkCues(HashMap<u32, LinkState>);

impl Cues for LinkCues {
    const GROUPS: &'static [u32] = &[RTNLGRP_LINK];
    type Cue = LinkState;

    fn read(message: &EventMessage<'_>) -> Option<Result<LinkState, WireError>> {
        LinkState::read(message)
    }

    /// A link that was not heard of before may have changed.
    fn heed(&mut self, link: LinkState) -> bool {
        if link.is_gone {
            self.0.remove(&link.index);
            return true;
        }
        let state = LinkState { is_new: false, ..link };
        match self.0.insert(link.index, state) {
            Some(before) => before != state,
            None => !link.is_new,
        }
    }
}

/// What may change routes without an announcement of theirs.
#[derive(Debug, Default)]
pub struct RouteCues(LinkCues);

/// Something of that sort.
#[derive(Clone, Copy, Debug)]
pub enum RouteCue {
    /// A link as it is now.
    Link(LinkState),
    /// An address or a nexthop object that counts in any case.
    Other,
}

impl Cues for RouteCues {
    const GROUPS: &'static [u32] = &[RTNLGRP_LINK, RTNLGRP_IPV4_IFADDR, RTNLGRP_IPV6_IFADDR, RTNLGRP_NEXTHOP];
    type Cue = RouteCue;

    fn read(message: &EventMessage<'_>) -> Option<Result<RouteCue, WireError>> {
        if message.command == attr_id(RTM_DELNEXTHOP) {
            return Some(Ok(RouteCue::Other));
        }
        if message.command == attr_id(RTM_NEWNEXTHOP) {
            // No route goes through one that was just made.
            let is_new = message.flags & attr_id(NLM_F_EXCL) != 0;
            return (!is_new).then_some(Ok(RouteCue::Other));
        }
        if message.command == Address::NEW {
            // One more address of IPv4 revives nexthops that died with the last one.
            let family = message.body.first().copied();
            return (family == Some(Family::INET.0)).then_some(Ok(RouteCue::Other));
        }
        if message.command == Address::DEL {
            return Some(Ok(RouteCue::Other));
        }
        LinkState::read(message).map(|link| link.map(RouteCue::Link))
    }

    fn heed(&mut self, cue: RouteCue) -> bool {
        match cue {
            RouteCue::Link(link) => self.0.heed(link),
            RouteCue::Other => true,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn link(index: u32, flags: LinkFlags) -> LinkState {
        LinkState { index, flags, master: None, mtu: Some(1500), is_new: false, is_gone: false }
    }

    #[test]
    fn a_link_counts_when_it_is_not_as_it_was_heard_of_last() {
        let mut cues = LinkCues::default();
        let up = link(3, LinkFlags::UP);
        let steps = [
            (up, true),
            (up, false),
            (link(3, LinkFlags::default()), true),
            (LinkState { mtu: Some(1400), ..link(3, LinkFlags::default()) }, true),
            (LinkState { is_new: true, ..link(4, LinkFlags::default()) }, false),
            (link(4, LinkFlags::default()), false),
            (LinkState { master: Some(3), ..link(4, LinkFlags::default()) }, true),
            (LinkState { is_gone: true, ..up }, true),
        ];
        for (step, (state, counts)) in steps.into_iter().enumerate() {
            assert_eq!(cues.heed(state), counts, "step {step}");
        }
    }
}
