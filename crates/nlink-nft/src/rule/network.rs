//! Addresses of packets.

use std::net::{Ipv4Addr, Ipv6Addr};

use super::{Operand, RuleBuilder};
use crate::expression::kinds::payload::PayloadBase;
use crate::{Family, Set};

macro_rules! network {
    ($(#[$meta:meta])* $name:ident, $family:ident, $address:ident, $source:literal, $destination:literal) => {
        $(#[$meta])*
        #[derive(Debug)]
        #[must_use = "nothing of it is compared yet"]
        pub struct $name(pub(super) RuleBuilder);

        impl $name {
            fn at(self, offset: u32, operand: Operand<$address>) -> RuleBuilder {
                self.0.network(Family::$family).field(PayloadBase::NETWORK, offset, operand)
            }

            /// Its source.
            pub fn saddr(self, address: impl Into<Operand<$address>>) -> RuleBuilder {
                self.at($source, address.into())
            }

            /// Its destination.
            pub fn daddr(self, address: impl Into<Operand<$address>>) -> RuleBuilder {
                self.at($destination, address.into())
            }

            /// Its source is in the set.
            pub fn saddr_in(self, set: &Set) -> RuleBuilder {
                self.saddr(set)
            }

            /// Its destination is in the set.
            pub fn daddr_in(self, set: &Set) -> RuleBuilder {
                self.daddr(set)
            }
        }
    };
}

network! {
    /// A field of an IPv4 packet; others do not match (RFC 791, section 3.1).
    Ip, IPV4, Ipv4Addr, 12, 16
}

network! {
    /// A field of an IPv6 packet; others do not match (RFC 8200, section 3).
    Ip6, IPV6, Ipv6Addr, 8, 24
}
