//! What differs between what shall be and what is; without secrets.

use std::fmt;

use ipnet::IpNet;

use crate::{Endpoint, PublicKey};

/// Something that would change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Difference {
    /// The device's private key.
    PrivateKey,
    /// The port it listens on.
    ListenPort {
        /// What it is.
        from: u16,
        /// What it shall be.
        to: u16,
    },
    /// The mark of its packets.
    Fwmark {
        /// What it is.
        from: u32,
        /// What it shall be.
        to: u32,
    },
    /// A peer comes.
    PeerAdded(PublicKey),
    /// A peer goes.
    PeerRemoved(PublicKey),
    /// A peer changes.
    PeerChanged(PublicKey, Vec<PeerDifference>),
}

/// Something that would change about a peer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PeerDifference {
    /// The key shared with it.
    PresharedKey,
    /// Where it is.
    Endpoint {
        /// Where it was last seen.
        from: Option<Endpoint>,
        /// Where it shall be.
        to: Endpoint,
    },
    /// After how many seconds of silence something is sent; 0 is never.
    Keepalive {
        /// What it is.
        from: u16,
        /// What it shall be.
        to: u16,
    },
    /// It gets a prefix.
    Allowed(IpNet),
    /// It loses a prefix.
    Disallowed(IpNet),
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Difference::PrivateKey => f.write_str("another private key"),
            Difference::ListenPort { from, to } => write!(f, "listen port {to} (was {from})"),
            Difference::Fwmark { from, to } => write!(f, "fwmark {to:#x} (was {from:#x})"),
            Difference::PeerAdded(key) => write!(f, "add peer {key}"),
            Difference::PeerRemoved(key) => write!(f, "remove peer {key}"),
            Difference::PeerChanged(key, what) => {
                write!(f, "change peer {key}: ")?;
                for (at, difference) in what.iter().enumerate() {
                    write!(f, "{}{difference}", if at == 0 { "" } else { ", " })?;
                }
                Ok(())
            }
        }
    }
}

impl fmt::Display for PeerDifference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            PeerDifference::PresharedKey => f.write_str("another preshared key"),
            PeerDifference::Endpoint { from: Some(from), to } => write!(f, "endpoint {to} (was {from})"),
            PeerDifference::Endpoint { from: None, to } => write!(f, "endpoint {to}"),
            PeerDifference::Keepalive { from, to } => write!(f, "keepalive {to} s (was {from} s)"),
            PeerDifference::Allowed(net) => write!(f, "allow {net}"),
            PeerDifference::Disallowed(net) => write!(f, "no longer allow {net}"),
        }
    }
}
