//! Payloads whose form hangs on something beside them: `IFLA_INFO_DATA` on `IFLA_INFO_KIND`, `TCA_OPTIONS` on
//! `TCA_KIND`, `IFLA_AF_SPEC` on the family in the message's header.

use super::{AttrTable, WireError, Writer};
use crate::interface::Interface;

/// An enum with a variant for each kind, and one for kinds that it does not know. Made by
/// [`kinds!`](crate::kinds), used by `#[attr(DATA, kind = KIND)]`: the field holds both attributes.
pub trait KindUnion: Sized {
    /// The name that stands in the kind attribute.
    fn kind(&self) -> &str;

    /// Reads the data of `kind`; `None` is a kind without any.
    fn decode(kind: &str, data: Option<&[u8]>) -> Result<Self, WireError>;

    /// Writes the data as an attribute of that number, or nothing where the kind has none.
    fn emit_data(&self, attr: u16, writer: &mut Writer);

    /// The attributes of a kind's data.
    fn table(kind: &[u8]) -> Option<&'static AttrTable>;

    /// Shows every interface reference within to `visit`.
    fn visit_interfaces(&mut self, visit: &mut dyn FnMut(&mut Interface));
}

/// A nest whose form hangs on the address family in the header: `#[attr(NUMBER, by_family)]`.
pub trait FamilyUnion: Sized {
    /// Reads the nest of a message of that family.
    fn decode(family: u8, payload: &[u8]) -> Result<Self, WireError>;

    /// Writes the nest's attributes.
    fn encode(&self, writer: &mut Writer);

    /// The attributes within.
    fn table(family: u8) -> Option<&'static AttrTable>;
}
