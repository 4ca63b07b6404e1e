//! `nft`: see [nft(8)](https://man7.org/linux/man-pages/man8/nft.8.html). What it takes, what it prints and how it ends
//! are nft's.

mod complaint;
mod echo;
mod elements;
mod include;
mod input;
mod interactive;
mod list;
mod names;
mod options;
mod reset;
mod run;

use std::process::ExitCode;

use nlink_cli::{Exit, Failure, Result, output};
use options::{Call, Source};

fn main() -> ExitCode {
    start().unwrap_or_else(|failure| failure.report()).into()
}

fn start() -> Result<Exit> {
    let arguments: Vec<String> = std::env::args_os().map(|argument| argument.to_string_lossy().into_owned()).collect();
    let options = match options::read(&arguments)? {
        Call::Help => return output::lines([options::usage(arguments.first().map_or("nft", String::as_str))]),
        Call::Version => return output::lines([concat!("nft, nlink ", env!("CARGO_PKG_VERSION"), ", after nftables")]),
        Call::Run(options) => options,
    };
    match &options.source {
        Source::Interactive => interactive::run(&options),
        Source::Words(words) if words.is_empty() => Err(Failure::said(Exit::Failed, "nft: no command specified")),
        Source::Words(words) => run::run(&options, &include::typed(words.join(" "), &options)?),
        Source::File(path) => run::run(&options, &include::file(path, &options)?),
    }
}
