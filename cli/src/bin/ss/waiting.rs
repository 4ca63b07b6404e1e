//! Fields that wait to be printed, one behind the other.
//!
//! How many may wait decides how wide columns are where a listing is long, for those printed already keep their width.
//! So the room is iproute2's: chunks of memory, of which the fifth is the last to be begun.

/// Bytes of a chunk: a mebibyte but for its two pointers.
const CHUNK: usize = 1024 * 1024 - 16;

/// Bytes that say how long a field is; fields begin at even places.
const LENGTH: usize = 2;

const MOST_CHUNKS: usize = 5;

/// What stands behind each field.
const END: char = '\0';

/// Fields that wait to be printed.
#[derive(Debug)]
pub(crate) struct Waiting {
    text: String,
    chunks: usize,
    used: usize,
}

impl Waiting {
    /// None yet. All the room there may be is set aside: it becomes memory where it is written to, and need not be moved.
    pub(crate) fn new() -> Self {
        Self { text: String::with_capacity(MOST_CHUNKS * CHUNK), chunks: 0, used: 0 }
    }

    /// Adds a field, of several parts; gives its length.
    pub(crate) fn push(&mut self, parts: &[&str]) -> usize {
        let start = self.text.len();
        for part in parts {
            // A name may be any bytes; one that ends fields would shift all that follow.
            self.text.extend(part.split(END));
        }
        let length = self.text.len() - start;
        self.text.push(END);
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
        self.text.split_terminator(END)
    }

    /// Forgets them; the memory is kept for the next ones.
    pub(crate) fn clear(&mut self) {
        self.text.clear();
        self.chunks = 0;
        self.used = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_come_back_in_order_and_empty_ones_too() {
        let mut waiting = Waiting::new();
        let lengths = [&["o", "ne"][..], &[], &["thr\0ee"]].map(|field| waiting.push(field));
        assert_eq!(lengths, [3, 0, 5]);
        assert_eq!(waiting.fields().collect::<Vec<_>>(), ["one", "", "three"]);
        waiting.clear();
        assert_eq!(waiting.fields().count(), 0);
    }

    #[test]
    fn it_is_full_when_the_fifth_chunk_is_begun() {
        let mut waiting = Waiting::new();
        // 62 bytes and their length are 64: a chunk has room for 16,383 of them.
        for _ in 0..4 * 16_383 {
            waiting.push(&[&" ".repeat(62)]);
        }
        assert!(!waiting.is_full());
        waiting.push(&[&" ".repeat(62)]);
        assert!(waiting.is_full());
    }
}
