//! The options of `ss`, as iproute2 has them.

use std::fs;

use clap::error::ErrorKind;
use clap::parser::ValueSource;
use clap::{ArgMatches, CommandFactory, FromArgMatches, Parser};
use nlink_cli::failure::reason;
use nlink_cli::{Exit, Failure, Result, output};
use nlink_diag::{Family, States};

/// Shows sockets.
#[derive(Debug, Parser)]
#[command(name = "ss", override_usage = "ss [ OPTIONS ] [ FILTER ]")]
#[command(disable_version_flag = true, args_override_self = true)]
pub(crate) struct Options {
    /// Output version information
    #[arg(short = 'V', long, short_alias = 'v')]
    pub(crate) version: bool,
    /// Don't resolve service names
    #[arg(short, long)]
    pub(crate) numeric: bool,
    /// Resolve host names
    #[arg(short, long)]
    pub(crate) resolve: bool,
    /// Display all sockets
    #[arg(short, long)]
    all: bool,
    /// Display listening sockets
    #[arg(short, long)]
    listening: bool,
    /// Display TCP bound but inactive sockets
    #[arg(short = 'B', long)]
    bound_inactive: bool,
    /// The states that the last one of these three options means
    #[arg(skip)]
    pub(crate) states: Option<States>,
    /// Show timer information
    #[arg(short, long)]
    pub(crate) options: bool,
    /// Show detailed socket information
    #[arg(short, long)]
    pub(crate) extended: bool,
    /// Show socket memory usage
    #[arg(short, long)]
    pub(crate) memory: bool,
    /// Show process using socket
    #[arg(short, long)]
    pub(crate) processes: bool,
    /// Show internal TCP information
    #[arg(short, long)]
    pub(crate) info: bool,
    /// Show socket usage summary
    #[arg(short, long)]
    pub(crate) summary: bool,
    /// Show tos and priority information
    #[arg(long)]
    pub(crate) tos: bool,
    /// Show cgroup information
    #[arg(long)]
    pub(crate) cgroup: bool,
    /// Show bpf filter socket information
    #[arg(short, long)]
    pub(crate) bpf: bool,
    /// Continually display sockets as they are destroyed
    #[arg(short = 'E', long)]
    pub(crate) events: bool,
    /// Switch to the specified network namespace name
    #[arg(short = 'N', long, value_name = "NETNS")]
    pub(crate) net: Option<String>,
    /// Display only IP version 4 sockets
    #[arg(short = '4', long)]
    ipv4: bool,
    /// Display only IP version 6 sockets
    #[arg(short = '6', long)]
    ipv6: bool,
    /// Display PACKET sockets
    #[arg(short = '0', long)]
    packet: bool,
    /// Display only TCP sockets
    #[arg(short, long)]
    pub(crate) tcp: bool,
    /// Display only MPTCP sockets
    #[arg(short = 'M', long)]
    pub(crate) mptcp: bool,
    /// Display only UDP sockets
    #[arg(short, long)]
    pub(crate) udp: bool,
    /// Display only RAW sockets
    #[arg(short = 'w', long)]
    pub(crate) raw: bool,
    /// Display only Unix domain sockets
    #[arg(short = 'x', long)]
    unix: bool,
    /// Display sockets of type FAMILY: inet, inet6, link, unix, netlink
    #[arg(short, long)]
    family: Vec<String>,
    /// The families of all these options, in the order given
    #[arg(skip)]
    pub(crate) families: Vec<Family>,
    /// Forcibly close sockets, display what was closed
    #[arg(short = 'K', long)]
    pub(crate) kill: bool,
    /// Suppress header line
    #[arg(short = 'H', long)]
    pub(crate) no_header: bool,
    /// Suppress sending and receiving queue columns
    #[arg(short = 'Q', long)]
    pub(crate) no_queues: bool,
    /// Socket's data printed on a single line
    #[arg(short = 'O', long)]
    pub(crate) oneline: bool,
    /// Show various inet socket options
    #[arg(long)]
    pub(crate) inet_sockopt: bool,
    /// Tables by name, separated by commas: all, inet, tcp, mptcp, udp, raw, unix, packet, netlink and parts of them
    #[arg(short = 'A', long, alias = "socket", value_delimiter = ',')]
    pub(crate) query: Vec<String>,
    /// Read further conditions of the filter from a file
    #[arg(short = 'F', long = "filter", value_name = "FILE")]
    filter_file: Option<String>,
    /// JSON output
    #[arg(short, long)]
    pub(crate) json: bool,
    /// States (`state STATE-FILTER`) and an expression
    pub(crate) filter: Vec<String>,
}

