//! Names of interfaces become indexes: by the kernel, in the connection's own namespace, before anything is sent.

use std::sync::Arc;

use nlink_uapi::if_h::IFNAMSIZ;
use nlink_uapi::if_link::{IFLA_ALT_IFNAME, IFLA_EXT_MASK, IFLA_IFNAME};
use nlink_uapi::netlink::NETLINK_ROUTE;
use nlink_uapi::rtnetlink::{RTEXT_FILTER_SKIP_STATS, RTM_GETLINK, ifinfomsg};
use zerocopy::{FromBytes, IntoBytes};

use super::deadline::Deadline;
use super::exchange::Fault;
use super::message;
use super::shared::Shared;
use super::trace::Trace;
use crate::driver::Driver;
use crate::engine::{Expect, Failure};
use crate::error::{Error, Result};
use crate::interface::Interface;
use crate::object::Protocol;
use crate::protocol::Rtnetlink;
use crate::wire::{AttrTable, Codec, Frames, attr_id};

/// Names that occur in a request, each once; `visit` shows all its interface references.
pub(crate) fn names_in(visit: impl FnOnce(&mut dyn FnMut(&mut Interface))) -> Vec<Box<str>> {
    let mut names: Vec<Box<str>> = Vec::new();
    visit(&mut |interface| {
        if let Interface::Name(name) = interface
            && !names.contains(name)
        {
            names.push(name.clone());
        }
    });
    names
}

/// Puts the indexes in the places of the names.
pub(crate) fn put_indexes(found: &[(Box<str>, u32)], visit: impl FnOnce(&mut dyn FnMut(&mut Interface))) {
    visit(&mut |interface| {
        let index = match interface {
            Interface::Name(name) => found.iter().find(|(known, _)| known == name).map(|(_, index)| *index),
            Interface::Index(_) => None,
        };
        if let Some(index) = index {
            *interface = Interface::Index(index);
        }
    });
}

impl Shared {
    /// The indexes of interfaces; one that is not there is an error.
    pub(crate) async fn resolve<D: Driver>(
        self: &Arc<Self>,
        names: Vec<Box<str>>,
        deadline: Deadline,
    ) -> Result<Vec<(Box<str>, u32)>> {
        let mut found = Vec::with_capacity(names.len());
        if names.is_empty() {
            return Ok(found);
        }
        let rtnetlink = self.rtnetlink(NETLINK_ROUTE)?;
        for name in names {
            let index = rtnetlink.index_of::<D>(&name, deadline).await?;
            found.push((name, index));
        }
        Ok(found)
    }

    /// The same of many, where one that is not there is `None`.
    pub(crate) async fn look_up<D: Driver>(
        self: &Arc<Self>,
        names: &[Box<str>],
        deadline: Deadline,
    ) -> Result<Vec<Option<u32>>> {
        let mut found = Vec::with_capacity(names.len());
        if names.is_empty() {
            return Ok(found);
        }
        let rtnetlink = self.rtnetlink(NETLINK_ROUTE)?;
        for name in names {
            found.push(match rtnetlink.index_of::<D>(name, deadline).await {
                Ok(index) => Some(index),
                Err(error) if error.is_not_found() => None,
                Err(error) => return Err(error),
            });
        }
        Ok(found)
    }

    async fn index_of<D: Driver>(self: &Arc<Self>, name: &str, deadline: Deadline) -> Result<u32> {
        // The kernel finds alternative names in both attributes, but takes long ones only in the second.
        let short = u32::try_from(name.len()).is_ok_and(|length| length < IFNAMSIZ);
        let attribute = if short { IFLA_IFNAME } else { IFLA_ALT_IFNAME };
        let request = message::write(&Rtnetlink, attr_id(RTM_GETLINK), 0, &AttrTable::EMPTY, |message| {
            message.bytes(ifinfomsg::default().as_bytes());
            message.attr(attr_id(attribute), |payload| name.to_owned().encode(payload));
            message.attr(attr_id(IFLA_EXT_MASK), |payload| RTEXT_FILTER_SKIP_STATS.encode(payload));
        });
        let asked = || format!("find interface {name:?}");
        let mut request = request.map_err(|error| Error::invalid(asked(), error))?;
        let mut trace = Trace::of(Rtnetlink::NAME, "find", "interface", attr_id(RTM_GETLINK));
        let outcome = trace.exchange::<D>(self, &mut request, Expect::Reply, deadline).await;
        let outcome = outcome.map_err(|fault| match fault {
            Fault::Failure(Failure::Refused(refusal)) if is_absence(refusal.errno) => Error::no_interface(name),
            fault => fault.explain(asked(), deadline, None),
        });
        trace.end(&request, &outcome);
        let reply = outcome?;
        let link = Frames::new(&reply).find_map(Result::ok).and_then(|frame| {
            let (link, _) = ifinfomsg::read_from_prefix(frame.body).ok()?;
            u32::try_from(link.ifi_index).ok()
        });
        link.ok_or_else(|| Error::no_reply(asked()))
    }
}

/// ENODEV; and what names get that no interface can have, an empty one or one too long even for an alternative name.
fn is_absence(errno: i32) -> bool {
    use nix::errno::Errno;
    [Errno::ENODEV, Errno::EINVAL, Errno::ERANGE].map(|absent| absent as i32).contains(&errno)
}
