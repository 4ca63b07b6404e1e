//! Routes made: by a bare batch writer, by our batch, and one by one, awaited, called and bare; in turn, in one process.
//!
//! `cargo run --release -p nlink-benches --bin add-routes [ROUTES] [ROUNDS]`: makes that many routes (200,000) in a
//! namespace of its own in each way and takes them away again, which is not timed. What is printed are rates, by the time
//! on the processor, where the bare batch writer's is 1. See docs/performance.md.

use std::net::Ipv4Addr;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use nlink::blocking;
use nlink::prelude::*;
use nlink::wire::{Frames, Message, MessageHeader, Writer, attr_id};
use nlink_benches::bare::Socket;
use nlink_benches::cpu::Clock;
use nlink_benches::namespace;
use nlink_benches::ratios::Ratios;
use nlink_uapi::netlink::{NLM_F_ACK, NLM_F_CREATE, NLM_F_EXCL, NLM_F_REQUEST};
use nlink_uapi::rtnetlink::{RTM_DELROUTE, RTM_NEWROUTE};
use tokio::runtime::{Builder, Runtime};

/// Bytes of a datagram, as our batches have them.
const DATAGRAM: usize = 32 * 1024;

/// The first route's destination, and how many there are.
#[derive(Clone, Copy)]
struct Routes(u32);

