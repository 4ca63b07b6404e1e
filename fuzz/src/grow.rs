//! Messages grown from a table of attributes: sound enough to be read to the last field, which bytes by chance never
//! are. Choices come from the input, wrong widths among them.

use nlink_core::wire::{AttrEntry, AttrTable, Shape, Writer};
use nlink_route::link::{LinkKind, SlaveKind};

use crate::input::Input;

/// How deep nests go.
const DEEPEST: usize = 8;

/// A message, or a nest with a header: the header, then attributes.
pub fn grow(table: &AttrTable, input: &mut Input<'_>) -> Vec<u8> {
    let mut writer = Writer::new();
    body(table, 0, input, DEEPEST, &mut writer);
    writer.finish().unwrap_or_default()
}

/// `family` is that of the message around; one with a header has its own.
fn body(table: &AttrTable, family: u8, input: &mut Input<'_>, depth: usize, writer: &mut Writer) {
    let header = input.fill(table.header);
    writer.bytes(&header);
    writer.align();
    attributes(table, header.first().copied().unwrap_or(family), input, depth, writer);
}

fn attributes(table: &AttrTable, family: u8, input: &mut Input<'_>, depth: usize, writer: &mut Writer) {
    for _ in 0..input.below(16) {
        if input.is_empty() || depth == 0 {
            return;
        }
        match table.entries.get(input.below(table.entries.len() + 1)) {
            Some(entry) => attribute(entry, family, input, depth - 1, writer),
            None => {
                let kind = input.short();
                writer.attr(kind, |payload| payload.bytes(input.chunk()));
            }
        }
    }
}

fn attribute(entry: &AttrEntry, family: u8, input: &mut Input<'_>, depth: usize, writer: &mut Writer) {
    let mut shape = entry.shape;
    if input.byte() == u8::MAX {
        shape = Shape::Bytes;
    } else if let Shape::ByKind(sibling, table_of) = shape {
        let kinds = || LinkKind::KINDS.iter().chain(SlaveKind::KINDS);
        let name = kinds().nth(input.below(kinds().count())).map_or("", |kind| kind.name);
        writer.attr(sibling, |payload| payload.bytes(name.as_bytes()));
        shape = table_of(name.as_bytes()).map_or(Shape::Bytes, Shape::Nest);
    }
    writer.attr(entry.kind, |writer| payload(&shape, family, input, depth, writer));
}

fn payload(shape: &Shape, family: u8, input: &mut Input<'_>, depth: usize, writer: &mut Writer) {
    match *shape {
        Shape::Flag => {}
        Shape::Native(width) | Shape::Network(width) => writer.bytes(&input.fill(width.into())),
        Shape::Uint => {
            let width = [4, 8][input.below(2)];
            writer.bytes(&input.fill(width));
        }
        Shape::Text => writer.bytes(input.chunk()),
        Shape::Struct(size) => {
            let width = match input.byte() {
                0..224 => size,
                // an older kernel's, a newer one's
                shorter_or_longer => (size + usize::from(shorter_or_longer)).saturating_sub(240),
            };
            writer.bytes(&input.fill(width));
        }
        Shape::Packed(inner) => (0..input.below(8)).for_each(|_| payload(inner, family, input, depth, writer)),
        Shape::Nest(table) => body(table, family, input, depth, writer),
        Shape::Inside(kind, inner) => {
            (0..input.below(8)).for_each(|_| writer.attr(kind, |writer| payload(inner, family, input, depth, writer)));
        }
        Shape::Indexed(inner) => {
            for number in 0..input.short() % 8 {
                writer.attr(number, |writer| payload(inner, family, input, depth, writer));
            }
        }
        Shape::Records(_, table) => {
            (0..input.below(8)).for_each(|_| writer.record(|writer| body(table, family, input, depth, writer)));
        }
        Shape::ByFamily(table_of) => match table_of(family) {
            Some(table) => body(table, family, input, depth, writer),
            None => writer.bytes(input.chunk()),
        },
        // addresses of some family, or anything
        _ => match input.byte() {
            width @ (4 | 6 | 16 | 20) => writer.bytes(&input.fill(width.into())),
            width => writer.bytes(input.take(width.into())),
        },
    }
}
