//! Messages in a datagram (`struct nlmsghdr`, linux/netlink.h; include/linux/netlink.h of the kernel for its rules).

use zerocopy::{FromBytes, IntoBytes};

use super::attr::align4;
use super::{WireCause, WireError, Writer};

crate::fixed_struct! {
    /// The header before every message; all fields in native byte order.
    #[derive(Default)]
    pub struct MessageHeader = nlink_uapi::netlink::nlmsghdr {
        /// Bytes of the message with this header, without padding.
        pub length: u32 = nlmsg_len,
        /// What the message is: a command of the protocol, or below 16 one of netlink's own.
        pub message_type: u16 = nlmsg_type,
        /// `NLM_F_…`.
        pub flags: u16 = nlmsg_flags,
        /// Which request this is, or answers; 0 in events.
        pub sequence: u32 = nlmsg_seq,
        /// The sender's netlink address; 0 is the kernel.
        pub port: u32 = nlmsg_pid,
    }
}

impl MessageHeader {
    /// Bytes of the header.
    pub const SIZE: usize = size_of::<Self>();
}

/// A message in a datagram: its header and what follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Frame<'a> {
    /// The header.
    pub header: MessageHeader,
    /// What follows the header, without the padding behind.
    pub body: &'a [u8],
}

/// The messages of a datagram, one after the other. After an error there is nothing more.
#[derive(Clone, Debug)]
pub struct Frames<'a> {
    rest: &'a [u8],
}

impl<'a> Frames<'a> {
    /// Reads `datagram` as a sequence of messages.
    pub fn new(datagram: &'a [u8]) -> Self {
        Self { rest: datagram }
    }

    /// What was not read yet.
    pub fn rest(&self) -> &'a [u8] {
        self.rest
    }
}

impl<'a> Iterator for Frames<'a> {
    type Item = Result<Frame<'a>, WireError>;

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        if self.rest.is_empty() {
            return None;
        }
        let bytes = std::mem::take(&mut self.rest);
        let Ok((header, _)) = MessageHeader::read_from_prefix(bytes) else {
            return Some(Err(WireCause::Truncated { want: MessageHeader::SIZE, got: bytes.len() }.into()));
        };
        let Ok(length) = usize::try_from(header.length) else {
            return Some(Err(WireCause::BadLength(usize::MAX).into()));
        };
        if length < MessageHeader::SIZE {
            return Some(Err(WireCause::BadLength(length).into()));
        }
        let Some(body) = bytes.get(MessageHeader::SIZE..length) else {
            return Some(Err(WireCause::Truncated { want: length, got: bytes.len() }.into()));
        };
        self.rest = bytes.get(align4(length)..).unwrap_or_default();
        Some(Ok(Frame { header, body }))
    }
}

impl Writer {
    /// Appends one message: the header, then what the closure writes; its length is patched in behind.
    pub fn message(&mut self, header: MessageHeader, body: impl FnOnce(&mut Self)) {
        let start = self.len();
        self.bytes(header.as_bytes());
        body(self);
        let length = self.len() - start;
        match u32::try_from(length) {
            Ok(length) => self.patch(start, length.to_ne_bytes()),
            Err(_) => self.fail(WireCause::Overflow { got: length, limit: u32::MAX as usize }),
        }
        self.align();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn two_messages() -> Vec<u8> {
        let mut writer = Writer::new();
        for sequence in 1..=2 {
            let header = MessageHeader { message_type: 16, sequence, ..Default::default() };
            writer.message(header, |body| body.bytes(&[9; 5]));
        }
        writer.finish().unwrap()
    }

    #[test]
    fn two_messages_in_one_datagram_are_two() {
        let bytes = two_messages();
        let frames: Vec<_> = Frames::new(&bytes).map(Result::unwrap).collect();
        assert_eq!(frames.iter().map(|f| (f.header.sequence, f.body.len())).collect::<Vec<_>>(), [(1, 5), (2, 5)]);
    }

    #[test]
    fn a_length_past_the_datagram_is_an_error_and_the_end() {
        let mut bytes = two_messages();
        bytes.truncate(30);
        let mut frames = Frames::new(&bytes);
        assert!(frames.next().unwrap().is_ok());
        assert_eq!(
            frames.next().unwrap().unwrap_err().cause(),
            &WireCause::Truncated { want: MessageHeader::SIZE, got: 6 }
        );
        assert!(frames.next().is_none());
    }

    #[test]
    fn a_length_below_the_header_is_an_error() {
        let bytes = MessageHeader { length: 15, ..Default::default() };
        assert_eq!(Frames::new(bytes.as_bytes()).next().unwrap().unwrap_err().cause(), &WireCause::BadLength(15));
    }
}