fn main() -> Result<()> {
    let mut arguments = std::env::args().skip(1).map(|word| word.parse::<u32>());
    let routes = Routes(arguments.next().transpose().context("how many routes?")?.unwrap_or(200_000));
    let rounds = arguments.next().transpose().context("how many rounds?")?.unwrap_or(7);
    namespace::enter()?;
    let runtime = Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(prepare())?;
    let ways: [(&'static str, &dyn Fn() -> Result<Duration>); 4] = [
        ("batch", &|| runtime.block_on(batch(routes))),
        ("one by one, awaited", &|| one_by_one(&runtime, routes)),
        ("one by one, called", &|| called(routes)),
        ("one by one, bare", &|| bare_one_by_one(routes)),
    ];
    let mut rates = ways.map(|(name, _)| Ratios::of(name));
    // the first round warms all up and is not counted
    for round in 0..=rounds {
        let bare = bare_batch(routes, RTM_NEWROUTE)?;
        bare_batch(routes, RTM_DELROUTE)?;
        for ((_, way), rates) in ways.iter().zip(&mut rates) {
            let time = way()?;
            bare_batch(routes, RTM_DELROUTE)?;
            if round > 0 {
                rates.add(bare, time);
            }
        }
    }
    println!("{} routes; rates, where the bare batch writer's is 1:", routes.0);
    rates.iter().for_each(|rates| println!("  {rates}"));
    Ok(())
}

async fn prepare() -> Result<()> {
    Connection::<Rtnetlink>::open()?.change(Link::named("lo").up()).await?;
    Ok(())
}

impl Routes {
    fn destinations(self) -> impl Iterator<Item = Ipv4Addr> {
        let first = u32::from(Ipv4Addr::new(11, 0, 0, 0));
        (first..first + self.0).map(Ipv4Addr::from)
    }

    fn objects(self) -> impl Iterator<Item = Route> {
        self.destinations().map(|destination| Route::new(std::net::IpAddr::from(destination).into()).on(1))
    }
}

/// What the kernel gets, of which every program changes the destination, the number and the flags only.
struct Template {
    message: Vec<u8>,
    destination: usize,
}

impl Template {
    fn new(message_type: u32) -> Result<Self> {
        let mark = Ipv4Addr::new(0xa5, 0xa5, 0xa5, 0xa5);
        let flags = attr_id(NLM_F_REQUEST | if message_type == RTM_NEWROUTE { NLM_F_CREATE | NLM_F_EXCL } else { 0 });
        let header = MessageHeader { message_type: attr_id(message_type), flags, ..MessageHeader::default() };
        let mut writer = Writer::new();
        writer.message(header, |body| Route::new(std::net::IpAddr::from(mark).into()).on(1).emit(body));
        let message = writer.finish()?;
        let destination = message.windows(4).position(|bytes| bytes == mark.octets()).context("no destination")?;
        Ok(Self { message, destination })
    }

    /// Writes one behind the others.
    fn append(&self, messages: &mut Vec<u8>, destination: Ipv4Addr, sequence: u32) {
        let start = messages.len();
        messages.extend_from_slice(&self.message);
        put(messages, start + self.destination, destination.octets());
        put(messages, start + std::mem::offset_of!(MessageHeader, sequence), sequence.to_ne_bytes());
    }

    /// Asks for an acknowledgement of the last one.
    fn acknowledge(&self, messages: &mut [u8]) {
        let at = messages.len() - self.message.len() + std::mem::offset_of!(MessageHeader, flags);
        let flags = messages.get(at..).and_then(<[u8]>::first_chunk).map_or(0, |flags| u16::from_ne_bytes(*flags));
        put(messages, at, (flags | attr_id(NLM_F_ACK)).to_ne_bytes());
    }
}

fn put<const N: usize>(bytes: &mut [u8], at: usize, value: [u8; N]) {
    if let Some(place) = bytes.get_mut(at..).and_then(<[u8]>::first_chunk_mut) {
        *place = value;
    }
}

/// The acknowledgement, or an error.
fn acknowledged(socket: &Socket, buffer: &mut [u8]) -> Result<()> {
    for frame in Frames::new(socket.receive(buffer)?) {
        let errno = frame?.body.first_chunk().map(|number| i32::from_ne_bytes(*number));
        ensure!(errno == Some(0), "a route was refused: {errno:?}");
    }
    Ok(())
}

/// The same datagrams and acknowledgements as our batch has, and nothing else.
fn bare_batch(routes: Routes, message_type: u32) -> Result<Duration> {
    let template = Template::new(message_type)?;
    let socket = Socket::open()?;
    let (mut messages, mut buffer) = (Vec::with_capacity(DATAGRAM), vec![0; DATAGRAM]);
    let mut flush = |messages: &mut Vec<u8>| {
        template.acknowledge(messages);
        socket.send(messages)?;
        messages.clear();
        acknowledged(&socket, &mut buffer)
    };
    let start = Clock::start()?;
    for (destination, sequence) in routes.destinations().zip(1..) {
        if messages.len() + template.message.len() > DATAGRAM {
            flush(&mut messages)?;
        }
        template.append(&mut messages, destination, sequence);
    }
    flush(&mut messages)?;
    start.elapsed()
}

fn bare_one_by_one(routes: Routes) -> Result<Duration> {
    let template = Template::new(RTM_NEWROUTE)?;
    let socket = Socket::open()?;
    let (mut message, mut buffer) = (Vec::new(), vec![0; DATAGRAM]);
    let start = Clock::start()?;
    for (destination, sequence) in routes.destinations().zip(1..) {
        message.clear();
        template.append(&mut message, destination, sequence);
        template.acknowledge(&mut message);
        socket.send(&message)?;
        acknowledged(&socket, &mut buffer)?;
    }
    start.elapsed()
}

async fn batch(routes: Routes) -> Result<Duration> {
    let rt = Connection::<Rtnetlink>::open()?;
    let start = Clock::start()?;
    let mut batch = rt.batch();
    for route in routes.objects() {
        batch.add(route);
    }
    batch.await?.into_result()?;
    start.elapsed()
}

fn one_by_one(runtime: &Runtime, routes: Routes) -> Result<Duration> {
    runtime.block_on(async {
        let rt = Connection::<Rtnetlink>::open()?;
        let start = Clock::start()?;
        for route in routes.objects() {
            rt.add(route).await?;
        }
        start.elapsed()
    })
}

fn called(routes: Routes) -> Result<Duration> {
    let rt = blocking::Connection::<Rtnetlink>::open()?;
    let start = Clock::start()?;
    for route in routes.objects() {
        rt.add(route).call()?;
    }
    start.elapsed()
}
