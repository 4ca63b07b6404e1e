//! Answers: garbled, doubled, late, to nobody, out of order.

use std::future::IntoFuture;
use std::task::Poll;
use std::time::Duration;

use nlink_core::wire::{Codec, Writer, attr_id};
use nlink_core::{Error, Result};
use nlink_uapi::netlink::{NLMSGERR_ATTR_MISS_TYPE, NLMSGERR_ATTR_MSG, NLMSGERR_ATTR_OFFS};

use super::link::Link;
use super::script::{NEW, connect, link, poll_once, unreadable};

#[tokio::test]
async fn a_reply_that_cannot_be_decoded_still_resolves_its_request() -> Result<()> {
    let (kernel, rt) = connect();
    let mut get = rt.get::<Link>("eth0").into_future();
    assert!(poll_once(&mut get).await.is_pending());
    let asked = kernel.control().asked();
    kernel.control().deliver(&asked.object(NEW, 0, &unreadable()));
    let error = get.await.unwrap_err();
    assert!(error.is_malformed());
    assert_eq!(
        error.to_string(),
        "get link eth0: the kernel's answer cannot be read: IFLA_MTU: 2 bytes where 4 belong"
    );
    kernel.assert_all_is_settled(&rt);
    Ok(())
}

#[tokio::test]
async fn a_message_that_ends_too_soon_resolves_its_request() -> Result<()> {
    let (kernel, rt) = connect();
    let mut get = rt.get::<Link>("eth0").into_future();
    assert!(poll_once(&mut get).await.is_pending());
    let cut = |kernel: &nlink_core::testing::FakeKernel| {
        let asked = kernel.control().asked();
        kernel.control().deliver(&asked.object(NEW, 0, &link("eth0"))[..20]);
    };
    // The first is taken for one that did not fit, so it is asked again.
    cut(&kernel);
    assert!(poll_once(&mut get).await.is_pending());
    cut(&kernel);
    assert!(get.await.unwrap_err().to_string().contains("cut short: 44 bytes announced, 20 there"));
    assert_eq!(rt.counters().malformed_datagrams, 2);
    kernel.assert_all_is_settled(&rt);
    Ok(())
}

#[tokio::test]
async fn garbage_is_counted_and_the_connection_goes_on() -> Result<()> {
    let (kernel, rt) = connect();
    let mut get = rt.get::<Link>("eth0").into_future();
    assert!(poll_once(&mut get).await.is_pending());
    for garbage in [&[][..], &[1], &[0; 16], &[0xff; 100], b"not netlink at all"] {
        kernel.control().deliver(garbage);
    }
    let asked = kernel.control().asked();
    kernel.control().deliver(&asked.object(NEW, 0, &link("eth0")));
    assert_eq!(get.await?.name.unwrap(), "eth0");
    assert_eq!(rt.counters().malformed_datagrams, 4);
    kernel.assert_all_is_settled(&rt);
    Ok(())
}

#[tokio::test(start_paused = true)]
async fn a_late_reply_of_a_timed_out_request_is_not_taken_for_the_next_ones() -> Result<()> {
    let (kernel, rt) = connect();
    let error = rt.get::<Link>("slow").timeout(Duration::from_secs(5)).await.unwrap_err();
    assert!(error.is_timeout());
    assert_eq!(error.to_string(), "get link slow: no answer within 5s");
    let slow = kernel.control().asked();

    let mut next = rt.get::<Link>("next").into_future();
    assert!(poll_once(&mut next).await.is_pending());
    let asked = kernel.control().asked();
    kernel.control().deliver(&slow.object(NEW, 0, &link("slow")));
    assert!(poll_once(&mut next).await.is_pending());
    kernel.control().deliver(&asked.object(NEW, 0, &link("next")));
    assert_eq!(next.await?.name.unwrap(), "next");
    assert_eq!(rt.counters().late_answers, 1);
    kernel.assert_all_is_settled(&rt);
    Ok(())
}

#[tokio::test(start_paused = true)]
async fn a_request_without_a_timeout_waits_for_ever() -> Result<()> {
    let (kernel, rt) = connect();
    let mut get = rt.with_timeout(Duration::from_secs(1)).get::<Link>("eth0").no_timeout().into_future();
    assert!(poll_once(&mut get).await.is_pending());
    tokio::time::sleep(Duration::from_secs(1_000_000)).await;
    let asked = kernel.control().asked();
    kernel.control().deliver(&asked.object(NEW, 0, &link("eth0")));
    get.await?;
    Ok(())
}

