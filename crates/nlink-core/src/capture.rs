//! Tests against bytes that another tool made: [`capture!`], and against the words it takes: [`words!`], [`refused!`].
//!
//! Reader and writer of our own agree with each other even when both are wrong, so each kind and message has at least
//! one capture of what the reference tool sent or the kernel answered. Only for tests (feature `testing`).
//!
//! ```
//! # #[cfg(target_endian = "little")] {
//! use nlink_core::wire::UnknownAttrs;
//! #[derive(nlink_core::Attributes, Clone, Debug, Default, PartialEq)]
//! struct Queue {
//!     #[attr(nlink_uapi::pkt_sched::TCA_PIE_LIMIT)]
//!     limit: Option<u32>,
//!     #[attr(unknown)]
//!     unknown: UnknownAttrs,
//! }
//! nlink_core::capture!(Queue { limit: Some(1000), ..Queue::default() } == "0800 0200 e8030000");
//! # }
//! ```
//!
//! [`capture!`]: macro@crate::capture
//! [`words!`]: macro@crate::words
//! [`refused!`]: crate::refused

use std::fmt::{Debug, Write};

use crate::wire::{AttrTable, Attributes, Attrs, Codec, Shape, Writer};
use crate::words::Params;

/// Checks a value against captured bytes both ways: the bytes parse to it, and it is written as these bytes.
///
/// The bytes are compared as trees of attributes: the order inside a nest and the mark of a nest (`NLA_F_NESTED`) do
/// not count. They are hexadecimal, spaced as you like, and little-endian: on other machines the check is left out.
#[macro_export]
macro_rules! capture {
    (@value [$($value:tt)+] == $hex:literal) => {
        if cfg!(target_endian = "little") {
            $crate::capture::check(&$($value)+, $hex);
        }
    };
    (@value [$($value:tt)*] $next:tt $($rest:tt)+) => { $crate::capture!(@value [$($value)* $next] $($rest)+) };
    ($($rest:tt)+) => { $crate::capture!(@value [] $($rest)+) };
}

/// Checks that words parse to a value that gives the same words back.
#[macro_export]
macro_rules! words {
    ($ty:ty: $words:expr) => {
        $crate::capture::check_words::<$ty>($words)
    };
}

/// Checks that words are refused, and with which sentence.
#[macro_export]
macro_rules! refused {
    ($ty:ty: $words:expr => $sentence:expr) => {
        $crate::capture::check_refused::<$ty>($words, $sentence)
    };
}

/// What [`capture!`](crate::capture!) does.
///
/// # Panics
/// When the bytes and the value differ.
#[allow(clippy::panic)] // a test's check
#[track_caller]
pub fn check<T: Attributes + Codec + PartialEq + Debug>(value: &T, hex: &str) {
    let bytes = from_hex(hex);
    let decoded = match T::decode(&bytes) {
        Ok(decoded) => decoded,
        Err(error) => panic!("the captured bytes do not parse: {error}"),
    };
    let mut writer = Writer::new();
    value.encode(&mut writer);
    let emitted = match writer.finish_named(&T::TABLE) {
        Ok(emitted) => emitted,
        Err(error) => panic!("the value cannot be written: {error}"),
    };
    let captured = lines(&bytes, &T::TABLE);
    let ours = lines(&emitted, &T::TABLE);
    assert!(captured == ours, "- captured, + ours:\n{}", diff(&captured, &ours));
    assert!(decoded == *value, "the captured bytes parse to another value:\n{decoded:#?}\ninstead of\n{value:#?}");
}

/// What [`words!`](crate::words!) does.
///
/// # Panics
/// When the words are refused, or other words come back.
#[allow(clippy::panic)] // a test's check
#[track_caller]
pub fn check_words<T: Params + Default>(words: &str) {
    let given: Vec<&str> = words.split_whitespace().collect();
    match T::parse_params(&given) {
        Ok(value) => assert_eq!(value.to_params(), given),
        Err(error) => panic!("{error}"),
    }
}

/// What [`refused!`](crate::refused!) does.
///
/// # Panics
/// When the words are taken, or refused with another sentence.
#[allow(clippy::panic)] // a test's check
#[track_caller]
pub fn check_refused<T: Params + Default + Debug>(words: &str, sentence: &str) {
    let given: Vec<&str> = words.split_whitespace().collect();
    match T::parse_params(&given) {
        Ok(value) => panic!("{words:?} is taken for {value:?}"),
        Err(error) => assert_eq!(error.to_string(), sentence),
    }
}

/// Bytes from hexadecimal digits, spaces left out.
#[allow(clippy::panic)] // a test's helper
#[track_caller]
fn from_hex(hex: &str) -> Vec<u8> {
    let digits: String = hex.split_whitespace().collect();
    let pairs = digits.as_bytes().chunks(2).map(|pair| std::str::from_utf8(pair).unwrap_or_default());
    pairs
        .map(|pair| u8::from_str_radix(pair, 16).ok().filter(|_| pair.len() == 2))
        .collect::<Option<_>>()
        .unwrap_or_else(|| panic!("no pairs of hexadecimal digits: {hex:?}"))
}

/// The tree as lines, attributes of a nest sorted: equal trees have equal lines.
fn lines(bytes: &[u8], table: &AttrTable) -> Vec<String> {
    let mut out = Vec::new();
    let (header, attrs) = bytes.split_at_checked(table.header).unwrap_or((bytes, &[]));
    push_bytes(header, 0, &mut out);
    push_attrs(attrs, Some(table), 0, &mut out);
    out
}

