//! The messages that an object is sent in.

use super::Object;

/// An object cut into parts, each of which fits a message. Most objects are one part.
///
/// No part is cut before it is gone to, and then those before it are gone.
pub(crate) struct Parts<T> {
    part: T,
    /// What is behind it, the next at the end.
    behind: Vec<T>,
}

impl<T: Object> Parts<T> {
    /// Of that object, at the first.
    #[inline]
    pub(crate) fn of(object: T) -> Self {
        let mut parts = Self { part: object, behind: Vec::new() };
        parts.cut();
        parts
    }

    /// The part at hand.
    #[inline]
    pub(crate) fn part(&mut self) -> &mut T {
        &mut self.part
    }

    /// Goes on to the next part, if there is one.
    #[inline]
    pub(crate) fn go_on(&mut self) -> bool {
        let next = self.behind.pop();
        let is_any = next.is_some();
        if let Some(next) = next {
            self.part = next;
            self.cut();
        }
        is_any
    }

    #[inline]
    fn cut(&mut self) {
        while let Some(behind) = self.part.split_off() {
            self.behind.push(behind);
        }
    }
}
