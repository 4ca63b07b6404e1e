//! What can go wrong with an answer on its way.

use nix::errno::Errno;
use nlink_uapi::netlink::{NLM_F_DUMP_INTR, NLMSG_DONE, NLMSG_NOOP, NLMSG_OVERRUN};
use zerocopy::FromBytes;

use super::answer::{Answer, Delivery, nobody};
use super::{Asked, Exchange, FakeKernel};
use crate::wire::{MessageHeader, attr_id};

/// Spoils an answer: that of a [`FakeKernel`]'s last `reply`, `ack` or `refuse`, one of a recorded [`Exchange`], or an
/// [`Answer`] by itself. Several are one after the other.
pub trait Faults: Sized {
    /// Does to the answer what `with` does.
    fn spoil(self, with: impl FnOnce(&mut Answer)) -> Self;

    /// It never comes.
    fn lost(self) -> Self {
        self.spoil(|answer| answer.deliveries.clear())
    }

    /// It comes when [`FakeKernel::release`] says so: after the deadline, say.
    fn late(self) -> Self {
        self.spoil(|answer| answer.held = true)
    }

    /// It comes twice.
    fn twice(self) -> Self {
        self.spoil(|answer| answer.deliveries.extend_from_within(..))
    }

    /// All of its messages come in one datagram.
    fn joined(self) -> Self {
        self.spoil(|answer| {
            let messages: Vec<_> = answer.datagrams_mut().map(|(_, bytes)| std::mem::take(bytes)).collect();
            answer.deliveries = vec![Delivery::from(messages.concat())];
        })
    }

    /// Its last datagram ends so many bytes too soon.
    fn cut_short(self, bytes: usize) -> Self {
        self.spoil(|answer| {
            if let Some(last) = answer.last_mut() {
                last.truncate(last.len().saturating_sub(bytes));
            }
        })
    }

    /// Its first datagram is longer than so many bytes, by messages without meaning before it. What does not fit the
    /// buffer is lost (`MSG_TRUNC`).
    fn too_long(self, bytes: usize) -> Self {
        self.spoil(|answer| {
            if let Some((_, first)) = answer.datagrams_mut().next() {
                let filling = nobody().object(attr_id(NLMSG_NOOP), 0, &vec![0; bytes]);
                first.splice(0..0, filling);
            }
        })
    }

    /// A signal interrupts the receiving call so many times before (`EINTR`).
    fn after_signals(self, times: usize) -> Self {
        let signal = Delivery::Error(Errno::EINTR as i32);
        self.spoil(|answer| {
            answer.deliveries.splice(0..0, std::iter::repeat_n(signal, times));
        })
    }

    /// What was listed changed meanwhile (`NLM_F_DUMP_INTR` on its last message).
    fn interrupted(self) -> Self {
        self.spoil(|answer| {
            if let Some(last) = answer.last_mut() {
                *last = Asked::flagged(std::mem::take(last), NLM_F_DUMP_INTR);
            }
        })
    }

    /// Its last datagram is lost, for the receive buffer is full (`ENOBUFS`).
    fn then_overrun(self) -> Self {
        in_place_of_the_end(self, |_| Delivery::Error(Errno::ENOBUFS as i32))
    }

    /// In place of its last datagram the kernel says that data were lost (`NLMSG_OVERRUN`).
    fn then_overrun_told(self) -> Self {
        in_place_of_the_end(self, |_| nobody().object(attr_id(NLMSG_OVERRUN), 0, &[]).into())
    }

    /// In place of its last datagram comes an error; in a listing, one in the middle.
    fn then_refuse(self, errno: i32) -> Self {
        in_place_of_the_end(self, |end| {
            let is_done = |end: &[u8]| {
                MessageHeader::read_from_prefix(end).is_ok_and(|(end, _)| end.message_type == attr_id(NLMSG_DONE))
            };
            let refusal = match end {
                Some(Delivery::Datagram { bytes, .. }) if is_done(&bytes) => nobody().done(errno),
                _ => nobody().error(errno, &[]),
            };
            refusal.into()
        })
    }

    /// In place of its last datagram come these bytes.
    fn then_garbage(self, bytes: &[u8]) -> Self {
        in_place_of_the_end(self, |_| bytes.to_vec().into())
    }

    /// Another process sent it, of that netlink address, which is not 0.
    fn sent_by(self, port: u32) -> Self {
        self.spoil(|answer| answer.datagrams_mut().for_each(|(from, _)| *from = port))
    }
}

fn in_place_of_the_end<F: Faults>(whole: F, with: impl FnOnce(Option<Delivery>) -> Delivery) -> F {
    whole.spoil(|answer| {
        let end = answer.deliveries.pop();
        answer.deliveries.push(with(end));
    })
}

impl Faults for Answer {
    fn spoil(mut self, with: impl FnOnce(&mut Answer)) -> Self {
        with(&mut self);
        self
    }
}

impl Faults for Exchange {
    fn spoil(mut self, with: impl FnOnce(&mut Answer)) -> Self {
        with(&mut self.answer);
        self
    }
}

impl Faults for FakeKernel {
    fn spoil(self, with: impl FnOnce(&mut Answer)) -> Self {
        self.spoil_last(with);
        self
    }
}
