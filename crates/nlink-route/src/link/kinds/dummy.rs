//! `dummy`: a link that takes packets and drops them; holds addresses that shall be up whatever happens.
//!
//! Linux 2.2, module dummy; no options (drivers/net/dummy.c);
//! [ip-link(8)](https://man7.org/linux/man-pages/man8/ip-link.8.html).
//!
//! ```
//! use nlink_route::link::LinkKind;
//! assert_eq!(LinkKind::named("dummy"), nlink_route::link::kinds::dummy::Dummy::default().into());
//! ```

use nlink_core::wire::UnknownAttrs;

/// The `dummy` kind: it has no options.
#[derive(nlink_core::Kind, Clone, Debug, Default, PartialEq)]
#[kind(name = "dummy", since = "2.2", module = "dummy")]
pub struct Dummy {
    /// Attributes that no field names.
    #[attr(unknown)]
    pub unknown: UnknownAttrs,
}

#[cfg(test)]
mod tests {
    use super::*;
    use nlink_core::{capture, refused, words};

    #[test] // ip link add d9 type dummy    iproute2 7.3.0, Linux 7.2: no IFLA_INFO_DATA at all
    fn nothing_is_sent() {
        capture!(Dummy::default() == "");
    }

    #[test]
    fn there_is_no_word() {
        words!(Dummy: "");
        refused!(Dummy: "mtu 1400" => "Dummy: \"mtu\" is unknown");
    }
}
