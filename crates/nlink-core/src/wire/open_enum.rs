//! Kernel enums, kept open: a newtype over the number with named constants, so an unknown value survives and prints
//! as its number, and one number has one spelling.

use std::fmt;

/// What [`open_enum!`](crate::open_enum) makes.
pub trait OpenEnum: Copy + Eq + fmt::Debug + 'static {
    /// The number's type.
    type Number: Copy + fmt::Display + std::str::FromStr;

    /// Every named value.
    const NAMES: &'static [(Self, &'static str)];

    /// From the number.
    fn from_number(number: Self::Number) -> Self;

    /// The number.
    fn number(self) -> Self::Number;

    /// The name of the value, where it has one.
    fn name(self) -> Option<&'static str> {
        Self::NAMES.iter().find(|(value, _)| *value == self).map(|(_, name)| *name)
    }

    /// The value of that name, case as written.
    fn from_name(name: &str) -> Option<Self> {
        Self::NAMES.iter().find(|(_, known)| *known == name).map(|(value, _)| *value)
    }
}

/// Declares an open enum: numbers from the kernel's headers, names as iproute2 (or the tool at hand) writes them.
///
/// ```
/// use nlink_core::wire::OpenEnum;
/// nlink_core::open_enum! {
///     /// Operational state (linux/if.h, `IF_OPER_…`).
///     pub struct OperState(u8) {
///         /// Ready to pass packets.
///         UP = nlink_uapi::if_h::IF_OPER_UP, "UP";
///         /// No carrier.
///         DOWN = nlink_uapi::if_h::IF_OPER_DOWN, "DOWN";
///     }
/// }
/// assert_eq!(OperState::UP.to_string(), "UP");
/// assert_eq!(OperState(77).to_string(), "77");
/// assert_eq!("DOWN".parse(), Ok(OperState::DOWN));
/// ```
#[macro_export]
macro_rules! open_enum {
    (
        $(#[$meta:meta])*
        $vis:vis struct $name:ident($number:ty) {
            $($(#[$value_meta:meta])* $value:ident = $constant:expr, $text:literal;)*
        }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[derive($crate::zerocopy::FromBytes, $crate::zerocopy::IntoBytes)]
        #[derive($crate::zerocopy::Immutable, $crate::zerocopy::KnownLayout)]
        #[repr(transparent)]
        $vis struct $name(pub $number);

        impl $name {
            $(
                $(#[$value_meta])*
                #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::unnecessary_cast)]
                pub const $value: Self = {
                    assert!((($constant) as $number) as i64 == ($constant) as i64, "the constant fits its type");
                    Self(($constant) as $number)
                };
            )*
        }

        impl $crate::wire::OpenEnum for $name {
            type Number = $number;
            const NAMES: &'static [(Self, &'static str)] = &[$((Self::$value, $text)),*];

            #[inline]
            fn from_number(number: $number) -> Self {
                Self(number)
            }

            #[inline]
            fn number(self) -> $number {
                self.0
            }
        }

        $crate::__named_number!($name($number));

        impl ::core::fmt::Display for $name {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                match $crate::wire::OpenEnum::name(*self) {
                    Some(name) => f.pad(name),
                    None => ::core::fmt::Display::fmt(&self.0, f),
                }
            }
        }

        impl ::core::str::FromStr for $name {
            type Err = $crate::words::BadValue;

            fn from_str(word: &str) -> ::core::result::Result<Self, Self::Err> {
                $crate::words::parse_open_enum(word)
            }
        }

        $crate::words::__word_by_from_str!($name);
    };
}
