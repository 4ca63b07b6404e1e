//! Which sockets are wanted: tables, address families, states, and the filter. What an option implies of the others is
//! iproute2's.

use std::ops::BitOr;

use nlink_cli::{Exit, Failure, Result};
use nlink_diag::{Expression, Family, Mistake, Selection, SelectionError, States};

use crate::options::Options;

/// A set of tables of sockets.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tables(pub(crate) u16);

impl BitOr for Tables {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

impl Tables {
    pub(crate) const TCP: Self = Self(1 << 0);
    pub(crate) const MPTCP: Self = Self(1 << 1);
    pub(crate) const UDP: Self = Self(1 << 2);
    pub(crate) const RAW: Self = Self(1 << 3);
    pub(crate) const DATAGRAM: Self = Self(1 << 4);
    pub(crate) const STREAM: Self = Self(1 << 5);
    pub(crate) const SEQUENCED: Self = Self(1 << 6);
    const PACKET_DGRAM: Self = Self(1 << 7);
    const PACKET_RAW: Self = Self(1 << 8);
    pub(crate) const NETLINK: Self = Self(1 << 9);
    const INET: Self = Self(Self::TCP.0 | Self::MPTCP.0 | Self::UDP.0 | Self::RAW.0);
    pub(crate) const UNIX: Self = Self(Self::DATAGRAM.0 | Self::STREAM.0 | Self::SEQUENCED.0);
    pub(crate) const PACKET: Self = Self(Self::PACKET_DGRAM.0 | Self::PACKET_RAW.0);
    const EVERY: Self = Self(Self::INET.0 | Self::UNIX.0 | Self::PACKET.0 | Self::NETLINK.0);

    /// Whether one of them is among these.
    pub(crate) fn intersects(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// The table, or tables, that `-A` names.
    fn named(word: &str) -> Option<Self> {
        let known = [
            ("tcp", Self::TCP),
            ("mptcp", Self::MPTCP),
            ("udp", Self::UDP),
            ("raw", Self::RAW),
            ("unix_dgram", Self::DATAGRAM),
            ("unix_stream", Self::STREAM),
            ("unix_seqpacket", Self::SEQUENCED),
            ("packet_dgram", Self::PACKET_DGRAM),
            ("packet_raw", Self::PACKET_RAW),
            ("netlink", Self::NETLINK),
            ("all", Self::EVERY),
            ("inet", Self::INET),
            ("unix", Self::UNIX),
            ("packet", Self::PACKET),
            ("u_str", Self::STREAM),
            ("u_dgr", Self::DATAGRAM),
            ("u_seq", Self::SEQUENCED),
            ("p_raw", Self::PACKET_RAW),
            ("p_dgr", Self::PACKET_DGRAM),
        ];
        known.into_iter().find(|(name, _)| *name == word).map(|(_, table)| table)
    }

    /// The states shown where none are asked for.
    fn usual_states(self) -> States {
        let of = |tables: Self, states: States| if self.intersects(tables) { states } else { States::empty() };
        of(Self::TCP | Self::MPTCP | Self::STREAM | Self::SEQUENCED, States::CONNECTED)
            | of(Self::UDP | Self::RAW, States::ESTABLISHED)
            | of(Self::DATAGRAM | Self::PACKET | Self::NETLINK, States::CLOSE)
    }

    /// The tables of a family.
    fn of(family: Family) -> Self {
        match family {
            Family::UNIX => Self::UNIX,
            Family::PACKET => Self::PACKET,
            Family::NETLINK => Self::NETLINK,
            _ => Self::INET,
        }
    }
}

/// Which sockets are wanted.
#[derive(Debug)]
pub(crate) struct Wanted {
    pub(crate) tables: Tables,
    pub(crate) states: States,
    /// Whether the filter names them.
    pub(crate) names_states: bool,
    /// Of internet sockets; unspecified is both.
    pub(crate) family: Family,
    pub(crate) expression: Option<Expression>,
    /// Whether tables were named, so that one that the kernel lacks is a failure.
    pub(crate) is_explicit: bool,
}

impl Wanted {
    pub(crate) fn by(options: &Options) -> Result<Self> {
        let families = &options.families;
        let mut tables = asked_tables(options)?;
        let preferred = families.last().copied().unwrap_or(Family::UNSPEC);
        let selection = Selection::parse(&options.filter.join(" "), preferred);
        let Selection { states, expression } = selection.map_err(|error| refused(&error))?;

        let is_default = options.names_no_table();
        let usual = || match is_default || !options.query.is_empty() {
            true => States::CONNECTED,
            false => families.iter().fold(tables.usual_states(), |states, family| states | usual_states(*family)),
        };
        let names_states = states.is_some();
        let states = states.or(options.states).unwrap_or_else(usual);
        let is_explicit = tables != Tables::default();
        if is_default {
            tables = Tables::EVERY;
        }
        for family in families {
            if !tables.intersects(Tables::of(*family)) {
                tables = tables | Tables::of(*family);
            }
        }
        let has = |family| families.contains(&family);
        let family = match (preferred, has(Family::INET), has(Family::INET6)) {
            (Family::INET | Family::INET6, ..) => preferred,
            (_, true, false) => Family::INET,
            (_, false, true) => Family::INET6,
            _ => Family::UNSPEC,
        };
        Ok(Self { tables, states, names_states, family, expression, is_explicit })
    }
}

fn usual_states(family: Family) -> States {
    match family {
        Family::PACKET | Family::NETLINK => States::CLOSE,
        _ => States::CONNECTED,
    }
}

/// iproute2 has another exit code for a value that is none than for what it cannot read at all.
fn refused(error: &SelectionError) -> Failure {
    let is_value = matches!(error.mistake, Mistake::Value { .. } | Mistake::Ambiguous(_));
    Failure::said(if is_value { Exit::Failed } else { Exit::Usage }, format!("Error: {error}"))
}

fn asked_tables(options: &Options) -> Result<Tables> {
    let by_letter = [
        (options.tcp, Tables::TCP),
        (options.mptcp, Tables::MPTCP),
        (options.udp, Tables::UDP),
        (options.raw, Tables::RAW),
    ];
    let mut tables =
        by_letter.into_iter().filter(|(asked, _)| *asked).fold(Tables::default(), |all, (_, one)| all | one);
    for word in &options.query {
        let (name, takes_away) = word.strip_prefix('!').map_or((word.as_str(), false), |name| (name, true));
        let named = Tables::named(name)
            .ok_or_else(|| Failure::said(Exit::Usage, format!("ss: \"{word}\" is illegal socket table id")))?;
        tables = if takes_away { Tables(tables.0 & !named.0) } else { tables | named };
    }
    Ok(tables)
}
