//! Values that are one word: numbers, names, addresses, enums.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use super::BadValue;
use crate::interface::Interface;
use crate::show::Shown;
use crate::wire::{Be, IfName, LinkAddress, OpenEnum};

/// A value that one word gives.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be read from a word",
    note = "implement `Word` for it, or choose a `style = …` that can"
)]
pub trait Word: Sized {
    /// What usage lines and errors call it.
    const WHAT: &'static str;

    /// Reads the word.
    fn parse_word(word: &str) -> Result<Self, BadValue>;

    /// The word that gives the value.
    fn to_word(&self) -> String;

    /// The value as output shows it.
    fn shown(&self) -> Shown;
}

/// Reads a number as C's `strtoul` with base 0 does: decimal, `0x` hexadecimal, `0` octal.
fn number(word: &str) -> Option<i128> {
    let (negative, digits) = match word.strip_prefix('-') {
        Some(digits) => (true, digits),
        None => (false, word),
    };
    let (digits, radix) = if let Some(hex) = digits.strip_prefix("0x").or_else(|| digits.strip_prefix("0X")) {
        (hex, 16)
    } else if digits.len() > 1 && digits.starts_with('0') {
        (digits, 8)
    } else {
        (digits, 10)
    };
    // Rust would take a sign here once more.
    if digits.starts_with(['+', '-']) {
        return None;
    }
    let value = i128::from_str_radix(digits, radix).ok()?;
    Some(if negative { -value } else { value })
}

macro_rules! numbers {
    ($($number:ty),*) => {$(
        impl Word for $number {
            const WHAT: &'static str = "NUMBER";

            fn parse_word(word: &str) -> Result<Self, BadValue> {
                number(word).and_then(|value| value.try_into().ok()).ok_or_else(|| {
                    BadValue::new(format!("a number from {} to {}", Self::MIN, Self::MAX), "10")
                })
            }

            fn to_word(&self) -> String {
                self.to_string()
            }

            fn shown(&self) -> Shown {
                (*self).into()
            }
        }
    )*};
}

numbers!(u8, u16, u32, u64, i8, i16, i32, i64);

impl<T: Word> Word for Be<T> {
    const WHAT: &'static str = T::WHAT;

    fn parse_word(word: &str) -> Result<Self, BadValue> {
        T::parse_word(word).map(Be)
    }

    fn to_word(&self) -> String {
        self.0.to_word()
    }

    fn shown(&self) -> Shown {
        self.0.shown()
    }
}

macro_rules! texts {
    ($($ty:ty: $usage:literal, $what:literal, $example:literal;)*) => {$(
        impl Word for $ty {
            const WHAT: &'static str = $usage;

            fn parse_word(word: &str) -> Result<Self, BadValue> {
                word.parse().map_err(|_| BadValue::new($what, $example))
            }

            fn to_word(&self) -> String {
                self.to_string()
            }

            fn shown(&self) -> Shown {
                self.to_string().into()
            }
        }
    )*};
}

texts! {
    String: "STRING", "text", "text";
    IfName: "NAME", "an interface name of 1 to 15 bytes", "eth0";
    LinkAddress: "LLADDR", "a hardware address", "52:54:00:12:34:56";
    IpAddr: "ADDR", "an IP address", "192.0.2.1";
    Ipv4Addr: "ADDR", "an IPv4 address", "192.0.2.1";
    Ipv6Addr: "ADDR", "an IPv6 address", "2001:db8::1";
}

impl Word for Interface {
    const WHAT: &'static str = "DEVICE";

    fn parse_word(word: &str) -> Result<Self, BadValue> {
        match word.is_empty() {
            true => Err(BadValue::new("an interface name", "eth0")),
            false => Ok(word.into()),
        }
    }

    fn to_word(&self) -> String {
        self.to_string()
    }

    fn shown(&self) -> Shown {
        self.to_string().into()
    }
}

/// Reads the name of an open enum's value, or its number.
pub fn parse_open_enum<T: OpenEnum>(word: &str) -> Result<T, BadValue> {
    T::from_name(word).or_else(|| word.parse().ok().map(T::from_number)).ok_or_else(|| {
        let names: Vec<&str> = T::NAMES.iter().map(|(_, name)| *name).collect();
        let example = names.first().copied().unwrap_or("0");
        BadValue::new(format!("one of {}", names.join(", ")), example)
    })
}

#[doc(hidden)]
#[macro_export]
macro_rules! __word_by_from_str {
    ($ty:ty) => {
        impl $crate::words::Word for $ty {
            const WHAT: &'static str = "NAME";

            fn parse_word(word: &str) -> ::core::result::Result<Self, $crate::words::BadValue> {
                word.parse()
            }

            fn to_word(&self) -> ::std::string::String {
                ::std::string::ToString::to_string(self)
            }

            fn shown(&self) -> $crate::show::Shown {
                match $crate::wire::OpenEnum::name(*self) {
                    ::core::option::Option::Some(name) => name.into(),
                    ::core::option::Option::None => self.0.into(),
                }
            }
        }
    };
}
#[doc(hidden)]
pub use __word_by_from_str;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_decimal_hexadecimal_or_octal_and_in_range() {
        assert_eq!(u32::parse_word("0x10"), Ok(16));
        assert_eq!(u8::parse_word("010"), Ok(8));
        assert_eq!(i32::parse_word("-1"), Ok(-1));
        for word in ["256", "-1", "1x", "", "0x", "--1", "+1", "0x+1", "0x-1"] {
            assert!(u8::parse_word(word).is_err(), "{word}");
        }
        for word in ["0x-1", "-0x-1", "-0x-80000000000000000000000000000000"] {
            assert!(i32::parse_word(word).is_err(), "{word}");
        }
        assert_eq!(u8::parse_word("256").unwrap_err().to_string(), "not a number from 0 to 255; write for example 10");
    }
}
