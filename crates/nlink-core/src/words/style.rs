//! How a value is spelled where its own spelling is not the tool's: on/off, 0/1, hexadecimal.

use super::{BadValue, Word};
use crate::show::Shown;

/// A way to read and write values of type `T`: `style = OnOff` on a field.
pub trait Style<T> {
    /// What usage lines call the value.
    const WHAT: &'static str;

    /// Reads a word.
    fn parse(word: &str) -> Result<T, BadValue>;

    /// The word that gives the value.
    fn word(value: &T) -> String;

    /// The value as output shows it.
    fn shown(value: &T) -> Shown;
}

/// The value's own spelling.
#[derive(Debug)]
pub struct Natural;

impl<T: Word> Style<T> for Natural {
    const WHAT: &'static str = T::WHAT;

    fn parse(word: &str) -> Result<T, BadValue> {
        T::parse_word(word)
    }

    fn word(value: &T) -> String {
        value.to_word()
    }

    fn shown(value: &T) -> Shown {
        value.shown()
    }
}

/// `on` and `off`; true and false in JSON.
#[derive(Debug)]
pub struct OnOff;

impl Style<bool> for OnOff {
    const WHAT: &'static str = "{ on | off }";

    fn parse(word: &str) -> Result<bool, BadValue> {
        match word {
            "on" => Ok(true),
            "off" => Ok(false),
            _ => Err(BadValue::new("on or off", "on")),
        }
    }

    fn word(value: &bool) -> String {
        if *value { "on" } else { "off" }.into()
    }

    fn shown(value: &bool) -> Shown {
        Shown::new(*value, if *value { "on" } else { "off" })
    }
}

/// `0` and `1`, also in JSON; `on` and `off` are read as well.
#[derive(Debug)]
pub struct ZeroOne;

impl Style<bool> for ZeroOne {
    const WHAT: &'static str = "{ 0 | 1 }";

    fn parse(word: &str) -> Result<bool, BadValue> {
        match word {
            "1" | "on" => Ok(true),
            "0" | "off" => Ok(false),
            _ => Err(BadValue::new("0 or 1", "1")),
        }
    }

    fn word(value: &bool) -> String {
        u8::from(*value).to_string()
    }

    fn shown(value: &bool) -> Shown {
        u8::from(*value).into()
    }
}

/// A number in hexadecimal; in JSON as text.
#[derive(Debug)]
pub struct Hex;

impl<T: Word + std::fmt::LowerHex> Style<T> for Hex {
    const WHAT: &'static str = T::WHAT;

    fn parse(word: &str) -> Result<T, BadValue> {
        T::parse_word(word)
    }

    fn word(value: &T) -> String {
        format!("{value:#x}")
    }

    fn shown(value: &T) -> Shown {
        format!("{value:#x}").into()
    }
}
