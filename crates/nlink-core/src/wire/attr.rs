//! Attributes as they lie in a message (`struct nlattr`, linux/netlink.h): iteration, and the keeping of unknown ones.

use std::fmt;

use nlink_uapi::netlink::{NLA_F_NESTED, NLA_F_NET_BYTEORDER, NLA_TYPE_MASK};

use super::{WireCause, WireError, Writer};

/// Bytes of `struct nlattr`: a 16 bit length and a 16 bit type, both native.
pub(crate) const ATTR_HEADER: usize = 4;

/// The attribute number of a kernel constant, checked when compiled: the top two bits are flags.
pub const fn attr_id(constant: u32) -> u16 {
    assert!(constant < NLA_F_NET_BYTEORDER, "attribute numbers have 14 bits");
    #[allow(clippy::cast_possible_truncation)] // asserted above
    {
        constant as u16
    }
}

/// Rounds up to the four bytes that everything in netlink is aligned to.
pub(crate) const fn align4(len: usize) -> usize {
    len.saturating_add(3) & !3
}

/// One attribute, borrowed from the message it stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Attr<'a> {
    raw_kind: u16,
    payload: &'a [u8],
}

impl<'a> Attr<'a> {
    /// The number, without the flag bits.
    #[inline]
    pub fn kind(&self) -> u16 {
        self.raw_kind & TYPE_MASK
    }

    /// The bytes after the attribute's header, without padding.
    #[inline]
    pub fn payload(&self) -> &'a [u8] {
        self.payload
    }

    /// Whether the sender marked it as a nest (`NLA_F_NESTED`); many old kernel parts do not.
    pub fn is_nested(&self) -> bool {
        self.raw_kind & NESTED != 0
    }

    /// The attributes within, should this be a nest.
    #[inline]
    pub fn attrs(&self) -> Attrs<'a> {
        Attrs::new(self.payload)
    }

    /// A copy that owns its bytes.
    pub fn to_raw(&self) -> RawAttr {
        RawAttr { raw_kind: self.raw_kind, payload: self.payload.into() }
    }
}

pub(crate) const NESTED: u16 = low16(NLA_F_NESTED as i64);
pub(crate) const TYPE_MASK: u16 = low16(NLA_TYPE_MASK as i64);

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // the mask is a C int: only its low half is meant
const fn low16(constant: i64) -> u16 {
    (constant & 0xffff) as u16
}

/// The attributes of a message or nest, one after the other.
///
/// The last attribute may lack its padding. After an error there is nothing more: past a wrong length nothing is known.
#[derive(Clone, Debug)]
pub struct Attrs<'a> {
    rest: &'a [u8],
}

impl<'a> Attrs<'a> {
    /// Reads `bytes` as a sequence of attributes.
    #[inline]
    pub fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes }
    }

    #[cold]
    fn malformed(&mut self) -> WireError {
        let rest = std::mem::take(&mut self.rest);
        match rest.first_chunk::<2>().map(|len| usize::from(u16::from_ne_bytes(*len))) {
            Some(len) if rest.len() >= ATTR_HEADER && len < ATTR_HEADER => WireCause::BadLength(len).into(),
            Some(len) if rest.len() >= ATTR_HEADER => WireCause::Truncated { want: len, got: rest.len() }.into(),
            _ => WireCause::Truncated { want: ATTR_HEADER, got: rest.len() }.into(),
        }
    }
}

impl<'a> Iterator for Attrs<'a> {
    type Item = Result<Attr<'a>, WireError>;

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        if self.rest.is_empty() {
            return None;
        }
        let Some((header, _)) = self.rest.split_first_chunk::<ATTR_HEADER>() else {
            return Some(Err(self.malformed()));
        };
        let [l0, l1, k0, k1] = *header;
        let len = usize::from(u16::from_ne_bytes([l0, l1]));
        let Some(payload) = self.rest.get(ATTR_HEADER..len) else {
            return Some(Err(self.malformed()));
        };
        self.rest = self.rest.get(align4(len)..).unwrap_or_default();
        Some(Ok(Attr { raw_kind: u16::from_ne_bytes([k0, k1]), payload }))
    }
}

