//! Bytes only, no I/O: message headers, attributes, value codecs, and the traits that the derives fill in.
//!
//! What this layer promises:
//!
//! - **No input panics.** Every read is checked; a length that lies, a value of the wrong width or a cut-off
//!   attribute is a [`WireError`] that names the path of attributes to it, and says so for that message only.
//! - **Nothing is lost.** An attribute that a declaration does not name is kept in [`UnknownAttrs`], and written
//!   back where it is sent again; an unknown enum value or bit survives as its number.
//! - **Kernels differ.** A fixed struct shorter than ours (older kernel) fills up with zeros, a longer one (newer
//!   kernel) keeps its tail ([`Tailed`]); a repeated attribute counts as the kernel counts it, the last one wins.
//! - **Writing cannot half fail.** A [`Writer`] remembers its first error and gives it at the end, so emitters are
//!   straight lines; nothing of a faulty message is ever sent.
//!
//! ```
//! use nlink_core::wire::{Attrs, Codec, Writer};
//! let mut writer = Writer::new();
//! writer.attr(4, |payload| 1500u32.encode(payload));
//! let bytes = writer.finish().unwrap();
//! let mtu = Attrs::new(&bytes).next().unwrap().unwrap();
//! assert_eq!((mtu.kind(), u32::decode(mtu.payload()).unwrap()), (4, 1500));
//! ```

mod address;
mod attr;
mod codec;
mod error;
mod fixed;
mod flags;
mod form;
mod frame;
mod message;
mod named_number;
mod numbered;
mod open_enum;
mod secret;
mod table;
mod text;
mod union;
mod writer;

pub use address::LinkAddress;
#[cfg(feature = "testing")]
pub(crate) use attr::{ATTR_HEADER, align4};
pub use attr::{Attr, Attrs, RawAttr, UnknownAttrs, attr_id};
pub use codec::{Be, Blob, Codec, OptionOf, Uint, ValueOf};
pub use error::{WireCause, WireError};
pub use fixed::{Fixed, Tailed};
pub use flags::FlagSet;
pub use form::{As, EitherAttr, Form, Indexed, Inside, Or, Packed, Padded, Plain, Records, Unnested};
pub use frame::{Frame, Frames, MessageHeader};
pub use message::{Attributes, Message};
pub use numbered::Numbered;
pub use open_enum::OpenEnum;
pub(crate) use secret::Count;
pub use secret::Secret;
pub use table::{AttrEntry, AttrPath, AttrTable, Shape};
pub use text::IfName;
pub use union::{FamilyUnion, KindUnion};
pub use writer::Writer;
