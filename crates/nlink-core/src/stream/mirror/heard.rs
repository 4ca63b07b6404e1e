//! What a mirror listens to: the announcements of its object, with what their flags say, and the object's cues.

use std::marker::PhantomData;

use nlink_uapi::netlink::NLM_F_REPLACE;

use crate::object::{Cues, Event, EventMessage, Events, Object, Watch};
use crate::wire::{WireError, attr_id};

/// The subscription of a mirror of `T`; the groups of the cues are joined beside those of the object.
pub(super) struct Announcements<T>(PhantomData<fn() -> T>);

/// Something of interest.
pub(super) enum Heard<T: Watch> {
    /// One was made or changed.
    New(T),
    /// One was made in another's place.
    Replaced(T),
    /// One is gone.
    Del(T),
    /// Something else happened.
    Cue(<T::Cues as Cues>::Cue),
}

impl<T: Watch> Events for Announcements<T> {
    type Protocol = <T as Object>::Protocol;
    type Item = Heard<T>;
    const GROUPS: &'static [u32] = <T as Events>::GROUPS;

    fn read(message: &EventMessage<'_>) -> Option<Result<Heard<T>, WireError>> {
        let Some(event) = Event::read(message) else {
            return T::Cues::read(message).map(|cue| cue.map(Heard::Cue));
        };
        Some(event.map(|event| match event {
            Event::New(object) if message.flags & attr_id(NLM_F_REPLACE) != 0 => Heard::Replaced(object),
            Event::New(object) => Heard::New(object),
            Event::Del(object) => Heard::Del(object),
        }))
    }
}
