//! Messages of the kernel with what the reference `ip` prints for them (`captures.tsv`), and helpers of the tests.

use nlink_core::Interface;
use nlink_core::show::{Format, Names, Options, Show, Sink};
use nlink_core::wire::{Message, Writer};

/// A message and its three texts.
pub(crate) struct Row {
    pub(crate) body: Vec<u8>,
    pub(crate) texts: [String; 3],
}

/// Bytes from hexadecimal digits.
pub(crate) fn bytes(hex: &str) -> Vec<u8> {
    let digits: Vec<u8> = hex.bytes().filter(|byte| !byte.is_ascii_whitespace()).collect();
    let pair = |pair: &[u8]| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap();
    digits.chunks(2).map(pair).collect()
}

/// The rows of a file, and the names of its interfaces.
pub(crate) fn rows(file: &str) -> (Names, Vec<Row>) {
    let mut names = Names::default();
    for table in crate::names::TABLES {
        names.tables.insert(table, crate::names::read(table));
    }
    let mut rows = Vec::new();
    for line in file.lines().filter(|line| !line.starts_with('#')) {
        let cells: Vec<&str> = line.split('\t').collect();
        match cells[..] {
            ["N", index, name] => {
                names.interfaces.insert(index.parse().unwrap(), name.into());
            }
            [hex, a, b, c] => rows.push(Row { body: bytes(hex), texts: [a, b, c].map(unescape) }),
            _ => panic!("{line}"),
        }
    }
    (names, rows)
}

fn unescape(text: &str) -> String {
    text.replace("\\\\", "\0").replace("\\n", "\n").replace("\\t", "\t").replace('\0', "\\")
}

/// What an item looks like.
pub(crate) fn shown(item: &impl Show, format: Format, options: Options) -> String {
    Sink::render(item, format, &options)
}

/// The message with names of interfaces resolved as in the captures.
pub(crate) fn resolved<T: Message>(mut message: T) -> T {
    message.visit_interfaces(&mut |interface| {
        if let Interface::Name(name) = interface {
            *interface = match &**name {
                "d0" => 23.into(),
                "d1" => 24.into(),
                "d2" => 25.into(),
                name => panic!("{name}"),
            };
        }
    });
    message
}

/// What the message writes.
pub(crate) fn emitted<T: Message>(message: &T) -> Vec<u8> {
    let mut writer = Writer::new();
    message.emit(&mut writer);
    writer.finish_named(&T::TABLE).unwrap()
}

/// Whether two sets of words say the same: for refusals, the sentence.
pub(crate) fn words(text: &str) -> Vec<&str> {
    text.split_whitespace().collect()
}
