//! What a mirror needs to know of an object: by what one is known, and what the kernel does not announce.

use std::convert::Infallible;
use std::hash::Hash;

use super::{Dump, EventMessage, Events, Object};
use crate::error::Error;
use crate::fields::Compare;
use crate::wire::WireError;

/// Can be watched: listed, and kept up to date by announcements.
///
/// What it has to say beside its key is where the kernel's announcements fall short of its listing.
pub trait Watch: Dump + Compare + Sync + Unpin + Events<Protocol = <Self as Object>::Protocol> {
    /// What one is known by.
    type Key: Eq + Hash + Send + 'static;

    /// What else says that objects may have changed; `()` where the kernel announces everything.
    type Cues: Cues;

    /// A request (command and body) that the kernel answers only when it has carried out what it announced, where it
    /// announces first and acts then, and lists meanwhile. Any answer will do.
    const BARRIER: Option<(u16, &'static [u8])> = None;

    /// What this one is known by.
    fn key(&self) -> Self::Key;

    /// Whether this one, just announced or listed, is the one that is `held`; both have the same key.
    fn likeness(&self, held: &Self) -> Likeness {
        let _ = held;
        Likeness::Same
    }

    /// Whether one of this key could be in the listing; announcements of others are passed over.
    ///
    /// Not [`matches`](super::Filter::matches), which looks at what may change: what belongs and no longer matches is
    /// gone from the listing.
    fn belongs(&self, filter: &Self::Filter) -> bool {
        let _ = filter;
        true
    }

    /// Whether one that does not [belong](Watch::belongs) tells that others, which do, may have changed in silence.
    fn hints(&self, filter: &Self::Filter) -> bool {
        let _ = filter;
        false
    }

    /// Takes off what only announcements say, so that the object is as a listing would have it.
    fn settle(&mut self) {}

    /// Takes over from what is `held` what announcements do not say.
    fn complete(&mut self, held: &Self) {
        let _ = held;
    }

    /// Whether a refused listing only says that there is nothing.
    fn is_absence(filter: &Self::Filter, error: &Error) -> bool {
        let _ = (filter, error);
        false
    }
}

/// How two objects of the same key stand to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Likeness {
    /// One and the same.
    Same,
    /// Two that are side by side.
    Other,
    /// It takes a listing to know.
    Unclear,
}

/// Announcements about other things, by which objects change or vanish without an announcement of their own.
///
/// A mirror lists anew after one that counts.
pub trait Cues: Default + Send + Unpin + 'static {
    /// The multicast groups that they come by (`RTNLGRP_…`).
    const GROUPS: &'static [u32];

    /// What is read of one.
    type Cue: Send + Unpin + 'static;

    /// Reads one; `None` is one of no interest.
    fn read(message: &EventMessage<'_>) -> Option<Result<Self::Cue, WireError>>;

    /// Whether it counts. What is remembered of earlier ones tells apart what changed from what is said again.
    fn heed(&mut self, cue: Self::Cue) -> bool;
}

/// None.
impl Cues for () {
    const GROUPS: &'static [u32] = &[];
    type Cue = Infallible;

    fn read(_: &EventMessage<'_>) -> Option<Result<Infallible, WireError>> {
        None
    }

    fn heed(&mut self, cue: Infallible) -> bool {
        match cue {}
    }
}
