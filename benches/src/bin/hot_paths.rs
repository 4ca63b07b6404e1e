//! What user space does most, in memory, for counting instructions: `hot-paths PATH TIMES`; without words, the paths.
//!
//! `cargo xtask ci "hot paths"` counts them under valgrind, once and twice as often: the difference is the path's own.

use std::hint::black_box;
use std::net::{IpAddr, Ipv4Addr};

use anyhow::{Context, Result};
use nlink::blocking::Connection;
use nlink::engine::{Engine, Expect, Listing};
use nlink::prelude::{Link, Route, Rtnetlink};
use nlink::wire::{Frames, Message, MessageHeader, Writer, attr_id};
use nlink_contest::routes::destinations;
use nlink_uapi::rtnetlink::RTM_NEWROUTE;

/// What `RTM_GETLINK` and `RTM_GETROUTE` gave of a veth and of a route with gateway, metric and source, on Linux 6.18.
const LINK: &[u8] = include_bytes!("../../captures/link.bin");
const ROUTE: &[u8] = include_bytes!("../../captures/route.bin");

type Path = (&'static str, fn(u32) -> Result<()>);

const PATHS: &[Path] = &[
    ("decode a route", |times| decode::<Route>(ROUTE, times)),
    ("decode a link", |times| decode::<Link>(LINK, times)),
    ("emit a route", emit_a_route),
    ("walk a listing, a message", walk_a_listing),
    ("request and answer, the engine", request_and_answer),
    ("batch, an item", batch),
];

fn main() -> Result<()> {
    let words: Vec<_> = std::env::args().skip(1).collect();
    let [name, times] = words.as_slice() else {
        PATHS.iter().for_each(|(name, _)| println!("{name}"));
        return Ok(());
    };
    let (_, path) = PATHS.iter().find(|(path, _)| path == name).context("no such path")?;
    path(times.parse().context("how often?")?)
}

fn decode<T: Message>(capture: &[u8], times: u32) -> Result<()> {
    let body = capture.get(MessageHeader::SIZE..).context("a short capture")?;
    for _ in 0..times {
        black_box(T::decode(black_box(body))?);
    }
    Ok(())
}

fn route(destination: Ipv4Addr) -> Route {
    Route::new(IpAddr::from(destination).into()).on(1)
}

fn emit_a_route(times: u32) -> Result<()> {
    let header = MessageHeader { message_type: attr_id(RTM_NEWROUTE), ..MessageHeader::default() };
    for destination in destinations(times) {
        let mut writer = Writer::new();
        writer.message(header, |body| route(destination).emit(body));
        black_box(writer.finish()?);
    }
    Ok(())
}

/// Datagrams of 500 messages.
fn walk_a_listing(times: u32) -> Result<()> {
    let frame = Frames::new(ROUTE).next().context("no message")??;
    let (datagram, mut listing) = (ROUTE.repeat(500), Listing::new(frame.header.sequence));
    for _ in 0..times / 500 {
        listing.received();
        while let Ok(message) = listing.next(black_box(&datagram)) {
            black_box(message);
        }
    }
    Ok(())
}

fn request_and_answer(times: u32) -> Result<()> {
    let (mut engine, mut answer) = (Engine::default(), ROUTE.to_vec());
    let flags = std::mem::offset_of!(MessageHeader, flags);
    // no part of a listing any more
    answer.get_mut(flags..flags + 2).context("a short capture")?.fill(0);
    let at = std::mem::offset_of!(MessageHeader, sequence);
    for _ in 0..times {
        let sequence = engine.begin(Expect::Reply, None);
        let number = answer.get_mut(at..).and_then(<[u8]>::first_chunk_mut).context("a short capture")?;
        *number = sequence.to_ne_bytes();
        engine.receive(0, black_box(&answer), |_| ());
        black_box(engine.take(sequence).context("no answer")?).ok().context("refused")?;
    }
    Ok(())
}

/// Batches of 1,000 items, none sent.
fn batch(times: u32) -> Result<()> {
    let rt = Connection::<Rtnetlink>::open()?;
    for _ in 0..times / 1_000 {
        let mut batch = rt.batch();
        for destination in destinations(1_000) {
            batch.add(route(destination));
        }
        drop(black_box(batch));
    }
    Ok(())
}
