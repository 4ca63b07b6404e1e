//! One place of a table: nearly always one object, sometimes several of the same key.

use std::slice;
use std::sync::Arc;

/// One or more objects.
#[derive(Debug)]
pub(super) enum Slot<T> {
    One(Arc<T>),
    Many(Vec<Arc<T>>),
}

impl<T> Slot<T> {
    pub(super) fn as_slice(&self) -> &[Arc<T>] {
        match self {
            Slot::One(object) => slice::from_ref(object),
            Slot::Many(objects) => objects,
        }
    }

    fn as_mut_slice(&mut self) -> &mut [Arc<T>] {
        match self {
            Slot::One(object) => slice::from_mut(object),
            Slot::Many(objects) => objects,
        }
    }

    pub(super) fn push(&mut self, object: Arc<T>) {
        match self {
            Slot::One(first) => *self = Slot::Many(vec![Arc::clone(first), object]),
            Slot::Many(objects) => objects.push(object),
        }
    }

    /// The place of that very object.
    pub(super) fn place(&mut self, of: &Arc<T>) -> Option<&mut Arc<T>> {
        self.as_mut_slice().iter_mut().find(|object| Arc::ptr_eq(object, of))
    }

    /// Without that very object; `None` is empty.
    pub(super) fn without(self, of: &Arc<T>) -> Option<Self> {
        let mut rest: Vec<_> = self.into_iter().filter(|object| !Arc::ptr_eq(object, of)).collect();
        match rest.len() {
            0 | 1 => rest.pop().map(Slot::One),
            _ => Some(Slot::Many(rest)),
        }
    }
}

impl<T> IntoIterator for Slot<T> {
    type Item = Arc<T>;
    type IntoIter = std::vec::IntoIter<Arc<T>>;

    fn into_iter(self) -> Self::IntoIter {
        match self {
            Slot::One(object) => vec![object].into_iter(),
            Slot::Many(objects) => objects.into_iter(),
        }
    }
}
