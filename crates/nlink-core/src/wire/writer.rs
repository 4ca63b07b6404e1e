//! Builds messages: one growing buffer, nests by closure, lengths patched behind, the first error kept to the end.

use super::attr::{ATTR_HEADER, NESTED, TYPE_MASK, align4};
use super::{AttrTable, WireCause, WireError};

/// A buffer that messages and attributes are written into.
///
/// Emitters never fail on the spot: the first error is kept, later writes go on harmlessly, and
/// [`finish`](Writer::finish) gives the error instead of the bytes.
#[derive(Debug, Default)]
pub struct Writer {
    buffer: Vec<u8>,
    error: Option<Box<Failure>>,
}

#[derive(Debug)]
struct Failure {
    cause: WireCause,
    /// Numbers of the attributes around it, innermost first.
    path: Vec<u16>,
}

impl Writer {
    /// An empty one.
    pub fn new() -> Self {
        Self::default()
    }

    /// Goes on after what a buffer holds already.
    pub fn append_to(buffer: Vec<u8>) -> Self {
        Self { buffer, error: None }
    }

    /// Bytes written so far.
    #[inline]
    pub fn len(&self) -> usize {
        self.buffer.len()
    }

    /// Whether nothing was written yet.
    pub fn is_empty(&self) -> bool {
        self.buffer.is_empty()
    }

    /// Appends bytes as they are, without padding.
    #[inline]
    pub fn bytes(&mut self, bytes: &[u8]) {
        self.buffer.extend_from_slice(bytes);
    }

    /// Appends zeros up to the next multiple of four.
    #[inline]
    pub fn align(&mut self) {
        self.buffer.resize(align4(self.buffer.len()), 0);
    }

    /// Appends one attribute; the closure writes its payload.
    #[inline]
    pub fn attr(&mut self, kind: u16, payload: impl FnOnce(&mut Self)) {
        let start = self.buffer.len();
        let sound = self.error.is_none();
        self.buffer.extend_from_slice(&[0; ATTR_HEADER]);
        payload(self);
        let len = self.buffer.len() - start;
        match u16::try_from(len) {
            Ok(short) => {
                self.patch(start, short.to_ne_bytes());
                self.patch(start + 2, kind.to_ne_bytes());
            }
            Err(_) => self.fail(WireCause::Overflow { got: len, limit: usize::from(u16::MAX) }),
        }
        if sound && let Some(failure) = &mut self.error {
            failure.path.push(kind & TYPE_MASK);
        }
        self.align();
    }

    /// Appends an attribute that holds attributes, marked as such (`NLA_F_NESTED`).
    #[inline]
    pub fn nest(&mut self, kind: u16, attrs: impl FnOnce(&mut Self)) {
        self.attr(kind | NESTED, attrs);
    }

    /// As [`nest`](Self::nest), but leaves it out where nothing is within.
    pub fn nest_if_any(&mut self, kind: u16, attrs: impl FnOnce(&mut Self)) {
        let start = self.buffer.len();
        self.nest(kind, attrs);
        if self.buffer.len() == start + ATTR_HEADER && self.error.is_none() {
            self.buffer.truncate(start);
        }
    }

    /// Writes something whose first two bytes are its own length (`struct rtnexthop`, linux/rtnetlink.h).
    pub fn record(&mut self, body: impl FnOnce(&mut Self)) {
        let start = self.buffer.len();
        body(self);
        let len = self.buffer.len() - start;
        match u16::try_from(len) {
            Ok(short) => self.patch(start, short.to_ne_bytes()),
            Err(_) => self.fail(WireCause::Overflow { got: len, limit: usize::from(u16::MAX) }),
        }
        self.align();
    }

    /// Notes that the value at hand cannot be written. The first one counts.
    #[cold]
    pub fn fail(&mut self, cause: WireCause) {
        if self.error.is_none() {
            self.error = Some(Box::new(Failure { cause, path: Vec::new() }));
        }
    }

    /// The bytes, or the first error with attributes as numbers.
    pub fn finish(self) -> Result<Vec<u8>, WireError> {
        self.finish_named(&AttrTable::EMPTY)
    }

    /// The bytes, or the first error with attributes named by the table of the outermost message.
    pub fn finish_named(self, table: &AttrTable) -> Result<Vec<u8>, WireError> {
        let (bytes, error) = self.into_parts(table);
        error.map_or(Ok(bytes), Err)
    }

    /// The buffer, whatever is in it, and the first error.
    #[inline]
    pub(crate) fn into_parts(self, table: &AttrTable) -> (Vec<u8>, Option<WireError>) {
        (self.buffer, self.error.map(|failure| failure.named(table)))
    }

    #[inline]
    pub(crate) fn patch<const N: usize>(&mut self, at: usize, bytes: [u8; N]) {
        if let Some(place) = self.buffer.get_mut(at..at + N) {
            place.copy_from_slice(&bytes);
        }
    }
}

impl Failure {
    #[cold]
    fn named(self, table: &AttrTable) -> WireError {
        let mut table = Some(table);
        let mut names = Vec::new();
        for &kind in self.path.iter().rev() {
            let entry = table.and_then(|table| table.entry(kind));
            names.push((kind, entry.map(|entry| entry.name)));
            table = entry.and_then(|entry| entry.shape.nest());
        }
        let error = WireError::new(self.cause);
        names.into_iter().rev().fold(error, |error, (kind, name)| match name {
            Some(name) => error.within(name),
            None => error.within_number(kind),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_nest_past_64_kib_is_an_error_that_names_it() {
        let mut writer = Writer::new();
        writer.nest(2, |nest| nest.attr(1, |payload| payload.bytes(&[0; 70_000])));
        assert_eq!(
            writer.finish().unwrap_err().to_string(),
            "attribute 2 / attribute 1: 70004 bytes do not fit: the limit is 65535"
        );
    }

    #[test]
    fn padding_is_written_over_whatever_the_buffer_held() {
        let mut poisoned = vec![0xa5; 64];
        poisoned.clear();
        let mut writer = Writer::append_to(poisoned);
        writer.attr(3, |payload| payload.bytes(&[1]));
        let bytes = writer.finish().unwrap();
        assert_eq!(bytes[4..], [1, 0, 0, 0]);
    }
}
