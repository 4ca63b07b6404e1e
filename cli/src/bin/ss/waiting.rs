//! Fields that wait to be printed, one behind the other.
//!
//! How many may wait decides how wide columns are where a listing is long, for those printed already keep their width.
//! So the room is iproute2's: chunks of memory, of which the fifth is the last to be begun.

use std::fmt::{self, Write};

/// Bytes of a chunk: a mebibyte but for its two pointers.
const CHUNK: usize = 1024 * 1024 - 16;

/// Bytes that say how long a field is; fields begin at even places.
const LENGTH: usize = 2;

const MOST_CHUNKS: usize = 5;

/// Fields that wait to be printed.
#[derive(Debug, Default)]
pub(crate) struct Waiting {
    text: String,
    ends: Vec<u32>,
    chunks: usize,
    used: usize,
}

impl Waiting {
    /// Adds a field; gives its length.
    pub(crate) fn push(&mut self, field: fmt::Arguments<'_>) -> usize {
        let start = self.text.len();
        // A string takes whatever is written to it.
        let _ = self.text.write_fmt(field);
        self.ends.push(self.text.len().try_into().unwrap_or(u32::MAX));
        let length = self.text.len() - start;
        self.take_room(length);
        length
    }

    fn take_room(&mut self, length: usize) {
        if self.chunks == 0 || length >= CHUNK.saturating_sub(self.used) && self.used > LENGTH {
            self.begin_chunk();
        }
        self.used += length + length % 2;
        if CHUNK.saturating_sub(self.used) < LENGTH {
            self.begin_chunk();
        } else {
            self.used += LENGTH;
        }
    }

    fn begin_chunk(&mut self) {
        self.chunks += 1;
        self.used = LENGTH;
    }

    /// Whether it is time to print.
    pub(crate) fn is_full(&self) -> bool {
        self.chunks >= MOST_CHUNKS
    }

    /// The fields, in order.
    pub(crate) fn fields(&self) -> impl Iterator<Item = &str> {
        let mut start = 0;
        self.ends.iter().map(move |end| {
            let end = usize::try_from(*end).unwrap_or(usize::MAX);
            let field = self.text.get(start..end).unwrap_or_default();
            start = end;
            field
        })
    }

    /// Forgets them; the memory is kept for the next ones.
    pub(crate) fn clear(&mut self) {
        self.text.clear();
        self.ends.clear();
        self.chunks = 0;
        self.used = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_come_back_in_order_and_empty_ones_too() {
        let mut waiting = Waiting::default();
        let lengths = ["one", "", "three"].map(|field| waiting.push(format_args!("{field}")));
        assert_eq!(lengths, [3, 0, 5]);
        assert_eq!(waiting.fields().collect::<Vec<_>>(), ["one", "", "three"]);
        waiting.clear();
        assert_eq!(waiting.fields().count(), 0);
    }

    #[test]
    fn it_is_full_when_the_fifth_chunk_is_begun() {
        let mut waiting = Waiting::default();
        // 62 bytes and their length are 64: a chunk has room for 16,383 of them.
        for _ in 0..4 * 16_383 {
            waiting.push(format_args!("{:62}", ""));
        }
        assert!(!waiting.is_full());
        waiting.push(format_args!("{:62}", ""));
        assert!(waiting.is_full());
    }
}
