//! Changes without acknowledgement: silence is success, and a refusal a refusal.

use std::future::IntoFuture;
use std::task::Poll;

use nlink_core::engine::{Engine, Expect, Failure};
use nlink_core::testing::{Asked, FakeKernel, Refused, verb::Add};
use nlink_core::wire::{MessageHeader, attr_id};
use nlink_core::{Result, Rtnetlink, blocking};
use nlink_uapi::netlink::{NLM_F_ACK, NLM_F_ECHO};

use super::link::Link;
use super::script::{NEW, connect, link, poll_once};

fn asks_for(asked: &Asked, flag: u32) -> bool {
    asked.header.flags & attr_id(flag) != 0
}

#[tokio::test]
async fn what_nothing_is_said_against_is_done() -> Result<()> {
    let (kernel, rt) = connect();
    rt.add(Link::named("eth0")).unacknowledged().await?;
    assert!(!asks_for(&kernel.control().asked(), NLM_F_ACK));
    kernel.assert_all_is_settled(&rt);
    Ok(())
}

#[test]
fn the_same_without_a_runtime() -> Result<()> {
    let (kernel, rt) = connect();
    let rt: blocking::Connection<Rtnetlink> = rt.driven_by();
    rt.add(Link::named("eth0")).unacknowledged().call()?;
    assert!(!asks_for(&kernel.control().asked(), NLM_F_ACK));
    kernel.assert_all_is_settled(&rt);
    Ok(())
}

#[tokio::test]
async fn a_refusal_is_told_as_ever() {
    let kernel = FakeKernel::new().on::<Link>(Add).refuse(Refused::with(17).saying("device already exists"));
    let rt = kernel.connect::<Rtnetlink>();
    let error = rt.add(Link::named("eth0")).unacknowledged().await.unwrap_err();
    assert_eq!(error.to_string(), "add link eth0: device already exists (EEXIST)");
    kernel.assert_all_is_settled(&rt);
}

#[tokio::test]
async fn what_is_told_back_is_acknowledged_too() -> Result<()> {
    let (kernel, rt) = connect();
    let mut add = rt.add(Link::named("dummy%d")).unacknowledged().echo().into_future();
    assert!(poll_once(&mut add).await.is_pending());
    let asked = kernel.control().asked();
    assert!(asks_for(&asked, NLM_F_ACK) && asks_for(&asked, NLM_F_ECHO));
    kernel.control().deliver_each(&[asked.object(NEW, 0, &link("dummy7")), asked.ack()]);
    assert_eq!(add.await?.unwrap().name.unwrap(), "dummy7");
    Ok(())
}

#[tokio::test]
async fn answers_to_others_that_lie_there_are_handed_out_and_are_not_silence() -> Result<()> {
    let (kernel, rt) = connect();
    let mut get = rt.get::<Link>("eth0").into_future();
    assert!(poll_once(&mut get).await.is_pending());
    let asked = kernel.control().asked();
    kernel.control().deliver(&asked.object(NEW, 0, &link("eth0")));
    rt.add(Link::named("eth1")).unacknowledged().await?;
    let Poll::Ready(found) = poll_once(&mut get).await else { panic!("its answer was received") };
    assert_eq!(found?.name.unwrap(), "eth0");
    Ok(())
}

fn begun() -> (Engine, Asked) {
    let mut engine = Engine::default();
    let sequence = engine.begin(Expect::Silence, None);
    (engine, Asked { header: MessageHeader { sequence, ..Default::default() }, body: Vec::new() })
}

#[test]
fn a_refusal_before_the_silence_is_the_outcome() {
    let (mut engine, asked) = begun();
    engine.receive(0, &asked.error(17, &[]), |_| ());
    engine.heard(asked.header.sequence);
    let outcome = engine.take(asked.header.sequence);
    assert!(matches!(&outcome, Some(Err(Failure::Refused(refusal))) if refusal.errno == 17), "{outcome:?}");
}

#[test]
fn answers_that_were_lost_are_not_silence() {
    let (mut engine, asked) = begun();
    engine.overrun(|_| ());
    engine.heard(asked.header.sequence);
    assert_eq!(engine.take(asked.header.sequence), Some(Err(Failure::Lost)));
}

#[test]
fn nobody_else_takes_silence_for_an_answer() {
    for expect in [Expect::Ack, Expect::Reply, Expect::Run(2), Expect::Transaction(2)] {
        let mut engine = Engine::default();
        let sequence = engine.begin(expect, None);
        engine.heard(sequence);
        assert_eq!(engine.take(sequence), None, "{expect:?}");
    }
}
