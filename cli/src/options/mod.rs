//! What stands before the object: `ip -j -d -n blue link`.
//!
//! iproute2's options have one dash, may be abbreviated (`-br`, `-st`) and repeated (`-s -s`). [`normalise`] spells
//! them out, first fitting entry first; clap takes them from there, and makes help, man page and completions of them.
//! ```
//! use nlink_cli::Options;
//! let options = Options::read(["ip", "-br", "-s", "-s", "a", "show"])?;
//! assert!(options.brief && options.statistics == 2);
//! assert_eq!(options.words, ["a", "show"]);
//! # Ok::<(), nlink_cli::Failure>(())
//! ```

mod normalise;
mod settings;

pub use normalise::normalise;
pub use settings::{Color, Options};
