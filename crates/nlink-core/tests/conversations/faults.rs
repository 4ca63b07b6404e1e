//! What can go wrong with an answer, each by script, and what becomes of the request.

use std::future::IntoFuture;
use std::time::Duration;

use nlink_core::object::Event;
use nlink_core::stream::Notice;
use nlink_core::testing::{Answer, FakeKernel, Faults, Refused, verb::*};
use nlink_core::wire::attr_id;
use nlink_core::{Result, Rtnetlink};
use nlink_uapi::if_link::{IFLA_ADDRESS, IFLA_MTU};

use super::link::Link;
use super::script::poll_once;

fn links(names: &[&str]) -> Vec<Link> {
    names.iter().map(|name| Link::named(name)).collect()
}

#[tokio::test]
async fn a_script_answers_each_verb() -> Result<()> {
    let kernel = FakeKernel::new()
        .interface("br0", 7)
        .on::<Link>(Get)
        .when(|link| link.name.is_some_and(|name| name == "eth0"))
        .reply(links(&["eth0"]))
        .on::<Link>(Add)
        .when(|link| link.master == Some(7.into()))
        .ack()
        .on::<Link>(Add)
        .reply(links(&["dummy7"]))
        .on::<Link>(Del)
        .times(2)
        .refuse(19);
    let rt = kernel.connect::<Rtnetlink>();
    assert_eq!(rt.get::<Link>("eth0").await?, Link::named("eth0"));
    let made = rt.add(Link::named("dummy%d")).echo().await?;
    assert_eq!(made, Some(Link::named("dummy7")));
    rt.add(Link { master: Some("br0".into()), ..Link::named("eth1") }).await?;
    for _ in 0..2 {
        assert!(rt.del(Link::named("eth0")).await.unwrap_err().is_not_found());
    }
    kernel.assert_all_is_settled(&rt);
    Ok(())
}

#[tokio::test]
async fn a_scripted_refusal_has_the_kernels_words_and_names_the_attribute() {
    let refused = Refused::with(22)
        .saying("mtu less than device minimum.")
        .about(attr_id(IFLA_MTU))
        .missing(attr_id(IFLA_ADDRESS));
    let kernel = FakeKernel::new().on::<Link>(Add).refuse(refused);
    let error = kernel.connect::<Rtnetlink>().add(Link { mtu: Some(7), ..Link::named("eth0") }).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "add link eth0: mtu less than device minimum (EINVAL)\n  at IFLA_MTU; missing IFLA_ADDRESS"
    );
}

#[tokio::test]
async fn what_the_script_does_not_know_is_refused_and_fails_the_test() {
    let kernel = FakeKernel::new().on::<Link>(Add).ack();
    let rt = kernel.connect::<Rtnetlink>();
    let error = rt.get::<Link>("eth0").await.unwrap_err();
    assert!(error.to_string().contains("the test's script has no answer to that"), "{error}");
    let said = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| drop(kernel))).unwrap_err();
    let said = said.downcast_ref::<String>().unwrap();
    assert!(said.starts_with("the script does not know what was asked: [\"request 18\"]"), "{said}");
}

#[test]
fn a_script_that_is_not_played_to_its_end_fails_the_test() {
    let kernel = FakeKernel::new().on::<Link>(Dump).reply([]);
    let said = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| drop(kernel))).unwrap_err();
    let said = said.downcast_ref::<String>().unwrap();
    assert_eq!(said, "the script was not played to its end: [dump link (1 to come)]");
}

#[tokio::test(start_paused = true)]
async fn a_lost_reply_ends_at_the_deadline() {
    let kernel = FakeKernel::new().on::<Link>(Get).reply(links(&["eth0"])).lost();
    let rt = kernel.connect::<Rtnetlink>();
    assert!(rt.get::<Link>("eth0").timeout(Duration::from_secs(5)).await.unwrap_err().is_timeout());
    kernel.assert_all_is_settled(&rt);
}

#[tokio::test(start_paused = true)]
async fn a_late_reply_is_nobodys_and_the_next_request_gets_its_own() -> Result<()> {
    let kernel =
        FakeKernel::new().on::<Link>(Get).reply(links(&["slow"])).late().on::<Link>(Get).reply(links(&["next"]));
    let rt = kernel.connect::<Rtnetlink>();
    assert!(rt.get::<Link>("slow").timeout(Duration::from_secs(5)).await.unwrap_err().is_timeout());
    kernel.release();
    assert_eq!(rt.get::<Link>("next").await?, Link::named("next"));
    assert_eq!(rt.counters().late_answers, 1);
    Ok(())
}

