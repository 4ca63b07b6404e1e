//! Alternative names of a link (`RTM_NEWLINKPROP`, `RTM_DELLINKPROP`; Linux 5.5): `ip link property`.

use nlink_core::object::{Add, Del, Object};
use nlink_core::wire::UnknownAttrs;
use nlink_core::{Interface, Rtnetlink};
use nlink_uapi::if_link::{IFLA_ALT_IFNAME, IFLA_PROP_LIST};
use nlink_uapi::netlink::{NLM_F_APPEND, NLM_F_CREATE, NLM_F_EXCL};
use nlink_uapi::rtnetlink::{RTM_DELLINKPROP, RTM_GETLINKPROP, RTM_NEWLINKPROP};

use super::IfInfo;

/// Names to be given to a link, or taken from it; up to 127 bytes each. Listed, they are in
/// [`Link::alt_names`](super::Link::alt_names).
#[derive(nlink_core::Message, Clone, Debug, Default, PartialEq)]
#[message(protocol = Rtnetlink, header = IfInfo, name = "alternative name", describe = AltNames::described)]
#[message(new = RTM_NEWLINKPROP, del = RTM_DELLINKPROP, get = RTM_GETLINKPROP)]
pub struct AltNames {
    /// The header of link messages.
    pub header: IfInfo,
    /// Whose names.
    #[index(header.index)]
    pub interface: Option<Interface>,
    /// The names.
    #[attr(IFLA_PROP_LIST, repeated = IFLA_ALT_IFNAME)]
    pub names: Vec<String>,
    /// Attributes that no field names.
    #[attr(unknown)]
    pub unknown: UnknownAttrs,
}

impl AltNames {
    /// Names of a link.
    pub fn new<N: Into<String>>(interface: impl Into<Interface>, names: impl IntoIterator<Item = N>) -> Self {
        let names = names.into_iter().map(Into::into).collect();
        Self { interface: Some(interface.into()), names, ..Self::default() }
    }

    fn described(&self) -> String {
        let of = self.interface.as_ref().map(|interface| format!(" of {interface}")).unwrap_or_default();
        format!("{} {}{of}", Self::NAME, self.names.join(", "))
    }
}

impl Add for AltNames {
    const FLAGS: u16 = nlink_core::wire::attr_id(NLM_F_CREATE | NLM_F_EXCL | NLM_F_APPEND);
}

impl Del for AltNames {}
