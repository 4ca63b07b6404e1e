//! Values that must not be seen: private and preshared keys, passwords.

use std::fmt;

use super::{Codec, Shape, WireError, Writer};
use crate::interface::Interface;

/// A value that is read and written as any other and never printed: `Debug` says only that there is one. It has no
/// `Display`, so no text and no JSON shows it by mistake either.
///
/// ```
/// # use nlink_core::wire::Secret;
/// let key = Secret::new([7u8; 32]);
/// assert_eq!(format!("{key:?}"), "Secret");
/// assert_eq!(key.expose(), &[7; 32]);
/// ```
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub struct Secret<T>(T);

impl<T> Secret<T> {
    /// Hides a value.
    pub fn new(value: T) -> Self {
        Self(value)
    }

    /// The value. Where it goes from here is the caller's affair.
    pub fn expose(&self) -> &T {
        &self.0
    }
}

impl<T> From<T> for Secret<T> {
    fn from(value: T) -> Self {
        Self(value)
    }
}

impl<T> fmt::Debug for Secret<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret")
    }
}

/// Bytes of a message in a `Debug`: how many, not which, for a secret may be among them.
pub(crate) struct Count<'a>(pub(crate) &'a [u8]);

impl fmt::Debug for Count<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} bytes", self.0.len())
    }
}

impl<T: Codec> Codec for Secret<T> {
    const SHAPE: Shape = T::SHAPE;

    fn decode(payload: &[u8]) -> Result<Self, WireError> {
        T::decode(payload).map(Self)
    }

    fn encode(&self, writer: &mut Writer) {
        self.0.encode(writer);
    }

    fn visit_interfaces(&mut self, visit: &mut dyn FnMut(&mut Interface)) {
        self.0.visit_interfaces(visit);
    }
}