#[tokio::test]
async fn a_reply_that_is_late_but_in_time_is_the_answer() -> Result<()> {
    let kernel = FakeKernel::new().on::<Link>(Get).reply(links(&["eth0"])).late();
    let rt = kernel.connect::<Rtnetlink>();
    let mut get = rt.get::<Link>("eth0").into_future();
    assert!(poll_once(&mut get).await.is_pending());
    kernel.release();
    assert_eq!(get.await?, Link::named("eth0"));
    Ok(())
}

#[tokio::test]
async fn a_duplicate_is_once_an_answer_and_once_a_stray() -> Result<()> {
    let kernel = FakeKernel::new().on::<Link>(Del).ack().twice().on::<Link>(Add).ack();
    let rt = kernel.connect::<Rtnetlink>();
    rt.del(Link::named("eth0")).await?;
    rt.add(Link::named("eth0")).await?;
    assert_eq!(rt.counters().late_answers, 1);
    Ok(())
}

#[tokio::test]
async fn a_listing_doubled_joined_or_behind_signals_is_the_same() -> Result<()> {
    let all = || FakeKernel::new().on::<Link>(Dump).reply(links(&["a", "b", "c"]));
    for kernel in
        [all(), all().joined(), all().twice(), all().after_signals(3), all().joined().twice().after_signals(1)]
    {
        assert_eq!(kernel.connect::<Rtnetlink>().dump::<Link>().await?, links(&["a", "b", "c"]));
    }
    Ok(())
}

#[tokio::test]
async fn a_signal_is_no_error() -> Result<()> {
    let kernel = FakeKernel::new().on::<Link>(Get).reply(links(&["eth0"])).after_signals(5);
    assert_eq!(kernel.connect::<Rtnetlink>().get::<Link>("eth0").await?, Link::named("eth0"));
    Ok(())
}

/// More than the buffer holds: it grows, and what only asks is asked again.
#[tokio::test]
async fn an_answer_that_does_not_fit_is_asked_for_again_and_not_lost() -> Result<()> {
    let buffer = 1 << 18;
    let kernel = FakeKernel::new()
        .on::<Link>(Get)
        .times(2)
        .reply(links(&["eth0"]))
        .too_long(buffer)
        .on::<Link>(Dump)
        .times(2)
        .reply(links(&["a", "b"]))
        .too_long(2 * buffer);
    let rt = kernel.connect::<Rtnetlink>();
    assert_eq!(rt.get::<Link>("eth0").await?, Link::named("eth0"));
    assert_eq!(rt.dump::<Link>().await?, links(&["a", "b"]));
    Ok(())
}

#[tokio::test]
async fn an_answer_that_is_cut_short_ends_its_request_with_an_error() {
    let kernel = FakeKernel::new()
        .on::<Link>(Get)
        .times(2)
        .reply(links(&["eth0"]))
        .cut_short(20)
        .on::<Link>(Dump)
        .reply(links(&["a"]))
        .cut_short(1);
    let rt = kernel.connect::<Rtnetlink>();
    assert!(rt.get::<Link>("eth0").await.unwrap_err().is_malformed());
    assert!(rt.dump::<Link>().await.unwrap_err().is_malformed());
}

#[tokio::test]
async fn a_full_receive_buffer_ends_a_request_and_a_listing_with_an_error() -> Result<()> {
    let kernel = FakeKernel::new()
        .on::<Link>(Add)
        .ack()
        .then_overrun()
        .on::<Link>(Dump)
        .reply(links(&["a"]))
        .then_overrun()
        .on::<Link>(Dump)
        .reply(links(&["a"]))
        .then_overrun_told()
        .on::<Link>(Add)
        .ack();
    let rt = kernel.connect::<Rtnetlink>();
    assert!(rt.add(Link::named("eth0")).await.unwrap_err().is_lost());
    assert!(rt.dump::<Link>().await.unwrap_err().is_lost());
    assert!(rt.dump::<Link>().await.unwrap_err().is_lost());
    rt.add(Link::named("eth0")).await?;
    assert_eq!(rt.counters().overruns, 1);
    Ok(())
}