impl Options {
    /// Reads the command line; `None` where help was asked for, and given.
    pub(crate) fn read() -> Result<Option<Self>> {
        let matches = match Self::command().try_get_matches() {
            Ok(matches) => matches,
            Err(error) if error.kind() == ErrorKind::DisplayHelp => {
                output::bytes(error.to_string().as_bytes())?;
                return Ok(None);
            }
            Err(error) => return Err(refused(&error)),
        };
        let mut options = Self::from_arg_matches(&matches).map_err(|error| refused(&error))?;
        options.families = options.families(&matches)?;
        let states = [
            ("all", States::EVERY),
            ("listening", States::LISTEN | States::CLOSE),
            ("bound_inactive", States::BOUND_INACTIVE),
        ];
        options.states = places(&matches, states).last().map(|(_, states)| *states);
        options.filter.extend(options.filter_file.as_deref().map(conditions).transpose()?);
        Ok(Some(options))
    }

    fn families(&self, matches: &ArgMatches) -> Result<Vec<Family>> {
        let by_letter =
            [("ipv4", Family::INET), ("ipv6", Family::INET6), ("packet", Family::PACKET), ("unix", Family::UNIX)];
        let mut places = places(matches, by_letter);
        for (name, at) in self.family.iter().zip(matches.indices_of("family").into_iter().flatten()) {
            places.push((at, family(name)?));
        }
        places.sort_by_key(|(at, _)| *at);
        Ok(places.into_iter().map(|(_, family)| family).collect())
    }

    /// Whether no option says which sockets.
    pub(crate) fn names_no_table(&self) -> bool {
        let one = [self.tcp, self.mptcp, self.udp, self.raw];
        !one.contains(&true) && self.families.is_empty() && self.query.is_empty()
    }
}

/// What the options among these that were given stand for, in the order given.
fn places<T>(matches: &ArgMatches, options: impl IntoIterator<Item = (&'static str, T)>) -> Vec<(usize, T)> {
    let given = |name: &str| matches.value_source(name) == Some(ValueSource::CommandLine);
    let place = |(name, means)| Some((matches.index_of(name).filter(|_| given(name))?, means));
    let mut places: Vec<_> = options.into_iter().filter_map(place).collect();
    places.sort_by_key(|(at, _)| *at);
    places
}

fn family(name: &str) -> Result<Family> {
    match name.parse() {
        Ok(family @ (Family::INET | Family::INET6 | Family::UNIX | Family::PACKET | Family::NETLINK)) => Ok(family),
        _ => Err(Failure::said(Exit::Usage, format!("ss: \"{name}\" is invalid family"))),
    }
}

/// What a file has, but for lines that are remarks and begin with `#`. `-` is standard input.
fn conditions(file: &str) -> Result<String> {
    let text = if file == "-" { std::io::read_to_string(std::io::stdin()) } else { fs::read_to_string(file) };
    let text = text.map_err(|error| Failure::said(Exit::Usage, format!("filter file {file}: {}", reason(&error))))?;
    let lines = text.lines().filter(|line| !line.trim_start().starts_with('#'));
    Ok(lines.collect::<Vec<_>>().join(" "))
}

/// The first line of what clap says, as iproute2's tools begin theirs.
fn refused(error: &clap::Error) -> Failure {
    let text = error.to_string();
    let line = text.lines().next().unwrap_or_default();
    Failure::said(Exit::Usage, format!("ss: {}", line.strip_prefix("error: ").unwrap_or(line)))
}
