//! `ifb`: an intermediate functional block: traffic redirected to it passes its qdisc, so ingress can be shaped.
//!
//! Linux 2.6.16, module ifb; no options (drivers/net/ifb.c);
//! [ip-link(8)](https://man7.org/linux/man-pages/man8/ip-link.8.html).
//!
//! ```
//! use nlink_route::link::LinkKind;
//! assert_eq!(LinkKind::named("ifb"), nlink_route::link::kinds::ifb::Ifb::default().into());
//! ```

use nlink_core::wire::UnknownAttrs;

/// The `ifb` kind: it has no options.
#[derive(nlink_core::Kind, Clone, Debug, Default, PartialEq)]
#[kind(name = "ifb", since = "2.6.16", module = "ifb")]
pub struct Ifb {
    /// Attributes that no field names.
    #[attr(unknown)]
    pub unknown: UnknownAttrs,
}

#[cfg(test)]
mod tests {
    use super::*;
    use nlink_core::{capture, refused, words};

    #[test] // ip link add i9 type ifb    iproute2 7.3.0, Linux 7.2: no IFLA_INFO_DATA at all
    fn nothing_is_sent() {
        capture!(Ifb::default() == "");
    }

    #[test]
    fn there_is_no_word() {
        words!(Ifb: "");
        refused!(Ifb: "mtu 1400" => "Ifb: \"mtu\" is unknown");
    }
}
