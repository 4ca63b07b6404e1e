//! A full table, listed: a receive loop that looks at nothing, then our typed stream, in turn, in one process.
//!
//! `cargo run --release -p nlink-benches --bin dump-routes [ROUTES] [ROUNDS]`: makes a namespace of its own with that
//! many routes (1,000,000), lists them in both ways, and prints the ratios of the times, round by round, and what the
//! stream's memory grew by. See docs/performance.md.

use std::net::Ipv4Addr;
use std::os::fd::{AsFd, AsRawFd};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};
use nix::sched::{CloneFlags, unshare};
use nix::sys::socket::{
    AddressFamily, MsgFlags, NetlinkAddr, SockFlag, SockProtocol, SockType, bind, recv, send, socket,
};
use nlink::prelude::*;
use nlink::wire::{Frames, Message, MessageHeader, Writer, attr_id};
use nlink_uapi::netlink::{NLM_F_CREATE, NLM_F_DUMP, NLM_F_REQUEST, NLMSG_DONE};
use nlink_uapi::rtnetlink::{RTM_GETROUTE, RTM_NEWROUTE};

fn main() -> Result<()> {
    let mut arguments = std::env::args().skip(1).map(|word| word.parse::<u32>());
    let routes = arguments.next().transpose().context("how many routes?")?.unwrap_or(1_000_000);
    let rounds = arguments.next().transpose().context("how many rounds?")?.unwrap_or(7);
    enter_namespace()?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(prepare())?;
    fill(routes)?;
    let mut ratios = Vec::new();
    // the first round warms both up and is not counted
    for round in 0..=rounds {
        let (bare, bare_count) = bare_loop()?;
        let before = resident()?;
        let (stream, stream_count) = runtime.block_on(typed_stream())?;
        let grown = resident()?.saturating_sub(before);
        ensure!(
            bare_count >= u64::from(routes) && stream_count == bare_count,
            "{bare_count} and {stream_count} routes listed"
        );
        if round > 0 {
            let ratio = stream.as_secs_f64() / bare.as_secs_f64();
            println!("round {round}: stream / bare loop = {ratio:.3}, memory grew by {grown} KiB");
            ratios.push(ratio);
        }
    }
    ratios.sort_by(f64::total_cmp);
    if let (Some(least), Some(median), Some(most)) = (ratios.first(), ratios.get(ratios.len() / 2), ratios.last()) {
        println!("{routes} routes: stream / bare loop = {median:.3} (median; {least:.3} to {most:.3})");
    }
    println!("peak memory: {} KiB", peak()?);
    Ok(())
}

fn enter_namespace() -> Result<()> {
    if nix::unistd::geteuid().is_root() {
        return unshare(CloneFlags::CLONE_NEWNET).context("a network namespace");
    }
    let (user, group) = (nix::unistd::getuid(), nix::unistd::getgid());
    unshare(CloneFlags::CLONE_NEWUSER | CloneFlags::CLONE_NEWNET).context("a user namespace")?;
    std::fs::write("/proc/self/setgroups", "deny")?;
    std::fs::write("/proc/self/uid_map", format!("0 {user} 1"))?;
    std::fs::write("/proc/self/gid_map", format!("0 {group} 1"))?;
    Ok(())
}

async fn prepare() -> Result<()> {
    let rt = Connection::<Rtnetlink>::open()?;
    rt.change(Link::named("lo").up()).await?;
    rt.add(Address::new("10.0.0.1/8".parse()?).on("lo")).await?;
    Ok(())
}

/// Makes routes 11.0.0.0/32 and on, without waiting for each.
fn fill(routes: u32) -> Result<()> {
    let socket = bare_socket()?;
    let first = u32::from(Ipv4Addr::new(11, 0, 0, 0));
    let header = MessageHeader {
        message_type: attr_id(RTM_NEWROUTE),
        flags: attr_id(NLM_F_REQUEST | NLM_F_CREATE),
        ..MessageHeader::default()
    };
    let numbers: Vec<u32> = (first..first + routes).collect();
    for chunk in numbers.chunks(500) {
        let mut writer = Writer::new();
        for number in chunk {
            let route = Route::new(format!("{}/32", Ipv4Addr::from(*number)).parse()?).on(1);
            writer.message(header, |body| route.emit(body));
        }
        let bytes = writer.finish()?;
        send(socket.as_raw_fd(), &bytes, MsgFlags::empty()).context("send routes")?;
    }
    Ok(())
}

fn bare_socket() -> Result<std::os::fd::OwnedFd> {
    let flags = SockFlag::SOCK_CLOEXEC;
    let socket = socket(AddressFamily::Netlink, SockType::Raw, flags, SockProtocol::NetlinkRoute).context("socket")?;
    bind(socket.as_fd().as_raw_fd(), &NetlinkAddr::new(0, 0)).context("bind")?;
    Ok(socket)
}

/// What any lister must do: ask, receive, count messages; nothing of them is read.
fn bare_loop() -> Result<(Duration, u64)> {
    let socket = bare_socket()?;
    let mut writer = Writer::new();
    let header = MessageHeader {
        message_type: attr_id(RTM_GETROUTE),
        flags: attr_id(NLM_F_REQUEST | NLM_F_DUMP),
        ..MessageHeader::default()
    };
    writer.message(header, |body| Route { header: only_ipv4(), ..Route::default() }.emit(body));
    let request = writer.finish()?;
    let mut buffer = vec![0; 64 * 1024];
    let start = Instant::now();
    send(socket.as_raw_fd(), &request, MsgFlags::empty()).context("send")?;
    let mut count = 0;
    loop {
        let length = recv(socket.as_raw_fd(), &mut buffer, MsgFlags::empty()).context("receive")?;
        let Some(datagram) = buffer.get(..length) else { bail!("more than was asked for") };
        for frame in Frames::new(datagram) {
            match frame?.header.message_type {
                done if u32::from(done) == NLMSG_DONE => return Ok((start.elapsed(), count)),
                _ => count += 1,
            }
        }
    }
}

fn only_ipv4() -> nlink::route::RouteHeader {
    nlink::route::RouteHeader { family: Family::INET, ..Default::default() }
}

/// Our way: every route as a typed object.
async fn typed_stream() -> Result<(Duration, u64)> {
    let rt = Connection::<Rtnetlink>::open()?;
    // every table, as the bare loop asks
    let mut stream = rt.dump::<Route>().map_filter(|filter| filter.table = None).family(Family::INET).stream();
    let start = Instant::now();
    let mut count = 0;
    while let Some(route) = stream.try_next().await? {
        std::hint::black_box(&route);
        count += 1;
    }
    Ok((start.elapsed(), count))
}

/// A field of /proc/self/status, KiB.
fn status(field: &str) -> Result<u64> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix(field)).context("no such field")?;
    Ok(line.trim_matches([':', '\t', ' ']).trim_end_matches(" kB").parse()?)
}

fn resident() -> Result<u64> {
    status("VmRSS")
}

fn peak() -> Result<u64> {
    status("VmHWM")
}
