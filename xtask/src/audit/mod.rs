//! `cargo xtask audit`: what we hold of the kernel against the kernel itself.
//!
//! - `generated`: what the files of nlink-uapi say
//! - `layout`: the same asked of a C compiler that reads the headers
//! - `strays`: numbers of the kernel defined anywhere else
//! - `ynl`: the kernel's own specifications of netlink families
//! - `widths`: our message tables against those
//! - `run`: all of it, one after the other

mod generated;
mod layout;
mod run;
mod strays;
mod widths;
mod ynl;

pub use run::run;