#[tokio::test]
async fn two_replies_in_one_datagram_find_their_requests_in_any_order() -> Result<()> {
    let (kernel, rt) = connect();
    let mut gets: Vec<_> = ["a", "b", "c"].map(|name| rt.get::<Link>(name).into_future()).into();
    let mut joined = Vec::new();
    for (get, name) in gets.iter_mut().zip(["a", "b", "c"]) {
        assert!(poll_once(get).await.is_pending());
        let reply = kernel.control().asked().object(NEW, 0, &link(name));
        joined.splice(0..0, reply);
    }
    kernel.control().deliver(&joined);
    for (get, name) in gets.into_iter().zip(["a", "b", "c"]) {
        assert_eq!(get.await?.name.unwrap(), name);
    }
    kernel.assert_all_is_settled(&rt);
    Ok(())
}

#[tokio::test]
async fn a_reply_twice_is_once_an_answer_and_once_a_stray() -> Result<()> {
    let (kernel, rt) = connect();
    let mut add = rt.add(Link::named("eth0")).into_future();
    assert!(poll_once(&mut add).await.is_pending());
    let ack = kernel.control().asked().ack();
    kernel.control().deliver_each(&[ack.clone(), ack]);
    add.await?;
    let mut del = rt.del(Link::named("eth0")).into_future();
    assert!(poll_once(&mut del).await.is_pending());
    kernel.control().deliver(&kernel.control().asked().ack());
    del.await?;
    assert_eq!(rt.counters().late_answers, 1);
    Ok(())
}

#[tokio::test]
async fn a_stray_done_is_no_success() -> Result<()> {
    let (kernel, rt) = connect();
    let mut add = rt.add(Link::named("eth0")).into_future();
    assert!(poll_once(&mut add).await.is_pending());
    let asked = kernel.control().asked();
    kernel.control().deliver(&asked.done(0));
    assert!(poll_once(&mut add).await.is_pending());
    kernel.control().deliver(&asked.error(17, &[]));
    assert!(add.await.unwrap_err().is_exists());
    Ok(())
}

#[tokio::test]
async fn an_echo_is_what_the_kernel_made_of_it() -> Result<()> {
    let (kernel, rt) = connect();
    let mut add = rt.add(Link::named("dummy%d")).echo().into_future();
    assert!(poll_once(&mut add).await.is_pending());
    let asked = kernel.control().asked();
    kernel.control().deliver_each(&[asked.object(NEW, 0, &link("dummy7")), asked.ack()]);
    assert_eq!(add.await?.unwrap().name.unwrap(), "dummy7");
    kernel.assert_all_is_settled(&rt);
    Ok(())
}

#[tokio::test]
async fn a_refusal_tells_in_the_kernels_words_and_names_the_attribute() -> Result<()> {
    let (kernel, rt) = connect();
    let mut add = rt.add(Link { mtu: Some(7), ..Link::named("eth0") }).into_future();
    assert!(poll_once(&mut add).await.is_pending());
    let asked = kernel.control().asked();
    let mut tlvs = Writer::new();
    tlvs.attr(attr_id(NLMSGERR_ATTR_MSG), |text| "mtu less than device minimum.".to_owned().encode(text));
    // nlmsghdr, ifinfomsg, then IFLA_IFNAME (4 + 5, padded).
    tlvs.attr(attr_id(NLMSGERR_ATTR_OFFS), |offset| (16u32 + 16 + 12).encode(offset));
    tlvs.attr(attr_id(NLMSGERR_ATTR_MISS_TYPE), |kind| nlink_uapi::if_link::IFLA_ADDRESS.encode(kind));
    kernel.control().deliver(&asked.error(22, &tlvs.finish().unwrap()));
    let error: Error = add.await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "add link eth0: mtu less than device minimum (EINVAL)\n  at IFLA_MTU; missing IFLA_ADDRESS"
    );
    assert_eq!(error.kernel().and_then(|kernel| kernel.attribute()).as_deref(), Some("IFLA_MTU"));
    Ok(())
}

#[tokio::test]
async fn an_acknowledgement_where_an_object_was_asked_for_is_an_error() -> Result<()> {
    let (kernel, rt) = connect();
    let mut get = rt.get::<Link>("eth0").into_future();
    assert!(poll_once(&mut get).await.is_pending());
    kernel.control().deliver(&kernel.control().asked().ack());
    let Poll::Ready(Err(error)) = poll_once(&mut get).await else { panic!("an error") };
    assert_eq!(error.to_string(), "get link eth0: the kernel answered without an object");
    Ok(())
}
