//! Messages cut into datagrams, sent several in one call; datagrams received several in one call.

use std::io;
#[cfg(feature = "syscall_batch")]
use std::os::fd::AsFd;

use zerocopy::FromBytes;

use super::{Buffer, Socket};
#[cfg(feature = "syscall_batch")]
use super::{calls, handle::uninterrupted};
use crate::wire::MessageHeader;

/// Bytes of a datagram, unless a single message has more. The kernel copies it into one piece of memory, and a larger one
/// saves nothing that counts beside the work on its messages.
const DATAGRAM: usize = 32 * 1024;

/// Datagrams in one call.
const AT_ONCE: usize = if cfg!(feature = "syscall_batch") { 16 } else { 1 };

impl Socket {
    /// Bytes of messages that go in one call.
    pub(crate) const CALL: usize = DATAGRAM * AT_ONCE;

    /// Sends messages that stand one behind the other, as many datagrams as go in one call; how many bytes went.
    ///
    /// Under the feature `syscall_batch` these are several (`sendmmsg`).
    pub fn send_in_parts(&self, messages: &[u8]) -> io::Result<usize> {
        let mut parts = [&[][..]; AT_ONCE];
        let mut rest = messages;
        let mut count = 0;
        for part in &mut parts {
            if rest.is_empty() {
                break;
            }
            (*part, rest) = rest.split_at(cut(rest));
            count += 1;
        }
        self.send_each(parts.get(..count).unwrap_or_default())
    }

    #[cfg(not(feature = "syscall_batch"))]
    fn send_each(&self, parts: &[&[u8]]) -> io::Result<usize> {
        let part = parts.first().copied().unwrap_or_default();
        self.send(part)?;
        Ok(part.len())
    }

    #[cfg(feature = "syscall_batch")]
    fn send_each(&self, parts: &[&[u8]]) -> io::Result<usize> {
        if let [part, more @ ..] = parts
            && (more.is_empty() || !self.is_real())
        {
            self.send(part)?;
            return Ok(part.len());
        }
        let sent = uninterrupted(|| calls::send_many(self.as_fd(), parts))?;
        let sent = parts.iter().take(sent).inspect(|part| self.note_sent(part));
        Ok(sent.map(|part| part.len()).sum())
    }

    /// Receives one datagram; or as many as are there and go in one call, where `several` are expected.
    #[cfg(not(feature = "syscall_batch"))]
    #[inline]
    pub(crate) fn receive_some<'a>(&self, buffers: &'a mut Buffers, several: bool) -> io::Result<&'a [Buffer]> {
        let _ = several;
        self.receive(&mut buffers.first)?;
        Ok(std::slice::from_ref(&buffers.first))
    }

    /// Receives one datagram; or as many as are there and go in one call, where `several` are expected (`recvmmsg`).
    #[cfg(feature = "syscall_batch")]
    #[inline]
    pub(crate) fn receive_some<'a>(&self, buffers: &'a mut Buffers, several: bool) -> io::Result<&'a [Buffer]> {
        if !several || !self.is_real() {
            self.receive(&mut buffers.first)?;
            return Ok(std::slice::from_ref(&buffers.first));
        }
        let more = &mut buffers.more;
        more.resize_with(AT_ONCE, Buffer::new);
        let received = Buffer::fill_several(more, |bytes, each| {
            uninterrupted(|| calls::receive_many(self.as_fd(), bytes, &mut *each))
        })?;
        let received = more.get(..received).unwrap_or_default();
        received.iter().for_each(|buffer| self.note_received(buffer));
        Ok(received)
    }
}

/// Where datagrams are received into, one or several at once.
#[derive(Debug, Default)]
pub(crate) struct Buffers {
    first: Buffer,
    /// Made when several are received for the first time; they take memory only as they are written.
    #[cfg(feature = "syscall_batch")]
    more: Vec<Buffer>,
}

/// Where the first datagram ends.
fn cut(messages: &[u8]) -> usize {
    if messages.len() <= DATAGRAM {
        return messages.len();
    }
    let mut end = 0;
    while let Some((header, _)) = messages.get(end..).and_then(|rest| MessageHeader::read_from_prefix(rest).ok()) {
        let length = usize::try_from(header.length).unwrap_or(usize::MAX).max(MessageHeader::SIZE);
        let next = end.saturating_add(length).saturating_add(3) & !3;
        if next > DATAGRAM && end > 0 {
            break;
        }
        end = next;
    }
    if end == 0 { messages.len() } else { end.min(messages.len()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::Writer;

    fn messages(sizes: &[usize]) -> Vec<u8> {
        let mut writer = Writer::new();
        for size in sizes {
            writer.message(MessageHeader::default(), |body| body.bytes(&vec![0; *size]));
        }
        writer.finish().unwrap()
    }

    #[test]
    fn datagrams_end_where_messages_do() {
        let bytes = messages(&[20_000, 10_001, 20_000, 100_000, 4]);
        let mut ends = Vec::new();
        let mut rest = &bytes[..];
        while !rest.is_empty() {
            let end = cut(rest);
            ends.push(end);
            rest = &rest[end..];
        }
        assert_eq!(ends, [30_036, 20_016, 100_016, 20]);
    }

    #[test]
    fn what_is_no_message_is_sent_as_it_is() {
        let bytes = vec![0; DATAGRAM + 1];
        assert!((1..=bytes.len()).contains(&cut(&bytes)));
    }
}
