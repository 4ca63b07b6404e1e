//! Keeping up with what the kernel holds: when to list, when to take in what was announced meanwhile, when to list anew.

/// The state machine of a mirror. Whoever drives it is subscribed first, and then does what the [`Phase`] says.
///
/// ```
/// use nlink_core::engine::{Input, Marker, Phase, Resync};
/// let mut mirror = Resync::default();
/// let steps = [Input::Rested, Input::Settled, Input::Listed, Input::Drained].map(|input| mirror.step(input));
/// assert_eq!(steps, [None, Some(Marker::ResyncStart), None, Some(Marker::ResyncEnd)]);
/// assert_eq!(mirror.phase(), Phase::Following);
/// ```
#[derive(Clone, Debug, Default)]
pub struct Resync {
    phase: Phase,
}

/// What is to be done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Phase {
    /// Wait a little, so that what comes in a rush is listed once, and pass announcements on meanwhile.
    #[default]
    Resting,
    /// Wait until the kernel has carried out all that it announced so far. Announcements stay queued.
    Settling,
    /// List. Announcements stay queued.
    Listing,
    /// Take in what was announced meanwhile, until nothing is queued.
    Merging {
        /// The snapshot is complete, but may be stale already: another one follows.
        doubtful: bool,
    },
    /// Pass announcements on as they come: what is held is up to date.
    Following,
}

/// What happened to the driver.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Input {
    /// It has waited long enough.
    Rested,
    /// The kernel has carried out what it announced.
    Settled,
    /// The listing is complete.
    Listed,
    /// The listing is void: it changed underneath, its messages were lost, or it was refused.
    Void,
    /// Nothing is queued.
    Drained,
    /// Announcements were lost.
    Overrun,
    /// What is held may be stale: an announcement could not be read, or tells of more than it says.
    Doubt,
}

/// What a consumer is told between the objects.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Marker {
    /// A snapshot begins; each object that there is follows. What was known stays true as far as it is known, and may be
    /// stale. Comes again before an end where a snapshot came to nothing: what came since the last start does not count
    /// as complete then.
    ResyncStart,
    /// The snapshot is complete, and what was announced meanwhile is taken in: what was known before and did not come
    /// again is gone.
    ResyncEnd,
}

impl Resync {
    /// What is to be done.
    pub fn phase(&self) -> Phase {
        self.phase
    }

    /// Takes in what happened; what a consumer is to be told. What means nothing in a phase changes nothing.
    pub fn step(&mut self, input: Input) -> Option<Marker> {
        let (next, marker) = match (self.phase, input) {
            (Phase::Resting, Input::Rested) => (Phase::Settling, None),
            (Phase::Settling, Input::Settled) => (Phase::Listing, Some(Marker::ResyncStart)),
            (Phase::Listing, Input::Listed) => (Phase::Merging { doubtful: false }, None),
            (Phase::Listing, Input::Void) => (Phase::Resting, None),
            (Phase::Merging { doubtful: false }, Input::Drained) => (Phase::Following, Some(Marker::ResyncEnd)),
            (Phase::Merging { doubtful: true }, Input::Drained) => (Phase::Resting, Some(Marker::ResyncEnd)),
            (Phase::Merging { .. }, Input::Doubt) => (Phase::Merging { doubtful: true }, None),
            // What was lost may have been of the snapshot: it never becomes complete.
            (Phase::Merging { .. }, Input::Overrun) => (Phase::Resting, None),
            (Phase::Following, Input::Doubt | Input::Overrun) => (Phase::Resting, None),
            (phase, _) => (phase, None),
        };
        self.phase = next;
        marker
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(inputs: &[Input]) -> (Resync, Vec<Marker>) {
        let mut mirror = Resync::default();
        let markers = inputs.iter().filter_map(|input| mirror.step(*input)).collect();
        (mirror, markers)
    }

    const LISTING: [Input; 2] = [Input::Rested, Input::Settled];
    const MERGING: [Input; 3] = [Input::Rested, Input::Settled, Input::Listed];
    const FOLLOWING: [Input; 4] = [Input::Rested, Input::Settled, Input::Listed, Input::Drained];

    #[test]
    fn a_listing_that_is_void_is_made_anew_after_a_rest() {
        let (mut mirror, _) = after(&LISTING);
        assert_eq!(mirror.step(Input::Void), None);
        assert_eq!(mirror.phase(), Phase::Resting);
    }

    #[test]
    fn loss_while_merging_leaves_the_snapshot_without_an_end() {
        let (mut mirror, markers) = after(&MERGING);
        assert_eq!(mirror.step(Input::Overrun), None);
        assert_eq!((mirror.phase(), markers), (Phase::Resting, vec![Marker::ResyncStart]));
    }

    #[test]
    fn doubt_while_merging_ends_the_snapshot_and_asks_for_another() {
        let (mut mirror, _) = after(&MERGING);
        assert_eq!(mirror.step(Input::Doubt), None);
        assert_eq!(mirror.step(Input::Drained), Some(Marker::ResyncEnd));
        assert_eq!(mirror.phase(), Phase::Resting);
    }

    #[test]
    fn loss_and_doubt_while_following_ask_for_a_snapshot() {
        for input in [Input::Overrun, Input::Doubt] {
            let (mut mirror, _) = after(&FOLLOWING);
            assert_eq!(mirror.step(input), None);
            assert_eq!(mirror.phase(), Phase::Resting);
        }
    }

    #[test]
    fn doubt_while_resting_is_met_by_the_snapshot_that_is_due() {
        let mut mirror = Resync::default();
        for input in [Input::Doubt, Input::Overrun, Input::Drained, Input::Listed] {
            assert_eq!((mirror.step(input), mirror.phase()), (None, Phase::Resting));
        }
    }

    #[test]
    fn nothing_queued_is_an_end_only_behind_a_listing() {
        let (mut mirror, _) = after(&LISTING);
        assert_eq!((mirror.step(Input::Drained), mirror.phase()), (None, Phase::Listing));
        let (mut mirror, _) = after(&FOLLOWING);
        assert_eq!((mirror.step(Input::Drained), mirror.phase()), (None, Phase::Following));
    }
}
