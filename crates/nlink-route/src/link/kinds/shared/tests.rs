//! What holds for every kind: any bytes are safe, every word is known, what is written reads the same.

use nlink_core::show::{Format, Options, Show, Sink};
use nlink_core::wire::{Attributes, KindUnion, Message, Writer};
use nlink_core::words::Words;
use proptest::prelude::*;

use crate::link::{Link, LinkKind, SlaveKind};

/// Bytes from hexadecimal digits.
pub(crate) fn bytes(hex: &str) -> Vec<u8> {
    let digits: Vec<char> = hex.split_whitespace().flat_map(str::chars).collect();
    digits.chunks(2).map(|pair| u8::from_str_radix(&pair.iter().collect::<String>(), 16).unwrap()).collect()
}

/// What `ip -d` prints of a kind's options.
pub(crate) fn text(kind: &impl Show) -> String {
    Sink::render(kind, Format::Text, &options())
}

/// What `ip -j -d` prints of a kind's options.
pub(crate) fn json(kind: &impl Show) -> String {
    Sink::render(kind, Format::Json, &options())
}

fn options() -> Options {
    let mut options = Options { details: true, ..Options::default() };
    options.names.interfaces = [(3, "eth0".to_owned()), (4, "eth1".to_owned())].into();
    options
}

/// Attributes that are sound by themselves, their values by chance of the width that the kind wants.
fn likely_data(numbers: Vec<u16>) -> impl Strategy<Value = Vec<u8>> {
    let width = prop_oneof![Just(0), Just(1), Just(2), Just(4), Just(6), Just(8), Just(12), Just(16), 0..40usize];
    let payload = width.prop_flat_map(|width| prop::collection::vec(any::<u8>(), width));
    let attr = (prop::sample::select(numbers), payload);
    prop::collection::vec(attr, 0..12).prop_map(|attrs| {
        let mut writer = Writer::new();
        for (number, payload) in attrs {
            writer.attr(number, |writer| writer.bytes(&payload));
        }
        writer.finish().unwrap()
    })
}

/// Decodes, writes, decodes again: the same value and the same output, or an error at the first.
fn stable<K: KindUnion + PartialEq + std::fmt::Debug + Show>(kind: &str, data: &[u8]) {
    let Ok(value) = K::decode(kind, Some(data)) else { return };
    let mut writer = Writer::new();
    value.emit_data(1, &mut writer);
    let emitted = writer.finish().unwrap();
    let again = K::decode(kind, emitted.get(4..)).unwrap();
    assert_eq!(again, value);
    text(&value);
    json(&value);
}

macro_rules! for_every_kind {
    ($name:ident, $kinds:ty) => {
        mod $name {
            use super::*;

            proptest! {
                #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

                #[test]
                fn any_bytes_are_a_value_or_an_error(data in prop::collection::vec(any::<u8>(), 0..200)) {
                    for kind in <$kinds>::KINDS {
                        stable::<$kinds>(kind.name, &data);
                    }
                }

                #[test]
                fn what_is_written_reads_the_same(
                    (index, data) in (0..<$kinds>::KINDS.len()).prop_flat_map(|index| {
                        let entries = <$kinds>::KINDS[index].table.entries;
                        let numbers = entries.iter().map(|entry| entry.kind).chain([999]).collect();
                        (Just(index), likely_data(numbers))
                    }),
                ) {
                    stable::<$kinds>(<$kinds>::KINDS[index].name, &data);
                }
            }

            #[test]
            fn every_word_of_the_usage_is_known() {
                for kind in <$kinds>::KINDS {
                    let words = kind.usage.iter().flat_map(|entry| entry.words());
                    for word in words {
                        let taken = <$kinds>::named(kind.name).accept(word, &mut Words::new(<[&str; 0]>::default()));
                        assert!(!matches!(taken, Ok(false)), "{}: {word}", kind.name);
                    }
                    let mut none = <$kinds>::named(kind.name);
                    assert_eq!(none.accept("no such word", &mut Words::new(["1"])), Ok(false), "{}", kind.name);
                }
            }

            #[test]
            fn a_kind_without_options_has_no_words_and_no_output() {
                for kind in <$kinds>::KINDS {
                    let value = <$kinds>::named(kind.name);
                    assert_eq!(value.to_params(), [""; 0], "{}", kind.name);
                    assert_eq!((text(&value).as_str(), json(&value).as_str()), ("", "{}"), "{}", kind.name);
                    assert_eq!(value.name(), kind.name);
                }
            }
        }
    };
}

for_every_kind!(links, LinkKind);
for_every_kind!(slaves, SlaveKind);

#[test]
fn a_kind_that_no_table_has_is_kept() {
    let tun = LinkKind::decode("tun", Some(&[1, 2, 3])).unwrap();
    let mut writer = Writer::new();
    tun.emit_data(2, &mut writer);
    assert_eq!(writer.finish().unwrap()[4..], [1, 2, 3, 0]);
    assert_eq!(tun.name(), "tun");
}

#[test]
fn a_kind_with_a_nul_in_its_name_is_an_error() {
    let link = Link::new("a").kind(LinkKind::named("b\0c"));
    let mut writer = Writer::new();
    link.emit(&mut writer);
    let error = writer.finish_named(&Link::TABLE).unwrap_err();
    assert_eq!(error.to_string(), "IFLA_LINKINFO / IFLA_INFO_KIND: \"b\\0c\" has a NUL inside");
}

#[test]
fn the_tables_name_the_kernels_attributes() {
    assert_eq!(
        crate::link::kinds::Vxlan::TABLE.name(nlink_core::wire::attr_id(nlink_uapi::if_link::IFLA_VXLAN_GROUP6)),
        Some("IFLA_VXLAN_GROUP6")
    );
}
