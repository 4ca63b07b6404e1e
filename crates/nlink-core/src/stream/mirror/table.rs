//! Objects by their keys. Keys are not kept, for an object knows its own: a place costs three words.

use std::collections::HashMap;
use std::collections::hash_map::{Entry, RandomState};
use std::fmt;
use std::hash::{BuildHasher, BuildHasherDefault, Hasher};
use std::sync::Arc;

use super::slot::Slot;
use crate::object::Watch;

/// What a mirror holds: objects, found by their keys.
pub struct Table<T: Watch> {
    /// By the hash of the key.
    slots: HashMap<u64, Slot<T>, BuildHasherDefault<Hashed>>,
    hasher: RandomState,
    len: usize,
}

impl<T: Watch> Table<T> {
    /// The one of that key; of several any.
    pub fn get(&self, key: &T::Key) -> Option<&Arc<T>> {
        self.all(key).next()
    }

    /// All of that key: routes to the same prefix side by side, for instance.
    pub fn all<'a>(&'a self, key: &T::Key) -> impl Iterator<Item = &'a Arc<T>> {
        let slot = self.slots.get(&self.hash(key)).map(Slot::as_slice).unwrap_or_default();
        slot.iter().filter(move |object| object.key() == *key)
    }

    /// Each of them, in no order.
    pub fn iter(&self) -> impl Iterator<Item = &Arc<T>> {
        self.slots.values().flat_map(Slot::as_slice)
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    fn hash(&self, key: &T::Key) -> u64 {
        self.hasher.hash_one(key)
    }

    pub(super) fn insert(&mut self, object: Arc<T>) {
        self.len += 1;
        match self.slots.entry(self.hasher.hash_one(object.key())) {
            Entry::Occupied(mut slot) => slot.get_mut().push(object),
            Entry::Vacant(slot) => drop(slot.insert(Slot::One(object))),
        }
    }

    /// Takes out that very object.
    pub(super) fn remove(&mut self, object: &Arc<T>) {
        let hash = self.hash(&object.key());
        if self.slots.get_mut(&hash).is_some_and(|slot| slot.place(object).is_some()) {
            self.len -= 1;
            if let Some(rest) = self.slots.remove(&hash).and_then(|slot| slot.without(object)) {
                self.slots.insert(hash, rest);
            }
        }
    }

    /// Puts `new` in the place of that very `old`; both have the same key.
    pub(super) fn replace(&mut self, old: &Arc<T>, new: Arc<T>) {
        let hash = self.hash(&old.key());
        if let Some(place) = self.slots.get_mut(&hash).and_then(|slot| slot.place(old)) {
            *place = new;
        }
    }

    /// Each of them, and nothing is left.
    pub(super) fn into_objects(self) -> impl Iterator<Item = Arc<T>> + Send {
        self.slots.into_values().flatten()
    }
}

impl<T: Watch> Default for Table<T> {
    fn default() -> Self {
        Self { slots: HashMap::default(), hasher: RandomState::new(), len: 0 }
    }
}

impl<T: Watch> fmt::Debug for Table<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.iter()).finish()
    }
}

/// What is hashed already is taken as it is.
#[derive(Default)]
struct Hashed(u64);

impl Hasher for Hashed {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write_u64(&mut self, hash: u64) {
        self.0 = hash;
    }

    /// Never called: what is hashed is a `u64`.
    fn write(&mut self, bytes: &[u8]) {
        self.0 = bytes.iter().fold(self.0, |hash, byte| hash.rotate_left(8) ^ u64::from(*byte));
    }
}
