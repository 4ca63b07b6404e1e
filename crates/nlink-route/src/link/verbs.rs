//! What can be done with a link ([rtnetlink(7)](https://man7.org/linux/man-pages/man7/rtnetlink.7.html)).
//!
//! `Change` is `RTM_NEWLINK` without any flag, which is what `ip link set` sends. `Replace` makes a link that is not
//! there; one that is there the kernel refuses to replace (`EOPNOTSUPP`).

use nlink_core::Interface;
use nlink_core::Rtnetlink;
use nlink_core::object::{Add, Change, Del, Dump, Event, EventMessage, Events, Get, Object, Replace};
use nlink_core::wire::WireError;
use nlink_uapi::rtnetlink::{RTEXT_FILTER_VF, RTNLGRP_LINK};

use super::{Link, LinkFilter};

impl Add for Link {}

impl Change for Link {
    const FLAGS: u16 = 0;
}

impl Replace for Link {}

impl Del for Link {}

impl Dump for Link {
    type Filter = LinkFilter;
}

/// By index, name or alternative name; the kernel resolves names itself.
impl Get for Link {
    type Key = Interface;

    fn request_for(key: Interface) -> Self {
        let mut link = Link { ext_mask: Some(RTEXT_FILTER_VF), ..Link::default() };
        match key {
            Interface::Index(index) => link.interface = Some(Interface::Index(index)),
            Interface::Name(name) => match name.parse() {
                Ok(short) => link.name = Some(short),
                Err(_) => link.alt_name = Some(name.into()),
            },
        }
        link
    }
}

impl Events for Link {
    type Protocol = Rtnetlink;
    type Item = Event<Link>;
    const GROUPS: &'static [u32] = &[RTNLGRP_LINK];

    fn read(message: &EventMessage<'_>) -> Option<Result<Event<Link>, WireError>> {
        Event::read(message)
    }
}

impl Link {
    /// What errors call it.
    pub(super) fn described(&self) -> String {
        match (&self.interface, &self.name, &self.alt_name) {
            (Some(Interface::Name(name)), _, _) => format!("{} {name}", Self::NAME),
            (_, Some(name), _) => format!("{} {name}", Self::NAME),
            (_, _, Some(name)) => format!("{} {name}", Self::NAME),
            (Some(Interface::Index(index)), _, _) => format!("{} with index {index}", Self::NAME),
            (None, None, None) => Self::NAME.into(),
        }
    }
}

/// The link by its index where it is known, else by its name.
impl From<&Link> for Interface {
    fn from(link: &Link) -> Self {
        match (&link.interface, &link.name) {
            (Some(interface), _) => interface.clone(),
            (None, Some(name)) => (*name).into(),
            (None, None) => Interface::Index(0),
        }
    }
}
