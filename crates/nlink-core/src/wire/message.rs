//! The two traits that the derives fill in: a run of attributes, and a message with a fixed header before them.

use std::fmt;

use super::{AttrTable, Attrs, Fixed, WireError, Writer};
use crate::interface::Interface;

/// A struct that is a run of attributes: a nest, or what follows a message's header.
///
/// Implemented by `#[derive(Attributes)]`; the same derive gives it a [`Codec`](super::Codec).
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not declared as attributes",
    note = "add #[derive(Attributes)] (a nest) or #[derive(Message)] (a message with a header)"
)]
pub trait Attributes: Sized {
    /// The attributes by name, number and form.
    const TABLE: AttrTable;

    /// Takes in a payload, over a value that is fresh: the header, should there be one, and what stands behind it.
    fn read(&mut self, payload: &[u8]) -> Result<(), WireError>;

    /// Takes in what stands in `attrs`; a known attribute overwrites the field, an unknown one is kept.
    fn put_all(&mut self, attrs: Attrs<'_>) -> Result<(), WireError>;

    /// Writes every field that is set, in the order of declaration.
    fn emit_all(&self, writer: &mut Writer);

    /// Shows every interface reference within to `visit`.
    fn visit_interfaces(&mut self, visit: &mut dyn FnMut(&mut Interface));
}

/// A message: a fixed header, then attributes. Implemented by `#[derive(Message)]`.
///
/// What stands before the header (`nlmsghdr`, for generic netlink also `genlmsghdr`) is the protocol's affair, not the
/// message's.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no netlink message",
    note = "add #[derive(Message)] and #[message(header = …)]"
)]
pub trait Message: Attributes + Default + fmt::Debug + Send + 'static {
    /// The fixed header.
    type Header: Fixed;

    /// Reads what follows the protocol's headers.
    #[inline]
    fn decode(body: &[u8]) -> Result<Self, WireError> {
        let mut object = Self::default();
        object.read(body)?;
        Ok(object)
    }

    /// Writes header and attributes.
    fn emit(&self, writer: &mut Writer);
}
