//! Whatever bytes come, nothing panics; and what was read is written and read again the same.

use nlink_core::show::{Format, Options, Sink};
use nlink_core::wire::{Message, Writer};
use nlink_diag::show::{Listed, View};
use nlink_diag::{MptcpSocket, NetlinkSocket, PacketSocket, RawSocket, TcpSocket, UdpSocket, UnixSocket};
use proptest::collection::vec;
use proptest::prelude::*;

fn shown(socket: &impl Listed) {
    let view = View {
        timers: true,
        details: true,
        memory: true,
        info: true,
        tos: true,
        options: true,
        filters: true,
        ..View::default()
    };
    let _ = socket.row(&view);
    for format in [Format::Text, Format::Json] {
        let options = Options::default();
        let mut sink = Sink::new(format, &options);
        sink.item(|sink| socket.show_more(&view, sink));
        let _ = sink.finish();
    }
}

fn again<T: Message + Clone + PartialEq + Listed>(header: &[u8], attributes: &[u8]) -> Result<(), TestCaseError> {
    let bytes = [header, attributes].concat();
    let Ok(socket) = T::decode(&bytes) else { return Ok(()) };
    shown(&socket);
    let mut writer = Writer::new();
    socket.emit(&mut writer);
    if let Ok(written) = writer.finish() {
        prop_assert_eq!(&T::decode(&written).map_err(|error| TestCaseError::fail(error.to_string()))?, &socket);
    }
    Ok(())
}

fn attributes() -> impl Strategy<Value = Vec<u8>> {
    let lengths = prop_oneof![Just(1usize), Just(2), Just(4), Just(8), Just(16), Just(20), Just(36), 0usize..300];
    let payload = (lengths, any::<u8>()).prop_map(|(length, byte)| vec![byte; length]);
    vec((0u16..24, payload), 0..8).prop_map(|attributes| {
        let mut writer = Writer::new();
        for (kind, bytes) in attributes {
            writer.attr(kind, |payload| payload.bytes(&bytes));
        }
        writer.finish().unwrap_or_default()
    })
}

proptest! {
    #[test]
    fn any_bytes_parse_or_fail_cleanly(bytes in vec(any::<u8>(), 0..300)) {
        let _ = TcpSocket::decode(&bytes);
        let _ = UnixSocket::decode(&bytes);
        let _ = NetlinkSocket::decode(&bytes);
        let _ = PacketSocket::decode(&bytes);
    }

    #[test]
    fn what_is_read_is_shown_and_written_and_read_again_the_same(
        header in vec(any::<u8>(), 72), attributes in attributes(),
    ) {
        again::<TcpSocket>(&header, &attributes)?;
        again::<UdpSocket>(&header, &attributes)?;
        again::<RawSocket>(&header, &attributes)?;
        again::<MptcpSocket>(&header, &attributes)?;
        again::<UnixSocket>(&header[..16], &attributes)?;
        again::<NetlinkSocket>(&header[..28], &attributes)?;
        again::<PacketSocket>(&header[..16], &attributes)?;
    }
}
