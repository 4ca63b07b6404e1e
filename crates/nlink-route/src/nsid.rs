//! Numbers by which a network namespace knows others (`RTM_NEWNSID`, linux/net_namespace.h; net/core/net_namespace.c;
//! [ip-netns(8)](https://man7.org/linux/man-pages/man8/ip-netns.8.html)).
//!
//! The kernel gives a number when it first has to name a namespace in a message, for instance that of a veth's other
//! end; `ip netns set` gives one by hand. Both sides may know each other by different numbers, or not at all.
//!
//! ```no_run
//! use nlink_core::{Connection, Namespace, Rtnetlink};
//! use nlink_route::nsid::NamespaceNumber;
//! # async fn example() -> nlink_core::Result<()> {
//! let rt = Connection::<Rtnetlink>::open()?;
//! let blue = Namespace::named("blue")?;
//! rt.add(NamespaceNumber::new(&blue, 7)).await?;
//! assert_eq!(rt.get::<NamespaceNumber>(blue.clone()).await?.number(), Some(7));
//! # Ok(())
//! # }
//! ```

use nlink_core::driver::Driver;
use nlink_core::netns::NamespaceFd;
use nlink_core::object::{Add, Dump, Event, EventMessage, Events, Filter, Get};
use nlink_core::show::{Show, Sink};
use nlink_core::wire::{Message, UnknownAttrs, WireError, Writer};
use nlink_core::{Connection, Namespace, Result, Rtnetlink};
use nlink_uapi::net_namespace::{
    NETNSA_CURRENT_NSID, NETNSA_FD, NETNSA_NSID, NETNSA_NSID_NOT_ASSIGNED, NETNSA_PID, NETNSA_TARGET_NSID,
};
use nlink_uapi::rtnetlink::{RTM_DELNSID, RTM_GETNSID, RTM_NEWNSID, RTNLGRP_NSID, rtgenmsg};

/// The number that a namespace has in another.
#[derive(nlink_core::Message, Clone, Debug, Default, PartialEq)]
#[message(protocol = Rtnetlink, header = rtgenmsg, name = "namespace id", describe = NamespaceNumber::described)]
#[message(new = RTM_NEWNSID, del = RTM_DELNSID, get = RTM_GETNSID)]
pub struct NamespaceNumber {
    /// The header: no family in particular.
    pub header: rtgenmsg,
    /// The number; -1 is none (in requests to make one: any).
    #[attr(NETNSA_NSID)]
    pub id: Option<i32>,
    /// Which namespace, by a process in it.
    #[attr(NETNSA_PID)]
    pub pid: Option<u32>,
    /// Which namespace, by an open file.
    #[attr(NETNSA_FD)]
    pub namespace: Option<NamespaceFd>,
    /// In requests: in which other namespace to look, by its number here.
    #[attr(NETNSA_TARGET_NSID)]
    pub target: Option<i32>,
    /// With a `target`: the number here of the same namespace.
    #[attr(NETNSA_CURRENT_NSID)]
    pub current: Option<i32>,
    /// Attributes that no field names.
    #[attr(unknown)]
    pub unknown: UnknownAttrs,
}

impl NamespaceNumber {
    /// A number for a namespace.
    pub fn new(namespace: &Namespace, number: i32) -> Self {
        Self { namespace: Some(namespace.into()), id: Some(number), ..Self::default() }
    }

    /// Any number for a namespace, which the kernel chooses.
    pub fn any(namespace: &Namespace) -> Self {
        Self::new(namespace, NETNSA_NSID_NOT_ASSIGNED)
    }

    /// The number, if there is one.
    pub fn number(&self) -> Option<i32> {
        self.id.filter(|id| *id != NETNSA_NSID_NOT_ASSIGNED)
    }

    fn described(&self) -> String {
        match self.number() {
            Some(number) => format!("namespace id {number}"),
            None => "namespace id".into(),
        }
    }
}

