//! How a pool fares, in numbers.

use std::time::Duration;

/// A pool's numbers; [`ConnectionPool::metrics`](super::ConnectionPool::metrics).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct PoolMetrics {
    /// How many connections may be leased at a time.
    pub size: usize,
    /// Connections that are leased at this moment.
    pub leased: usize,
    /// Open connections that nobody has at this moment.
    pub idle: usize,
    /// Those who wait for one at this moment.
    pub waiting: usize,
    /// Leases given out so far.
    pub leases: u64,
    /// Connections opened so far.
    pub opened: u64,
    /// Connections that came back and were thrown away.
    pub thrown_away: u64,
    /// How long all those who had to wait waited, together.
    pub waited: Duration,
}
