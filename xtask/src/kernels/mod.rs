//! `cargo xtask kernels`: the kernel suite on full kernels, with nothing skipped.
//!
//! - `suite`: builds the programs, runs them on the kernels asked for, adds up
//! - `guest`: what a kernel is given (a folder with the programs and a script) and hands back
//! - `uml`: user-mode kernels: where they come from, booting one
//! - `stock`: Debian's own kernels under QEMU
//! - `root`: the newest reference tools, as a root of Debian's sid

mod guest;
mod root;
mod stock;
mod suite;
mod uml;

pub use suite::run;
