//! Words of a command line: one cursor over them, one sentence for each mistake, one declaration for each word.
//!
//! A kind's options are declared on its fields (`word = "limit"`); the derive fills in [`Params`], and from it follow
//! parsing ([`Params::parse_params`]), the way back ([`Params::to_params`]), usage and completion.
//! Grammars that fit no table implement [`Params`] by hand on the same [`Words`].
//!
//! ```
//! use nlink_core::words::Words;
//! let mut words = Words::new(["mtu", "1400"]);
//! assert_eq!(words.next(), Some("mtu"));
//! assert_eq!(words.parse::<u32>("mtu")?, 1400);
//! words.finish()?;
//! # Ok::<(), nlink_core::words::WordError>(())
//! ```

mod cursor;
mod error;
mod glob;
mod params;
mod style;
mod value;

pub use cursor::Words;
pub use error::{BadValue, WordError};
pub use glob::glob;
#[doc(hidden)]
pub use params::join_usage;
pub use params::{FromWords, Params, WordEntry};
pub use style::{Device, Grammar, Hex, Natural, OnOff, Presence, Style, ZeroOne};
pub use value::Word;
#[doc(hidden)]
pub use value::{__word_by_from_str, parse_open_enum};
