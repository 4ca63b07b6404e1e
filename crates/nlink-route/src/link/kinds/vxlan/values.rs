//! What the options of a vxlan can be, and how they are spelled.

use std::net::IpAddr;
use std::num::NonZero;

use nlink_core::show::{Shown, Sink};
use nlink_core::wire::{Codec, EitherAttr, Fixed, Shape, WireError, Writer};
use nlink_core::words::{BadValue, Grammar, Style, Word, WordError, Words};
use nlink_uapi::if_link::{
    VXLAN_DF_INHERIT, VXLAN_DF_SET, VXLAN_DF_UNSET, VXLAN_LABEL_FIXED, VXLAN_LABEL_INHERIT, ifla_vxlan_port_range,
};
use zerocopy::IntoBytes;

nlink_core::open_enum! {
    /// The outer header's don't-fragment bit (`VXLAN_DF_…`).
    pub struct DontFragment(u8) {
        /// Not set.
        UNSET = VXLAN_DF_UNSET, "unset";
        /// Set.
        SET = VXLAN_DF_SET, "set";
        /// As in the inner IPv4 header.
        INHERIT = VXLAN_DF_INHERIT, "inherit";
    }
}

nlink_core::open_enum! {
    /// Where the outer IPv6 flow label comes from (`VXLAN_LABEL_…`).
    pub struct LabelPolicy(u32) {
        /// From `label`.
        FIXED = VXLAN_LABEL_FIXED, "fixed";
        /// From the inner header.
        INHERIT = VXLAN_LABEL_INHERIT, "inherit";
    }
}

/// UDP ports from one to another, both included (`struct ifla_vxlan_port_range`, big-endian on the wire).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PortRange {
    /// The lowest.
    pub low: u16,
    /// The highest.
    pub high: u16,
}

impl Codec for PortRange {
    const SHAPE: Shape = Shape::Struct(size_of::<ifla_vxlan_port_range>());

    fn decode(payload: &[u8]) -> Result<Self, WireError> {
        let range = ifla_vxlan_port_range::read_lenient(payload);
        Ok(Self { low: range.low.get(), high: range.high.get() })
    }

    fn encode(&self, writer: &mut Writer) {
        writer.bytes(ifla_vxlan_port_range { low: self.low.into(), high: self.high.into() }.as_bytes());
    }
}

/// The time to live of tunnelled packets: in `IFLA_VXLAN_TTL`, or the flag `IFLA_VXLAN_TTL_INHERIT`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ttl {
    /// The system's for unicast, 1 for multicast; 0 on the wire.
    Auto,
    /// So many hops.
    Hops(NonZero<u8>),
    /// The inner packet's.
    Inherit,
}

impl EitherAttr for Ttl {
    const FIRST: Shape = u8::SHAPE;
    const SECOND: Shape = Shape::Flag;

    /// The kernel answers with both: a number, and whether it is inherited instead.
    fn put(field: &mut Option<Self>, second: bool, payload: &[u8]) -> Result<(), WireError> {
        if !second {
            let hops = NonZero::new(u8::decode(payload)?);
            if *field != Some(Ttl::Inherit) {
                *field = Some(hops.map_or(Ttl::Auto, Ttl::Hops));
            }
        } else if payload.is_empty() || payload != [0] {
            *field = Some(Ttl::Inherit);
        }
        Ok(())
    }

    fn emit(&self, first: u16, second: u16, writer: &mut Writer) {
        match self {
            Ttl::Auto => writer.attr(first, |payload| payload.bytes(&[0])),
            Ttl::Hops(hops) => writer.attr(first, |payload| payload.bytes(&[hops.get()])),
            Ttl::Inherit => writer.attr(second, |_| ()),
        }
    }
}

impl Word for Ttl {
    const WHAT: &'static str = "{ 1..255 | auto | inherit }";

    fn parse_word(word: &str) -> Result<Self, BadValue> {
        match word {
            "inherit" => Ok(Ttl::Inherit),
            "auto" => Ok(Ttl::Auto),
            _ => match u8::parse_word(word) {
                Ok(hops) => Ok(NonZero::new(hops).map_or(Ttl::Auto, Ttl::Hops)),
                Err(_) => Err(BadValue::new("a time to live: 1 to 255, auto or inherit", "64")),
            },
        }
    }

    fn to_word(&self) -> String {
        match self {
            Ttl::Auto => "auto".into(),
            Ttl::Hops(hops) => hops.to_string(),
            Ttl::Inherit => "inherit".into(),
        }
    }

    fn shown(&self) -> Shown {
        match self {
            Ttl::Auto => Shown::new(0u8, "auto"),
            Ttl::Hops(hops) => hops.get().into(),
            Ttl::Inherit => "inherit".into(),
        }
    }
}

/// A [`Ttl`] in output: JSON has no key for an inherited one.
#[derive(Debug)]
pub(super) struct Hops;

impl Grammar<Ttl> for Hops {
    const WHAT: &'static str = Ttl::WHAT;

    fn read(word: &str, words: &mut Words<'_>) -> Result<Ttl, WordError> {
        words.parse(word)
    }

    fn write(word: &str, value: &Ttl, params: &mut Vec<String>) {
        params.extend([word.to_owned(), value.to_word()]);
    }