impl Add for NamespaceNumber {
    const FLAGS: u16 = 0;
}

/// The number that a namespace has here.
impl Get for NamespaceNumber {
    type Key = Namespace;

    fn request_for(key: Namespace) -> Self {
        Self { namespace: Some(key.into()), ..Self::default() }
    }
}

impl Dump for NamespaceNumber {
    type Filter = InNamespace;
}

/// Whose numbers are listed: this namespace's, or those of another that this one knows by a number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct InNamespace {
    /// The other's number here.
    pub target: Option<i32>,
}

impl Filter<NamespaceNumber> for InNamespace {
    fn emit(&self, writer: &mut Writer) {
        NamespaceNumber { target: self.target, ..NamespaceNumber::default() }.emit(writer);
    }

    fn matches(&self, _: &NamespaceNumber) -> bool {
        true
    }
}

/// Numbers given and taken away.
impl Events for NamespaceNumber {
    type Protocol = Rtnetlink;
    type Item = Event<NamespaceNumber>;
    const GROUPS: &'static [u32] = &[RTNLGRP_NSID];

    fn read(message: &EventMessage<'_>) -> Option<Result<Self::Item, WireError>> {
        Event::read(message)
    }
}

/// As `ip netns list-id` has it: the number, and the name of the namespace where it has one.
impl Show for NamespaceNumber {
    fn show(&self, sink: &mut Sink<'_>) {
        if let Some(id) = self.id {
            sink.put("nsid", id, format_args!("nsid {id} "));
            if let Some(current) = self.current {
                sink.put("current-nsid", current, format_args!("current-nsid {current} "));
            }
            if let Some(name) = sink.options().names.namespaces.get(&self.current.unwrap_or(id)) {
                let before = if self.target.is_some() { "" } else { "iproute2 netns name: " };
                sink.put("name", name.as_str(), format_args!("({before}{name})"));
            }
        }
    }
}

nlink_core::display_by_show!(NamespaceNumber);

/// A namespace with a name, and the number that it has here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedNamespace {
    /// Its name.
    pub name: String,
    /// Its number, if it has one.
    pub number: Option<i32>,
}

/// The namespaces that have names, with their numbers here. One that cannot be opened is listed without.
pub async fn named<D: Driver>(rt: &Connection<Rtnetlink, D>) -> Result<Vec<NamedNamespace>> {
    let mut all = Vec::new();
    for name in Namespace::list()? {
        let number = match Namespace::named(&name) {
            Ok(namespace) => rt.get::<NamespaceNumber>(namespace).await?.number(),
            Err(_) => None,
        };
        all.push(NamedNamespace { name, number });
    }
    Ok(all)
}

/// As `ip netns list` has it.
impl Show for NamedNamespace {
    fn show(&self, sink: &mut Sink<'_>) {
        sink.put("name", self.name.as_str(), format_args!("{}", self.name));
        if let Some(number) = self.number {
            sink.put("id", number, format_args!(" (id: {number})"));
        }
    }
}

nlink_core::display_by_show!(NamedNamespace);

#[cfg(test)]
mod tests {
    use super::*;

    // ip netns list-id, what the kernel answered: iproute2 6.1, Linux 6.1
    #[cfg(target_endian = "little")]
    #[test]
    fn bytes_as_the_kernel_sends_them() {
        let bytes = [0, 0, 0, 0, 8, 0, 1, 0, 3, 0, 0, 0];
        let number = NamespaceNumber::decode(&bytes).unwrap();
        assert_eq!((number.number(), number.to_string()), (Some(3), "nsid 3".into()));
        let mut writer = Writer::new();
        number.emit(&mut writer);
        assert_eq!(writer.finish().unwrap(), bytes);
    }

    #[test]
    fn minus_one_is_no_number() {
        let none = NamespaceNumber { id: Some(-1), ..NamespaceNumber::default() };
        assert_eq!(none.number(), None);
        assert_eq!(none.described(), "namespace id");
    }
}
