//! What nft leaves with an object for itself: comments among it. The kernel keeps it unread.
//!
//! Entries of one byte type, one byte length and the value; types are nft's own, and differ from object to object.

use nlink_core::wire::{Codec, Shape, WireError, Writer};

/// The userdata of an object, as it came.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Userdata(pub Vec<u8>);

/// The type of a comment: of a set another than of everything else (libnftnl's `udata.h`).
const COMMENT: u8 = 0;
const SET_COMMENT: u8 = 7;

impl Userdata {
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
    fn a_comment_that_does_not_fit_is_an_error() {
        let mut writer = Writer::new();
        Userdata::with_comment(&"x".repeat(300)).encode(&mut writer);
        assert!(writer.finish().is_err());
    }
}
