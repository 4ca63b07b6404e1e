//! WireGuard: devices with any number of peers, read and set over generic netlink (linux/wireguard.h, Linux 5.6, module
//! wireguard; [wg(8)](https://man7.org/linux/man-pages/man8/wg.8.html)).
//!
//! Making a device is rtnetlink's affair (a link of kind `wireguard`); what it is to do is said here.
//!
//! ```no_run
//! use nlink_core::Connection;
//! use nlink_wireguard::{Device, Peer, PrivateKey, PublicKey, Wireguard, WireguardConfig};
//! # async fn example(public: PublicKey) -> Result<(), Box<dyn std::error::Error>> {
//! let wg = Connection::<Wireguard>::open()?;
//! let device = wg.dump::<Device>().on("wg0").one().await?;
//! println!("{} peers", device.peers.len());
//!
//! let change = WireguardConfig::new()
//!     .private_key(PrivateKey::generate()?)
//!     .listen_port(51820)
//!     .peer(Peer::new(public).endpoint("192.0.2.1:51820".parse()?).allow("10.9.0.0/24".parse()?).keepalive(25))
//!     .diff(&wg, "wg0")
//!     .await?;
//! println!("{change}"); // what would change, no secret in it
//! change.apply().await?;
//! # Ok(())
//! # }
//! ```
//!
//! Keys are types: secret ones print as `(hidden)`, are wiped from memory when dropped, and give their text only when
//! asked for it by name ([`PrivateKey::reveal`]). What passes through sockets and buffers on the way is not wiped.

#![forbid(unsafe_code)]

mod config;
mod device;
mod key;

pub use config::{Change, Difference, PeerDifference, WireguardConfig};
pub use device::{
    AllowedIp, AllowedIpFlags, Device, DeviceFilter, DeviceFlags, DeviceRef, Endpoint, Peer, PeerFlags, Timestamp,
};
pub use key::{PresharedKey, PrivateKey, PublicKey};

nlink_genl::family! {
    /// WireGuard's family, as a marker: `Connection::<Wireguard>::open()`.
    pub struct Wireguard = nlink_uapi::wireguard::WG_GENL_NAME, nlink_uapi::wireguard::WG_GENL_VERSION;
}
