//! The contestant that the others are measured by: a blocking socket, requests written beforehand, nothing read but what
//! must be.

use std::process::ExitCode;

use anyhow::Result;
use nlink::wire::Frames;
use nlink_benches::bare::{self, Socket};
use nlink_benches::template::Template;
use nlink_contest::{Clock, IN_FLIGHT, Report, Row, routes, storm};
use nlink_uapi::rtnetlink::{RTM_NEWROUTE, RTMGRP_IPV4_ROUTE};

fn main() -> ExitCode {
    nlink_contest::run(|row, count| {
        let mut buffer = vec![0; 64 * 1024];
        match row {
            Row::DumpRoutes => list(&bare::all_routes()?, count, &mut buffer),
            Row::DumpLinks => list(&bare::all_links()?, count, &mut buffer),
            Row::AddBatch => batch(count),
            Row::AddPipelined => add(count, IN_FLIGHT, &mut buffer),
            Row::AddAwaited => add(count, 1, &mut buffer),
            Row::Get | Row::StartUp => get(count, &mut buffer),
            Row::Storm => take_in_storm(count, &mut buffer),
        }
    })
}

fn list(request: &[u8], count: u32, buffer: &mut [u8]) -> Result<Report> {
    let socket = Socket::open()?;
    let clock = Clock::start()?;
    let listed = socket.listed(request, buffer)?;
    clock.stop(listed, count)
}

fn batch(count: u32) -> Result<Report> {
    let template = Template::new(RTM_NEWROUTE)?;
    let clock = Clock::start()?;
    template.fill(count)?;
    clock.stop(count, count)
}

/// A datagram for each, so many before their acknowledgements are fetched.
fn add(count: u32, in_flight: u32, buffer: &mut [u8]) -> Result<Report> {
    let (template, socket) = (Template::new(RTM_NEWROUTE)?, Socket::open()?);
    let (mut message, mut waiting) = (Vec::new(), 0);
    let clock = Clock::start()?;
    for (destination, sequence) in routes::destinations(count).zip(1..) {
        message.clear();
        template.append(&mut message, destination, sequence);
        template.acknowledge(&mut message);
        socket.send(&message)?;
        waiting += 1;
        if waiting == in_flight || sequence == count {
            for _ in 0..std::mem::take(&mut waiting) {
                socket.acknowledged(buffer)?;
            }
        }
    }
    clock.stop(count, count)
}

fn get(count: u32, buffer: &mut [u8]) -> Result<Report> {
    let (request, socket) = (bare::lo()?, Socket::open()?);
    let clock = Clock::start()?;
    for _ in 0..count {
        socket.send(&request)?;
        std::hint::black_box(socket.receive(buffer)?);
    }
    clock.stop(count, count)
}

fn take_in_storm(count: u32, buffer: &mut [u8]) -> Result<Report> {
    let socket = Socket::in_groups(RTMGRP_IPV4_ROUTE)?;
    storm::widen(&socket)?;
    storm::pass()?;
    let (clock, mut events) = (Clock::start()?, 0);
    while events < count {
        for frame in Frames::new(socket.receive(buffer)?) {
            frame?;
            events += 1;
        }
    }
    clock.stop(events, count)
}
