//! Names of interfaces in a batch, each kept once: items are written with stand-ins for them.

use std::collections::HashMap;

use crate::interface::Interface;
use crate::wire::{WireCause, WireError};

/// Indexes from here on stand for names. No interface has such a one: the kernel's are positive ints.
const STAND_INS: u32 = 1 << 31;

/// The names, each with its stand-in.
#[derive(Debug, Default)]
pub(super) struct Names {
    known: HashMap<Box<str>, u32>,
    list: Vec<Box<str>>,
}

/// Shows all interface references of an object to a closure.
pub(super) type Visit<'a> = dyn FnMut(&mut dyn FnMut(&mut Interface)) + 'a;

impl Names {
    /// Puts stand-ins in the places of names; whether there were any.
    pub(super) fn hide(&mut self, visit: &mut Visit<'_>) -> Result<bool, WireError> {
        let (mut any, mut ambiguous) = (false, false);
        visit(&mut |interface| match interface {
            Interface::Name(name) => {
                any = true;
                *interface = Interface::Index(self.stand_in(name));
            }
            Interface::Index(index) => ambiguous |= *index >= STAND_INS,
        });
        match any && ambiguous {
            false => Ok(any),
            true => Err(WireCause::Invalid("an interface's index is above the largest there can be").into()),
        }
    }

    fn stand_in(&mut self, name: &str) -> u32 {
        let next = u32::try_from(self.list.len()).unwrap_or(u32::MAX);
        let place = *self.known.entry(name.into()).or_insert(next);
        if place == next {
            self.list.push(name.into());
        }
        STAND_INS.saturating_add(place)
    }

    /// Puts the names in their places again.
    pub(super) fn show(&self, visit: &mut Visit<'_>) {
        self.replace(visit, |_, name| Some(Interface::Name(name.into())));
    }

    /// Puts what was found in the places of names; the first name in there that has nothing is the error.
    pub(super) fn resolve(&self, found: &[Option<u32>], visit: &mut Visit<'_>) -> Result<(), Box<str>> {
        let mut missing = None;
        self.replace(visit, |place, name| {
            let index = found.get(place).copied().flatten();
            if index.is_none() {
                missing.get_or_insert_with(|| name.into());
            }
            index.map(Interface::Index)
        });
        missing.map_or(Ok(()), Err)
    }

    fn replace(&self, visit: &mut Visit<'_>, mut by: impl FnMut(usize, &str) -> Option<Interface>) {
        visit(&mut |interface| {
            let place = interface.index().and_then(|index| usize::try_from(index.checked_sub(STAND_INS)?).ok());
            if let Some((place, name)) = place.and_then(|place| Some((place, self.list.get(place)?)))
                && let Some(other) = by(place, name)
            {
                *interface = other;
            }
        });
    }

    /// All of them, in the order of their stand-ins.
    pub(super) fn list(&self) -> &[Box<str>] {
        &self.list
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hide(names: &mut Names, interfaces: &mut [Interface]) -> Result<bool, WireError> {
        names.hide(&mut |visit| interfaces.iter_mut().for_each(visit))
    }

    #[test]
    fn a_name_is_kept_once_and_comes_back_where_it_stood() {
        let mut names = Names::default();
        let asked = [Interface::from("a"), 3.into(), "b".into(), "a".into()];
        let mut interfaces = asked.clone();
        assert_eq!(hide(&mut names, &mut interfaces), Ok(true));
        assert!(interfaces.iter().all(|interface| interface.index().is_some()));
        assert_eq!(names.list().iter().map(|name| &**name).collect::<Vec<_>>(), ["a", "b"]);
        names.show(&mut |visit| interfaces.iter_mut().for_each(visit));
        assert_eq!(interfaces, asked);
    }

    #[test]
    fn indexes_take_the_places_of_names_and_what_is_missing_is_named() {
        let mut names = Names::default();
        let mut interfaces = [Interface::from("a"), "b".into(), 3.into()];
        hide(&mut names, &mut interfaces).unwrap();
        let resolve = |found: &[Option<u32>]| {
            let mut interfaces = interfaces.clone();
            names.resolve(found, &mut |visit| interfaces.iter_mut().for_each(visit)).map(|()| interfaces)
        };
        assert_eq!(resolve(&[Some(7), Some(8)]), Ok([7.into(), 8.into(), 3.into()]));
        assert_eq!(resolve(&[Some(7), None]), Err("b".into()));
    }

    #[test]
    fn an_index_that_looks_like_a_stand_in_is_refused_beside_a_name_only() {
        let mut names = Names::default();
        assert_eq!(hide(&mut names, &mut [u32::MAX.into()]), Ok(false));
        assert!(hide(&mut names, &mut [u32::MAX.into(), "a".into()]).is_err());
    }
}
