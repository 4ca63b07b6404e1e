//! `ip`: see [ip(8)](https://man7.org/linux/man-pages/man8/ip.8.html). Options, then an object, then the object's
//! command; `-batch` reads many.

mod address;
mod capabilities;
mod link;
mod monitor;
mod netns;
mod route;

use std::io::ErrorKind;
use std::process::ExitCode;

use nlink_cli::commands::{self, Object};
use nlink_cli::failure::complain;
use nlink_cli::{Context, Exit, Failure, Options, Result, batch, manual, output};
use nlink_core::words::Words;

/// In iproute2's order: `ip n` is the neighbour table there, so it is nothing else here.
const OBJECTS: &[Object] = &[
    Object { names: &["address"], commands: Some(&address::COMMANDS) },
    Object { names: &["addrlabel"], commands: None },
    Object { names: &["maddress"], commands: None },
    Object { names: &["route"], commands: Some(&route::COMMANDS) },
    Object { names: &["rule"], commands: None },
    Object { names: &["neighbor", "neighbour"], commands: None },
    Object { names: &["ntable", "ntbl"], commands: None },
    Object { names: &["link"], commands: Some(&link::COMMANDS) },
    Object { names: &["l2tp"], commands: None },
    Object { names: &["fou"], commands: None },
    Object { names: &["ila"], commands: None },
    Object { names: &["macsec"], commands: None },
    Object { names: &["tunnel", "tunl"], commands: None },
    Object { names: &["tuntap", "tap"], commands: None },
    Object { names: &["token"], commands: None },
    Object { names: &["tcpmetrics", "tcp_metrics"], commands: None },
    Object { names: &["monitor"], commands: Some(&monitor::COMMANDS) },
    Object { names: &["xfrm"], commands: None },
    Object { names: &["mroute"], commands: None },
    Object { names: &["mrule"], commands: None },
    Object { names: &["netns"], commands: Some(&netns::COMMANDS) },
    Object { names: &["netconf"], commands: None },
    Object { names: &["vrf"], commands: None },
    Object { names: &["sr"], commands: None },
    Object { names: &["nexthop"], commands: None },
    Object { names: &["mptcp"], commands: None },
    Object { names: &["ioam"], commands: None },
    Object { names: &["stats"], commands: None },
    Object { names: &["capabilities"], commands: Some(&capabilities::COMMANDS) },
];

fn main() -> ExitCode {
    start().unwrap_or_else(|failure| failure.report()).into()
}

fn start() -> Result<Exit> {
    let arguments: Result<Vec<String>> = std::env::args_os()
        .map(|argument| {
            argument.into_string().map_err(|argument| {
                Failure::said(Exit::Usage, format!("{} is no text in UTF-8.", argument.to_string_lossy()))
            })
        })
        .collect();
    let mut options = Options::read(arguments?)?;
    if options.version {
        return output::lines([concat!("ip utility, nlink ", env!("CARGO_PKG_VERSION"), ", after iproute2")]);
    }
    let words = std::mem::take(&mut options.words);
    if options.help || (words.is_empty() && options.batch.is_none()) {
        return Ok(help());
    }
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let cx = Context::new(options)?;
    runtime.block_on(async {
        match &cx.options.batch {
            Some(path) => batch(&cx, path).await,
            None => command(&cx, words.iter().map(String::as_str)).await,
        }
    })
}

fn help() -> Exit {
    complain(manual::usage(OBJECTS));
    Exit::Usage
}

/// Carries out one command: the object's name, then what is the object's.
async fn command(cx: &Context, words: impl IntoIterator<Item = &str>) -> Result<Exit> {
    let mut words = Words::new(words);
    let typed = words.next().unwrap_or_default();
    match commands::find_object(OBJECTS, typed) {
        Some(Object { commands: Some(commands), .. }) => commands.run(cx, &mut words).await,
        _ if !typed.is_empty() && "help".starts_with(typed) => Ok(help()),
        Some(Object { names, .. }) => {
            let name = names.first().copied().unwrap_or_default();
            Err(Failure::said(Exit::Failed, format!("Object \"{name}\" is not in this ip yet, try \"ip help\".")))
        }
        None => match manual::extra(OBJECTS, typed, &mut words)? {
            Some(exit) => Ok(exit),
            None => Err(Failure::said(Exit::Failed, format!("Object \"{typed}\" is unknown, try \"ip help\"."))),
        },
    }
}

/// Carries out the commands of a file. The first that fails is the last, unless told to go on.
async fn batch(cx: &Context, path: &std::path::Path) -> Result<Exit> {
    let mut input = batch::open(path)?;
    let (mut number, mut exit) = (0, Exit::Success);
    loop {
        let line = match batch::next_line(&mut *input, &mut number) {
            Ok(Some(line)) => line,
            Ok(None) => return Ok(exit),
            Err(error) if error.kind() == ErrorKind::Interrupted => continue,
            Err(error) => {
                let message = format!("Cannot read \"{}\": {error}", path.display());
                return Err(Failure::said(Exit::Failed, message));
            }
        };
        cx.forget();
        let done = match command(cx, line.words.iter().map(String::as_str)).await {
            Err(Failure::Closed) => return Ok(exit),
            done => done.unwrap_or_else(|failure| failure.report()),
        };
        if !done.is_success() {
            complain(format_args!("Command failed {}:{}", path.display(), line.number));
            exit = Exit::Failed;
            if !cx.options.force {
                return Ok(exit);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn object(typed: &str) -> Option<&'static str> {
        commands::find_object(OBJECTS, typed).and_then(|object| object.names.first()).copied()
    }

    #[test]
    fn objects_are_abbreviated_as_in_iproute2() {
        let typed = ["a", "l", "r", "n", "m", "mo", "netn", "net", "ru", "t", "x", "s"];
        let meant = [
            "address", "link", "route", "neighbor", "maddress", "monitor", "netns", "netns", "rule", "tunnel", "xfrm",
            "sr",
        ];
        assert_eq!(typed.map(object), meant.map(Some));
        assert_eq!([object(""), object("links")], [None, None]);
    }

    #[test]
    fn commands_are_abbreviated_as_in_iproute2() {
        let meant = |commands: &nlink_cli::Commands, typed: &str| {
            commands.find(typed).and_then(|command| command.names.first()).copied().unwrap_or_default()
        };
        let link = ["a", "s", "c", "sh", "l", "d", "r", "p"].map(|typed| meant(&link::COMMANDS, typed));
        assert_eq!(link, ["add", "set", "set", "show", "show", "delete", "replace", "property"]);
        let address = ["a", "c", "chg", "s", "l", "d", "r", "f", "sa", "showd", "res"];
        let address = address.map(|typed| meant(&address::COMMANDS, typed));
        let all =
            ["add", "change", "change", "show", "show", "delete", "replace", "flush", "save", "showdump", "restore"];
        assert_eq!(address, all);
        let route = ["s", "l", "g", "a", "ap", "c", "r", "d", "f", "sa", "res", "showd"];
        let route = route.map(|typed| meant(&route::COMMANDS, typed));
        assert_eq!(
            route,
            [
                "show", "show", "get", "add", "append", "change", "replace", "delete", "flush", "save", "restore",
                "showdump"
            ]
        );
        let netns = ["l", "s", "a", "se", "d", "i", "p", "e", "m", "at", "list-"];
        let netns = netns.map(|typed| meant(&netns::COMMANDS, typed));
        let all = ["list", "list", "add", "set", "delete", "identify", "pids", "exec", "monitor", "attach", "list-id"];
        assert_eq!(netns, all);
    }
}
