//! Ours beside iproute2's: a state made by either is shown by both the same.
//!
//! A state is a few `ip` commands, whose words both tools take. Each gives two tests: `by_theirs` makes it with iproute2
//! and compares what both tools print of it; `by_ours` makes it with our `ip`, compares the same, and compares what
//! *theirs* prints of it with what theirs prints of the state that theirs made: so our words meant what they say.

pub(crate) mod addresses;
pub(crate) mod links;
pub(crate) mod routes;
pub(crate) mod state;
pub(crate) mod texts;
