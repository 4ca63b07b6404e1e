//! Values of Rust as keys of sets.

use std::net::{Ipv4Addr, Ipv6Addr};

use super::DataType;
use crate::CtState;

/// A value that can be a key, or a field of a packet be compared with.
pub trait Key {
    /// What it is.
    const TYPE: DataType;

    /// Its bytes in a register. In a concatenation each part takes a multiple of four.
    const LEN: u32;

    /// The bytes of each part, where it is a concatenation.
    const PARTS: &'static [u32] = &[];

    /// As it lies in a register.
    fn bytes(&self) -> Vec<u8>;
}

macro_rules! keys {
    ($($key:ty: $data_type:ident, $len:literal, |$value:ident| $bytes:expr;)*) => {$(
        impl Key for $key {
            const TYPE: DataType = DataType::$data_type;
            const LEN: u32 = $len;

            fn bytes(&self) -> Vec<u8> {
                let $value = self;
                $bytes.to_vec()
            }
        }
    )*};
}

keys! {
    Ipv4Addr: IPV4_ADDRESS, 4, |address| address.octets();
    Ipv6Addr: IPV6_ADDRESS, 16, |address| address.octets();
    u16: INET_SERVICE, 2, |port| port.to_be_bytes();
    [u8; 6]: ETHER_ADDRESS, 6, |address| address;
    CtState: CT_STATE, 4, |state| state.0.to_ne_bytes();
}

/// Bytes of a part in a concatenation.
const fn padded(len: u32) -> u32 {
    len.next_multiple_of(4)
}

fn pad(mut bytes: Vec<u8>) -> Vec<u8> {
    bytes.resize(bytes.len().next_multiple_of(4), 0);
    bytes
}

macro_rules! concatenation {
    ($($part:ident $value:ident),+) => {
        /// A concatenation, in the order of its parts.
        impl<$($part: Key),+> Key for ($($part,)+) {
            const TYPE: DataType = DataType(0)$(.then($part::TYPE))+;
            const LEN: u32 = 0 $(+ padded($part::LEN))+;
            const PARTS: &'static [u32] = &[$($part::LEN),+];

            fn bytes(&self) -> Vec<u8> {
                let ($($value,)+) = self;
                [$(pad($value.bytes())),+].concat()
            }
        }
    };
}

concatenation!(A a, B b);
concatenation!(A a, B b, C c);
concatenation!(A a, B b, C c, D d);
