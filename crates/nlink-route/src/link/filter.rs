//! What a listing of links can be narrowed to: by the kernel where it can (`rtnl_dump_ifinfo` in
//! net/core/rtnetlink.c), exactly in any case.

use nlink_core::Interface;
use nlink_core::object::Filter;
use nlink_core::wire::{Codec, Message, Writer, attr_id};
use nlink_uapi::if_link::{IFLA_EXT_MASK, IFLA_INFO_KIND, IFLA_LINKINFO, IFLA_MASTER};
use nlink_uapi::rtnetlink::{RTEXT_FILTER_SKIP_STATS, RTEXT_FILTER_VF};

use super::{IfInfo, Link, LinkFlags};
use crate::Family;

/// Which links to list; the default is all of them, with everything that the kernel tells.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LinkFilter {
    /// The address family whose view is wanted: `AF_BRIDGE` lists ports of bridges.
    pub family: Family,
    /// One link only.
    pub interface: Option<Interface>,
    /// Links enslaved to this one.
    pub master: Option<Interface>,
    /// Links without a master.
    pub no_master: bool,
    /// Links of this kind.
    pub kind: Option<String>,
    /// Slaves of this kind of master.
    pub slave_kind: Option<String>,
    /// Links of this group.
    pub group: Option<u32>,
    /// Links that are set up.
    pub up: bool,
    /// Leave out the counters, which make the answer smaller.
    pub without_statistics: bool,
}

impl LinkFilter {
    /// Links of a kind.
    pub fn kind(kind: impl Into<String>) -> Self {
        Self { kind: Some(kind.into()), ..Self::default() }
    }
}

impl Filter<Link> for LinkFilter {
    fn emit(&self, writer: &mut Writer) {
        Link { header: IfInfo { family: self.family, ..IfInfo::default() }, ..Link::default() }.emit(writer);
        if self.family == Family::INET6 {
            // IPv6's own view of links takes no attribute (net/ipv6/addrconf.c, `inet6_valid_dump_ifinfo`).
            return;
        }
        let skip = if self.without_statistics { RTEXT_FILTER_SKIP_STATS } else { 0 };
        writer.attr(attr_id(IFLA_EXT_MASK), |payload| (RTEXT_FILTER_VF | skip).encode(payload));
        if let Some(master) = &self.master {
            writer.attr(attr_id(IFLA_MASTER), |payload| master.encode(payload));
        }
        if let Some(kind) = &self.kind {
            writer.nest(attr_id(IFLA_LINKINFO), |nest| {
                nest.attr(attr_id(IFLA_INFO_KIND), |payload| kind.encode(payload));
            });
        }
    }

    fn matches(&self, link: &Link) -> bool {
        let info = link.info.as_ref();
        let kind = info.and_then(|info| Some(info.kind.as_ref()?.name()));
        let slave_kind = info.and_then(|info| Some(info.slave.as_ref()?.name()));
        let is = |wanted: &Option<String>, got: Option<&str>| wanted.as_deref().is_none_or(|name| got == Some(name));
        let index_is = |wanted: &Option<Interface>, got: Option<u32>| {
            wanted.as_ref().is_none_or(|interface| interface.index().is_some_and(|index| got == Some(index)))
        };
        let master = link.master.as_ref().and_then(Interface::index);
        index_is(&self.interface, Some(link.index()))
            && index_is(&self.master, master)
            && (!self.no_master || master.is_none())
            && is(&self.kind, kind)
            && is(&self.slave_kind, slave_kind)
            && self.group.is_none_or(|group| link.group == Some(group))
            && (!self.up || link.header.flags.contains(LinkFlags::UP))
    }

    fn visit_interfaces(&mut self, visit: &mut dyn FnMut(&mut Interface)) {
        self.interface.iter_mut().chain(&mut self.master).for_each(visit);
    }
}
