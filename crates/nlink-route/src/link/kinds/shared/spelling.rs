//! Spellings that several kinds share, as iproute2 writes them: clock ticks, masks, switches, classes of service.

use std::marker::PhantomData;

use nlink_core::Interface;
use nlink_core::show::{Scalar, Shown, Sink};
use nlink_core::wire::{Be, OpenEnum};
use nlink_core::words::{BadValue, Device, Grammar, Style, Word, WordError, Words};

/// A number up to `MAX`.
#[derive(Debug)]
pub(crate) struct Limited<const MAX: u32>;

impl<const MAX: u32> Style<u32> for Limited<MAX> {
    const WHAT: &'static str = u32::WHAT;

    fn parse(word: &str) -> Result<u32, BadValue> {
        match u32::parse_word(word) {
            Ok(number) if number <= MAX => Ok(number),
            _ => Err(BadValue::new(format!("a number from 0 to {MAX}"), "10")),
        }
    }

    fn word(value: &u32) -> String {
        value.to_string()
    }

    fn shown(value: &u32) -> Shown {
        (*value).into()
    }
}

/// A big-endian number in hexadecimal, text in JSON.
#[derive(Debug)]
pub(crate) struct HexNumber;

impl Style<Be<u64>> for HexNumber {
    const WHAT: &'static str = "VALUE";

    fn parse(word: &str) -> Result<Be<u64>, BadValue> {
        Be::parse_word(word)
    }

    fn word(value: &Be<u64>) -> String {
        format!("{:#x}", value.0)
    }

    fn shown(value: &Be<u64>) -> Shown {
        Self::word(value).into()
    }
}

/// An IPv6 flow label, 20 bits; 0 is left out of output.
#[derive(Debug)]
pub(crate) struct FlowLabel;

impl Grammar<Be<u32>> for FlowLabel {
    const WHAT: &'static str = "LABEL";

    fn read(word: &str, words: &mut Words<'_>) -> Result<Be<u32>, WordError> {
        words.styled(word, Limited::<0xf_ffff>::parse).map(Be)
    }

    fn write(word: &str, value: &Be<u32>, params: &mut Vec<String>) {
        params.extend([word.to_owned(), format!("{:#x}", value.0)]);
    }

    fn show(key: &str, word: &str, value: &Be<u32>, sink: &mut Sink<'_>) {
        if value.0 != 0 {
            sink.word(key, word, format!("{:#x}", value.0));
        }
    }
}

/// A type of service: hexadecimal without being asked, or `inherit`, which is 1; 0 is left out of output.
#[derive(Debug)]
pub(crate) struct Tos;

impl Grammar<u8> for Tos {
    const WHAT: &'static str = "{ HEX | inherit }";

    fn read(word: &str, words: &mut Words<'_>) -> Result<u8, WordError> {
        words.styled(word, |text| match text {
            "inherit" => Ok(1),
            _ => u8::from_str_radix(text.strip_prefix("0x").unwrap_or(text), 16)
                .map_err(|_| BadValue::new("a type of service in hexadecimal, or inherit", "0x10")),
        })
    }

    fn write(word: &str, value: &u8, params: &mut Vec<String>) {
        params.extend([word.to_owned(), if *value == 1 { "inherit".into() } else { format!("{value:#x}") }]);
    }

    fn show(key: &str, word: &str, value: &u8, sink: &mut Sink<'_>) {
        let number = format!("{value:#x}");
        match value {
            0 => {}
            1 => sink.put(key, number, format_args!("{word} inherit ")),
            _ => sink.word(key, word, number),
        }
    }
}

/// A truth value that text only has where it is not as `USUAL`: `proxy`, `nolearning`; the text is the JSON key.
#[derive(Debug)]
pub(crate) struct Quiet<const USUAL: bool>;

impl<const USUAL: bool> Grammar<bool> for Quiet<USUAL> {
    const WHAT: &'static str = "";

    fn read(_: &str, _: &mut Words<'_>) -> Result<bool, WordError> {
        Ok(true)
    }

    fn write(word: &str, value: &bool, params: &mut Vec<String>) {
        params.push(if *value { word.into() } else { format!("no{word}") });
    }

    fn show(key: &str, _: &str, value: &bool, sink: &mut Sink<'_>) {
        sink.json(key, *value);
        if *value != USUAL {
            sink.text(format_args!("{}{key} ", if *value { "" } else { "no" }));
        }
    }
}

/// A truth value that output only has where it is true.
#[derive(Debug)]
pub(crate) struct Told;

impl Grammar<bool> for Told {
    const WHAT: &'static str = "";

