//! A full receive buffer: whoever waited is told, and the connection goes on.

use std::future::IntoFuture;

use nlink_core::Result;
use nlink_core::engine::{Engine, Expect, Failure};
use nlink_core::testing::Asked;
use nlink_core::wire::{MessageHeader, attr_id};
use nlink_uapi::netlink::NLMSG_OVERRUN;

use super::link::Link;
use super::script::{NEW, connect, link, poll_once};

#[tokio::test]
async fn an_overrun_fails_everyone_who_waits_and_the_connection_goes_on() -> Result<()> {
    let (kernel, rt) = connect();
    let mut waiting: Vec<_> = (0..3).map(|_| rt.add(Link::named("eth0")).into_future()).collect();
    for add in &mut waiting {
        assert!(poll_once(add).await.is_pending());
    }
    let asked: Vec<_> = (0..3).map(|_| kernel.control().asked()).collect();
    kernel.control().deliver_each(&[asked[0].ack(), asked[0].object(attr_id(NLMSG_OVERRUN), 0, &[])]);
    let mut outcomes = Vec::new();
    for add in waiting {
        outcomes.push(add.await);
    }
    assert!(outcomes[0].is_ok());
    for lost in &outcomes[1..] {
        let error = lost.as_ref().unwrap_err();
        assert!(error.is_lost(), "{error}");
    }
    let mut get = rt.get::<Link>("eth0").into_future();
    assert!(poll_once(&mut get).await.is_pending());
    kernel.control().deliver(&kernel.control().asked().object(NEW, 0, &link("eth0")));
    get.await?;
    assert_eq!(rt.counters().overruns, 1);
    kernel.assert_all_is_settled(&rt);
    Ok(())
}

#[test]
fn what_was_answered_before_the_overrun_stays_answered() {
    let mut engine = Engine::default();
    let [first, second] = [(); 2].map(|()| engine.begin(Expect::Ack, None));
    let header = MessageHeader { sequence: first, ..Default::default() };
    engine.receive(0, &Asked { header, body: Vec::new() }.ack(), |_| ());
    let mut told = Vec::new();
    engine.overrun(|done| told.push(done));
    assert_eq!(told, [second]);
    assert_eq!(engine.take(first), Some(Ok(Vec::new())));
    assert_eq!(engine.take(second), Some(Err(Failure::Lost)));
    assert_eq!(engine.in_flight(), 0);
}

#[test]
fn what_others_send_is_no_answer() {
    let mut engine = Engine::default();
    let sequence = engine.begin(Expect::Ack, None);
    let header = MessageHeader { sequence, ..Default::default() };
    engine.receive(4711, &Asked { header, body: Vec::new() }.ack(), |_| panic!("not from the kernel"));
    assert_eq!((engine.take(sequence), engine.tally().foreign), (None, 1));
}
