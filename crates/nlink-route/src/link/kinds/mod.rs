//! The kinds of links: a file each, and the table that makes [`LinkKind`] of them.
//!
//! docs/contributing.md shows how a kind is added: one file, and one line here.

pub mod shared;

pub use shared::peer::Peer;

nlink_core::kinds! {
    /// A kind of link with its options (`IFLA_INFO_KIND`, `IFLA_INFO_DATA`); a kind that is not in the table is kept raw.
    pub enum LinkKind {
        /// Several links as one.
        Bond(bond::Bond),
        /// An Ethernet switch.
        Bridge(bridge::Bridge),
        /// Takes packets and drops them.
        Dummy(dummy::Dummy),
        /// Lets ingress traffic pass a qdisc.
        Ifb(ifb::Ifb),
        /// One end of a pair.
        Veth(veth::Veth),
        /// One VLAN of a link.
        Vlan(vlan::Vlan),
        /// Ethernet over UDP.
        Vxlan(vxlan::Vxlan),
    }
}
