//! Which fields of an object differ: what a change is about, without a comparison of the caller's own.
//!
//! `#[derive(Message)]` gives an object a constant for each field, called as the kernel calls the attribute, less its
//! prefix: `Link::MTU` is the field of `IFLA_MTU`. `HEADER` is the fixed header, an index out of it is called as its field
//! (`Link::INTERFACE`), `UNKNOWN` is what no field names.
//! ```
//! # use nlink_core::{Message, fields::Compare, wire::UnknownAttrs, uapi::{if_link::{IFLA_MTU, IFLA_TXQLEN}, rtnetlink::ifinfomsg}};
//! #[derive(Message, Debug, Default)]
//! #[message(header = ifinfomsg)]
//! struct Link {
//!     header: ifinfomsg,
//!     #[attr(IFLA_MTU)]
//!     mtu: Option<u32>,
//!     #[attr(IFLA_TXQLEN)]
//!     queue: Option<u32>,
//!     #[attr(unknown)]
//!     unknown: UnknownAttrs,
//! }
//!
//! let fields = Link { mtu: Some(1400), ..Link::default() }.compare(&Link::default());
//! assert!(fields.contains(Link::MTU) && !fields.contains(Link::TXQLEN));
//! assert_eq!(fields.to_string(), "IFLA_MTU");
//! ```

use std::fmt;
use std::marker::PhantomData;

/// One of the fields of `T`; the derive makes a constant of each.
pub struct Field<T> {
    position: u8,
    name: &'static str,
    of: PhantomData<fn() -> T>,
}

/// A set of fields of `T`: those in which two values differ.
pub struct Fields<T> {
    bits: [u128; 2],
    of: PhantomData<fn() -> T>,
}

/// Can be compared field by field. Implemented by `#[derive(Message)]`; each field's type has to be [`PartialEq`].
pub trait Compare: Sized + 'static {
    /// All fields: the header, the attributes in the order of declaration, the unknown ones.
    const FIELDS: &'static [Field<Self>];

    /// The fields in which `self` and `other` differ.
    fn compare(&self, other: &Self) -> Fields<Self>;
}

impl<T> Field<T> {
    /// The field at that place among those that are compared. For the derive; more than 256 do not compile.
    #[doc(hidden)]
    #[allow(clippy::panic, clippy::cast_possible_truncation)] // when compiled, never when run
    pub const fn new(position: usize, name: &'static str) -> Self {
        if position > u8::MAX as usize {
            panic!("an object has 256 fields at most");
        }
        Self { position: position as u8, name, of: PhantomData }
    }

    /// The kernel's name of the attribute: `IFLA_MTU`; of what is none the field's own.
    pub const fn name(self) -> &'static str {
        self.name
    }

    /// The word that has its bit, and the bit.
    fn place(self) -> (usize, u128) {
        (usize::from(self.position / 128), 1 << (self.position % 128))
    }
}

impl<T> Fields<T> {
    /// No field.
    pub const NONE: Self = Self { bits: [0; 2], of: PhantomData };

    /// Whether the field is among them.
    pub fn contains(&self, field: Field<T>) -> bool {
        let (word, bit) = field.place();
        self.bits.get(word).is_some_and(|bits| bits & bit != 0)
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.bits == [0; 2]
    }

    /// Adds a field.
    pub fn insert(&mut self, field: Field<T>) {
        let (word, bit) = field.place();
        if let Some(bits) = self.bits.get_mut(word) {
            *bits |= bit;
        }
    }
}

impl<T: Compare> Fields<T> {
    /// Each of them.
    pub fn iter(&self) -> impl Iterator<Item = Field<T>> {
        T::FIELDS.iter().copied().filter(|field| self.contains(*field))
    }
}

impl<T> FromIterator<Field<T>> for Fields<T> {
    fn from_iter<I: IntoIterator<Item = Field<T>>>(fields: I) -> Self {
        let mut all = Self::NONE;
        fields.into_iter().for_each(|field| all.insert(field));
        all
    }
}

/// The names, with commas between them.
impl<T: Compare> fmt::Display for Fields<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, field) in self.iter().enumerate() {
            let comma = if position > 0 { ", " } else { "" };
            write!(f, "{comma}{}", field.name)?;
        }
        Ok(())
    }
}

impl<T: Compare> fmt::Debug for Fields<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.iter().map(Field::name)).finish()
    }
}

impl<T> fmt::Debug for Field<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}

// Written out, for a derive would want the same of `T`.

impl<T> Clone for Field<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Field<T> {}

impl<T> PartialEq for Field<T> {
    fn eq(&self, other: &Self) -> bool {
        self.position == other.position
    }
}

impl<T> Eq for Field<T> {}

impl<T> Clone for Fields<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Fields<T> {}

impl<T> PartialEq for Fields<T> {
    fn eq(&self, other: &Self) -> bool {
        self.bits == other.bits
    }
}

impl<T> Eq for Fields<T> {}

impl<T> Default for Fields<T> {
    fn default() -> Self {
        Self::NONE
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_holds_what_was_put_in_up_to_the_last_of_256() {
        let fields: [Field<()>; 4] = [0, 127, 128, 255].map(|position| Field::new(position, "field"));
        let mut set = Fields::NONE;
        assert!(set.is_empty());
        for (count, field) in fields.into_iter().enumerate() {
            assert!(!set.contains(field));
            set.insert(field);
            assert!(fields.iter().take(count + 1).all(|field| set.contains(*field)));
        }
    }
}
