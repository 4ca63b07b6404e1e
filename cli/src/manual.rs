//! Help, man page and completions, made from the options and the tables of commands.

use std::fmt::Write;
use std::io;

use clap::{Arg, CommandFactory};
use clap_complete::Shell;
use nlink_core::words::{BadValue, Words};

use crate::commands::{Commands, Object};
use crate::exit::Exit;
use crate::failure::Result;
use crate::options::Options;
use crate::output;

fn present(objects: &'static [Object]) -> impl Iterator<Item = (&'static str, &'static Commands)> {
    objects.iter().filter_map(|object| Some((*object.names.first()?, object.commands?)))
}

/// The tool's summary.
pub fn usage(objects: &'static [Object]) -> String {
    let names: Vec<&str> = present(objects).map(|(name, _)| name).collect();
    let mut usage = String::from("Usage: ip [ OPTIONS ] OBJECT { COMMAND | help }\n");
    usage.push_str("       ip [ -force ] -batch FILE\n");
    let _ = writeln!(usage, "where  OBJECT := {{ {} }}", names.join(" | "));
    usage.push_str("       OPTIONS := {");
    let mut tool = Options::command();
    tool.build();
    for option in tool.get_arguments().filter(|option| !option.is_positional()) {
        let takes = option.get_num_args().is_some_and(|values| values.min_values() > 0);
        let value = option.get_value_names().and_then(|names| names.first()).filter(|_| takes);
        let value = value.map(|value| format!(" {value}")).unwrap_or_default();
        let _ = write!(usage, " -{}{value} |", option.get_long().unwrap_or_default());
    }
    usage.pop();
    usage.push('}');
    usage
}

/// `ip completions SHELL` and `ip man`: what packagers ask for, and no user meets by an abbreviation. `None` is
/// neither.
pub fn extra(objects: &'static [Object], typed: &str, words: &mut Words<'_>) -> Result<Option<Exit>> {
    match typed {
        "completions" => {
            let shell = words
                .styled("completions", |word| word.parse::<Shell>().map_err(|_| BadValue::new("a shell", "bash")))?;
            words.finish()?;
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut command(objects), "ip", &mut script);
            output::bytes(&script).map(Some)
        }
        "man" => {
            words.finish()?;
            let mut page = Vec::new();
            man(objects, &mut page)?;
            output::bytes(&page).map(Some)
        }
        _ => Ok(None),
    }
}

/// The tool as clap sees it: options, an object below, the object's commands below that, their words as arguments.
fn command(objects: &'static [Object]) -> clap::Command {
    let mut tool = Options::command();
    for (name, commands) in present(objects) {
        let mut object = clap::Command::new(name).about(format!("{} …", commands.object));
        for entry in commands.entries.iter().filter(|_| !commands.only) {
            let Some((first, others)) = entry.names.split_first() else { continue };
            let words: Vec<&str> = entry.words.iter().flat_map(|entry| entry.words()).collect();
            let mut command = clap::Command::new(*first).visible_aliases(others.iter().copied()).about(entry.synopsis);
            if !words.is_empty() {
                command = command.arg(Arg::new("words").value_parser(words).num_args(0..));
            }
            object = object.subcommand(command);
        }
        tool = tool.subcommand(object.disable_help_subcommand(true));
    }
    tool
}

fn man(objects: &'static [Object], out: &mut impl io::Write) -> Result<()> {
    clap_mangen::Man::new(Options::command()).render(out)?;
    writeln!(out, ".SH OBJECTS")?;
    for (_, commands) in present(objects) {
        writeln!(out, ".SS {}", commands.object)?;
        for entry in commands.entries {
            let usage = commands.usage_of(entry);
            writeln!(
                out,
                ".PP\n.nf\n{}\n.fi",
                usage.trim_start_matches("Usage: ").replace('\\', "\\e").replace("\n.", "\n\\&.")
            )?;
        }
    }
    Ok(())
}
