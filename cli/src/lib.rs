//! What nlink's command-line tools share: options before the object, tables of commands, output, exit codes.
//!
//! A tool is a table of objects; an object is a file with a table of commands and one short function for each: words to
//! object, one verb, show. What the words mean and how things print is the library's.
//!
//! | module | what |
//! |---|---|
//! | [`options`] | what stands before the object: `-j -d -s -n …`, abbreviated as iproute2 takes it |
//! | [`commands`](mod@commands) | ordered tables of objects and commands: the first entry that the typed prefix fits wins |
//! | [`context`] | what a command works with: options, the connection, names for numbers, output |
//! | [`driver`] | how connections wait |
//! | [`output`] | standard output, item by item, as text or as a JSON array |
//! | [`clock`] | the time of an event, as `-t` and `-ts` write it |
//! | [`batch`] | many commands from a file |
//! | [`failure`], [`exit`] | what went wrong, in one line, and the exit code that iproute2 has for it |
//! | [`manual`] | completions for shells and the man page, made from options and tables |

#![forbid(unsafe_code)]

pub mod batch;
pub mod clock;
pub mod commands;
pub mod context;
pub mod driver;
pub mod exit;
pub mod failure;
pub mod manual;
pub mod names;
pub mod options;
pub mod output;

pub use commands::{Command, Commands};
pub use context::Context;
pub use exit::Exit;
pub use failure::{Failure, Result};
pub use options::Options;
