//! Choices out of bytes: what is not there is zero, so any bytes are choices.

/// The bytes that were not used yet.
#[derive(Debug)]
pub struct Input<'a>(&'a [u8]);

impl<'a> Input<'a> {
    pub fn new(data: &'a [u8]) -> Self {
        Self(data)
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn byte(&mut self) -> u8 {
        let (byte, rest) = self.0.split_first().unwrap_or((&0, &[]));
        self.0 = rest;
        *byte
    }

    /// A number below `limit`, which is at most 256.
    pub fn below(&mut self, limit: usize) -> usize {
        usize::from(self.byte()) % limit.max(1)
    }

    pub fn short(&mut self) -> u16 {
        u16::from_le_bytes([self.byte(), self.byte()])
    }

    /// So many bytes, or as many as there are.
    pub fn take(&mut self, most: usize) -> &'a [u8] {
        let (taken, rest) = self.0.split_at(most.min(self.0.len()));
        self.0 = rest;
        taken
    }

    /// So many bytes, zeros where there are no more.
    pub fn fill(&mut self, width: usize) -> Vec<u8> {
        let mut bytes = self.take(width).to_vec();
        bytes.resize(width, 0);
        bytes
    }

    /// Bytes whose number stands before them.
    pub fn chunk(&mut self) -> &'a [u8] {
        let most = usize::from(self.byte());
        self.take(most)
    }

    /// All that is left.
    pub fn rest(&mut self) -> &'a [u8] {
        std::mem::take(&mut self.0)
    }
}
