//! Output, declared once for text and JSON: a value hands its [`Sink`] a key, a value and the text form.
//!
//! `Display` of an object is [`Show`] with a text sink, `-j` of a tool is the same with a JSON sink, so the two cannot
//! drift apart. They may differ on purpose, as iproute2's do: the value and its text are given side by side.
//!
//! ```
//! use nlink_core::show::{Format, Options, Show, Sink};
//! struct Mtu(u32);
//! impl Show for Mtu {
//!     fn show(&self, sink: &mut Sink<'_>) {
//!         sink.word("mtu", "mtu", self.0);
//!     }
//! }
//! let text = Sink::render(&Mtu(1500), Format::Text, &Options::default());
//! let json = Sink::render(&Mtu(1500), Format::Json, &Options::default());
//! assert_eq!((text.as_str(), json.as_str()), ("mtu 1500 ", "{\"mtu\":1500}"));
//! ```

mod color;
mod json;
mod options;
mod scalar;
mod sink;

pub use color::Color;
pub use options::{Names, Options};
pub use scalar::{Scalar, Shown};
pub use sink::{Format, Show, Sink};
