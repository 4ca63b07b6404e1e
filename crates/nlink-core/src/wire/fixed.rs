//! Fixed structs of the kernel as headers and payloads: shorter from an older kernel, longer from a newer one.

use std::fmt::Debug;

use zerocopy::{FromBytes, Immutable, IntoBytes, KnownLayout};

use super::{Codec, Shape, WireCause, WireError, Writer};

/// A struct of fixed layout, as the kernel has it.
///
/// Every `Copy` struct with zerocopy's derives is one; [`fixed_struct!`](crate::fixed_struct) declares one that is the
/// kernel's.
pub trait Fixed: FromBytes + IntoBytes + Immutable + KnownLayout + Copy + Default + Debug + Send + 'static {
    /// Splits `body` into the struct and what follows it, aligned to four bytes.
    fn split(body: &[u8]) -> Result<(Self, &[u8]), WireError> {
        match Self::read_from_prefix(body) {
            Ok((fixed, _)) => {
                let aligned = super::attr::align4(size_of::<Self>());
                Ok((fixed, body.get(aligned..).unwrap_or_default()))
            }
            Err(_) => Err(WireCause::Truncated { want: size_of::<Self>(), got: body.len() }.into()),
        }
    }

    /// Reads a payload that may be shorter than the struct (its rest is then zero) or longer (the tail is left).
    #[inline]
    fn read_lenient(payload: &[u8]) -> Self {
        match Self::read_from_prefix(payload) {
            Ok((fixed, _)) => fixed,
            Err(_) => {
                let mut fixed = Self::new_zeroed();
                if let Some(start) = fixed.as_mut_bytes().get_mut(..payload.len()) {
                    start.copy_from_slice(payload);
                }
                fixed
            }
        }
    }
}

impl<T> Fixed for T where T: FromBytes + IntoBytes + Immutable + KnownLayout + Copy + Default + Debug + Send + 'static {}

/// Declares one of the kernel's fixed structs: each field with our name and type, and the kernel's name behind it.
///
/// Size, alignment and offsets are compared with the generated struct while compiling, and a field that is left out does
/// not compile. Further derives stand above the struct.
///
/// ```
/// nlink_core::fixed_struct! {
///     /// The header of address messages (linux/if_addr.h).
///     #[derive(Default)]
///     pub struct AddressHeader = nlink_uapi::if_addr::ifaddrmsg {
///         /// The address family.
///         pub family: u8 = ifa_family,
///         /// Bits of the network.
///         pub prefix_len: u8 = ifa_prefixlen,
///         /// The low eight flags.
///         pub flags: u8 = ifa_flags,
///         /// How far it is known.
///         pub scope: u8 = ifa_scope,
///         /// The interface's index.
///         pub index: u32 = ifa_index,
///     }
/// }
/// ```
#[macro_export]
macro_rules! fixed_struct {
    (
        $(#[$meta:meta])*
        $vis:vis struct $name:ident = $kernel:path {
            $($(#[$field_meta:meta])* $field_vis:vis $field:ident: $ty:ty = $kernel_field:ident),+ $(,)?
        }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[derive($crate::zerocopy::FromBytes, $crate::zerocopy::IntoBytes)]
        #[derive($crate::zerocopy::Immutable, $crate::zerocopy::KnownLayout)]
        #[repr(C)]
        $vis struct $name {
            $($(#[$field_meta])* $field_vis $field: $ty),+
        }

        $crate::uapi::same_layout!($name = $kernel { $($field = $kernel_field),+ });
    };
}

/// Gives fixed structs their [`Codec`]: shorter payloads fill with zeros, of longer ones the tail is left.
///
/// Where the tail or the length matters, use [`Tailed`].
#[macro_export]
macro_rules! fixed {
    ($($ty:ty),+ $(,)?) => {$(
        impl $crate::wire::Codec for $ty {
            const SHAPE: $crate::wire::Shape = $crate::wire::Shape::Struct(::core::mem::size_of::<$ty>());

            #[inline]
            fn decode(payload: &[u8]) -> ::core::result::Result<Self, $crate::wire::WireError> {
                ::core::result::Result::Ok(<$ty as $crate::wire::Fixed>::read_lenient(payload))
            }

            #[inline]
            fn encode(&self, writer: &mut $crate::wire::Writer) {
                writer.bytes($crate::zerocopy::IntoBytes::as_bytes(self));
            }
        }
    )+};
}

/// A fixed struct as it came: how much of it the kernel filled in, and what a newer kernel has behind it.
///
/// Absent and zero differ for counters, so [`len`](Tailed::len) tells where the kernel's struct ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tailed<T> {
    /// The part that we know; zero past [`len`](Tailed::len).
    pub fixed: T,
    len: usize,
    tail: Box<[u8]>,
}

impl<T> Tailed<T> {
    /// Bytes the kernel sent.
    #[allow(clippy::len_without_is_empty)] // a length of the wire, not of a collection
    pub fn len(&self) -> usize {
        self.len
    }

    /// Bytes behind the part that we know.
    pub fn tail(&self) -> &[u8] {
        &self.tail
    }
}

impl<T> std::ops::Deref for Tailed<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.fixed
    }
}

impl<T: Fixed> Default for Tailed<T> {
    fn default() -> Self {
        T::default().into()
    }
}

impl<T: Fixed> From<T> for Tailed<T> {
    fn from(fixed: T) -> Self {
        Self { fixed, len: size_of::<T>(), tail: Box::default() }
    }
}

impl<T: Fixed> Codec for Tailed<T> {
    const SHAPE: Shape = Shape::Struct(size_of::<T>());

    #[inline]
    fn decode(payload: &[u8]) -> Result<Self, WireError> {
        let tail = payload.get(size_of::<T>()..).unwrap_or_default().into();
        Ok(Self { fixed: T::read_lenient(payload), len: payload.len(), tail })
    }

    fn encode(&self, writer: &mut Writer) {
        let known = self.fixed.as_bytes();
        writer.bytes(known.get(..self.len.min(known.len())).unwrap_or_default());
        writer.bytes(&self.tail);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Clone, Copy, Debug, Default, PartialEq, FromBytes, IntoBytes, Immutable, KnownLayout)]
    #[repr(C)]
    struct Two {
        first: u16,
        second: u16,
    }

    #[test]
    fn a_shorter_struct_fills_with_nothing_and_a_longer_one_keeps_its_tail() {
        let short = Tailed::<Two>::decode(&7u16.to_ne_bytes()).unwrap();
        assert_eq!((short.fixed, short.len()), (Two { first: 7, second: 0 }, 2));
        let long = [Two { first: 1, second: 2 }.as_bytes(), &[0xaa]].concat();
        let long = Tailed::<Two>::decode(&long).unwrap();
        assert_eq!((long.fixed.second, long.tail()), (2, &[0xaa][..]));
        for value in [short, long] {
            let mut writer = Writer::new();
            value.encode(&mut writer);
            assert_eq!(Tailed::<Two>::decode(&writer.finish().unwrap()).unwrap(), value);
        }
    }
}
