//! Realms: marks of routes that tc's route classifier and accounting look at (`RTA_FLOW`, linux/rtnetlink.h).

use nlink_core::show::Shown;
use nlink_core::wire::{Codec, Shape, WireError, Writer};
use nlink_core::words::{BadValue, Word};

use super::names;

/// The realm that packets come from and the one that they go to; 0 is none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Realms {
    /// Where packets come from; the upper half of the number on the wire.
    pub from: u16,
    /// Where they go to; the lower half.
    pub to: u16,
}

impl Realms {
    /// The number on the wire.
    pub fn number(self) -> u32 {
        (u32::from(self.from) << 16) | u32::from(self.to)
    }
}

impl From<u32> for Realms {
    fn from(number: u32) -> Self {
        let [a, b, c, d] = number.to_be_bytes();
        Self { from: u16::from_be_bytes([a, b]), to: u16::from_be_bytes([c, d]) }
    }
}

impl Codec for Realms {
    const SHAPE: Shape = u32::SHAPE;

    #[inline]
    fn decode(payload: &[u8]) -> Result<Self, WireError> {
        u32::decode(payload).map(Realms::from)
    }

    #[inline]
    fn encode(&self, writer: &mut Writer) {
        self.number().encode(writer);
    }
}

/// `to`, or `from/to`; either part may be left empty, and may be a name of /etc/iproute2/rt_realms.
impl Word for Realms {
    const WHAT: &'static str = "REALM";

    fn parse_word(word: &str) -> Result<Self, BadValue> {
        let realm = |part: &str| match part {
            "" => Some(0),
            part => crate::names::number(names::REALMS, part),
        };
        let (from, to) = word.split_once('/').unwrap_or(("", word));
        let parts = realm(from).zip(realm(to)).filter(|_| word.len() > usize::from(word.contains('/')));
        let parts = parts.and_then(|(from, to)| Some((u16::try_from(from).ok()?, u16::try_from(to).ok()?)));
        let (from, to) = parts.ok_or_else(|| BadValue::new("a realm, or two with a slash between", "10/20"))?;
        Ok(Self { from, to })
    }

    fn to_word(&self) -> String {
        match self.from {
            0 => self.to.to_string(),
            from => format!("{from}/{}", self.to),
        }
    }

    fn shown(&self) -> Shown {
        self.to_word().into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_both_ways() {
        for (word, from, to) in [("7", 0, 7), ("3/7", 3, 7), ("3/0", 3, 0)] {
            let realms = Realms { from, to };
            assert_eq!(Realms::parse_word(word), Ok(realms));
            assert_eq!(realms.to_word(), word);
        }
        assert_eq!(Realms::parse_word("3/"), Ok(Realms { from: 3, to: 0 }));
        for word in ["", "/", "x", "65536", "1/2/3"] {
            assert!(Realms::parse_word(word).is_err(), "{word}");
        }
    }
}
