//! A link with as little as these tests need.

use nlink_core::interface::Interface;
use nlink_core::object::{Add, Cues, Del, Dump, Event, EventMessage, Events, Filter, Get, Likeness, Watch};
use nlink_core::wire::{IfName, LinkAddress, UnknownAttrs, Writer, attr_id};
use nlink_core::{Message, Rtnetlink};
use nlink_uapi::if_link::{IFLA_ADDRESS, IFLA_IFNAME, IFLA_MASTER, IFLA_MTU};
use nlink_uapi::rtnetlink::{
    RTM_DELADDR, RTM_DELLINK, RTM_GETLINK, RTM_NEWLINK, RTNLGRP_IPV4_IFADDR, RTNLGRP_LINK, ifinfomsg,
};
use zerocopy::IntoBytes;

#[derive(Message, Clone, Debug, Default, PartialEq)]
#[message(header = ifinfomsg, protocol = Rtnetlink, name = "link", describe = Link::described)]
#[message(new = RTM_NEWLINK, del = RTM_DELLINK, get = RTM_GETLINK)]
pub(crate) struct Link {
    pub(crate) header: ifinfomsg,
    #[attr(IFLA_IFNAME)]
    pub(crate) name: Option<IfName>,
    #[attr(IFLA_MTU)]
    pub(crate) mtu: Option<u32>,
    #[attr(IFLA_ADDRESS)]
    pub(crate) address: Option<LinkAddress>,
    #[attr(IFLA_MASTER)]
    pub(crate) master: Option<Interface>,
    #[attr(unknown)]
    pub(crate) unknown: UnknownAttrs,
}

impl Link {
    pub(crate) fn named(name: &str) -> Self {
        Self { name: name.parse().ok(), ..Self::default() }
    }

    fn described(&self) -> String {
        let name = self.name.map(|name| name.to_string());
        let master = self.master.as_ref().map(|master| format!(" master {master}")).unwrap_or_default();
        format!("link {}{master}", name.unwrap_or_else(|| self.header.ifi_index.to_string()))
    }
}

impl Get for Link {
    type Key = String;

    fn request_for(key: String) -> Self {
        Self::named(&key)
    }
}

impl Add for Link {}
impl Del for Link {}

impl Dump for Link {
    type Filter = OnMaster;
}

#[derive(Clone, Debug, Default)]
pub(crate) struct OnMaster(pub(crate) Option<Interface>);

impl Filter<Link> for OnMaster {
    fn emit(&self, writer: &mut Writer) {
        writer.bytes(ifinfomsg::default().as_bytes());
    }

    fn matches(&self, link: &Link) -> bool {
        self.0.is_none() || self.0 == link.master
    }

    fn visit_interfaces(&mut self, visit: &mut dyn FnMut(&mut Interface)) {
        self.0.iter_mut().for_each(visit);
    }
}

impl Events for Link {
    type Protocol = Rtnetlink;
    type Item = Event<Link>;
    const GROUPS: &'static [u32] = &[RTNLGRP_LINK];

    fn read(message: &EventMessage<'_>) -> Option<Result<Self::Item, nlink_core::wire::WireError>> {
        Event::read(message)
    }
}

/// Known by name; several of a name are told apart by their masters.
impl Watch for Link {
    type Key = Option<String>;
    type Cues = Addresses;

    fn key(&self) -> Option<String> {
        self.name.map(|name| name.to_string())
    }

    fn likeness(&self, held: &Self) -> Likeness {
        if self.master == held.master { Likeness::Same } else { Likeness::Other }
    }

    fn belongs(&self, _: &OnMaster) -> bool {
        self.key().is_none_or(|name| name != "elsewhere")
    }
}

/// As if links went with their addresses.
#[derive(Debug, Default)]
pub(crate) struct Addresses;

impl Cues for Addresses {
    const GROUPS: &'static [u32] = &[RTNLGRP_IPV4_IFADDR];
    type Cue = ();

    fn read(message: &EventMessage<'_>) -> Option<Result<(), nlink_core::wire::WireError>> {
        (message.command == attr_id(RTM_DELADDR)).then_some(Ok(()))
    }

    fn heed(&mut self, (): ()) -> bool {
        true
    }
}
