//! Ratios of our times to a bare program's, taken in turn, for the machine is never quiet.

use std::fmt;
use std::time::Duration;

/// One ratio a round.
#[derive(Clone, Debug)]
pub struct Ratios {
    what: &'static str,
    rounds: Vec<f64>,
}

impl Ratios {
    /// None yet, of what is called so.
    pub fn of(what: &'static str) -> Self {
        Self { what, rounds: Vec::new() }
    }

    /// One more round.
    pub fn add(&mut self, ours: Duration, bare: Duration) {
        self.rounds.push(ours.as_secs_f64() / bare.as_secs_f64());
    }

    /// One more round, of numbers that are no times.
    pub fn add_numbers(&mut self, ours: u64, bare: u64) {
        #[allow(clippy::cast_precision_loss)] // of more than 2⁵³, the last digits
        self.rounds.push(ours as f64 / bare as f64);
    }

    /// Half of the rounds have less.
    pub fn median(&self) -> f64 {
        let sorted = self.sorted();
        sorted.get(sorted.len() / 2).copied().unwrap_or(f64::NAN)
    }

    fn sorted(&self) -> Vec<f64> {
        let mut sorted = self.rounds.clone();
        sorted.sort_by(f64::total_cmp);
        sorted
    }

    /// The last round's.
    pub fn last(&self) -> f64 {
        self.rounds.last().copied().unwrap_or(f64::NAN)
    }
}

/// Median, least and greatest.
impl fmt::Display for Ratios {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sorted = self.sorted();
        match (sorted.first(), sorted.get(sorted.len() / 2), sorted.last()) {
            (Some(least), Some(median), Some(most)) => {
                write!(f, "{} = {median:.3} (median; {least:.3} to {most:.3})", self.what)
            }
            _ => write!(f, "{}: no rounds", self.what),
        }
    }
}
