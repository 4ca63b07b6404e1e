//! What nft leaves with an object for itself: comments among it. The kernel keeps it unread.
//!
//! Entries of one byte type, one byte length and the value; types are nft's own, and differ from object to object.

use nlink_core::wire::{Codec, Shape, WireError, Writer};

use crate::DataType;
use crate::language::SetMeaning;
use crate::language::value::{ByteOrder, ValueType};

/// The userdata of an object, as it came.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Userdata(pub Vec<u8>);

/// The type of a comment: of a set another than of everything else (libnftnl's `udata.h`).
const COMMENT: u8 = 0;
const SET_COMMENT: u8 = 7;
/// The type of an element's flags, and the flag of an interval that has no end.
const ELEMENT_FLAGS: u8 = 1;
const OPEN_INTERVAL: u32 = 1;

/// Types of a set's other entries, each a number of 32 bits in the machine's byte order.
const KEY_ORDER: u8 = 0;
const DATA_ORDER: u8 = 1;
const AUTO_MERGE: u8 = 2;
const DATA_INTERVALS: u8 = 6;
/// How nft counts byte orders.
const HOST: u32 = 1;
const NETWORK: u32 = 2;

/// What nft notes of a set.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SetNotes {
    /// In which byte order keys lie.
    pub key_order: Option<ByteOrder>,
    /// In which byte order values lie.
    pub data_order: Option<ByteOrder>,
    /// Whether intervals that meet are made one.
    pub auto_merge: bool,
    /// Whether the values are intervals.
    pub data_intervals: bool,
    /// What it is for.
    pub comment: Option<String>,
}

impl SetNotes {
    /// What such a set holds, and in which byte orders. A verdict is no value that could lie in one.
    pub fn of(set: &SetMeaning) -> Self {
        let order =
            |parts: &[ValueType]| parts.first().filter(|of| of.data_type != DataType::VERDICT).map(|of| of.order);
        let (key_order, data_order) = (order(&set.keys), order(&set.data));
        Self { key_order, data_order, data_intervals: set.data_intervals, ..Self::default() }
    }
}

impl From<&Userdata> for SetNotes {
    fn from(userdata: &Userdata) -> Self {
        let order = |kind| match userdata.number(kind) {
            Some(NETWORK) => Some(ByteOrder::Network),
            Some(HOST) => Some(ByteOrder::Host),
            _ => None,
        };
        Self {
            key_order: order(KEY_ORDER),
            data_order: order(DATA_ORDER),
            auto_merge: userdata.number(AUTO_MERGE).is_some_and(|merge| merge != 0),
            data_intervals: userdata.number(DATA_INTERVALS).is_some_and(|intervals| intervals != 0),
            comment: userdata.set_comment().map(Into::into),
        }
    }
}

impl From<SetNotes> for Userdata {
    fn from(notes: SetNotes) -> Self {
        let order = |order| match order {
            ByteOrder::Network => NETWORK,
            ByteOrder::Host => HOST,
        };
        let numbers = [
            (KEY_ORDER, notes.key_order.map(order)),
            (DATA_ORDER, notes.data_order.map(order)),
            (AUTO_MERGE, notes.auto_merge.then_some(1)),
            (DATA_INTERVALS, notes.data_intervals.then_some(1)),
        ];
        let mut userdata = Self::default();
        for (kind, number) in numbers {
            if let Some(number) = number {
                userdata.0.extend([kind, 4]);
                userdata.0.extend(number.to_ne_bytes());
            }
        }
        if let Some(comment) = notes.comment {
            userdata.0.extend(Self::with_set_comment(&comment).0);
        }
        userdata
    }
}

impl Userdata {
    /// Of an element: its interval reaches to the last key of all, and has no end.
    pub(crate) fn open_interval() -> Self {
        let flags = OPEN_INTERVAL.to_ne_bytes();
        Self([&[ELEMENT_FLAGS, 4][..], &flags].concat())
    }

