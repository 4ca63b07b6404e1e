//! `wg`: see [wg(8)](https://man7.org/linux/man-pages/man8/wg.8.html). What it prints and how it ends are
//! wireguard-tools'; `-j` before the command is our own.

mod change;
mod conf;
mod dump;
mod endpoint;
mod keys;
mod pages;
mod ports;
mod pretty;
mod show;
mod showconf;
mod terminal;
mod tool;
mod values;

use std::process::ExitCode;

use nlink_cli::failure::complain;
use nlink_cli::{Exit, Failure, Result, output};
use tool::Tool;

/// A subcommand: its name, what it does, in a sentence.
type Command = (&'static str, fn(&Tool, &[&str]) -> Result<Exit>, &'static str);

const COMMANDS: [Command; 9] = [
    ("show", show::show, "Shows the current configuration and device information"),
    (
        "showconf",
        showconf::showconf,
        "Shows the current configuration of a given WireGuard interface, for use with `setconf'",
    ),
    ("set", change::set, "Change the current configuration, add peers, remove peers, or change peers"),
    ("setconf", change::setconf, "Applies a configuration file to a WireGuard interface"),
    ("addconf", change::addconf, "Appends a configuration file to a WireGuard interface"),
    ("syncconf", change::syncconf, "Synchronizes a configuration file to a WireGuard interface"),
    ("genkey", keys::genkey, "Generates a new private key and writes it to stdout"),
    ("genpsk", keys::genpsk, "Generates a new preshared key and writes it to stdout"),
    ("pubkey", keys::pubkey, "Reads a private key from stdin and writes a public key to stdout"),
];

fn main() -> ExitCode {
    start().unwrap_or_else(|failure| failure.report()).into()
}

fn start() -> Result<Exit> {
    let arguments: Vec<String> = std::env::args_os().map(|argument| argument.to_string_lossy().into_owned()).collect();
    let mut arguments = arguments.iter().map(String::as_str);
    let name = arguments.next().unwrap_or("wg");
    let mut rest: Vec<&str> = arguments.collect();
    let json = rest.first().is_some_and(|first| ["-j", "--json"].contains(first));
    if json {
        rest.remove(0);
    }
    let tool = Tool::new(name, json);
    match rest.as_slice() {
        ["-v" | "--version" | "version"] => {
            output::lines([concat!("wg, nlink ", env!("CARGO_PKG_VERSION"), ", after wireguard-tools")])
        }
        ["-h" | "--help" | "help"] => output::lines([usage(name)]),
        [] => show::show(&tool, &[]),
        [typed, words @ ..] => match COMMANDS.iter().find(|(command, ..)| command == typed) {
            Some((command, ..)) if json && *command != "show" => {
                Err(Failure::said(Exit::Failed, format!("`-j' goes with `show' only, not with `{command}'")))
            }
            Some((_, run, _)) => run(&tool, words),
            None => {
                complain(format_args!("Invalid subcommand: `{typed}'\n{}", usage(name)));
                Ok(Exit::Failed)
            }
        },
    }
}

fn usage(name: &str) -> String {
    let mut usage = format!("Usage: {name} <cmd> [<args>]\n\nAvailable subcommands:\n");
    for (command, _, what) in COMMANDS {
        usage.push_str(&format!("  {command}: {what}\n"));
    }
    usage + "You may pass `--help' to any of these subcommands to view usage."
}
