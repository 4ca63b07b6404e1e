//! The attributes of a message as a table: their names, numbers and forms. Extended acks turn an offset into a path
//! of names with it, and the audits compare it with the kernel's specifications.

use std::fmt;

use super::attr::align4;
use super::{Attrs, codec};

/// What an attribute's payload looks like.
#[derive(Clone, Copy)]
#[non_exhaustive]
pub enum Shape {
    /// No payload: presence is the value.
    Flag,
    /// A number of that many bytes, native order.
    Native(u8),
    /// A number of that many bytes, network order.
    Network(u8),
    /// A number of four bytes or of eight, native order.
    Uint,
    /// Text, ended by NUL or by the attribute.
    Text,
    /// Bytes of any length: addresses, keys, unparsed data.
    Bytes,
    /// A fixed struct of that many bytes, maybe shorter or longer on other kernels.
    Struct(usize),
    /// Numbers or structs side by side.
    Packed(&'static Shape),
    /// Attributes.
    Nest(&'static AttrTable),
    /// A nest that holds one attribute, again and again.
    Inside(u16, &'static Shape),
    /// A nest that holds values of one form under running numbers.
    Indexed(&'static Shape),
    /// Records that each start with their own length, then a fixed header of so many bytes, then attributes.
    Records(usize, &'static AttrTable),
    /// A nest whose form hangs on the text in a sibling attribute of that number.
    ByKind(u16, fn(&[u8]) -> Option<&'static AttrTable>),
    /// A nest whose form hangs on the address family in the message's header.
    ByFamily(fn(u8) -> Option<&'static AttrTable>),
}

impl Shape {
    /// The table of the attributes within, where that is one.
    pub fn nest(&self) -> Option<&'static AttrTable> {
        match self {
            Shape::Nest(table) | Shape::Records(_, table) => Some(table),
            Shape::Inside(_, inner) | Shape::Indexed(inner) => inner.nest(),
            _ => None,
        }
    }
}

impl fmt::Debug for Shape {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Shape::Flag => write!(f, "flag"),
            Shape::Native(width) => write!(f, "u{}", u32::from(*width) * 8),
            Shape::Network(width) => write!(f, "be{}", u32::from(*width) * 8),
            Shape::Uint => write!(f, "uint"),
            Shape::Text => write!(f, "text"),
            Shape::Bytes => write!(f, "bytes"),
            Shape::Struct(size) => write!(f, "struct of {size} bytes"),
            Shape::Packed(inner) => write!(f, "packed {inner:?}"),
            Shape::Nest(table) => write!(f, "nest {}", table.name),
            Shape::Inside(_, inner) => write!(f, "nest of repeated {inner:?}"),
            Shape::Indexed(inner) => write!(f, "indexed {inner:?}"),
            Shape::Records(_, table) => write!(f, "records {}", table.name),
            Shape::ByKind(sibling, _) => write!(f, "nest by attribute {sibling}"),
            Shape::ByFamily(_) => write!(f, "nest by family"),
        }
    }
}

/// One attribute.
#[derive(Clone, Copy, Debug)]
pub struct AttrEntry {
    /// The kernel's name: `IFLA_MTU`.
    pub name: &'static str,
    /// Its number.
    pub kind: u16,
    /// Its payload.
    pub shape: Shape,
}

/// The attributes that a message or nest declares, in the order of declaration.
#[derive(Clone, Copy, Debug)]
pub struct AttrTable {
    /// The type it was declared with.
    pub name: &'static str,
    /// Bytes of the fixed header before the attributes.
    pub header: usize,
    /// The attributes.
    pub entries: &'static [AttrEntry],
}

impl AttrTable {
    /// No attributes.
    pub const EMPTY: AttrTable = AttrTable { name: "", header: 0, entries: &[] };

    /// These tables and those of every nest below them, each once.
    pub fn with_nests(tables: impl IntoIterator<Item = &'static AttrTable>) -> Vec<&'static AttrTable> {
        let mut all = Vec::new();
        tables.into_iter().for_each(|table| collect(table, &mut all));
        all
    }

    /// The attribute of that number.
    pub fn entry(&self, kind: u16) -> Option<&'static AttrEntry> {
        self.entries.iter().find(|entry| entry.kind == kind)
    }

    /// The kernel's name for that number.
    pub fn name(&self, kind: u16) -> Option<&'static str> {
        self.entry(kind).map(|entry| entry.name)
    }

    /// The attributes that lead to the byte at `offset` of `body`, a message as we sent it without its `nlmsghdr`.
    ///
    /// This is what an extended ack's `NLMSGERR_ATTR_OFFS` means once the size of `nlmsghdr` is taken off.
    pub fn path_at(&'static self, body: &[u8], offset: usize) -> AttrPath {
        let mut path = AttrPath::default();
        let attrs = body.get(align4(self.header)..).unwrap_or_default();
        let inside = offset.checked_sub(align4(self.header));
        if let Some(offset) = inside {
            let family = body.first().copied().unwrap_or_default();
            descend(Some(self), family, attrs, offset, &mut path);
        }
        path
    }
}

fn collect(table: &'static AttrTable, all: &mut Vec<&'static AttrTable>) {
    if all.iter().any(|known| known.name == table.name) {
        return;
    }
    all.push(table);
    table.entries.iter().filter_map(|entry| entry.shape.nest()).for_each(|nest| collect(nest, all));
}

/// Adds to `path` the attributes of `attrs` around `offset`.
fn descend(table: Option<&'static AttrTable>, family: u8, attrs: &[u8], offset: usize, path: &mut AttrPath) {
    let mut at = 0usize;
    for attr in Attrs::new(attrs).map_while(Result::ok) {
        let end = at + align4(codec::ATTR_HEADER + attr.payload().len());
        if offset >= end {
            at = end;
            continue;
        }
        let entry = table.and_then(|table| table.entry(attr.kind()));
        path.push(entry.map(|entry| entry.name), attr.kind());
        let Some(inner) = offset.checked_sub(at + codec::ATTR_HEADER) else { return };
        let Some(entry) = entry else { return };
        match entry.shape {
            Shape::Nest(table) => descend(Some(table), family, attr.payload(), inner, path),
            Shape::ByKind(sibling, table_of) => {
                let kind = Attrs::new(attrs).flatten().find(|attr| attr.kind() == sibling);
                let table = kind.and_then(|kind| table_of(kind.payload()));
                descend(table, family, attr.payload(), inner, path);
            }
            Shape::ByFamily(table_of) => descend(table_of(family), family, attr.payload(), inner, path),
            Shape::Indexed(shape) | Shape::Inside(_, shape) => {
                let mut at = 0;
                for element in attr.attrs().map_while(Result::ok) {
                    let end = at + align4(codec::ATTR_HEADER + element.payload().len());
                    if inner < end {
                        if let (Some(table), Some(offset)) = (shape.nest(), inner.checked_sub(at + codec::ATTR_HEADER))
                        {
                            descend(Some(table), family, element.payload(), offset, path);
                        }
                        return;
                    }
                    at = end;
                }
            }
            Shape::Records(header, table) => {
                let mut rest = attr.payload();
                let mut at = 0;
                while let Some(len) = codec::record_len(rest) {
                    let end = at + align4(len);
                    if inner < end {
                        let attrs = rest.get(header..len).unwrap_or_default();
                        if let Some(offset) = inner.checked_sub(at + header) {
                            descend(Some(table), family, attrs, offset, path);
                        }
                        return;
                    }
                    rest = rest.get(align4(len)..).unwrap_or_default();
                    at = end;
                }
            }
            _ => {}
        }
        return;
    }
}

/// Attributes from the outermost to the innermost: `RTA_MULTIPATH / RTA_GATEWAY`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AttrPath(Vec<(Option<&'static str>, u16)>);

impl AttrPath {
    fn push(&mut self, name: Option<&'static str>, kind: u16) {
        self.0.push((name, kind));
    }

    /// Adds an attribute by number, named by `table` where it can be.
    pub fn join(&mut self, table: Option<&'static AttrTable>, kind: u16) {
        self.push(table.and_then(|table| table.name(kind)), kind);
    }

    /// Whether the path leads to no attribute (the fault lies in the fixed header).
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The innermost attribute's number.
    pub fn last(&self) -> Option<u16> {
        self.0.last().map(|(_, kind)| *kind)
    }
}

impl fmt::Display for AttrPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (step, (name, kind)) in self.0.iter().enumerate() {
            if step > 0 {
                f.write_str(" / ")?;
            }
            match name {
                Some(name) => f.write_str(name)?,
                None => write!(f, "attribute {kind}")?,
            }
        }
        Ok(())
    }
}
