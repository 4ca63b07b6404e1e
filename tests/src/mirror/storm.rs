//! More changes than anybody can listen to: announcements are lost all the time, and in the end nothing is.

use std::net::Ipv4Addr;
use std::{env, thread};

use anyhow::{anyhow, ensure};
use nlink::prelude::*;
use nlink::route::RouteType;
use nlink::socket::Socket;
use nlink::uapi::netlink::{NETLINK_ROUTE, NLM_F_CREATE, NLM_F_REPLACE, NLM_F_REQUEST};
use nlink::uapi::rtnetlink::{RTM_DELROUTE, RTM_NEWROUTE};
use nlink::wire::{Message, MessageHeader, Writer, attr_id};
use nlink_tests::{Cx, Result, Test, tests};

use super::compare::{SILENCE, same, settle};

pub const TESTS: &[Test] = tests![a_mirror_outlives_a_million_changes];

/// Who makes changes at a time.
const SENDERS: u32 = 2;
/// How much.
#[derive(Clone, Copy)]
struct Scale {
    /// Prefixes of each sender; every other one is deleted again in each round.
    prefixes: u32,
    rounds: u8,
}

const MILLION: Scale = Scale { prefixes: 40_000, rounds: 9 };
/// On the full kernels, where system calls are slow.
const LESS: Scale = Scale { prefixes: 5_000, rounds: 8 };
/// Messages in one datagram.
const TOGETHER: usize = 400;

impl Scale {
    const fn changes(self) -> u32 {
        SENDERS * (self.prefixes + self.prefixes / 2) * self.rounds as u32
    }
}

const _: () = assert!(MILLION.changes() >= 1_000_000);

async fn a_mirror_outlives_a_million_changes(_: &Cx) -> Result {
    let scale = if env::var_os("NLINK_KERNEL").is_some() { LESS } else { MILLION };
    let rt = Connection::<Rtnetlink>::open()?;
    let mut mirror = rt.watch::<Route>().family(Family::INET).receive_buffer(1);
    settle(&mut mirror).await?;
    // A thread is in the namespace of the one that starts it.
    let senders: Vec<_> = (0..SENDERS).map(|sender| thread::spawn(move || storm(sender, scale))).collect();
    while !senders.iter().all(thread::JoinHandle::is_finished) {
        if let Ok(change) = tokio::time::timeout(SILENCE, mirror.try_next()).await {
            ensure!(change?.is_some(), "the mirror ended");
        }
    }
    for sender in senders {
        sender.join().map_err(|_| anyhow!("a sender panicked"))??;
    }
    let listing = || rt.dump::<Route>().family(Family::INET);
    same(&mut mirror, listing, |route| route, "the storm").await?;
    let known = mirror.known().len();
    ensure!(known == usize::try_from(SENDERS * scale.prefixes / 2)?, "{known} routes are known");
    let counters = rt.counters();
    ensure!(counters.event_overruns > 0 && counters.resyncs > 0, "nothing was lost: {counters:?}");
    Ok(())
}

/// Adds or replaces all prefixes, then deletes every other one, again and again, as fast as the kernel takes it.
fn storm(sender: u32, scale: Scale) -> Result {
    let socket = Socket::open(NETLINK_ROUTE)?;
    for round in 0..scale.rounds {
        // Made by another protocol each time, so that each replacement is a change.
        let protocol = RouteProtocol(RouteProtocol::STATIC.0 + 1 + round);
        let route = |number: &u32| -> Result<Route> {
            let host = Ipv4Addr::from(0x0a00_0000 + sender * scale.prefixes + number);
            Ok(Route::new(format!("{host}/32").parse()?).kind(RouteType::BLACKHOLE).protocol(protocol))
        };
        let all: Vec<u32> = (0..scale.prefixes).collect();
        for numbers in all.chunks(TOGETHER) {
            let flags = NLM_F_CREATE | NLM_F_REPLACE;
            socket.send(&datagram(RTM_NEWROUTE, flags, numbers.iter().map(route))?)?;
        }
        for numbers in all.chunks(TOGETHER * 2) {
            let every_other = numbers.iter().step_by(2).map(route);
            socket.send(&datagram(RTM_DELROUTE, 0, every_other)?)?;
        }
    }
    let mut answers = nlink::socket::Buffer::new();
    ensure!(socket.receive(&mut answers).is_err(), "the kernel refused a change");
    Ok(())
}

/// Requests that are answered only if they are refused.
fn datagram(command: u32, flags: u32, routes: impl Iterator<Item = Result<Route>>) -> Result<Vec<u8>> {
    let mut writer = Writer::new();
    for route in routes {
        let route = route?;
        let flags = attr_id(NLM_F_REQUEST | flags);
        let header = MessageHeader { message_type: attr_id(command), flags, ..MessageHeader::default() };
        writer.message(header, |message| route.emit(message));
    }
    Ok(writer.finish()?)
}