/// An attribute that owns its bytes: one that no declaration names, or one a user adds by hand.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct RawAttr {
    raw_kind: u16,
    payload: Box<[u8]>,
}

impl RawAttr {
    /// An attribute by number (flag bits, if any, as they shall stand on the wire) and payload.
    pub fn new(raw_kind: u16, payload: impl Into<Box<[u8]>>) -> Self {
        Self { raw_kind, payload: payload.into() }
    }

    /// The number, without the flag bits.
    pub fn kind(&self) -> u16 {
        self.raw_kind & TYPE_MASK
    }

    /// The bytes after the attribute's header.
    pub fn payload(&self) -> &[u8] {
        &self.payload
    }
}

/// The attributes of a message or nest that its declaration does not name, in order.
///
/// Hardly ever there are any, and every object has a place for them: so it is a thin one.
#[derive(Clone, Default, PartialEq, Eq, Hash)]
#[allow(clippy::box_collection)] // a pointer, not three words
pub struct UnknownAttrs(Option<Box<Vec<RawAttr>>>);

impl UnknownAttrs {
    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_none()
    }

    /// The payload of the attribute of that number.
    pub fn get(&self, kind: u16) -> Option<&[u8]> {
        self.iter().rev().find(|attr| attr.kind() == kind).map(RawAttr::payload)
    }

    /// All of them.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &RawAttr> {
        self.0.iter().flat_map(|attrs| attrs.iter())
    }

    /// One more, behind the others.
    pub fn push(&mut self, attr: RawAttr) {
        self.0.get_or_insert_default().push(attr);
    }

    #[doc(hidden)] // called by the derives
    #[cold]
    pub fn keep(&mut self, attr: &Attr<'_>) {
        self.push(attr.to_raw());
    }

    #[doc(hidden)] // called by the derives
    #[inline]
    pub fn emit(&self, writer: &mut Writer) {
        for attr in self.iter() {
            writer.attr(attr.raw_kind, |payload| payload.bytes(&attr.payload));
        }
    }
}

impl fmt::Debug for UnknownAttrs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}

impl Extend<RawAttr> for UnknownAttrs {
    fn extend<I: IntoIterator<Item = RawAttr>>(&mut self, attrs: I) {
        attrs.into_iter().for_each(|attr| self.push(attr));
    }
}

impl FromIterator<RawAttr> for UnknownAttrs {
    fn from_iter<I: IntoIterator<Item = RawAttr>>(attrs: I) -> Self {
        let mut all = Self::default();
        all.extend(attrs);
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_that_lie_are_errors_and_end_the_walk() {
        let cases: [(&[u8], &str); 4] = [
            (&[3, 0, 1, 0], "a length of 3 is shorter than its own header"),
            (&[9, 0, 1, 0, 1, 2, 3, 4], "cut short: 9 bytes announced, 8 there"),
            (&[4, 0, 1], "cut short: 4 bytes announced, 3 there"),
            (&[8], "cut short: 4 bytes announced, 1 there"),
        ];
        for (bytes, message) in cases {
            if cfg!(target_endian = "big") {
                return;
            }
            let mut attrs = Attrs::new(bytes);
            assert_eq!(attrs.next().unwrap().unwrap_err().to_string(), message);
            assert!(attrs.next().is_none());
        }
    }

    #[test]
    fn the_last_attribute_may_lack_its_padding() {
        let mut writer = Writer::new();
        writer.attr(1, |payload| payload.bytes(&[7]));
        let mut bytes = writer.finish().unwrap();
        bytes.truncate(5);
        let attr = Attrs::new(&bytes).next().unwrap().unwrap();
        assert_eq!((attr.kind(), attr.payload()), (1, &[7u8][..]));
    }

    #[test]
    fn flag_bits_are_no_part_of_the_number() {
        let mut writer = Writer::new();
        writer.nest(18, |nest| nest.attr(1, |payload| payload.bytes(b"veth\0")));
        let bytes = writer.finish().unwrap();
        let nest = Attrs::new(&bytes).next().unwrap().unwrap();
        assert!(nest.is_nested());
        assert_eq!(nest.kind(), 18);
        assert_eq!(nest.attrs().count(), 1);
    }
}
