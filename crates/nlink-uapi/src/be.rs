//! Numbers in network byte order, as the kernel's headers mark them (`__be16`, `__be32`, `__be64`).
//!
//! They are types of their own, so that a port cannot be read the wrong way round:
//! ```
//! use nlink_uapi::Be16;
//! assert_eq!(Be16::from_bytes([0x01, 0xbb]).get(), 443);
//! assert_eq!(Be16::new(443).to_bytes(), [0x01, 0xbb]);
//! ```

use std::fmt;

use zerocopy::{FromBytes, Immutable, IntoBytes, KnownLayout};

macro_rules! big_endian {
    ($($(#[$doc:meta])* $name:ident: $int:ident, $bytes:literal;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Default, PartialEq, Eq, Hash, FromBytes, IntoBytes, KnownLayout, Immutable)]
        #[repr(transparent)]
        pub struct $name($int);

        impl $name {
            /// From a number of the host.
            pub const fn new(value: $int) -> Self {
                Self(value.to_be())
            }

            /// As a number of the host.
            pub const fn get(self) -> $int {
                $int::from_be(self.0)
            }

            /// From the bytes as they travel.
            pub const fn from_bytes(bytes: [u8; $bytes]) -> Self {
                Self($int::from_ne_bytes(bytes))
            }

            /// The bytes as they travel.
            pub const fn to_bytes(self) -> [u8; $bytes] {
                self.0.to_ne_bytes()
            }
        }

        impl From<$int> for $name {
            fn from(value: $int) -> Self {
                Self::new(value)
            }
        }

        impl From<$name> for $int {
            fn from(value: $name) -> $int {
                value.get()
            }
        }

        impl PartialOrd for $name {
            fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
                Some(self.cmp(other))
            }
        }

        impl Ord for $name {
            fn cmp(&self, other: &Self) -> std::cmp::Ordering {
                self.get().cmp(&other.get())
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Debug::fmt(&self.get(), f)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(&self.get(), f)
            }
        }
    )*};
}

big_endian! {
    /// A `__be16`; aligned like a `u16`.
    Be16: u16, 2;
    /// A `__be32`; aligned like a `u32`.
    Be32: u32, 4;
    /// A `__be64`; aligned like a `u64`.
    Be64: u64, 8;
}
