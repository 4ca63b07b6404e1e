//! What it takes to read back an item of which only the bytes were kept.

use super::names::Names;
use crate::interface::Interface;
use crate::object::{Object, Protocol};
use crate::wire::{AttrTable, MessageHeader, WireError, Writer};
use zerocopy::FromBytes;

/// How items of one type and verb were written. There is one in the program for each, and an item points to it.
#[derive(Debug)]
pub(super) struct Written {
    /// The word for it in errors: `add`.
    pub(super) verb: &'static str,
    /// The object's attributes.
    pub(super) table: &'static AttrTable,
    /// Bytes of the protocol's own headers.
    pub(super) prefix: usize,
    describe: Describe,
    resolve: Resolve,
}

type Describe = fn(&[u8], &Names) -> String;
type Resolve = fn(&[u8], &Names, &[Option<u32>], &mut Vec<u8>) -> Result<(), Unwritable>;

/// Why an item cannot be sent.
#[derive(Debug)]
pub(super) enum Unwritable {
    /// There is no interface of that name.
    NoInterface(Box<str>),
    /// Its bytes cannot be read or written.
    Invalid(WireError),
}

impl Written {
    pub(super) const fn of<T: Object>(verb: &'static str) -> Self {
        let (table, prefix) = (&T::TABLE, T::Protocol::PREFIX);
        Self { verb, table, prefix, describe: describe::<T>, resolve: resolve::<T> }
    }

    /// The item in words, with the names that it had.
    pub(super) fn describe(&self, message: &[u8], names: &Names) -> String {
        (self.describe)(message, names)
    }

    /// Appends the item to `messages` with indexes in the places of names.
    pub(super) fn resolve(
        &self,
        message: &[u8],
        names: &Names,
        found: &[Option<u32>],
        messages: &mut Vec<u8>,
    ) -> Result<(), Unwritable> {
        (self.resolve)(message, names, found, messages)
    }
}

fn describe<T: Object>(message: &[u8], names: &Names) -> String {
    let body = message.get(MessageHeader::SIZE.saturating_add(T::Protocol::PREFIX)..).unwrap_or_default();
    match T::decode(body) {
        Ok(mut object) => {
            names.show(&mut |visit| object.visit_interfaces(visit));
            object.describe()
        }
        // An object that does not read what it wrote is at fault, but errors are not the place to say so.
        Err(_) => T::NAME.to_owned(),
    }
}

fn resolve<T: Object>(
    message: &[u8],
    names: &Names,
    found: &[Option<u32>],
    messages: &mut Vec<u8>,
) -> Result<(), Unwritable> {
    let (header, rest) = MessageHeader::read_from_prefix(message).unwrap_or_default();
    let (before, body) = rest.split_at_checked(T::Protocol::PREFIX).unwrap_or_default();
    let mut object = T::decode(body).map_err(Unwritable::Invalid)?;
    let mut visit = |visit: &mut dyn FnMut(&mut Interface)| object.visit_interfaces(visit);
    names.resolve(found, &mut visit).map_err(Unwritable::NoInterface)?;
    let start = messages.len();
    let mut writer = Writer::append_to(std::mem::take(messages));
    writer.message(header, |message| {
        message.bytes(before);
        object.emit(message);
    });
    let (written, error) = writer.into_parts(const { &T::TABLE });
    *messages = written;
    if let Some(error) = error {
        messages.truncate(start);
        return Err(Unwritable::Invalid(error));
    }
    Ok(())
}
