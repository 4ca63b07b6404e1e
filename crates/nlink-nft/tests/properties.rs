//! Whatever bytes come, nothing panics; and what was read is written and read again the same.

#![allow(clippy::unwrap_used)] // also in what the tests have in common

use nlink_core::wire::{Message, Writer};
use nlink_nft::{Chain, NamedObject, Rule, Set, SetElements, Table};
use proptest::collection::vec;
use proptest::prelude::*;

const NAMES: [&str; 6] = ["meta\0", "cmp\0", "lookup\0", "immediate\0", "payload\0", "quantum\0"];

/// Attributes whose lengths are right, with numbers that exist mostly: deeper than any bytes would get.
fn attributes(depth: u32) -> BoxedStrategy<Vec<u8>> {
    let name = proptest::sample::select(&NAMES[..]).prop_map(|name| name.as_bytes().to_vec());
    let payload = prop_oneof![vec(any::<u8>(), 0..12), Just(vec![0, 0, 0, 1]), Just(vec![1; 8]), name];
    let payload = match depth {
        0 => payload.boxed(),
        _ => prop_oneof![payload, attributes(depth - 1)].boxed(),
    };
    vec((0u16..14, payload), 0..6)
        .prop_map(|attrs| {
            let mut writer = Writer::new();
            for (kind, bytes) in attrs {
                writer.attr(kind, |payload| payload.bytes(&bytes));
            }
            writer.finish().unwrap_or_default()
        })
        .boxed()
}

fn again<T: Message + PartialEq>(body: &[u8]) -> Result<(), TestCaseError> {
    if let Ok(part) = T::decode(body) {
        let mut writer = Writer::new();
        part.emit(&mut writer);
        if let Ok(written) = writer.finish() {
            prop_assert_eq!(T::decode(&written).unwrap(), part);
        }
    }
    Ok(())
}

proptest! {
    #[test]
    fn any_bytes_parse_or_fail_cleanly(bytes in vec(any::<u8>(), 0..200)) {
        let _ = (Rule::decode(&bytes), Set::decode(&bytes), SetElements::decode(&bytes));
    }

    #[test]
    fn what_is_read_is_written_and_read_again_the_same(attrs in attributes(4)) {
        let body = [&[1, 0, 0, 0], attrs.as_slice()].concat();
        again::<Table>(&body)?;
        again::<Chain>(&body)?;
        again::<Rule>(&body)?;
        again::<Set>(&body)?;
        again::<SetElements>(&body)?;
        again::<NamedObject>(&body)?;
    }
}