#[tokio::test]
async fn what_was_received_before_the_buffer_was_full_counts() -> Result<()> {
    let kernel = FakeKernel::new();
    let rt = kernel.connect::<Rtnetlink>();
    let [mut first, mut second] = [(); 2].map(|()| rt.add(Link::named("eth0")).into_future());
    assert!(poll_once(&mut first).await.is_pending());
    assert!(poll_once(&mut second).await.is_pending());
    let line = kernel.control();
    let [first_asked, second_asked] = [line.asked(), line.asked()];
    line.fail(105);
    line.deliver_each(&[first_asked.ack(), second_asked.ack()]);
    first.await?;
    second.await?;
    assert_eq!(rt.counters().overruns, 1);
    Ok(())
}

#[tokio::test]
async fn a_listing_that_changed_starts_over_within_its_bound() -> Result<()> {
    let kernel = FakeKernel::new()
        .on::<Link>(Dump)
        .times(2)
        .reply(links(&["stale"]))
        .interrupted()
        .on::<Link>(Dump)
        .reply(links(&["fresh"]))
        .on::<Link>(Dump)
        .times(3)
        .reply(links(&["stale"]))
        .interrupted();
    let rt = kernel.connect::<Rtnetlink>();
    assert_eq!(rt.dump::<Link>().await?, links(&["fresh"]));
    assert!(rt.dump::<Link>().restarts(2).await.unwrap_err().is_interrupted());
    assert_eq!(rt.counters().restarted_dumps, 4);
    Ok(())
}

#[tokio::test]
async fn an_error_in_the_middle_of_a_listing_is_an_error_of_the_whole() {
    let kernel = FakeKernel::new().on::<Link>(Dump).reply(links(&["a", "b"])).then_refuse(95);
    let error = kernel.connect::<Rtnetlink>().dump::<Link>().await.unwrap_err();
    assert_eq!(error.to_string(), "dump link: Operation not supported (EOPNOTSUPP)");
}

#[tokio::test(start_paused = true)]
async fn garbage_in_place_of_an_answer_is_an_error_at_the_deadline_at_the_latest() {
    let kernel = FakeKernel::new()
        .on::<Link>(Dump)
        .reply(links(&["a"]))
        .then_garbage(b"not netlink at all")
        .on::<Link>(Add)
        .ack()
        .then_garbage(b"not netlink at all");
    let rt = kernel.connect::<Rtnetlink>();
    assert!(rt.dump::<Link>().await.unwrap_err().is_malformed());
    assert!(rt.add(Link::named("eth0")).await.unwrap_err().is_timeout());
    assert_eq!(rt.counters().malformed_datagrams, 1);
}

#[tokio::test(start_paused = true)]
async fn what_another_process_sends_is_no_answer() {
    let forged = |kernel: FakeKernel| kernel.sent_by(4711);
    let kernel = forged(FakeKernel::new().on::<Link>(Add).ack());
    let kernel = forged(kernel.on::<Link>(Dump).reply(links(&["forged"])));
    let rt = kernel.connect::<Rtnetlink>();
    assert!(rt.add(Link::named("eth0")).await.unwrap_err().is_timeout());
    assert!(rt.dump::<Link>().await.unwrap_err().is_timeout());
    assert_eq!(rt.counters().foreign_datagrams, 1);
}

#[tokio::test]
async fn events_come_in_order_and_a_loss_comes_behind_what_is_queued() -> Result<()> {
    let kernel = FakeKernel::new();
    let rt = kernel.connect::<Rtnetlink>();
    let mut events = rt.events::<Link>().await?;
    kernel.announce(Event::New(Link::named("a")));
    kernel.lose_events();
    kernel.announce(Event::Del(Link::named("b")));
    let mut seen = Vec::new();
    for _ in 0..3 {
        seen.extend(events.try_next().await?);
    }
    let [a, b] = [Event::New(Link::named("a")), Event::Del(Link::named("b"))].map(Notice::Event);
    assert_eq!(seen, [a, b, Notice::Overrun]);
    assert_eq!(rt.counters().event_overruns, 1);
    Ok(())
}

#[tokio::test]
async fn a_fault_on_its_own_answer_is_the_same_as_in_a_script() {
    let nothing = Answer::of([]).then_garbage(&[0xff; 40]);
    let kernel = FakeKernel::new().on::<Link>(Dump).answer(nothing);
    assert!(kernel.connect::<Rtnetlink>().dump::<Link>().await.unwrap_err().is_malformed());
}