    fn show(key: &str, word: &str, value: &Ttl, sink: &mut Sink<'_>) {
        match value {
            Ttl::Inherit => sink.text(format_args!("{word} inherit ")),
            _ => sink.word(key, word, value.shown()),
        }
    }
}

/// `group` before a multicast address, `remote` before any other; output says which, and JSON the version too.
#[derive(Debug)]
pub(super) struct Remote;

impl Grammar<IpAddr> for Remote {
    const WHAT: &'static str = IpAddr::WHAT;

    fn read(word: &str, words: &mut Words<'_>) -> Result<IpAddr, WordError> {
        words.styled(word, |text| match IpAddr::parse_word(text)? {
            group if group.is_multicast() != (word == "group") => Err(match word {
                "group" => BadValue::new("a multicast address", "239.1.1.1"),
                _ => BadValue::new("the address of one host; group takes a multicast address", "192.0.2.1"),
            }),
            address => Ok(address),
        })
    }

    fn write(_: &str, value: &IpAddr, params: &mut Vec<String>) {
        let word = if value.is_multicast() { "group" } else { "remote" };
        params.extend([word.to_owned(), value.to_string()]);
    }

    fn show(_: &str, _: &str, value: &IpAddr, sink: &mut Sink<'_>) {
        let word = if value.is_multicast() { "group" } else { "remote" };
        Local::show(word, word, value, sink);
    }
}

/// An address whose JSON key ends in 6 for IPv6.
#[derive(Debug)]
pub(super) struct Local;

impl Grammar<IpAddr> for Local {
    const WHAT: &'static str = IpAddr::WHAT;

    fn read(word: &str, words: &mut Words<'_>) -> Result<IpAddr, WordError> {
        words.parse(word)
    }

    fn write(word: &str, value: &IpAddr, params: &mut Vec<String>) {
        params.extend([word.to_owned(), value.to_string()]);
    }

    fn show(key: &str, word: &str, value: &IpAddr, sink: &mut Sink<'_>) {
        match value {
            IpAddr::V4(_) => sink.word(key, word, value.to_string()),
            IpAddr::V6(_) => sink.word(&format!("{key}6"), word, value.to_string()),
        }
    }
}

/// Two words: the lowest port and the highest.
#[derive(Debug)]
pub(super) struct Ports;

impl Grammar<PortRange> for Ports {
    const WHAT: &'static str = "MIN MAX";

    fn read(word: &str, words: &mut Words<'_>) -> Result<PortRange, WordError> {
        let (low, high) = (words.parse(word)?, words.parse(word)?);
        if low > high {
            return Err(WordError::refused(format!(
                "{word}: {low} to {high} is no range: the lowest port comes first"
            )));
        }
        Ok(PortRange { low, high })
    }

    fn write(word: &str, value: &PortRange, params: &mut Vec<String>) {
        params.extend([word.to_owned(), value.low.to_string(), value.high.to_string()]);
    }

    fn show(key: &str, word: &str, value: &PortRange, sink: &mut Sink<'_>) {
        sink.text(format_args!("{word} {} {} ", value.low, value.high));
        if sink.is_json() {
            sink.object(key, |sink| {
                sink.json("low", value.low);
                sink.json("high", value.high);
            });
        }
    }
}

/// The don't-fragment bit; text leaves out what is not set.
#[derive(Debug)]
pub(super) struct Df;

impl Grammar<DontFragment> for Df {
    const WHAT: &'static str = "{ unset | set | inherit }";

    fn read(word: &str, words: &mut Words<'_>) -> Result<DontFragment, WordError> {
        words.parse(word)
    }

    fn write(word: &str, value: &DontFragment, params: &mut Vec<String>) {
        params.extend([word.to_owned(), value.to_word()]);
    }

    fn show(key: &str, word: &str, value: &DontFragment, sink: &mut Sink<'_>) {
        match *value {
            DontFragment::UNSET => sink.json(key, "unset"),
            df => sink.word(key, word, df.shown()),
        }
    }
}

/// A number with a word for 0; output calls the most learned addresses otherwise than the words do.
#[derive(Debug)]
pub(super) struct Limit;

impl Grammar<u32> for Limit {
    const WHAT: &'static str = "NUMBER";

    fn read(word: &str, words: &mut Words<'_>) -> Result<u32, WordError> {
        words.styled(word, |text| if text == "unlimited" { Ok(0) } else { u32::parse_word(text) })
    }

    fn write(word: &str, value: &u32, params: &mut Vec<String>) {
        params.extend([word.to_owned(), value.to_word()]);
    }

    fn show(key: &str, _: &str, value: &u32, sink: &mut Sink<'_>) {
        if *value != 0 {
            sink.word(key, "maxaddr", *value);
        }
    }
}

/// Seconds, or none.
#[derive(Debug)]
pub(super) struct Ageing;

impl Style<u32> for Ageing {
    const WHAT: &'static str = "{ SECONDS | none }";

    fn parse(word: &str) -> Result<u32, BadValue> {
        if word == "none" { Ok(0) } else { u32::parse_word(word) }
    }

    fn word(value: &u32) -> String {
        if *value == 0 { "none".into() } else { value.to_string() }
    }

    fn shown(value: &u32) -> Shown {
        Shown::new(*value, Self::word(value))
    }
}
