//! Fields that lie side by side are compared at once, as nft does it.

use super::program::{Bytes, Step};
use crate::expression::kinds::payload::PayloadBase;

/// So many bytes of network and transport headers the kernel loads without a call.
const FAST: usize = 4;
/// The most bytes: what a register holds.
const MOST: usize = 16;

/// The steps with comparisons made one where they can be. What is done in between keeps its place.
pub(super) fn merged(steps: Vec<Step>) -> Vec<Step> {
    let mut merged = Vec::with_capacity(steps.len());
    let mut run = Vec::new();
    for step in steps {
        let ends = matches!(step, Step::Action(_));
        run.push(Some(step));
        if ends {
            merged.extend(without_neighbours(std::mem::take(&mut run)));
        }
    }
    merged.extend(without_neighbours(run));
    merged
}

/// A run of comparisons: each is joined to the one whose bytes end where its own begin, at that one's place.
fn without_neighbours(mut run: Vec<Option<Step>>) -> impl Iterator<Item = Step> {
    let mut by_place: Vec<(PayloadBase, u32, usize)> = Vec::new();
    for (at, step) in run.iter().enumerate() {
        if let Some(Step::Bytes(bytes)) = step {
            by_place.push((bytes.base, bytes.offset, at));
        }
    }
    by_place.sort_by_key(|(base, offset, _)| (base.0, *offset));
    let mut last: Option<usize> = None;
    for (.., at) in by_place {
        let next = run.get_mut(at).and_then(Option::take);
        let before = last.and_then(|last| run.get_mut(last)).and_then(Option::take);
        let (place, step) = match (last, before, next) {
            (Some(before_at), Some(Step::Bytes(before)), Some(Step::Bytes(next))) if adjoin(&before, &next) => {
                // What comes next hangs on a protocol: it stays where it was checked, or earlier.
                let place = if next.is_protocol { at.min(before_at) } else { before_at };
                (place, Step::Bytes(joined(before, next)))
            }
            (before_at, before, Some(next)) => {
                if let Some(slot) = before_at.and_then(|place| run.get_mut(place)) {
                    *slot = before;
                }
                (at, next)
            }
            _ => continue,
        };
        if let Some(slot) = run.get_mut(place) {
            *slot = Some(step);
        }
        last = Some(place);
    }
    run.into_iter().flatten()
}

fn adjoin(before: &Bytes, next: &Bytes) -> bool {
    let (len, behind) = (before.value.len(), next.value.len());
    let both = len.saturating_add(behind);
    // Two fast loads are better than a slow one.
    let are_fast = before.base != PayloadBase::LINK && len.max(behind) <= FAST;
    let limit = if are_fast { FAST } else { MOST };
    before.base == next.base
        && before.equal
        && next.equal
        && u32::try_from(len).is_ok_and(|len| before.offset.checked_add(len) == Some(next.offset))
        && both <= limit
}

fn joined(mut before: Bytes, next: Bytes) -> Bytes {
    before.value.extend(next.value);
    before.is_protocol |= next.is_protocol;
    before
}
