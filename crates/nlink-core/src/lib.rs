//! The netlink engine under nlink: wire format, requests, dumps, events, namespaces.
//!
//! This crate knows netlink and nothing else; the protocols stand on it, each in a crate of its own.

#![deny(unsafe_code)]
#![cfg_attr(docsrs, feature(doc_cfg))]

#[allow(unused_extern_crates)] // the derives' paths start here, also in this crate
extern crate self as nlink_core;

pub mod batch;
pub mod blocking;
#[cfg(any(test, feature = "testing"))]
pub mod capture;
pub mod connection;
pub mod driver;
pub mod engine;
pub mod error;
pub mod fields;
pub mod interface;
pub mod kind;
pub mod netns;
pub mod object;
pub mod pcap;
pub mod pool;
pub mod protocol;
pub mod show;
pub mod socket;
pub mod stream;
#[cfg(feature = "testing")]
pub mod testing;
pub mod wire;
pub mod words;

pub use connection::Connection;
pub use error::{Error, KernelError, Result};
pub use interface::Interface;
pub use netns::Namespace;
pub use nlink_macros::{Attributes, Kind, Message};
pub use protocol::Rtnetlink;

#[doc(hidden)]
pub use {bitflags, nlink_uapi as uapi, zerocopy};
