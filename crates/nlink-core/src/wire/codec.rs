//! Values as payloads: the [`Codec`] trait, numbers in both byte orders, raw bytes.

use crate::interface::Interface;

pub(crate) use super::attr::ATTR_HEADER;
use super::{Shape, WireCause, WireError, Writer};

/// A value that an attribute's payload can be.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no attribute payload: it has no `Codec`",
    note = "payloads are numbers (u8…u64, i32, i64), `Be<u16>` and its like, String, IfName, LinkAddress, Ipv4Addr, \
            Ipv6Addr, IpAddr, Blob, open enums (open_enum!), flag sets (flag_set!), fixed structs (fixed!), and \
            structs with #[derive(Attributes)]",
    note = "a bool that is a number on the wire needs `as = u8` (or u32) in its #[attr(…)]"
)]
pub trait Codec: Sized {
    /// What the payload looks like, for tables and audits.
    const SHAPE: Shape;

    /// Reads a payload.
    fn decode(payload: &[u8]) -> Result<Self, WireError>;

    /// Appends the payload.
    fn encode(&self, writer: &mut Writer);

    /// Shows every interface reference in the value to `visit`, which may replace names by indexes.
    #[inline]
    fn visit_interfaces(&mut self, visit: &mut dyn FnMut(&mut Interface)) {
        let _ = visit;
    }
}

#[cold]
pub(crate) fn width(want: usize, got: usize) -> WireError {
    WireCause::Width { want, got }.into()
}

/// The length in the first two bytes of a record, where it is sound.
pub(crate) fn record_len(bytes: &[u8]) -> Option<usize> {
    let len = usize::from(u16::from_ne_bytes(*bytes.first_chunk()?));
    (len >= 4 && len <= bytes.len()).then_some(len)
}

/// The bytes of so many bits.
#[allow(clippy::cast_possible_truncation)] // an eighth of the bits of the widest number
const fn bytes_of(bits: u32) -> u8 {
    (bits / 8) as u8
}

macro_rules! numbers {
    ($($number:ty),*) => {$(
        impl Codec for $number {
            const SHAPE: Shape = Shape::Native(bytes_of(<$number>::BITS));

            #[inline]
            fn decode(payload: &[u8]) -> Result<Self, WireError> {
                match payload.try_into() {
                    Ok(bytes) => Ok(Self::from_ne_bytes(bytes)),
                    Err(_) => Err(width(size_of::<Self>(), payload.len())),
                }
            }

            #[inline]
            fn encode(&self, writer: &mut Writer) {
                writer.bytes(&self.to_ne_bytes());
            }
        }

        impl Codec for Be<$number> {
            const SHAPE: Shape = Shape::Network(bytes_of(<$number>::BITS));

            #[inline]
            fn decode(payload: &[u8]) -> Result<Self, WireError> {
                match payload.try_into() {
                    Ok(bytes) => Ok(Be(<$number>::from_be_bytes(bytes))),
                    Err(_) => Err(width(size_of::<Self>(), payload.len())),
                }
            }

            #[inline]
            fn encode(&self, writer: &mut Writer) {
                writer.bytes(&self.0.to_be_bytes());
            }
        }

        /// `as = Be<u32>`: a plain number that is big-endian on the wire.
        impl ValueOf<Be<$number>> for $number {
            #[inline]
            fn from_wire(wire: Be<$number>) -> Result<Self, WireError> {
                Ok(wire.0)
            }

            #[inline]
            fn to_wire(&self) -> Be<$number> {
                Be(*self)
            }
        }
    )*};
}

/// A number that is big-endian on the wire; the field holds the plain value.
///
/// ```
/// use nlink_core::wire::{Be, Codec};
/// assert_eq!(Be::<u16>::decode(&[0x12, 0xb5])?, Be(4789));
/// # Ok::<(), nlink_core::wire::WireError>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Be<T>(pub T);

impl<T> From<T> for Be<T> {
    fn from(value: T) -> Self {
        Be(value)
    }
}

impl<T: std::fmt::Display> std::fmt::Display for Be<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

numbers!(u8, u16, u32, u64, u128, i8, i16, i32, i64);

/// A number that is four bytes on the wire where it fits, eight where it does not (`nla_put_uint`, YNL's `uint`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Uint(pub u64);

impl Codec for Uint {
    const SHAPE: Shape = Shape::Uint;

    #[inline]
    fn decode(payload: &[u8]) -> Result<Self, WireError> {
        match payload.len() {
            4 => u32::decode(payload).map(|value| Uint(value.into())),
            _ => u64::decode(payload).map(Uint),
        }
    }

    #[inline]
    fn encode(&self, writer: &mut Writer) {
        match u32::try_from(self.0) {
            Ok(short) => short.encode(writer),
            Err(_) => self.0.encode(writer),
        }
    }
}

/// Bytes that nothing here looks into.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Blob(pub Vec<u8>);

impl Codec for Blob {
    const SHAPE: Shape = Shape::Bytes;

    fn decode(payload: &[u8]) -> Result<Self, WireError> {
        Ok(Blob(payload.to_vec()))
    }

    #[inline]
    fn encode(&self, writer: &mut Writer) {
        writer.bytes(&self.0);
    }
}

impl<T: Codec> Codec for Box<T> {
    const SHAPE: Shape = T::SHAPE;

    fn decode(payload: &[u8]) -> Result<Self, WireError> {
        T::decode(payload).map(Box::new)
    }

    #[inline]
    fn encode(&self, writer: &mut Writer) {
        T::encode(self, writer);
    }

    fn visit_interfaces(&mut self, visit: &mut dyn FnMut(&mut Interface)) {
        T::visit_interfaces(self, visit);
    }
}

/// A value that stands on the wire as another one: `as = u32` on a field of type `bool`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not say how it stands on the wire as `{Wire}`",
    note = "implement `ValueOf<{Wire}>` for it, or leave out `as = …`"
)]
pub trait ValueOf<Wire: Codec>: Sized {
    /// From what stands on the wire.
    fn from_wire(wire: Wire) -> Result<Self, WireError>;
    /// To what stands on the wire.
    fn to_wire(&self) -> Wire;
}

/// What an `Option` may hold; lets derives name the type within a field's.
pub trait OptionOf {
    /// The type within.
    type Inner;
}

impl<T> OptionOf for Option<T> {
    type Inner = T;
}

macro_rules! truth {
    ($($number:ty),*) => {$(
        impl ValueOf<$number> for bool {
            #[inline]
            fn from_wire(wire: $number) -> Result<Self, WireError> {
                Ok(wire != 0)
            }

            #[inline]
            fn to_wire(&self) -> $number {
                <$number>::from(*self)
            }
        }
    )*};
}

truth!(u8, u16, u32);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_of_the_wrong_width_is_an_error_both_ways_round() {
        assert_eq!(u32::decode(&[1, 2]).unwrap_err().to_string(), "2 bytes where 4 belong");
        assert_eq!(u16::decode(&[1, 2, 3, 4]).unwrap_err().to_string(), "4 bytes where 2 belong");
    }

    #[test]
    fn network_order_is_big_endian_on_every_machine() {
        let mut writer = Writer::new();
        Be(4789u16).encode(&mut writer);
        assert_eq!(writer.finish().unwrap(), [0x12, 0xb5]);
    }
}
