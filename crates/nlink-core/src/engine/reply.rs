//! One message from the kernel, told apart: data, an acknowledgement, a refusal, the end of a multipart answer.

use nlink_uapi::netlink::{
    NLM_F_ACK_TLVS, NLM_F_CAPPED, NLMSG_DONE, NLMSG_ERROR, NLMSG_MIN_TYPE, NLMSG_NOOP, NLMSG_OVERRUN,
};
use zerocopy::FromBytes;

use crate::wire::{Frame, MessageHeader, attr_id};

/// The kernel's "no": the error number (positive) and the extended ack's attributes as they came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// The error number, positive.
    pub errno: i32,
    /// What stood behind the error: `NLMSGERR_ATTR_…`.
    pub tlvs: Box<[u8]>,
}

/// What a message from the kernel is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer<'a> {
    /// An object, or whatever else the protocol sends.
    Data(Frame<'a>),
    /// `NLMSG_ERROR` with 0: done. What stands behind may be a warning.
    Ack,
    /// `NLMSG_ERROR` with an error number.
    Refused(Refusal),
    /// `NLMSG_DONE`: the end of a multipart answer.
    End,
    /// `NLMSG_DONE` with an error number: the listing broke off.
    Broken(Refusal),
    /// `NLMSG_OVERRUN`: the kernel says that data were lost.
    Overrun,
    /// `NLMSG_NOOP` and numbers of netlink's own that mean nothing yet.
    Nothing,
    /// An error message too short for its error number.
    Malformed,
}

const NOOP: u16 = attr_id(NLMSG_NOOP);
const ERROR: u16 = attr_id(NLMSG_ERROR);
const DONE: u16 = attr_id(NLMSG_DONE);
const OVERRUN: u16 = attr_id(NLMSG_OVERRUN);
const FIRST_OF_PROTOCOL: u16 = attr_id(NLMSG_MIN_TYPE);
const HAS_TLVS: u16 = attr_id(NLM_F_ACK_TLVS);
const CAPPED: u16 = attr_id(NLM_F_CAPPED);

impl<'a> Answer<'a> {
    /// Tells what `frame` is.
    #[inline]
    pub fn of(frame: Frame<'a>) -> Self {
        if frame.header.message_type >= FIRST_OF_PROTOCOL {
            return Answer::Data(frame);
        }
        Self::of_control(frame)
    }

    fn of_control(frame: Frame<'a>) -> Self {
        match frame.header.message_type {
            ERROR => match (number(frame.body), error_tlvs(frame)) {
                (Some(0), _) => Answer::Ack,
                (Some(error), tlvs) => Answer::Refused(refusal(error, tlvs)),
                (None, _) => Answer::Malformed,
            },
            DONE => match number(frame.body) {
                // Some protocols send an empty one, and a count (above zero) is no error.
                None | Some(0..) => Answer::End,
                Some(error) => Answer::Broken(refusal(error, done_tlvs(frame))),
            },
            OVERRUN => Answer::Overrun,
            NOOP => Answer::Nothing,
            _ => Answer::Nothing,
        }
    }
}

fn number(body: &[u8]) -> Option<i32> {
    body.first_chunk().map(|bytes| i32::from_ne_bytes(*bytes))
}

fn refusal(error: i32, tlvs: &[u8]) -> Refusal {
    Refusal { errno: i32::try_from(error.unsigned_abs()).unwrap_or(i32::MAX), tlvs: tlvs.into() }
}

/// Behind the number stands the header of the request, then (unless capped) its body, then the attributes.
fn error_tlvs(frame: Frame<'_>) -> &[u8] {
    if frame.header.flags & HAS_TLVS == 0 {
        return &[];
    }
    let Some(original) = frame.body.get(size_of::<i32>()..) else { return &[] };
    let Ok((header, behind)) = MessageHeader::read_from_prefix(original) else { return &[] };
    if frame.header.flags & CAPPED != 0 {
        return behind;
    }
    let length = usize::try_from(header.length).unwrap_or(usize::MAX);
    let body = length.saturating_sub(MessageHeader::SIZE).saturating_add(3) & !3;
    behind.get(body..).unwrap_or_default()
}

fn done_tlvs(frame: Frame<'_>) -> &[u8] {
    if frame.header.flags & HAS_TLVS == 0 {
        return &[];
    }
    frame.body.get(size_of::<i32>()..).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use zerocopy::IntoBytes;

    fn frame(message_type: u16, flags: u16, body: &[u8]) -> Frame<'_> {
        Frame { header: MessageHeader { message_type, flags, ..Default::default() }, body }
    }

    #[test]
    fn attributes_of_an_error_stand_behind_the_echoed_request_unless_it_is_capped() {
        let original = MessageHeader { length: 21, ..Default::default() };
        let capped = [&(-17i32).to_ne_bytes(), original.as_bytes(), b"tlvs"].concat();
        let whole = [&(-17i32).to_ne_bytes(), original.as_bytes(), b"body.pad", b"tlvs"].concat();
        for (flags, body) in [(HAS_TLVS | CAPPED, capped), (HAS_TLVS, whole)] {
            let Answer::Refused(refusal) = Answer::of(frame(ERROR, flags, &body)) else { panic!("a refusal") };
            assert_eq!((refusal.errno, &*refusal.tlvs), (17, &b"tlvs"[..]));
        }
    }

    #[test]
    fn a_done_with_an_error_is_no_success() {
        let body = (-95i32).to_ne_bytes();
        assert!(matches!(Answer::of(frame(DONE, 0, &body)), Answer::Broken(Refusal { errno: 95, .. })));
        assert_eq!(Answer::of(frame(DONE, 0, &[])), Answer::End);
    }

    #[test]
    fn an_error_cut_short_is_malformed() {
        assert_eq!(Answer::of(frame(ERROR, 0, &[1, 2])), Answer::Malformed);
        assert!(matches!(Answer::of(frame(ERROR, HAS_TLVS, &(-1i32).to_ne_bytes())), Answer::Refused(_)));
    }
}
