//! What stands behind the columns of unix, netlink and packet sockets.

use nlink_core::show::Sink;
use nlink_core::wire::OpenEnum;

use super::{View, inet, memory};
use crate::{EtherProtocol, Fanout, NetlinkSocket, PacketRing, PacketSocket, State, UnixFile, UnixSocket};

pub(super) fn unix(socket: &UnixSocket, view: &View, sink: &mut Sink<'_>) {
    if view.memory
        && let Some(memory) = &socket.memory
    {
        memory::show(memory, sink);
    }
    if !view.details {
        return;
    }
    if let Some(shutdown) = socket.shutdown {
        inet::shut(shutdown, sink);
    }
    if let Some(UnixFile { inode, device }) = socket.file {
        // The kernel's own packing, read as the C library reads its: as ss does.
        let device = u64::from(device);
        let (major, minor) = (libc::major(device), libc::minor(device));
        sink.put("file_ino", inode, format_args!(" ino:{inode} dev:{major}/{minor}"));
        sink.json("file_dev", format!("{major}/{minor}"));
    }
    if socket.header.state == State::LISTEN {
        sink.text(format_args!(" peers:"));
        sink.array("peers", |sink| {
            socket.waiting.iter().for_each(|inode| sink.element(*inode, format_args!(" {inode}")));
        });
    }
}

/// The port id of a netlink socket, with the name of the process that has it, where it is a process's number.
pub(super) fn netlink_port(port: u32, is_numeric: bool) -> String {
    match port.cast_signed() {
        -1 => "*".into(),
        port if is_numeric || port < 0 => port.to_string(),
        0 => "kernel".into(),
        port => match process(port) {
            Some(name) => format!("{name}/{port}"),
            None => port.to_string(),
        },
    }
}

/// The name of a process: in /proc/PID/stat what stands in parentheses.
fn process(id: i32) -> Option<String> {
    let stat = std::fs::read_to_string(format!("/proc/{id}/stat")).ok()?;
    let (_, rest) = stat.split_once('(')?;
    rest.split_once(')').map(|(name, _)| name.to_owned())
}

pub(super) fn netlink(socket: &NetlinkSocket, view: &View, sink: &mut Sink<'_>) {
    if view.details {
        let bytes = socket.groups.as_ref().and_then(|groups| groups.0.first_chunk::<8>().copied());
        // Of a long the low half, as ss cuts it.
        let groups = u64::from_ne_bytes(bytes.unwrap_or_default()) & u64::from(u32::MAX);
        sink.put("groups", groups, format_args!(" sk=0 cb=0 groups=0x{groups:08x}"));
    }
    if view.memory {
        sink.text(format_args!("\t"));
        if let Some(memory) = &socket.memory {
            memory::show(memory, sink);
        }
    }
}

pub(super) fn packet_protocol(protocol: EtherProtocol, view: &View) -> String {
    match protocol.name() {
        _ if protocol == EtherProtocol::ALL => "*".into(),
        Some(name) if view.services.is_some() => name.into(),
        _ => format!("[{}]", protocol.0),
    }
}

pub(super) fn packet(socket: &PacketSocket, view: &View, sink: &mut Sink<'_>) {
    if view.details {
        inet::owner(socket.uid.unwrap_or_default(), socket.header.inode, socket.header.cookie.get(), sink);
        packet_info(socket, view, sink);
        for (key, ring) in [("ring_rx", socket.receive_ring), ("ring_tx", socket.send_ring)] {
            if let Some(ring) = ring {
                show_ring(key, ring, view, sink);
            }
        }
        if let Some(fanout) = socket.fanout {
            let [id, kind] = [fanout & 0xffff, fanout >> 16];
            let kind = Fanout(u16::try_from(kind).unwrap_or_default());
            let kind = kind.name().map_or_else(|| format!("0x{:x}", kind.0), ToOwned::to_owned);
            sink.put("fanout", fanout, format_args!("{}fanout(id:{id},type:{kind})", view.line(" ")));
        }
    }
    if view.filters
        && let Some(filter) = &socket.filter
    {
        let steps = filter.0.chunks_exact(size_of::<nlink_uapi::filter::sock_filter>());
        sink.text(format_args!("{}bpf filter ({}): ", view.line(" "), steps.len()));
        sink.array("filter", |sink| steps.for_each(|step| show_step(step, sink)));
    }
    if view.memory
        && let Some(memory) = &socket.memory
    {
        memory::show(memory, sink);
    }
}

fn packet_info(socket: &PacketSocket, view: &View, sink: &mut Sink<'_>) {
    let Some(info) = socket.info else { return };
    let lead = view.line(" ");
    let (version, threshold) = (info.version, info.copy_threshold.cast_signed());
    sink.put("version", version, format_args!("{lead}ver:{version} cpy_thresh:{threshold} flags( "));
    sink.json("copy_threshold", threshold);
    sink.array("flags", |sink| {
        for name in nlink_core::wire::FlagSet::names(info.flags) {
            let space = if name == "running" { "" } else { " " };
            sink.element(name, format_args!("{space}{name}"));
        }
    });
    let none = if info.flags.0 == 0 { "0" } else { "" };
    sink.text(format_args!("{none} )"));
}

fn show_ring(key: &str, ring: PacketRing, view: &View, sink: &mut Sink<'_>) {
    let PacketRing { block_size, blocks, frame_size, frames, retire_timeout, features, .. } = ring;
    sink.text(format_args!(
        "{}{key}(blk_size:{block_size},blk_nr:{blocks},frm_size:{frame_size},frm_nr:{frames},tmo:{retire_timeout},\
         features:{features:#x})",
        view.line(" ")
    ));
    sink.object(key, |sink| {
        let numbers = [("blk_size", block_size), ("blk_nr", blocks), ("frm_size", frame_size), ("frm_nr", frames)];
        numbers.into_iter().for_each(|(key, value)| sink.json(key, value));
        sink.json("tmo", retire_timeout);
        sink.json("features", features);
    });
}

fn show_step(step: &[u8], sink: &mut Sink<'_>) {
    use zerocopy::FromBytes;
    if let Ok(step) = nlink_uapi::filter::sock_filter::read_from_bytes(step) {
        let text = format!("0x{:02x} {} {} {}", step.code, step.jt, step.jf, step.k);
        sink.element(text.as_str(), format_args!(" {text},"));
    }
}
