//! `events_typed`: announcements of one family.

use std::marker::PhantomData;

use nlink_core::object::{EventMessage, Events};
use nlink_core::wire::WireError;

use super::Announcement;

/// What a subscription to announcements of type `A` listens to; its stream yields `A`.
#[derive(Debug)]
pub struct Announced<A>(PhantomData<fn() -> A>);

impl<A: Announcement> Events for Announced<A> {
    type Protocol = A::Family;
    type Item = A;
    /// Known by name only: the connection adds their numbers.
    const GROUPS: &'static [u32] = &[];

    fn read(message: &EventMessage<'_>) -> Option<Result<A, WireError>> {
        A::read(message.command, message.body)
    }
}
