//! The contestant that is the crate neli: its blocking socket, which is its fastest way (its router has a thread between).

use std::hint::black_box;
use std::net::Ipv4Addr;
use std::process::ExitCode;

use anyhow::{Result, bail, ensure};
use neli::consts::nl::{NlTypeWrapper, NlmF, Nlmsg};
use neli::consts::rtnl::{RtAddrFamily, RtScope, RtTable, Rta, Rtm, Rtn, Rtprot};
use neli::consts::socket::NlFamily;
use neli::nl::{NlPayload, Nlmsghdr, NlmsghdrBuilder};
use neli::rtnl::{Ifinfomsg, IfinfomsgBuilder, RtattrBuilder, Rtmsg, RtmsgBuilder};
use neli::socket::synchronous::NlSocketHandle;
use neli::types::{Buffer, RtBuffer};
use neli::utils::Groups;
use neli::{FromBytesWithInput, Size, ToBytes};
use nlink_contest::{Clock, IN_FLIGHT, Report, Row, routes};

fn main() -> ExitCode {
    nlink_contest::run(|row, count| {
        let socket = NlSocketHandle::connect(NlFamily::Route, None, Groups::empty())?;
        match row {
            Row::DumpRoutes => list(&socket, Rtm::Getroute, any_route()?, count),
            Row::DumpLinks => list(&socket, Rtm::Getlink, link(0)?, count),
            Row::AddBatch => Report::cannot("has no batches"),
            Row::AddPipelined => add(&socket, count, IN_FLIGHT),
            Row::AddAwaited => add(&socket, count, 1),
            Row::Get | Row::StartUp => get(&socket, count),
            Row::Storm => Report::cannot("its sockets get no receive buffer above net.core.rmem_max"),
        }
    })
}

fn send<P: Size + ToBytes + std::fmt::Debug>(
    socket: &NlSocketHandle,
    message_type: Rtm,
    flags: NlmF,
    sequence: u32,
    payload: P,
) -> Result<()> {
    let message = NlmsghdrBuilder::default()
        .nl_type(message_type)
        .nl_flags(NlmF::REQUEST | flags)
        .nl_seq(sequence)
        .nl_payload(NlPayload::Payload(payload))
        .build()?;
    Ok(socket.send(&message)?)
}

fn list<P>(socket: &NlSocketHandle, message_type: Rtm, request: P, count: u32) -> Result<Report>
where
    P: Size + ToBytes + FromBytesWithInput<Input = usize> + std::fmt::Debug,
{
    let clock = Clock::start()?;
    send(socket, message_type, NlmF::DUMP, 1, request)?;
    let mut listed = 0;
    loop {
        for message in socket.recv::<NlTypeWrapper, P>()?.0 {
            let message = message?;
            if *message.nl_type() == NlTypeWrapper::Nlmsg(Nlmsg::Done) {
                return clock.stop(listed, count);
            }
            black_box(&message);
            listed += 1;
        }
    }
}

/// So many on their way before their acknowledgements are fetched.
fn add(socket: &NlSocketHandle, count: u32, in_flight: u32) -> Result<Report> {
    let (clock, mut waiting) = (Clock::start()?, 0);
    for (destination, sequence) in routes::destinations(count).zip(1..) {
        let flags = NlmF::CREATE | NlmF::EXCL | NlmF::ACK;
        send(socket, Rtm::Newroute, flags, sequence, route(destination)?)?;
        waiting += 1;
        if waiting == in_flight || sequence == count {
            for _ in 0..std::mem::take(&mut waiting) {
                for answer in socket.recv::<NlTypeWrapper, Rtmsg>()?.0 {
                    ensure!(matches!(answer?.nl_payload(), NlPayload::Ack(_)), "refused");
                }
            }
        }
    }
    clock.stop(count, count)
}

fn get(socket: &NlSocketHandle, count: u32) -> Result<Report> {
    let (clock, lo) = (Clock::start()?, i32::try_from(routes::LO)?);
    for sequence in 1..=count {
        send(socket, Rtm::Getlink, NlmF::empty(), sequence, link(lo)?)?;
        for answer in socket.recv::<NlTypeWrapper, Ifinfomsg>()?.0 {
            let answer: Nlmsghdr<_, _> = answer?;
            let NlPayload::Payload(link) = answer.nl_payload() else { bail!("no link") };
            black_box(link);
        }
    }
    clock.stop(count, count)
}

fn link(index: i32) -> Result<Ifinfomsg> {
    Ok(IfinfomsgBuilder::default().ifi_family(RtAddrFamily::Unspecified).ifi_index(index).build()?)
}

fn any_route() -> Result<Rtmsg> {
    Ok(RtmsgBuilder::default()
        .rtm_family(RtAddrFamily::Inet)
        .rtm_dst_len(0)
        .rtm_src_len(0)
        .rtm_tos(0)
        .rtm_table(RtTable::Unspec)
        .rtm_protocol(Rtprot::Unspec)
        .rtm_scope(RtScope::Universe)
        .rtm_type(Rtn::Unspec)
        .build()?)
}

fn route(destination: Ipv4Addr) -> Result<Rtmsg> {
    let mut attributes = RtBuffer::<Rta, Buffer>::new();
    attributes.push(RtattrBuilder::default().rta_type(Rta::Dst).rta_payload(destination.octets().to_vec()).build()?);
    attributes.push(RtattrBuilder::default().rta_type(Rta::Oif).rta_payload(routes::LO).build()?);
    Ok(RtmsgBuilder::default()
        .rtm_family(RtAddrFamily::Inet)
        .rtm_dst_len(32)
        .rtm_src_len(0)
        .rtm_tos(0)
        .rtm_table(RtTable::Main)
        .rtm_protocol(Rtprot::Static)
        .rtm_scope(RtScope::Link)
        .rtm_type(Rtn::Unicast)
        .rtattrs(attributes)
        .build()?)
}
