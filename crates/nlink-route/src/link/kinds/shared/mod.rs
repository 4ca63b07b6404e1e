//! What several kinds share: spellings of values, the other end of a pair, and the tests that hold for every kind.

pub mod peer;
pub(crate) mod spelling;
#[cfg(test)]
pub(crate) mod tests;
