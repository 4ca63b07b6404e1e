//! The messages that an object is sent in.

use super::Object;

/// The parts of an object, in order, each of which fits a message. Most objects are one part.
///
/// A part is split off no sooner than it is asked for, so those before it may be gone by then.
pub(crate) struct Parts<T> {
    whole: Option<T>,
    /// What is behind the part that was given last, the next at the end.
    behind: Vec<T>,
}

impl<T: Object> Parts<T> {
    /// Of that object: itself, where it fits.
    #[inline]
    pub(crate) fn of(object: T) -> Self {
        Self { whole: Some(object), behind: Vec::new() }
    }
}

impl<T: Object> Iterator for Parts<T> {
    type Item = T;

    #[inline]
    fn next(&mut self) -> Option<T> {
        let mut part = self.whole.take().or_else(|| self.behind.pop())?;
        while let Some(behind) = part.split_off() {
            self.behind.push(behind);
        }
        Some(part)
    }
}
