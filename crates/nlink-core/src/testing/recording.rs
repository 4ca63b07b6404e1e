//! A conversation with a real kernel, recorded, as a script.

use std::io;
use std::path::Path;

use zerocopy::FromBytes;

use super::answer::each_message;
use super::{Answer, Asked, Delivery};
use crate::pcap::{self, Direction};
use crate::wire::MessageHeader;

/// A recorded conversation: what was asked with what was answered, in order. It is read from a
/// [capture](crate::pcap::Capture), so the file to replay is one that Wireshark opens as well.
///
/// Replayed by [`FakeKernel::replay`](super::FakeKernel::replay), a request gets the answer of the first recorded one
/// that is alike: the same protocol, type, flags and body; sequence numbers do not count. Numbers that differ from run to
/// run (an open file's, in a request) make a request another one.
/// ```
/// use nlink_core::pcap::Capture;
/// use nlink_core::testing::{FakeKernel, Recording};
/// use nlink_core::{Connection, Rtnetlink};
///
/// # async fn record() -> Result<(), Box<dyn std::error::Error>> {
/// let capture = Capture::to(std::fs::File::create("links.pcap")?)?;
/// let rt = Connection::<Rtnetlink>::open()?;
/// rt.capture(&capture);
/// // … what is to be recorded …
/// capture.finish()?;
///
/// let kernel = FakeKernel::new().replay(Recording::open("links.pcap")?);
/// let rt = kernel.connect::<Rtnetlink>();
/// // … the same again, without a kernel …
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug, Default)]
pub struct Recording {
    /// Requests with their answers; [`Faults`](super::Faults) may spoil one.
    pub exchanges: Vec<Exchange>,
    /// What each subscription received.
    pub(super) events: Vec<Vec<Delivery>>,
}

/// A request with its answer.
#[derive(Clone, Debug)]
pub struct Exchange {
    /// The number of the protocol.
    pub protocol: u32,
    /// The request.
    pub request: Asked,
    pub(super) answer: Answer,
}

impl Recording {
    /// Reads a file.
    pub fn open(path: impl AsRef<Path>) -> io::Result<Self> {
        Self::read(&std::fs::read(path)?)
    }

    /// Reads what a file holds.
    pub fn read(capture: &[u8]) -> io::Result<Self> {
        let mut recording = Self::default();
        // Which socket asked what, and which listened.
        let mut asked: Vec<u64> = Vec::new();
        let mut listened: Vec<u64> = Vec::new();
        for packet in pcap::read(capture)? {
            match packet.direction {
                Direction::Sent => {
                    for request in Asked::all(&packet.datagram) {
                        asked.push(packet.socket);
                        let protocol = packet.protocol;
                        recording.exchanges.push(Exchange { protocol, request, answer: Answer::default() });
                    }
                }
                Direction::Received if asked.contains(&packet.socket) => {
                    for (sequence, part) in by_request(&packet.datagram) {
                        if let Some(exchange) = recording.exchange_of(packet.socket, sequence, &asked) {
                            exchange.answer.deliveries.push(part.into());
                        }
                    }
                }
                Direction::Received => {
                    let place = listened.iter().position(|socket| *socket == packet.socket);
                    let place = place.unwrap_or_else(|| {
                        listened.push(packet.socket);
                        recording.events.push(Vec::new());
                        listened.len() - 1
                    });
                    if let Some(events) = recording.events.get_mut(place) {
                        events.push(packet.datagram.into());
                    }
                }
            }
        }
        Ok(recording)
    }

    /// The last exchange on a socket that had this sequence number.
    fn exchange_of(&mut self, socket: u64, sequence: u32, asked: &[u64]) -> Option<&mut Exchange> {
        let mut exchanges = self.exchanges.iter_mut().zip(asked).rev();
        let belongs = |exchange: &Exchange| exchange.request.header.sequence == sequence;
        exchanges.find(|(exchange, on)| **on == socket && belongs(exchange)).map(|(exchange, _)| exchange)
    }
}

/// A datagram apart by whose answers are in it, without sequence numbers: those of the replay take their place.
fn by_request(datagram: &[u8]) -> Vec<(u32, Vec<u8>)> {
    let mut datagram = datagram.to_vec();
    let mut parts: Vec<(u32, Vec<u8>)> = Vec::new();
    each_message(&mut datagram, |message| {
        let Ok((header, _)) = MessageHeader::mut_from_prefix(message) else { return };
        let sequence = std::mem::take(&mut header.sequence);
        match parts.last_mut() {
            Some((last, part)) if *last == sequence => part.extend_from_slice(message),
            _ => parts.push((sequence, message.to_vec())),
        }
    });
    parts
}

impl Asked {
    /// Whether it asks for the same.
    pub(super) fn is_alike(&self, other: &Asked) -> bool {
        let asks = |asked: &Asked| (asked.header.message_type, asked.header.flags);
        asks(self) == asks(other) && self.body == other.body
    }
}
