//! Words that the scenarios have in common.

use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::task::Poll;

use nlink_core::testing::{Asked, FakeKernel, Line};
use nlink_core::wire::{Message, Writer, attr_id};
use nlink_core::{Connection, Rtnetlink};
use nlink_uapi::rtnetlink::RTM_NEWLINK;

use super::link::Link;

pub(crate) const NEW: u16 = attr_id(RTM_NEWLINK);

pub(crate) fn connect() -> (FakeKernel, Connection<Rtnetlink>) {
    let kernel = FakeKernel::new();
    let rt = kernel.connect::<Rtnetlink>();
    (kernel, rt)
}

/// Polls once.
pub(crate) async fn poll_once<F: Future + Unpin>(future: &mut F) -> Poll<F::Output> {
    poll_fn(|cx| Poll::Ready(Pin::new(&mut *future).poll(cx))).await
}

/// All that was asked and nobody looked at yet.
pub(crate) fn all_asked(kernel: &FakeKernel) -> Vec<Asked> {
    std::iter::from_fn(|| kernel.control().try_asked()).collect()
}

/// The next request, which another thread sends.
pub(crate) fn asked(line: &Line) -> Asked {
    loop {
        match line.try_asked() {
            Some(asked) => return asked,
            None => std::thread::yield_now(),
        }
    }
}

/// The body of a message about that link.
pub(crate) fn link(name: &str) -> Vec<u8> {
    let mut writer = Writer::new();
    Link::named(name).emit(&mut writer);
    writer.finish().unwrap()
}

/// The body of a message about a link whose MTU has two bytes.
pub(crate) fn unreadable() -> Vec<u8> {
    let mut writer = Writer::new();
    Link::default().emit(&mut writer);
    writer.attr(attr_id(nlink_uapi::if_link::IFLA_MTU), |payload| payload.bytes(&[1, 2]));
    writer.finish().unwrap()
}

pub(crate) fn items(asked: &Asked, names: &[&str]) -> Vec<Vec<u8>> {
    names.iter().map(|name| asked.item(NEW, &link(name))).collect()
}
