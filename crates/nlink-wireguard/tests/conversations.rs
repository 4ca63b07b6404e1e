//! Devices over many messages, against a kernel in the hands of the test.

#![allow(clippy::unwrap_used)] // helpers of tests are tests

use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::task::Poll;

use nlink_core::Connection;
use nlink_core::testing::{Asked, FakeKernel};
use nlink_core::wire::{Message, Writer};
use nlink_genl::{Generic, Handle};
use nlink_uapi::genetlink::genlmsghdr;
use nlink_uapi::netlink::NLM_F_DUMP_INTR;
use nlink_wireguard::{Device, Peer, PublicKey, Wireguard};
use zerocopy::IntoBytes;

const FAMILY: u16 = 33;

fn connect() -> (FakeKernel, Connection<Wireguard>) {
    let kernel = FakeKernel::new();
    let generic = kernel.connect::<Generic>();
    (kernel, generic.speak(Wireguard::from(Handle::with_id(FAMILY))))
}

fn peer(number: u8) -> Peer {
    Peer::new(PublicKey::from_bytes([number; 32])).allow(format!("10.0.{number}.0/24").parse().unwrap())
}

/// A message of a listing.
fn part(asked: &Asked, device: &Device) -> Vec<u8> {
    let header = genlmsghdr { cmd: 0, version: 1, reserved: 0 };
    let mut writer = Writer::new();
    writer.bytes(header.as_bytes());
    device.emit(&mut writer);
    asked.item(FAMILY, &writer.finish().unwrap())
}

async fn is_pending<F: Future>(future: &mut Pin<Box<F>>) -> bool {
    poll_fn(|cx| Poll::Ready(future.as_mut().poll(cx).is_pending())).await
}

#[tokio::test]
async fn a_device_over_many_messages_is_one_and_an_interrupted_part_of_it_is_void() {
    let (kernel, wg) = connect();
    let mut listing = Box::pin(wg.dump::<Device>().on("wg0").one());
    assert!(is_pending(&mut listing).await);
    let first = Device { peers: vec![peer(1)], ..Device::new("wg0") };
    let asked = kernel.line(1).asked();
    let interrupted =
        Asked::flagged(part(&asked, &Device { peers: vec![peer(2)], ..Device::default() }), NLM_F_DUMP_INTR);
    kernel.line(1).deliver_each(&[part(&asked, &first), interrupted]);
    assert!(is_pending(&mut listing).await, "a part was given for the whole");

    let asked = kernel.line(2).asked();
    let more = Device { peers: vec![peer(1), peer(3)], ..Device::default() };
    kernel.line(2).deliver_each(&[part(&asked, &first), part(&asked, &more), asked.done(0)]);
    let device = listing.await.unwrap();
    assert_eq!(device.peers.iter().map(|peer| peer.allowed_ips.len()).collect::<Vec<_>>(), [2, 1]);
    kernel.assert_all_is_settled(&wg);
}

#[tokio::test]
async fn a_device_in_parts_is_given_message_by_message_and_one_that_changed_from_its_first_again() {
    let (kernel, wg) = connect();
    let mut parts = wg.dump::<Device>().on("wg0").in_parts().stream();
    let first = Device { peers: vec![peer(1)], ..Device::new("wg0") };
    let more = Device { peers: vec![peer(1), peer(2)], ..Device::default() };
    let mut next = Box::pin(parts.try_next());
    assert!(is_pending(&mut next).await);
    let asked = kernel.line(1).asked();
    let interrupted = Asked::flagged(part(&asked, &more), NLM_F_DUMP_INTR);
    kernel.line(1).deliver_each(&[part(&asked, &first), interrupted]);
    assert_eq!(next.await.unwrap().as_ref(), Some(&first));
    assert!(parts.try_next().await.unwrap_err().is_restarted());

    let mut next = Box::pin(parts.try_next());
    assert!(is_pending(&mut next).await);
    let asked = kernel.line(2).asked();
    kernel.line(2).deliver_each(&[part(&asked, &first), part(&asked, &more), asked.done(0)]);
    assert_eq!(next.await.unwrap(), Some(first));
    assert_eq!(parts.try_next().await.unwrap(), Some(more));
    assert_eq!(parts.try_next().await.unwrap(), None);
}

#[tokio::test]
async fn a_device_that_outgrows_a_message_is_sent_in_several_until_one_is_refused() {
    let (kernel, wg) = connect();
    let device = Device { peers: (0..=255).cycle().take(2000).map(peer).collect(), ..Device::new("wg0") };
    let mut change = Box::pin(IntoFuture::into_future(wg.change(device)));
    assert!(is_pending(&mut change).await);
    let first = kernel.control().asked();
    assert!(kernel.control().try_asked().is_none(), "the second went out before the first was answered");
    kernel.control().deliver(&first.ack());
    assert!(is_pending(&mut change).await);
    let second = kernel.control().asked();
    assert!(second.body.len() > 40_000, "the second part is {} bytes", second.body.len());
    kernel.control().deliver(&second.error(22, &[]));
    let error = change.await.unwrap_err();
    assert!(error.to_string().starts_with("change WireGuard device wg0: Invalid argument (EINVAL)"), "{error}");
    kernel.assert_all_is_settled(&wg);
}

#[tokio::test]
async fn a_message_of_another_family_in_a_listing_is_none_of_its_items() {
    let (kernel, wg) = connect();
    let mut listing = Box::pin(IntoFuture::into_future(wg.dump::<Device>().on("wg0")));
    assert!(is_pending(&mut listing).await);
    let asked = kernel.line(1).asked();
    let foreign = asked.item(FAMILY + 1, &[0, 1, 0, 0]);
    kernel.line(1).deliver_each(&[foreign, part(&asked, &Device::new("wg0")), asked.done(0)]);
    assert_eq!(listing.await.unwrap(), [Device::new("wg0")]);
    kernel.assert_all_is_settled(&wg);
}
