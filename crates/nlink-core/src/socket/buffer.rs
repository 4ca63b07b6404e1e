//! A receive buffer that is made once and never cleared.

use std::fmt;

/// Where datagrams are received into.
///
/// It is offered large enough for anything the kernel sends in one piece, and asked for zeroed, so that the system
/// hands out pages only as they are written: a connection that sees short answers keeps one or two pages resident.
/// Should a datagram not fit all the same, the buffer grows to its size for the next one.
pub struct Buffer {
    bytes: Vec<u8>,
    received: Received,
}

/// What was received.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Received {
    /// The sender's netlink address; 0 is the kernel.
    pub port: u32,
    /// Bytes in the buffer.
    pub length: usize,
    /// Whether the datagram was longer, and its rest is lost.
    pub truncated: bool,
}

/// More than an allocator keeps in its heap, so the pages come fresh and zero from the system; and more than any
/// message of the kernel's, whose nests end at 64 KiB each and whose dumps come in chunks of 32 KiB.
const SIZE: usize = 256 * 1024;

impl Buffer {
    /// An empty one.
    pub fn new() -> Self {
        Self::with_size(SIZE)
    }

    /// An empty one of another size, for tests of what does not fit.
    pub fn with_size(size: usize) -> Self {
        Self { bytes: vec![0; size], received: Received::default() }
    }

    /// The datagram received last, or as much of it as fitted.
    #[inline]
    pub fn datagram(&self) -> &[u8] {
        self.bytes.get(..self.received.length).unwrap_or_default()
    }

    /// What was received last.
    pub fn received(&self) -> Received {
        self.received
    }

    /// Forgets the datagram.
    pub(crate) fn clear(&mut self) {
        self.received = Received::default();
    }

    /// Offers the whole buffer to `receive`, which says from whom how long a datagram came.
    pub(super) fn fill(
        &mut self,
        receive: impl FnOnce(&mut [u8]) -> std::io::Result<(u32, usize)>,
    ) -> std::io::Result<Received> {
        let (port, full) = receive(&mut self.bytes)?;
        self.note(port, full);
        Ok(self.received)
    }

    /// The same for several buffers at once; how many were filled.
    #[cfg(feature = "syscall_batch")]
    pub(super) fn fill_several(
        buffers: &mut [Self],
        receive: impl FnOnce(&mut [&mut [u8]], &mut dyn FnMut(u32, usize)) -> std::io::Result<usize>,
    ) -> std::io::Result<usize> {
        let mut came = Vec::with_capacity(buffers.len());
        let mut bytes: Vec<_> = buffers.iter_mut().map(|buffer| &mut *buffer.bytes).collect();
        let received = receive(&mut bytes, &mut |port, full| came.push((port, full)))?;
        for (buffer, (port, full)) in buffers.iter_mut().zip(came) {
            buffer.note(port, full);
        }
        Ok(received)
    }

    fn note(&mut self, port: u32, full: usize) {
        let size = self.bytes.len();
        self.received = Received { port, length: full.min(size), truncated: full > size };
        if full > size {
            self.bytes.resize(full.next_power_of_two(), 0);
        }
    }
}

impl Default for Buffer {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for Buffer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Buffer").field("size", &self.bytes.len()).field("received", &self.received).finish()
    }
}
