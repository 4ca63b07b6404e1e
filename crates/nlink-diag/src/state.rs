//! States of sockets, and sets of them as filters name them.

use nlink_core::wire::FlagSet;

nlink_core::open_enum! {
    /// The state of a socket. No exported header has the numbers: they are TCP's (include/net/tcp_states.h), and other
    /// sockets borrow them. The texts are those of `ss`.
    pub struct State(u8) {
        /// Connected.
        ESTABLISHED = 1, "ESTAB";
        /// Waits for the answer to its SYN.
        SYN_SENT = 2, "SYN-SENT";
        /// Has answered a SYN.
        SYN_RECV = 3, "SYN-RECV";
        /// Closed on this side; the other has not acknowledged it.
        FIN_WAIT1 = 4, "FIN-WAIT-1";
        /// Closed on this side; the other has acknowledged it.
        FIN_WAIT2 = 5, "FIN-WAIT-2";
        /// Over; waits for packets that are late.
        TIME_WAIT = 6, "TIME-WAIT";
        /// Not connected.
        CLOSE = 7, "UNCONN";
        /// Closed on the other side.
        CLOSE_WAIT = 8, "CLOSE-WAIT";
        /// Closed on both sides; waits for the last acknowledgement.
        LAST_ACK = 9, "LAST-ACK";
        /// Waits for connections.
        LISTEN = 10, "LISTEN";
        /// Closed on both sides at once.
        CLOSING = 11, "CLOSING";
    }
}

const fn bit(state: State) -> u32 {
    1 << state.0
}

nlink_core::flag_set! {
    /// A set of states, with the words that filters have for them.
    pub struct States(u32) {
        /// [`State::ESTABLISHED`].
        ESTABLISHED = bit(State::ESTABLISHED), "established";
        /// [`State::SYN_SENT`].
        SYN_SENT = bit(State::SYN_SENT), "syn-sent";
        /// [`State::SYN_RECV`].
        SYN_RECV = bit(State::SYN_RECV), "syn-recv";
        /// [`State::FIN_WAIT1`].
        FIN_WAIT1 = bit(State::FIN_WAIT1), "fin-wait-1";
        /// [`State::FIN_WAIT2`].
        FIN_WAIT2 = bit(State::FIN_WAIT2), "fin-wait-2";
        /// [`State::TIME_WAIT`].
        TIME_WAIT = bit(State::TIME_WAIT), "time-wait";
        /// [`State::CLOSE`].
        CLOSE = bit(State::CLOSE), "unconnected";
        /// [`State::CLOSE_WAIT`].
        CLOSE_WAIT = bit(State::CLOSE_WAIT), "close-wait";
        /// [`State::LAST_ACK`].
        LAST_ACK = bit(State::LAST_ACK), "last-ack";
        /// [`State::LISTEN`].
        LISTEN = bit(State::LISTEN), "listening";
        /// [`State::CLOSING`].
        CLOSING = bit(State::CLOSING), "closing";
        /// TCP sockets that have a port and are neither listening nor connected; in listings they are
        /// [`State::CLOSE`] (Linux 6.8).
        BOUND_INACTIVE = 1 << 13, "bound-inactive";
    }
}

/// The words for more than one state, beside other spellings of one.
const MORE_WORDS: &[(&str, States)] = &[
    ("all", States::EVERY),
    ("close", States::CLOSE),
    ("closed", States::CLOSE),
    ("syn-rcv", States::SYN_RECV),
    ("connected", States(States::EVERY.0 & !(States::CLOSE.0 | States::LISTEN.0))),
    ("synchronized", States(States::EVERY.0 & !(States::CLOSE.0 | States::LISTEN.0 | States::SYN_SENT.0))),
    ("bucket", States(States::SYN_RECV.0 | States::TIME_WAIT.0)),
    ("big", States(States::EVERY.0 & !(States::SYN_RECV.0 | States::TIME_WAIT.0))),
];

impl States {
    /// Every state, with those that only the kernel knows.
    pub const EVERY: Self = Self((1 << 14) - 1);

    /// What `ss` lists when it is not told: connected sockets.
    pub const CONNECTED: Self =
        Self(Self::EVERY.0 & !(Self::LISTEN.0 | Self::CLOSE.0 | Self::TIME_WAIT.0 | Self::SYN_RECV.0));

    /// The states that a filter's word means, whatever its case.
    pub fn named(word: &str) -> Option<Self> {
        let named = Self::NAMES.iter().map(|(states, name)| (*name, *states));
        let mut known = MORE_WORDS.iter().copied().chain(named);
        known.find(|(name, _)| name.eq_ignore_ascii_case(word)).map(|(_, states)| states)
    }

    /// Every word that [`named`](States::named) knows.
    pub fn words() -> impl Iterator<Item = &'static str> {
        Self::NAMES.iter().map(|(_, name)| *name).chain(MORE_WORDS.iter().map(|(name, _)| *name))
    }

    /// Whether a socket in that state is among them.
    pub fn has(self, state: State) -> bool {
        let bit = 1u32.checked_shl(state.0.into()).unwrap_or_default();
        self.0 & bit != 0
    }
}

nlink_core::flag_set! {
    /// Which directions of a socket are shut (`RCV_SHUTDOWN`, `SEND_SHUTDOWN` of include/net/sock.h).
    pub struct Shutdown(u8) {
        /// Nothing is received any more.
        RECEIVE = 1, "receive";
        /// Nothing is sent any more.
        SEND = 2, "send";
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_for_states_mean_what_ss_means() {
        assert_eq!(States::named("Established"), Some(States::ESTABLISHED));
        assert_eq!(States::named("closed"), States::named("unconnected"));
        assert_eq!(States::named("connected").map(|states| states.0), Some(0x3b7f));
        assert_eq!(States::CONNECTED.0, 0x3b37);
        assert_eq!(States::named("new-syn-recv"), None);
    }

    #[test]
    fn a_state_without_a_bit_is_in_no_set() {
        assert!(!States::EVERY.has(State(200)));
        assert!(!States::BOUND_INACTIVE.has(State::CLOSE));
    }
}
