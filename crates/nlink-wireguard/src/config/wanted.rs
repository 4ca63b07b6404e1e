//! What a device shall be.

use nlink_core::driver::Driver;
use nlink_core::{Connection, Interface, Result};

use super::{Change, compare};
use crate::{Device, Peer, PrivateKey, Wireguard};

/// What a device shall be: its key and port, where given, and its peers, all of them unless
/// [told otherwise](WireguardConfig::keep_other_peers).
///
/// What is `None`, also in a peer, stays as it is. The allowed IPs of a peer are all that it shall have; of one that is
/// given to several peers, the last one has it, as in the kernel.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct WireguardConfig {
    /// The private key; zeros take it away.
    pub private_key: Option<PrivateKey>,
    /// The UDP port; 0 lets the kernel choose.
    pub listen_port: Option<u16>,
    /// The mark that its packets carry; 0 is none.
    pub fwmark: Option<u32>,
    /// The peers. One that is given twice is one, the later word counting.
    pub peers: Vec<Peer>,
    /// Whether peers that are not among these stay.
    pub keep_other_peers: bool,
}

impl WireguardConfig {
    /// One that asks for no peer and leaves the rest as it is.
    pub fn new() -> Self {
        Self::default()
    }

    /// Its private key.
    pub fn private_key(mut self, key: PrivateKey) -> Self {
        self.private_key = Some(key);
        self
    }

    /// The UDP port that it listens on.
    pub fn listen_port(mut self, port: u16) -> Self {
        self.listen_port = Some(port);
        self
    }

    /// The mark that its packets carry.
    pub fn fwmark(mut self, mark: u32) -> Self {
        self.fwmark = Some(mark);
        self
    }

    /// One more peer.
    pub fn peer(mut self, peer: Peer) -> Self {
        self.peers.push(peer);
        self
    }

    /// Leaves peers alone that are not among these.
    pub fn keep_other_peers(mut self) -> Self {
        self.keep_other_peers = true;
        self
    }

    /// Compares with what the device is now.
    ///
    /// Fails where there is no such interface ([`is_not_found`](nlink_core::Error::is_not_found)), or it is none of
    /// WireGuard's ([`is_unsupported`](nlink_core::Error::is_unsupported)).
    pub async fn diff<D: Driver>(
        &self,
        wg: &Connection<Wireguard, D>,
        device: impl Into<Interface>,
    ) -> Result<Change<D>> {
        let now = wg.dump::<Device>().on(device).one().await?;
        let (edit, differences) = compare::compare(self, &now);
        Ok(Change::new(wg.clone(), edit, differences))
    }
}
