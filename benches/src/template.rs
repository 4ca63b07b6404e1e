//! Requests for routes, written once and then changed where they differ: as few instructions as a writer can do with.

use std::net::{IpAddr, Ipv4Addr};

use anyhow::{Context, Result};
use nlink::prelude::*;
use nlink::wire::{Message, MessageHeader, Writer, attr_id};
use nlink_contest::routes;
use nlink_uapi::netlink::{NLM_F_ACK, NLM_F_CREATE, NLM_F_EXCL, NLM_F_REQUEST};
use nlink_uapi::rtnetlink::RTM_NEWROUTE;

use crate::bare::Socket;

/// Bytes of a datagram, as our batches have them.
const DATAGRAM: usize = 32 * 1024;

/// What the kernel gets, of which every program changes the destination, the number and the flags only.
#[derive(Clone, Debug)]
pub struct Template {
    message: Vec<u8>,
    destination: usize,
}

impl Template {
    /// The request of this type about a route out of `lo`.
    pub fn new(message_type: u32) -> Result<Self> {
        let mark = Ipv4Addr::new(0xa5, 0xa5, 0xa5, 0xa5);
        let flags = attr_id(NLM_F_REQUEST | if message_type == RTM_NEWROUTE { NLM_F_CREATE | NLM_F_EXCL } else { 0 });
        let header = MessageHeader { message_type: attr_id(message_type), flags, ..MessageHeader::default() };
        let mut writer = Writer::new();
        writer.message(header, |body| Route::new(IpAddr::from(mark).into()).on(1).emit(body));
        let message = writer.finish()?;
        let destination = message.windows(4).position(|bytes| bytes == mark.octets()).context("no destination")?;
        Ok(Self { message, destination })
    }

    /// Sends that many of them, for the routes that all contestants make, and waits until the last one is carried out.
    pub fn fill(&self, count: u32) -> Result<()> {
        let (socket, mut messages, mut buffer) = (Socket::open()?, Vec::with_capacity(DATAGRAM), vec![0; DATAGRAM]);
        let mut flush = |messages: &mut Vec<u8>| {
            self.acknowledge(messages);
            socket.send(messages)?;
            messages.clear();
            socket.acknowledged(&mut buffer)
        };
        for (destination, sequence) in routes::destinations(count).zip(1..) {
            if messages.len() + self.message.len() > DATAGRAM {
                flush(&mut messages)?;
            }
            self.append(&mut messages, destination, sequence);
        }
        flush(&mut messages)
    }

    /// Writes one behind the others.
    pub fn append(&self, messages: &mut Vec<u8>, destination: Ipv4Addr, sequence: u32) {
        let start = messages.len();
        messages.extend_from_slice(&self.message);
        put(messages, start + self.destination, destination.octets());
        put(messages, start + std::mem::offset_of!(MessageHeader, sequence), sequence.to_ne_bytes());
    }

    /// Asks for an acknowledgement of the last one.
    pub fn acknowledge(&self, messages: &mut [u8]) {
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
