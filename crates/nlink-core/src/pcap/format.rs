//! The file: pcap with times in nanoseconds, in the machine's byte order, as netlink itself is.
//!
//! Before each datagram stands a "cooked" header, big-endian, as
//! [LINKTYPE_NETLINK](https://www.tcpdump.org/linktypes/LINKTYPE_NETLINK.html) has it: direction, hardware type, length
//! of an address, the address, the netlink protocol. The address says which of the process's sockets it was, by a
//! running number, so that conversations can be told apart; its length is given as 0, for it is no hardware's.

use std::io::{self, Write};
use std::time::Duration;

use nlink_uapi::if_arp::ARPHRD_NETLINK;
use nlink_uapi::if_packet::{PACKET_HOST, PACKET_OUTGOING};
use zerocopy::byteorder::big_endian::{U16, U64};
use zerocopy::{FromBytes, Immutable, IntoBytes, KnownLayout, Unaligned};

/// Which way a datagram went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Direction {
    /// To the kernel.
    Sent,
    /// From the kernel.
    Received,
}

/// A captured datagram.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Packet<B> {
    pub(crate) direction: Direction,
    /// Which of the process's sockets.
    pub(crate) socket: u64,
    /// `NETLINK_ROUTE` and its like.
    pub(crate) protocol: u32,
    pub(crate) datagram: B,
}

/// libpcap's mark of a file with nanoseconds.
const MAGIC: u32 = 0xa1b2_3c4d;
const LINKTYPE: u32 = 253;
/// No datagram is cut.
const SNAPLEN: u32 = 1 << 24;

#[derive(Clone, Copy, FromBytes, IntoBytes, KnownLayout, Immutable)]
#[repr(C)]
struct FileHeader {
    magic: u32,
    major: u16,
    minor: u16,
    zone: u32,
    accuracy: u32,
    snaplen: u32,
    linktype: u32,
}

#[derive(Clone, Copy, FromBytes, IntoBytes, KnownLayout, Immutable)]
#[repr(C)]
struct RecordHeader {
    seconds: u32,
    nanoseconds: u32,
    captured: u32,
    full: u32,
}

#[derive(Clone, Copy, FromBytes, IntoBytes, KnownLayout, Immutable, Unaligned)]
#[repr(C)]
struct Cooked {
    direction: U16,
    hardware: U16,
    address_length: U16,
    address: U64,
    protocol: U16,
}

/// Writes what a file begins with.
pub(super) fn begin(writer: &mut dyn Write) -> io::Result<()> {
    let header =
        FileHeader { magic: MAGIC, major: 2, minor: 4, zone: 0, accuracy: 0, snaplen: SNAPLEN, linktype: LINKTYPE };
    writer.write_all(header.as_bytes())
}

/// Writes one datagram; `at` is the time since 1970.
pub(super) fn write(writer: &mut dyn Write, at: Duration, packet: &Packet<&[u8]>) -> io::Result<()> {
    let narrow = |number: u32| U16::new(u16::try_from(number).unwrap_or_default());
    let cooked = Cooked {
        direction: narrow(match packet.direction {
            Direction::Sent => PACKET_OUTGOING,
            Direction::Received => PACKET_HOST,
        }),
        hardware: narrow(ARPHRD_NETLINK),
        address_length: U16::ZERO,
        address: U64::new(packet.socket),
        protocol: narrow(packet.protocol),
    };
    let length = u32::try_from(size_of::<Cooked>() + packet.datagram.len()).map_err(io::Error::other)?;
    let record = RecordHeader {
        // Until 2106, which is the format's own limit.
        seconds: u32::try_from(at.as_secs()).unwrap_or(u32::MAX),
        nanoseconds: at.subsec_nanos(),
        captured: length,
        full: length,
    };
    for part in [record.as_bytes(), cooked.as_bytes(), packet.datagram] {
        writer.write_all(part)?;
    }
    Ok(())
}

/// Reads a whole file; datagrams of other link types than ours are an error.
#[cfg(any(test, feature = "testing"))]
pub(crate) fn read(file: &[u8]) -> io::Result<Vec<Packet<Vec<u8>>>> {
    let wrong = |what| io::Error::new(io::ErrorKind::InvalidData, what);
    let (header, mut rest) = FileHeader::read_from_prefix(file).map_err(|_| wrong("no capture: it is too short"))?;
    if (header.magic, header.linktype) != (MAGIC, LINKTYPE) {
        return Err(wrong("no capture of netlink with nanoseconds in this machine's byte order"));
    }
    let mut packets = Vec::new();
    while !rest.is_empty() {
        let cut = |_| wrong("the capture ends in the middle of a datagram");
        let (record, behind) = RecordHeader::read_from_prefix(rest).map_err(|_| cut(()))?;
        let length = usize::try_from(record.captured).unwrap_or(usize::MAX);
        let (packet, behind) = behind.split_at_checked(length).ok_or_else(|| cut(()))?;
        let (cooked, datagram) = Cooked::read_from_prefix(packet).map_err(|_| cut(()))?;
        rest = behind;
        packets.push(Packet {
            direction: match u32::from(cooked.direction.get()) {
                PACKET_OUTGOING => Direction::Sent,
                _ => Direction::Received,
            },
            socket: cooked.address.get(),
            protocol: cooked.protocol.get().into(),
            datagram: datagram.to_vec(),
        });
    }
    Ok(packets)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file() -> Vec<u8> {
        let mut file = Vec::new();
        begin(&mut file).unwrap();
        for (direction, datagram) in [(Direction::Sent, &b"ask"[..]), (Direction::Received, b"answer")] {
            let packet = Packet { direction, socket: 7, protocol: 16, datagram };
            write(&mut file, Duration::from_millis(1500), &packet).unwrap();
        }
        file
    }

    #[test]
    fn what_is_written_reads_back() {
        let packets = read(&file()).unwrap();
        let datagrams: Vec<_> = packets.iter().map(|packet| (packet.direction, &packet.datagram[..])).collect();
        assert_eq!(datagrams, [(Direction::Sent, &b"ask"[..]), (Direction::Received, b"answer")]);
        assert_eq!((packets[1].socket, packets[1].protocol), (7, 16));
    }

    #[test]
    fn the_cooked_header_is_as_tcpdump_describes_it() {
        let file = file();
        let cooked = file.get(24 + 16..24 + 16 + 16).unwrap();
        assert_eq!(cooked, [0, 4, 3, 0x38, 0, 0, 0, 0, 0, 0, 0, 0, 0, 7, 0, 16]);
    }

    #[test]
    fn a_file_cut_anywhere_is_an_error_and_no_panic() {
        let file = file();
        let whole = [24, 24 + 16 + 16 + 3, file.len()];
        for length in 0..=file.len() {
            assert_eq!(read(&file[..length]).is_ok(), whole.contains(&length), "{length}");
        }
    }
}
