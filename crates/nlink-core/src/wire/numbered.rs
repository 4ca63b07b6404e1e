//! A nest whose attributes' numbers are part of the value: bands by number, policies by index, attributes by type.

use super::{Attrs, Codec, Shape, WireError, Writer};
use crate::interface::Interface;

/// Values under the numbers of their attributes, in the order of the message. Where the numbers only count, the form
/// `indexed` does.
///
/// ```
/// use nlink_core::wire::{Codec, Numbered, Writer};
/// let values = Numbered(vec![(7, 1u32), (2, 5)]);
/// let mut writer = Writer::new();
/// values.encode(&mut writer);
/// assert_eq!(Numbered::decode(&writer.finish()?)?, values);
/// assert_eq!(values.get(2), Some(&5));
/// # Ok::<(), nlink_core::wire::WireError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Numbered<T>(pub Vec<(u16, T)>);

impl<T> Default for Numbered<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T> Numbered<T> {
    /// The value under that number.
    pub fn get(&self, number: u16) -> Option<&T> {
        self.0.iter().find(|(known, _)| *known == number).map(|(_, value)| value)
    }

    /// Numbers and values.
    pub fn iter(&self) -> impl Iterator<Item = (u16, &T)> {
        self.0.iter().map(|(number, value)| (*number, value))
    }
}

impl<T: Codec + 'static> Codec for Numbered<T> {
    const SHAPE: Shape = Shape::Indexed(&T::SHAPE);

    fn decode(payload: &[u8]) -> Result<Self, WireError> {
        let values = Attrs::new(payload).map(|attr| {
            let attr = attr?;
            let value = T::decode(attr.payload()).map_err(|error| error.within_number(attr.kind()))?;
            Ok((attr.kind(), value))
        });
        values.collect::<Result<_, _>>().map(Self)
    }

    fn encode(&self, writer: &mut Writer) {
        for (number, value) in &self.0 {
            if matches!(T::SHAPE, Shape::Nest(_) | Shape::Indexed(_)) {
                writer.nest(*number, |payload| value.encode(payload));
            } else {
                writer.attr(*number, |payload| value.encode(payload));
            }
        }
    }

    fn visit_interfaces(&mut self, visit: &mut dyn FnMut(&mut Interface)) {
        self.0.iter_mut().for_each(|(_, value)| value.visit_interfaces(visit));
    }
}