fn push_attrs(bytes: &[u8], table: Option<&AttrTable>, depth: usize, out: &mut Vec<String>) {
    let mut attrs: Vec<Vec<String>> = Vec::new();
    for attr in Attrs::new(bytes) {
        let Ok(attr) = attr else {
            attrs.push(vec![format!("{:1$}(what follows is no attribute)", "", depth * 2)]);
            break;
        };
        let entry = table.and_then(|table| table.entry(attr.kind()));
        let name = entry.map_or_else(|| format!("attribute {}", attr.kind()), |entry| entry.name.to_owned());
        let mut lines = vec![format!("{:1$}{name} ({2} bytes)", "", depth * 2, attr.payload().len())];
        let shape = entry.map(|entry| match entry.shape {
            Shape::ByKind(sibling, table_of) => {
                let kind = Attrs::new(bytes).flatten().find(|attr| attr.kind() == sibling);
                kind.and_then(|kind| table_of(kind.payload())).map_or(Shape::Bytes, Shape::Nest)
            }
            shape => shape,
        });
        push_payload(attr.payload(), shape, depth + 1, &mut lines);
        attrs.push(lines);
    }
    attrs.sort();
    out.extend(attrs.into_iter().flatten());
}

fn push_payload(payload: &[u8], shape: Option<Shape>, depth: usize, out: &mut Vec<String>) {
    match shape {
        Some(Shape::Nest(table)) => {
            let (header, attrs) = payload.split_at_checked(table.header).unwrap_or((payload, &[]));
            push_bytes(header, depth, out);
            push_attrs(attrs, Some(table), depth, out);
        }
        Some(Shape::Inside(_, inner) | Shape::Indexed(inner)) => {
            // the order is the value here, the numbers are not: tools count from 0 or from 1
            for element in Attrs::new(payload).map_while(Result::ok) {
                out.push(format!("{:1$}element", "", depth * 2));
                push_payload(element.payload(), Some(*inner), depth + 1, out);
            }
        }
        _ => push_bytes(payload, depth, out),
    }
}

/// Four bytes a line.
fn push_bytes(bytes: &[u8], depth: usize, out: &mut Vec<String>) {
    for chunk in bytes.chunks(4) {
        let mut line = " ".repeat(depth * 2);
        for byte in chunk {
            let _ = write!(line, "{byte:02x} ");
        }
        out.push(line.trim_end().to_owned());
    }
}

/// Both sides line by line, what they have in common at the start and the end unmarked.
fn diff(captured: &[String], ours: &[String]) -> String {
    let same = |(one, other): &(&String, &String)| one == other;
    let head = captured.iter().zip(ours).take_while(same).count();
    let rest = captured.len().min(ours.len()) - head;
    let tail = captured.iter().rev().zip(ours.iter().rev()).take(rest).take_while(same).count();
    let mut out = String::new();
    let mut section = |mark: &str, lines: &[String], skip: usize, take: usize| {
        for line in lines.iter().skip(skip).take(take) {
            let _ = writeln!(out, "{mark} {line}");
        }
    };
    section(" ", captured, 0, head);
    section("-", captured, head, captured.len() - head - tail);
    section("+", ours, head, ours.len() - head - tail);
    section(" ", captured, captured.len() - tail, tail);
    out
}

#[cfg(all(test, target_endian = "little"))]
mod tests {
    use super::*;
    use crate::wire::UnknownAttrs;

    #[derive(crate::Attributes, Clone, Debug, Default, PartialEq)]
    struct Outer {
        #[attr(nlink_uapi::if_link::IFLA_MTU)]
        mtu: Option<u32>,
        #[attr(nlink_uapi::if_link::IFLA_LINKINFO)]
        inner: Option<Inner>,
        #[attr(unknown)]
        unknown: UnknownAttrs,
    }

    #[derive(crate::Attributes, Clone, Debug, Default, PartialEq)]
    struct Inner {
        #[attr(nlink_uapi::if_link::IFLA_INFO_KIND)]
        kind: Option<String>,
    }

    fn sample() -> Outer {
        Outer { mtu: Some(1400), inner: Some(Inner { kind: Some("ifb".into()) }), unknown: UnknownAttrs::default() }
    }

    #[test]
    fn order_and_the_mark_of_a_nest_do_not_count() {
        crate::capture!(sample() == "0c00 1200 0800 0100 69666200  0800 0400 78050000");
        crate::capture!(sample() == "0800 0400 78050000  0c00 1280 0800 0100 69666200");
    }

    #[test]
    fn a_mismatch_names_attributes_and_marks_lines() {
        let ours = lines(&from_hex("0800 0400 78050000  0c00 1280 0800 0100 69666200"), &Outer::TABLE);
        let captured = lines(&from_hex("0800 0400 79050000  0c00 1280 0800 0100 69666200"), &Outer::TABLE);
        assert!(diff(&captured, &ours).starts_with("  IFLA_LINKINFO (8 bytes)\n    IFLA_INFO_KIND (4 bytes)\n"));
        assert!(diff(&captured, &ours).contains("-   79 05 00 00\n+   78 05 00 00\n"), "{}", diff(&captured, &ours));
    }
}
