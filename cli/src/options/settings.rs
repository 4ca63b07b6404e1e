//! The options themselves, for clap: parsing, help, man page, completions.

use std::io::IsTerminal;
use std::path::PathBuf;

use clap::{ArgAction, Parser, ValueEnum};
use nlink_core::show;
use nlink_core::wire::OpenEnum;
use nlink_route::Family;

use super::normalise;
use crate::exit::Exit;
use crate::failure::{Failure, Result};

/// When output is coloured.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Color {
    /// Whatever standard output is.
    Always,
    /// On a terminal.
    Auto,
    /// Not at all.
    #[default]
    Never,
}

/// Show and change network interfaces, addresses and routes.
///
/// Options may be written with one dash and abbreviated, as ip(8) does it: -br, -s -s, -4.
#[derive(Clone, Debug, Default, Parser)]
#[command(name = "ip", disable_help_flag = true, disable_version_flag = true, disable_help_subcommand = true)]
pub struct Options {
    /// Print JSON.
    #[arg(long, short)]
    pub json: bool,
    /// Print JSON with line breaks.
    #[arg(long, short)]
    pub pretty: bool,
    /// Print more details.
    #[arg(long, short, action = ArgAction::Count)]
    pub details: u8,
    /// Print statistics; given twice, also errors in detail.
    #[arg(long, short, action = ArgAction::Count)]
    pub statistics: u8,
    /// Print a table of the most important columns.
    #[arg(long)]
    pub brief: bool,
    /// Print each item on one line, line breaks as backslashes.
    #[arg(long, short)]
    pub oneline: bool,
    /// Print numbers with a suffix.
    #[arg(long)]
    pub human: bool,
    /// With --human, suffixes in powers of 1024.
    #[arg(long)]
    pub iec: bool,
    /// Print numbers rather than names.
    #[arg(long, short = 'N')]
    pub numeric: bool,
    /// Print names of hosts rather than addresses.
    #[arg(long, short)]
    pub resolve: bool,
    /// Use colours.
    #[arg(long, short, value_enum, value_name = "WHEN", default_value_t, num_args = 0..=1, require_equals = true,
          default_missing_value = "always")]
    pub color: Color,
    /// Print the time of each event.
    #[arg(long, short)]
    pub timestamp: bool,
    /// Print the time of each event on the event's own line.
    #[arg(long)]
    pub tshort: bool,
    /// Speak of one address family: inet, inet6, link, mpls, bridge (-4, -6, -0, -M, -B).
    #[arg(long, short, value_name = "FAMILY")]
    pub family: Option<String>,
    /// Work in a network namespace.
    #[arg(long, short, value_name = "NAMESPACE")]
    pub netns: Option<String>,
    /// Do it in all namespaces, where a command can.
    #[arg(long, short)]
    pub all: bool,
    /// Read commands from a file (- is standard input).
    #[arg(long, short, value_name = "FILE")]
    pub batch: Option<PathBuf>,
    /// Go on after a command of a batch that failed.
    #[arg(long)]
    pub force: bool,
    /// Flush in so many rounds at most.
    #[arg(long, short, value_name = "COUNT")]
    pub loops: Option<u32>,
    /// Keep so many bytes of events.
    #[arg(long, value_name = "BYTES")]
    pub rcvbuf: Option<u32>,
    /// Print what the kernel made of a change.
    #[arg(long)]
    pub echo: bool,
    /// Print the version.
    #[arg(long, short = 'V')]
    pub version: bool,
    /// Print a summary.
    #[arg(long)]
    pub help: bool,
    /// Object, command, and the command's words.
    #[arg(trailing_var_arg = true, allow_hyphen_values = true, value_name = "WORDS")]
    pub words: Vec<String>,
}

impl Options {
    /// Reads a tool's arguments, its own name first.
    pub fn read<S: AsRef<str>>(arguments: impl IntoIterator<Item = S>) -> Result<Self> {
        let spelled = normalise(arguments)?;
        // Of clap's answer the first line says it; the rest is about spellings that normalise has taken care of.
        let options = Self::try_parse_from(spelled)
            .map_err(|error| Failure::said(Exit::Usage, error.to_string().lines().next().unwrap_or_default()))?;
        options.address_family()?;
        if options.resolve {
            // Better refused than accepted and without effect.
            return Err(Failure::said(Exit::Usage, "Error: -resolve: names of hosts are not looked up here yet"));
        }
        Ok(options)
    }

    /// The address family that was asked for.
    pub fn address_family(&self) -> Result<Family> {
        let Some(word) = &self.family else { return Ok(Family::UNSPEC) };
        match Family::from_name(word) {
            Some(family) if family != Family::UNSPEC => Ok(family),
            _ => Err(Failure::said(
                Exit::Usage,
                format!("Error: family: {word:?} is unknown; known: inet, inet6, link, mpls, bridge"),
            )),
        }
    }

    /// Text or JSON.
    pub fn format(&self) -> show::Format {
        if self.json { show::Format::Json } else { show::Format::Text }
    }

    /// How much output shows; without names.
    pub fn show(&self) -> show::Options {
        let color = match self.color {
            Color::Always => true,
            Color::Auto => std::io::stdout().is_terminal(),
            Color::Never => false,
        };
        show::Options {
            details: self.details > 0,
            statistics: self.statistics,
            human: self.human,
            iec: self.iec,
            numeric: self.numeric,
            oneline: self.oneline,
            brief: self.brief,
            pretty: self.pretty,
            color: color && !self.json,
            names: show::Names::default(),
        }
    }
}
