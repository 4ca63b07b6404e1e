//! What open enums and flag sets have in common: a number with names, on the wire the number, in `Debug` the names.

#[doc(hidden)]
#[macro_export]
macro_rules! __named_number {
    ($name:ident($number:ty)) => {
        impl $crate::wire::Codec for $name {
            const SHAPE: $crate::wire::Shape = <$number as $crate::wire::Codec>::SHAPE;

            #[inline]
            fn decode(payload: &[u8]) -> ::core::result::Result<Self, $crate::wire::WireError> {
                <$number as $crate::wire::Codec>::decode(payload).map(Self)
            }

            #[inline]
            fn encode(&self, writer: &mut $crate::wire::Writer) {
                $crate::wire::Codec::encode(&self.0, writer);
            }
        }

        /// `as = Be<…>`: big-endian on the wire.
        impl $crate::wire::ValueOf<$crate::wire::Be<$number>> for $name {
            #[inline]
            fn from_wire(wire: $crate::wire::Be<$number>) -> ::core::result::Result<Self, $crate::wire::WireError> {
                ::core::result::Result::Ok(Self(wire.0))
            }

            #[inline]
            fn to_wire(&self) -> $crate::wire::Be<$number> {
                $crate::wire::Be(self.0)
            }
        }

        impl ::core::fmt::Debug for $name {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                write!(f, "{}({})", stringify!($name), self)
            }
        }
    };
}
