//! Captures: every message of a connection, in a file that Wireshark opens.
//!
//! ```
//! use nlink_core::pcap::Capture;
//! use nlink_core::{Connection, Rtnetlink};
//!
//! let capture = Capture::to(Vec::new())?; // or File::create("nlink.pcap")?
//! let rt = Connection::<Rtnetlink>::open()?;
//! rt.capture(&capture);
//! // Requests, listings and events of `rt` and its clones are written, until
//! capture.finish()?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//! `tshark -r nlink.pcap` then shows each message with its attributes by name. While nothing is captured it costs a look
//! at a flag.
//!
//! **A capture holds what was sent, to the byte: keys and passwords as well.** Errors, logs and `Debug` never show them;
//! a capture does.

mod capture;
mod format;
mod tap;

pub use capture::Capture;
#[cfg(feature = "testing")]
pub(crate) use format::read;
pub(crate) use format::{Direction, Packet};
pub(crate) use tap::{Captured, Tap};
