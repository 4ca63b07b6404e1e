//! Where something stands in a text.

use std::ops::Range;

/// Where something stood in the text that it was read from, in bytes; empty where it came from elsewhere.
///
/// Trees that say the same are equal wherever their words stood, so any two spans are.
#[derive(Clone, Copy, Debug, Default)]
pub struct Span {
    /// Its first byte.
    pub start: u32,
    /// The byte behind its last.
    pub end: u32,
}

impl Span {
    /// From the start of the one to the end of the other.
    #[must_use]
    pub fn to(self, end: Self) -> Self {
        Self { start: self.start, end: end.end }
    }

    /// As a range of bytes.
    pub fn range(self) -> Range<usize> {
        let byte = |at: u32| usize::try_from(at).unwrap_or(usize::MAX);
        byte(self.start)..byte(self.end)
    }
}

impl From<Range<usize>> for Span {
    fn from(range: Range<usize>) -> Self {
        let byte = |at| u32::try_from(at).unwrap_or(u32::MAX);
        Self { start: byte(range.start), end: byte(range.end) }
    }
}

// Any two are alike, so names compare by their texts.
impl PartialEq for Span {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for Span {}

impl std::hash::Hash for Span {
    fn hash<H: std::hash::Hasher>(&self, _: &mut H) {}
}

impl PartialOrd for Span {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Span {
    fn cmp(&self, _: &Self) -> std::cmp::Ordering {
        std::cmp::Ordering::Equal
    }
}