    /// The entries: type and value. What does not fit the form ends them.
    pub fn entries(&self) -> impl Iterator<Item = (u8, &[u8])> {
        let mut rest = self.0.as_slice();
        std::iter::from_fn(move || {
            let (&[kind, len], behind) = rest.split_first_chunk()?;
            let (value, behind) = behind.split_at_checked(len.into())?;
            rest = behind;
            Some((kind, value))
        })
    }

    fn text(&self, wanted: u8) -> Option<&str> {
        let (_, value) = self.entries().find(|(kind, _)| *kind == wanted)?;
        std::str::from_utf8(value.strip_suffix(&[0])?).ok()
    }

    fn number(&self, wanted: u8) -> Option<u32> {
        let (_, value) = self.entries().find(|(kind, _)| *kind == wanted)?;
        value.first_chunk().map(|bytes| u32::from_ne_bytes(*bytes))
    }

    fn with_text(kind: u8, text: &str) -> Self {
        // Longer ones fit no entry: nft takes 128 bytes. What is left out here is refused when it is written.
        let len = u8::try_from(text.len().saturating_add(1)).unwrap_or(u8::MAX);
        Self([&[kind, len], text.as_bytes(), &[0]].concat())
    }

    /// The comment of a table, chain, rule, element or named object.
    pub fn comment(&self) -> Option<&str> {
        self.text(COMMENT)
    }

    /// The comment of a set.
    pub fn set_comment(&self) -> Option<&str> {
        self.text(SET_COMMENT)
    }

    /// A comment of a table, chain, rule, element or named object.
    pub fn with_comment(text: &str) -> Self {
        Self::with_text(COMMENT, text)
    }

    /// A comment of a set.
    pub fn with_set_comment(text: &str) -> Self {
        Self::with_text(SET_COMMENT, text)
    }
}

impl Codec for Userdata {
    const SHAPE: Shape = Shape::Bytes;

    fn decode(payload: &[u8]) -> Result<Self, WireError> {
        Ok(Self(payload.to_vec()))
    }

    fn encode(&self, writer: &mut Writer) {
        use nlink_core::wire::WireCause;
        let limit = usize::try_from(nlink_uapi::nf_tables::NFT_USERDATA_MAXLEN).unwrap_or(usize::MAX);
        if self.0.len() > limit {
            writer.fail(WireCause::Overflow { got: self.0.len(), limit });
        }
        writer.bytes(&self.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // nft add rule … udp dport 53 accept comment "dns"    nft 1.1.7
    #[test]
    fn a_comment_is_read_and_written_as_nft_has_it() {
        let captured = Userdata(vec![0, 4, b'd', b'n', b's', 0]);
        assert_eq!(captured.comment(), Some("dns"));
        assert_eq!(Userdata::with_comment("dns"), captured);
    }

    // nft add set … { …; comment "a set"; }    nft 1.1.7: byte order of keys, of what, then the comment
    #[test]
    fn a_set_has_its_comment_among_other_entries() {
        let bytes = [&[0, 4, 2, 0, 0, 0, 3, 8, 0, 4, 4, 0, 0, 0, 1, 0, 7, 6][..], b"a set\0"].concat();
        assert_eq!(Userdata(bytes.clone()).set_comment(), Some("a set"));
        assert_eq!(Userdata(bytes[..20].to_vec()).set_comment(), None, "cut short");
    }

    #[test]
    fn what_is_noted_of_a_set_is_read_again() {
        let notes = SetNotes {
            key_order: Some(ByteOrder::Network),
            auto_merge: true,
            comment: Some("a set".into()),
            ..SetNotes::default()
        };
        assert_eq!(SetNotes::from(&Userdata::from(notes.clone())), notes);
    }

    #[test]
    fn a_comment_that_does_not_fit_is_an_error() {
        let mut writer = Writer::new();
        Userdata::with_comment(&"x".repeat(300)).encode(&mut writer);
        assert!(writer.finish().is_err());
    }
}
