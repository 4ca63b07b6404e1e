//! Bit masks: named bits, unknown ones kept.

use std::fmt;

/// What [`flag_set!`](crate::flag_set) makes, beside what `bitflags` gives it.
pub trait FlagSet: Copy + Eq + fmt::Debug + 'static {
    /// Every named bit with the name that iproute2 prints, in the order of declaration.
    const NAMES: &'static [(Self, &'static str)];

    /// The bits without a name.
    fn unnamed(self) -> u64;

    /// The names of the bits that are set.
    fn names(self) -> impl Iterator<Item = &'static str>;
}

/// Declares a bit mask: bits from the kernel's headers, names as iproute2 writes them.
///
/// ```
/// nlink_core::flag_set! {
///     /// Flags of a nexthop (linux/rtnetlink.h, `RTNH_F_…`).
///     pub struct NextHopFlags(u8) {
///         /// Declared on-link.
///         ONLINK = nlink_uapi::rtnetlink::RTNH_F_ONLINK, "onlink";
///     }
/// }
/// let flags = NextHopFlags::ONLINK | NextHopFlags::from_bits_retain(0x80);
/// assert_eq!(flags.to_string(), "onlink,0x80");
/// ```
#[macro_export]
macro_rules! flag_set {
    (
        $(#[$meta:meta])*
        $vis:vis struct $name:ident($number:ty) {
            $($(#[$($bit_meta:tt)*])* $bit:ident = $constant:expr, $text:literal;)*
        }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[derive($crate::zerocopy::FromBytes, $crate::zerocopy::IntoBytes)]
        #[derive($crate::zerocopy::Immutable, $crate::zerocopy::KnownLayout)]
        #[repr(transparent)]
        $vis struct $name(pub $number);

        $crate::bitflags::bitflags! {
            impl $name: $number {
                $(
                    $(#[$($bit_meta)*])*
                    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
                    const $bit = {
                        assert!((($constant) as $number) as i64 == ($constant) as i64, "the bit fits its type");
                        ($constant) as $number
                    };
                )*
                const _ = !0;
            }
        }

        impl $crate::wire::FlagSet for $name {
            const NAMES: &'static [(Self, &'static str)] = &[$((Self::$bit, $text)),*];

            fn unnamed(self) -> u64 {
                let named = Self::NAMES.iter().fold(0, |bits, (bit, _)| bits | bit.0);
                u64::from(self.0 & !named)
            }

            fn names(self) -> impl Iterator<Item = &'static str> {
                Self::NAMES.iter().filter(move |(bit, _)| self.contains(*bit)).map(|(_, name)| *name)
            }
        }

        $crate::__named_number!($name($number));

        impl ::core::fmt::Display for $name {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                let mut first = true;
                for name in $crate::wire::FlagSet::names(*self) {
                    write!(f, "{}{name}", if first { "" } else { "," })?;
                    first = false;
                }
                match $crate::wire::FlagSet::unnamed(*self) {
                    0 => Ok(()),
                    bits => write!(f, "{}{bits:#x}", if first { "" } else { "," }),
                }
            }
        }
    };
}
