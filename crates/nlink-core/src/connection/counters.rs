//! What happened on a connection so far, in numbers.

/// Counts of a connection, all its clones together; [`Connection::counters`](super::Connection::counters).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Counters {
    /// Requests sent on the control socket.
    pub requests: u64,
    /// Requests that wait for their answer at this moment.
    pub in_flight: usize,
    /// Requests that were dropped or timed out before their answer came.
    pub abandoned_requests: u64,
    /// Answers to nobody: of requests that were dropped or timed out.
    pub late_answers: u64,
    /// Datagrams that came from another process, not from the kernel.
    pub foreign_datagrams: u64,
    /// Datagrams, or parts of them, that were no messages.
    pub malformed_datagrams: u64,
    /// Times the control socket's receive buffer was full.
    pub overruns: u64,
    /// Times a subscription's receive buffer was full.
    pub event_overruns: u64,
    /// Requests asked again: the answer did not fit the buffer, which has grown since, or what the protocol knew (the
    /// number of a family) was out of date.
    pub repeated_requests: u64,
    /// Times a dump started over because what it listed changed meanwhile.
    pub restarted_dumps: u64,
    /// Times a mirror listed anew: after a loss, or for what the kernel does not announce.
    pub resyncs: u64,
}
