//! The messages that an object is sent in.

use super::Object;

/// The parts of an object, in order, each of which fits a message.
pub(crate) struct Parts<T>(Vec<T>);

impl<T: Object> Parts<T> {
    /// Of that object: itself, where it fits.
    pub(crate) fn of(object: T) -> Self {
        Self(vec![object])
    }
}

impl<T: Object> Iterator for Parts<T> {
    type Item = T;

    fn next(&mut self) -> Option<T> {
        let mut part = self.0.pop()?;
        while let Some(behind) = part.split_off() {
            self.0.push(behind);
        }
        Some(part)
    }
}
