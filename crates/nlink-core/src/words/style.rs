//! How a value is spelled where its own spelling is not the tool's: on/off, 0/1, hexadecimal, several words.

use super::{BadValue, Word, WordError, Words};
use crate::interface::Interface;
use crate::show::{Shown, Sink};

/// What stands on the command line and in output for a value of type `T`: `style = …` on a field.
///
/// A value that one word gives needs only a [`Style`], which is a grammar by itself.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not say how a `{T}` is spelled",
    note = "implement `Style<{T}>` for it (one word), or `Grammar<{T}>` (any number of words)"
)]
pub trait Grammar<T> {
    /// What usage lines call the value.
    const WHAT: &'static str;

    /// Reads what follows `word`.
    fn read(word: &str, words: &mut Words<'_>) -> Result<T, WordError>;

    /// Appends the words that give the value, `word` among them.
    fn write(word: &str, value: &T, params: &mut Vec<String>);

    /// Shows the value.
    fn show(key: &str, word: &str, value: &T, sink: &mut Sink<'_>);
}

impl<T, S: Style<T>> Grammar<T> for S {
    const WHAT: &'static str = S::WHAT;

    fn read(word: &str, words: &mut Words<'_>) -> Result<T, WordError> {
        words.styled(word, S::parse)
    }

    fn write(word: &str, value: &T, params: &mut Vec<String>) {
        params.extend([word.to_owned(), S::word(value)]);
    }

    fn show(key: &str, word: &str, value: &T, sink: &mut Sink<'_>) {
        sink.word(key, word, S::shown(value));
    }
}

/// A word that says it all: there or not; in JSON `null` or nothing.
#[derive(Debug)]
pub struct Presence;

impl Grammar<bool> for Presence {
    const WHAT: &'static str = "";

    fn read(_: &str, _: &mut Words<'_>) -> Result<bool, WordError> {
        Ok(true)
    }

    fn write(word: &str, value: &bool, params: &mut Vec<String>) {
        if *value {
            params.push(word.into());
        }
    }

    fn show(key: &str, word: &str, value: &bool, sink: &mut Sink<'_>) {
        if *value {
            sink.null(key, format_args!("{word} "));
        }
    }
}

/// An interface, shown by the name that it has where the output comes from.
#[derive(Debug)]
pub struct Device;

impl Grammar<Interface> for Device {
    const WHAT: &'static str = Interface::WHAT;

    fn read(word: &str, words: &mut Words<'_>) -> Result<Interface, WordError> {
        words.parse(word)
    }

    fn write(word: &str, value: &Interface, params: &mut Vec<String>) {
        params.extend([word.to_owned(), value.to_word()]);
    }

    fn show(key: &str, word: &str, value: &Interface, sink: &mut Sink<'_>) {
        let name = match value {
            Interface::Index(index) => sink.options().names.interface(*index),
            Interface::Name(name) => name.to_string(),
        };
        sink.word(key, word, name);
    }
}

/// A way to read and write values of type `T` that one word gives: `style = OnOff` on a field.
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
