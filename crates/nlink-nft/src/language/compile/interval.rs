//! Intervals as the kernel has them: where one begins, and behind it an end where no other follows at once.

use crate::Userdata;
use crate::expression::Data;
use crate::language::{MeaningError, Span};
use crate::set::{ElementFlags, SetElement};

/// An interval from its first key to its last, with what its element says.
pub(super) type Interval = (u128, u128, SetElement, Span);

/// What becomes of intervals that meet or lie in each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Overlap {
    /// They are made one.
    Merged,
    /// Those that meet stay two, those that lie in each other are an error.
    Refused,
}

/// The elements of these intervals of keys up to the highest, in their order.
pub(super) fn intervals(
    mut found: Vec<Interval>,
    highest: u128,
    overlap: Overlap,
    is_map: bool,
    key: impl Fn(u128) -> Data,
) -> Result<Vec<SetElement>, MeaningError> {
    found.sort_by_key(|(first, last, ..)| (*first, *last));
    let mut apart: Vec<Interval> = Vec::with_capacity(found.len());
    for next in found {
        match apart.last_mut() {
            Some((_, last, ..)) if overlap == Overlap::Refused && next.0 <= *last => {
                return Err(MeaningError::new("conflicting intervals specified", next.3));
            }
            Some((_, last, ..)) if overlap == Overlap::Merged && next.0 <= last.saturating_add(1) => {
                *last = next.1.max(*last)
            }
            _ => apart.push(next),
        }
    }
    let mut elements = Vec::new();
    if apart.first().is_some_and(|(first, ..)| *first > 0) {
        elements.push(end(key(0)));
    }
    let mut begins = apart.iter().map(|(first, ..)| *first).skip(1).collect::<Vec<_>>().into_iter();
    for (first, last, element, _) in apart {
        let mut element = SetElement { key: Some(key(first)), ..element };
        let next = begins.next();
        if last < highest {
            elements.push(element);
            if !is_map || next != Some(last.saturating_add(1)) {
                elements.push(end(key(last.saturating_add(1))));
            }
        } else {
            element.userdata.get_or_insert_default().0.extend(Userdata::open_interval().0);
            elements.push(element);
        }
    }
    Ok(elements)
}

fn end(key: Data) -> SetElement {
    SetElement { key: Some(key), flags: Some(ElementFlags::INTERVAL_END), ..SetElement::default() }
}
