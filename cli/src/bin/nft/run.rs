//! A text of commands, carried out: first all that changes something, in one transaction, then what is to be shown.

use nlink_cli::{Exit, Result, output};
use nlink_core::blocking::{Connection, run as waited};
use nlink_nft::Nftables;
use nlink_nft::language::parse;
use nlink_nft::language::script::Script;
use nlink_nft::language::tree::Command;

use crate::input::Text;
use crate::options::Options;
use crate::{complaint, echo, list, names};

pub(crate) fn run(options: &Options, input: &Text) -> Result<Exit> {
    let defined: Vec<(&str, &str)> =
        options.define.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let commands =
        parse::commands_with(input.commands(), &defined).map_err(|error| complaint::syntax(&error, input))?;
    let nft = Connection::<Nftables>::open()?;
    let shows = |command: &&Command| command.verb.shows();
    let changes = commands.iter().any(|command| !shows(&command));
    let mut printed = Vec::new();
    if changes {
        let names = names::known()?;
        let script = Script::new(&commands).names(&names);
        let script = if options.check { script.dry_run() } else { script };
        let echo = if options.echo && !options.check { Some(echo::Listener::begin(&nft)?) } else { None };
        waited(script.commit(&nft)).map_err(|refusal| complaint::refusal(&refusal, input))?;
        if let Some(listener) = echo {
            printed = listener.printed(&named(options)?)?;
        }
    }
    let shown = commands.iter().filter(shows).map(|command| list::asked(&nft, command, input));
    let shown = shown.collect::<Result<Vec<_>>>()?;
    let options = if shown.is_empty() { Options::default() } else { named(options)? };
    output::stream(|out| {
        out.write_all(&printed)?;
        shown.iter().try_for_each(|shown| shown.print(&options, out))
    })
}

/// The options, with the names that printing needs.
fn named(options: &Options) -> Result<Options> {
    let print = nlink_nft::language::print::Options { names: names::known()?, ..options.print.clone() };
    Ok(Options { print, json: options.json, ..Options::default() })
}