    fn read(_: &str, _: &mut Words<'_>) -> Result<bool, WordError> {
        Ok(true)
    }

    fn write(word: &str, value: &bool, params: &mut Vec<String>) {
        params.push(if *value { word.into() } else { format!("no{word}") });
    }

    fn show(key: &str, word: &str, value: &bool, sink: &mut Sink<'_>) {
        if *value {
            sink.flag(key, word);
        }
    }
}

/// A flag with a word that output never has: it asks the kernel to do something.
#[derive(Debug)]
pub(crate) struct Command;

impl Grammar<bool> for Command {
    const WHAT: &'static str = "";

    fn read(_: &str, _: &mut Words<'_>) -> Result<bool, WordError> {
        Ok(true)
    }

    fn write(word: &str, _: &bool, params: &mut Vec<String>) {
        params.push(word.into());
    }

    fn show(_: &str, _: &str, _: &bool, _: &mut Sink<'_>) {}
}

/// `on` and `off`, also in JSON; 1 and 0 are read as well.
#[derive(Debug)]
pub(crate) struct Switch;

impl Style<bool> for Switch {
    const WHAT: &'static str = "{ on | off }";

    fn parse(word: &str) -> Result<bool, BadValue> {
        match word {
            "on" | "1" => Ok(true),
            "off" | "0" => Ok(false),
            _ => Err(BadValue::new("on or off", "on")),
        }
    }

    fn word(value: &bool) -> String {
        if *value { "on" } else { "off" }.into()
    }

    fn shown(value: &bool) -> Shown {
        Self::word(value).into()
    }
}

/// Time left of a timer, in clock ticks of 10 ms (`USER_HZ`); shown in seconds.
#[derive(Debug)]
pub(crate) struct Timer;

impl Style<u64> for Timer {
    const WHAT: &'static str = u64::WHAT;

    fn parse(word: &str) -> Result<u64, BadValue> {
        u64::parse_word(word)
    }

    fn word(value: &u64) -> String {
        value.to_string()
    }

    fn shown(value: &u64) -> Shown {
        let (seconds, ticks) = (value / 100, value % 100);
        Shown::new(Scalar::Digits(format!("{seconds}.{ticks:02}")), format!("{seconds:4}.{ticks:02}"))
    }
}

/// A mask in hexadecimal, with 0 as `0`; text in JSON.
#[derive(Debug)]
pub(crate) struct Mask;

impl Style<u16> for Mask {
    const WHAT: &'static str = "MASK";

    fn parse(word: &str) -> Result<u16, BadValue> {
        u16::parse_word(word)
    }

    fn word(value: &u16) -> String {
        if *value == 0 { "0".into() } else { format!("{value:#x}") }
    }

    fn shown(value: &u16) -> Shown {
        Self::word(value).into()
    }
}

/// A name of an open enum; numbers are shown, but not read.
#[derive(Debug)]
pub(crate) struct Named;

impl<T: OpenEnum + Word> Style<T> for Named {
    const WHAT: &'static str = T::WHAT;

    fn parse(word: &str) -> Result<T, BadValue> {
        match T::from_name(word) {
            Some(value) => Ok(value),
            None => {
                let names: Vec<&str> = T::NAMES.iter().map(|(_, name)| *name).collect();
                let example = names.first().copied().unwrap_or_default();
                Err(BadValue::new(format!("one of {}", names.join(", ")), example))
            }
        }
    }

    fn word(value: &T) -> String {
        value.to_word()
    }

    fn shown(value: &T) -> Shown {
        value.shown()
    }
}

/// The word for no interface, where that is another word: `nobackup_port`.
pub(crate) trait ClearWord {
    /// The word; the field has it as `alias`.
    const WORD: &'static str;
}

/// An interface; the word `C` alone stands for none, which is index 0.
#[derive(Debug)]
pub(crate) struct Clearable<C>(PhantomData<C>);

impl<C: ClearWord> Grammar<Interface> for Clearable<C> {
    const WHAT: &'static str = Interface::WHAT;

    fn read(word: &str, words: &mut Words<'_>) -> Result<Interface, WordError> {
        if word == C::WORD { Ok(Interface::Index(0)) } else { words.parse(word) }
    }

    fn write(word: &str, value: &Interface, params: &mut Vec<String>) {
        match value {
            Interface::Index(0) => params.push(C::WORD.into()),
            interface => Device::write(word, interface, params),
        }
    }

    fn show(key: &str, word: &str, value: &Interface, sink: &mut Sink<'_>) {
        Device::show(key, word, value, sink);
    }
}
