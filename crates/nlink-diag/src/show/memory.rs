//! `skmem:(…)`.

use nlink_core::show::Sink;
use nlink_core::wire::Tailed;

use crate::SocketMemory;

/// Shows memory, with those numbers that the kernel has.
pub(super) fn show(memory: &Tailed<SocketMemory>, sink: &mut Sink<'_>) {
    let numbers = [
        ("r", "received", memory.received),
        ("rb", "receive_buffer", memory.receive_buffer),
        ("t", "sent", memory.sent),
        ("tb", "send_buffer", memory.send_buffer),
        ("f", "forward", memory.forward),
        ("w", "queued", memory.queued),
        ("o", "options", memory.options),
        ("bl", "backlog", memory.backlog),
        ("d", "drops", memory.drops),
    ];
    // The first seven have always been there.
    let known = (memory.len() / size_of::<u32>()).max(7);
    sink.text(format_args!(" skmem:("));
    sink.object("skmem", |sink| {
        for (at, (short, key, value)) in numbers.into_iter().take(known).enumerate() {
            let comma = if at == 0 { "" } else { "," };
            sink.put(key, value, format_args!("{comma}{short}{value}"));
        }
    });
    sink.text(format_args!(")"));
}
