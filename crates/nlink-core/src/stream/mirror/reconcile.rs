//! From what is told to what changed: the table, and during a snapshot what was known before it.

use std::collections::HashSet;
use std::sync::Arc;

use super::{Change, ResyncedEvent, Table};
use crate::engine::Marker;
use crate::object::{Likeness, Watch};

/// What is known, and how it comes to be known.
pub(super) struct Mirror<T: Watch> {
    pub(super) table: Table<T>,
    /// During a snapshot: what was known before and has not come again.
    previous: Option<Table<T>>,
    /// Keys of which one was replaced while merging.
    replaced: HashSet<T::Key>,
    /// After a snapshot: what did not come again, to be told of as removed.
    gone: Option<Gone<T>>,
}

type Gone<T> = Box<dyn Iterator<Item = Arc<T>> + Send>;

/// What an event comes to.
pub(super) struct Outcome<T: Watch> {
    pub(super) change: Option<Change<T>>,
    /// Whether it takes a snapshot to know how things stand.
    pub(super) doubt: bool,
}

impl<T: Watch> Outcome<T> {
    fn sure(change: Option<Change<T>>) -> Self {
        Self { change, doubt: false }
    }
}

/// The one among those of a table that `object` is, and whether that is clear.
fn find<T: Watch>(table: &Table<T>, object: &T) -> Option<(Arc<T>, bool)> {
    let alike = |held: &Arc<T>| match object.likeness(held) {
        Likeness::Same => Some((Arc::clone(held), true)),
        Likeness::Unclear => Some((Arc::clone(held), false)),
        Likeness::Other => None,
    };
    table.all(&object.key()).find_map(alike)
}

impl<T: Watch> Mirror<T> {
    pub(super) fn new() -> Self {
        Self { table: Table::default(), previous: None, replaced: HashSet::new(), gone: None }
    }

    /// What is still to be told of a snapshot that has ended: what it left out, then that it has ended.
    pub(super) fn left(&mut self) -> Option<Change<T>> {
        let gone = self.gone.as_mut()?;
        let removed = gone.next();
        if removed.is_none() {
            self.gone = None;
        }
        Some(removed.map_or(Change::Marker(Marker::ResyncEnd), Change::Removed))
    }

    pub(super) fn apply(&mut self, event: ResyncedEvent<T>) -> Outcome<T> {
        match event {
            ResyncedEvent::Marker(Marker::ResyncStart) => self.start(),
            ResyncedEvent::Marker(Marker::ResyncEnd) => self.end(),
            ResyncedEvent::New(object) => self.put(object, false),
            ResyncedEvent::Replaced(object) => self.put(object, true),
            ResyncedEvent::Del(object) => self.take(&object),
        }
    }

    /// All that is known has to come again; what came since a start without an end counts as known.
    fn start(&mut self) -> Outcome<T> {
        let mut known = std::mem::take(&mut self.table);
        self.previous.take().into_iter().flat_map(Table::into_objects).for_each(|object| known.insert(object));
        self.previous = Some(known);
        self.replaced.clear();
        Outcome::sure(Some(Change::Marker(Marker::ResyncStart)))
    }

    fn end(&mut self) -> Outcome<T> {
        let gone = self.previous.take().unwrap_or_default().into_objects();
        self.gone = Some(Box::new(gone));
        self.replaced.clear();
        Outcome::sure(None)
    }

    fn put(&mut self, object: T, replaces: bool) -> Outcome<T> {
        if let Some((held, clear)) = find(&self.table, &object) {
            return Outcome { change: self.update(held, object), doubt: !clear };
        }
        // One from before the snapshot moves over as it is told again.
        if let Some((held, _)) = self.previous.as_ref().and_then(|previous| find(previous, &object)) {
            if let Some(previous) = &mut self.previous {
                previous.remove(&held);
            }
            self.table.insert(Arc::clone(&held));
            return Outcome::sure(self.update(held, object));
        }
        let mut doubt = false;
        if replaces {
            let key = object.key();
            let mut others = self.table.all(&key).cloned();
            match (others.next(), others.next()) {
                (Some(displaced), None) => {
                    drop(others);
                    if self.previous.is_some() {
                        self.replaced.insert(key);
                    }
                    return Outcome::sure(self.update(displaced, object));
                }
                // Which of several the kernel does not say.
                (Some(_), Some(_)) => doubt = true,
                (None, _) => {}
            }
        }
        let added = Arc::new(object);
        self.table.insert(Arc::clone(&added));
        Outcome { change: Some(Change::Added(added)), doubt }
    }

    fn update(&mut self, old: Arc<T>, mut object: T) -> Option<Change<T>> {
        object.complete(&old);
        let fields = object.compare(&old);
        if fields.is_empty() {
            return None;
        }
        let new = Arc::new(object);
        self.table.replace(&old, Arc::clone(&new));
        Some(Change::Changed { old, new, fields })
    }

    fn take(&mut self, object: &T) -> Outcome<T> {
        // While merging, what was replaced may be older than what the listing had, and then is still there.
        let doubt = self.previous.is_some() && self.replaced.contains(&object.key());
        let tables = std::iter::once(&mut self.table).chain(&mut self.previous);
        for table in tables {
            match find(table, object) {
                Some((held, true)) => {
                    table.remove(&held);
                    return Outcome { change: Some(Change::Removed(held)), doubt };
                }
                Some((_, false)) => return Outcome { change: None, doubt: true },
                None => {}
            }
        }
        Outcome { change: None, doubt }
    }
}
