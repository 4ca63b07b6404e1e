//! `ss`: see [ss(8)](https://man7.org/linux/man-pages/man8/ss.8.html). The columns and texts are iproute2's; `-j` is our
//! own.

mod columns;
mod events;
mod hosts;
mod listing;
mod options;
mod printer;
mod processes;
mod summary;
mod tables;
mod waiting;

use std::process::ExitCode;

use nlink_cli::{Exit, Result, output};
use options::Options;

fn main() -> ExitCode {
    start().unwrap_or_else(|failure| failure.report()).into()
}

fn start() -> Result<Exit> {
    let Some(options) = Options::read()? else { return Ok(Exit::Success) };
    if options.version {
        return output::lines([concat!("ss utility, nlink ", env!("CARGO_PKG_VERSION"), ", after iproute2")]);
    }
    if options.summary {
        summary::print(&options)?;
        if options.names_no_table() && options.filter.is_empty() {
            return Ok(Exit::Success);
        }
    }
    let wanted = tables::Wanted::by(&options)?;
    match options.events {
        true => events::follow(&options, &wanted),
        false => listing::print(&options, &wanted),
    }
}
