//! What a header and a field are.

use crate::DataType;
use crate::expression::kinds::payload::PayloadBase;
use crate::language::value::{ByteOrder, ValueType};

/// A header of a packet.
#[derive(Debug)]
pub struct Header {
    /// nft's name.
    pub name: &'static str,
    /// From where its bits are counted.
    pub base: PayloadBase,
    /// What says that a packet has it.
    pub layer: Layer,
    /// Its fields, in their order.
    pub fields: &'static [Field],
}

/// What says that a packet has a header.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layer {
    /// The interface's type, or a family that has it always.
    Link,
    /// An EtherType, behind the header of Ethernet; of IPv4 and IPv6 also the family.
    Network(u32),
    /// A protocol's number in the header of IPv4 or IPv6.
    Transport(u32),
    /// Nothing: whichever transport there is.
    AnyTransport,
}

/// A field of a header.
#[derive(Debug)]
pub struct Field {
    /// nft's name.
    pub name: &'static str,
    /// Bits from where its header's are counted.
    pub offset: u32,
    /// What it is, and how many bits.
    pub value_type: ValueType,
}

impl Header {
    /// The field of that name.
    pub fn field(&'static self, name: &str) -> Option<&'static Field> {
        self.fields.iter().find(|field| field.name == name)
    }

    /// The field that these bits are.
    pub fn field_at(&'static self, offset: u32, bits: u32) -> Option<&'static Field> {
        self.fields.iter().find(|field| field.offset == offset && u32::from(field.value_type.bits) == bits)
    }
}

/// A field: in packets all are in network byte order.
pub(super) const fn field(name: &'static str, offset: u32, bits: u16, data_type: DataType) -> Field {
    Field { name, offset, value_type: ValueType { data_type, bits, order: ByteOrder::Network } }
}
