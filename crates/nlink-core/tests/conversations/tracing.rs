//! What `tracing` hears of requests, and that secrets are not among it.

use std::cell::RefCell;
use std::future::IntoFuture;
use std::io::{self, Write};
use std::sync::Once;

use nlink_core::object::{Add, Event, EventMessage, Events};
use nlink_core::testing::{FakeKernel, Faults, verb::*};
use nlink_core::wire::{Secret, UnknownAttrs};
use nlink_core::{Message, Result, Rtnetlink};
use nlink_uapi::if_link::{IFLA_ADDRESS, IFLA_MTU};
use nlink_uapi::rtnetlink::{RTM_DELLINK, RTM_GETLINK, RTM_NEWLINK, ifinfomsg};
use tracing_subscriber::fmt::format::FmtSpan;

use super::link::Link;
use super::script::{connect, poll_once};

thread_local! {
    static LOG: RefCell<Vec<u8>> = RefCell::default();
}

/// Writes to the log of the test whose thread it is.
struct Log;

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        LOG.with_borrow_mut(|log| log.write(bytes))
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Listens to the whole process, once: listeners that come and go miss things.
fn listen() {
    static LISTENING: Once = Once::new();
    LISTENING.call_once(|| {
        let subscriber = tracing_subscriber::fmt()
            .with_max_level(tracing::Level::TRACE)
            .with_span_events(FmtSpan::CLOSE)
            .with_target(false)
            .with_ansi(false)
            .without_time()
            .with_writer(|| Log);
        tracing::subscriber::set_global_default(subscriber.finish()).unwrap();
    });
}

/// What was heard in this test.
fn heard() -> String {
    String::from_utf8(LOG.take()).unwrap()
}

#[tokio::test]
async fn a_request_is_a_span_from_its_first_byte_to_its_outcome() -> Result<()> {
    listen();
    let kernel = FakeKernel::new()
        .on::<Link>(Add)
        .when(|link| link.mtu.is_none())
        .ack()
        .on::<Link>(Get)
        .times(2)
        .reply([Link::named("eth0")])
        .too_long(1 << 18)
        .on::<Link>(Dump)
        .reply([])
        .interrupted()
        .on::<Link>(Dump)
        .reply([])
        .on::<Link>(Add)
        .refuse(17);
    let rt = kernel.connect::<Rtnetlink>();
    rt.add(Link::named("eth0")).await?;
    rt.get::<Link>("eth0").await?;
    rt.dump::<Link>().await?;
    rt.add(Link { mtu: Some(7), ..Link::named("eth0") }).await.unwrap_err();
    let text = heard();
    let request = |verb: &str, rest: &str| {
        format!("request{{protocol=\"rtnetlink\" verb=\"{verb}\" object=\"link\" command={rest}")
    };
    let lines = [
        request("add", "16 seq=1 attempts=1 outcome=\"done\"}: close"),
        request("get", "18 seq=3 attempts=2 outcome=\"done\"}: close"),
        request("dump", "18}: starts over restarted=1"),
        request("dump", "18 seq=1 attempts=2 outcome=\"done\"}: close"),
        request("add", "16 seq=4 error=add link eth0: File exists (EEXIST) attempts=1 outcome=\"failed\"}: close"),
    ];
    let got: Vec<_> = text.lines().map(|line| line.trim_start().trim_start_matches("DEBUG ")).collect();
    assert_eq!(got, lines);
    assert_eq!((rt.counters().repeated_requests, rt.counters().restarted_dumps), (1, 1));
    Ok(())
}

#[tokio::test]
async fn a_dropped_request_and_lost_messages_are_told() -> Result<()> {
    listen();
    let (kernel, rt) = connect();
    let mut dropped = rt.add(Link::named("eth0")).into_future();
    assert!(poll_once(&mut dropped).await.is_pending());
    kernel.control().asked();
    kernel.control().fail(105);
    drop(dropped);
    let mut events = rt.events::<Link>().await?;
    kernel.lose_events();
    events.try_next().await?;
    let text = heard();
    let expected = [
        "the receive buffer was full: answers were lost",
        "outcome=\"dropped\"",
        "WARN the receive buffer was full: events were lost protocol=\"rtnetlink\"",
    ];
    for line in expected {
        assert!(text.contains(line), "{line} is not in:\n{text}");
    }
    Ok(())
}

/// A message with a key in it.
#[derive(Message, Clone, Debug, Default, PartialEq)]
#[message(header = ifinfomsg, protocol = Rtnetlink, name = "device", describe = Device::described)]
#[message(new = RTM_NEWLINK, del = RTM_DELLINK, get = RTM_GETLINK)]
struct Device {
    header: ifinfomsg,
    #[attr(IFLA_MTU)]
    mtu: Option<u32>,
    #[attr(IFLA_ADDRESS)]
    key: Option<Secret<String>>,
    #[attr(unknown)]
    unknown: UnknownAttrs,
}

impl Device {
    fn described(&self) -> String {
        format!("device {self:?}")
    }
}

impl Add for Device {}

impl Events for Device {
    type Protocol = Rtnetlink;
    type Item = Event<Device>;
    const GROUPS: &'static [u32] = &[1];

    fn read(message: &EventMessage<'_>) -> Option<Result<Self::Item, nlink_core::wire::WireError>> {
        Event::read(message)
    }
}

#[tokio::test]
async fn a_secret_is_in_no_debug_no_error_and_no_trace() -> Result<()> {
    const KEY: &str = "correct horse";
    listen();
    let device = Device { key: Some(KEY.to_owned().into()), ..Device::default() };
    let kernel =
        FakeKernel::new().on::<Device>(Add).when(|device| device.key == Some(KEY.to_owned().into())).refuse(22);
    let rt = kernel.connect::<Rtnetlink>();
    let mut events = rt.events::<Device>().await?;
    kernel.announce(Event::New(device.clone()));
    let told = events.try_next().await?;
    let edit = rt.add(device.clone());
    let raw = rt.request(16).body(KEY);
    let mut shown = vec![format!("{device:?} {told:?} {edit:?} {raw:?} {events:?} {rt:?}")];
    shown.push(format!("{:?}", edit.await.unwrap_err()));
    shown.push(heard());
    assert!(shown[1].contains("key: Some(Secret)"), "{}", shown[1]);
    for (spelling, text) in
        shown.iter().flat_map(|text| [(KEY.to_owned(), text), (format!("{:?}", KEY.as_bytes()), text)])
    {
        assert!(!text.contains(spelling.trim_matches(['[', ']'])), "{text}");
    }
    Ok(())
}
