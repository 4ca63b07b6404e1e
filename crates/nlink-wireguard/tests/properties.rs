//! Whatever bytes come, nothing panics; and what was read is written and read again the same.

use nlink_core::object::{Dump, Object};
use nlink_core::wire::{Message, Writer};
use nlink_wireguard::Device;
use proptest::collection::vec;
use proptest::prelude::*;

/// Attributes whose lengths are right, with numbers that exist mostly: deeper than any bytes would get.
fn attributes(depth: u32) -> BoxedStrategy<Vec<u8>> {
    let payload = prop_oneof![vec(any::<u8>(), 0..40), Just(vec![7; 32]), Just(vec![2, 0, 0, 1, 1, 2, 3, 4])];
    let payload = match depth {
        0 => payload.boxed(),
        _ => prop_oneof![payload, attributes(depth - 1)].boxed(),
    };
    vec((0u16..12, payload), 0..6)
        .prop_map(|attrs| {
            let mut writer = Writer::new();
            for (kind, bytes) in attrs {
                writer.attr(kind, |payload| payload.bytes(&bytes));
            }
            writer.finish().unwrap_or_default()
        })
        .boxed()
}

proptest! {
    #[test]
    fn any_bytes_parse_or_fail_cleanly(bytes in vec(any::<u8>(), 0..200)) {
        let _ = Device::decode(&bytes);
    }

    #[test]
    fn what_is_read_is_written_and_read_again_the_same(bytes in attributes(4), more in attributes(4)) {
        if let Ok(device) = Device::decode(&bytes) {
            let mut writer = Writer::new();
            device.emit(&mut writer);
            if let Ok(written) = writer.finish() {
                let mut again = Device::decode(&written).unwrap();
                // Of index and name only one is sent.
                again.device.clone_from(&device.device);
                prop_assert_eq!(&again, &device);
            }
            let mut joined = device.clone();
            if let Ok(more) = Device::decode(&more) {
                let _ = joined.join(more);
            }
            prop_assert!(joined.split_off().is_none());
        }
    }
}
