//! Colours, where standard output is a terminal or `WG_COLOR_MODE` says so.

use std::io::IsTerminal;

/// What text looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Look {
    Bold,
    Interface,
    Peer,
    Unit,
    Alarm,
}

/// Whether to colour.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Terminal(bool);

const RESET: &str = "\x1b[0m";

impl Terminal {
    pub(crate) fn new() -> Self {
        Self(match std::env::var("WG_COLOR_MODE").as_deref() {
            Ok("always") => true,
            Ok("never") => false,
            _ => std::io::stdout().is_terminal(),
        })
    }

    /// What a coloured output begins with.
    pub(crate) fn reset(self) -> &'static str {
        if self.0 { RESET } else { "" }
    }

    /// Text in a look.
    pub(crate) fn paint(self, look: Look, text: &str) -> String {
        if !self.0 {
            return text.to_owned();
        }
        let start = match look {
            Look::Bold => "\x1b[1m",
            Look::Interface => "\x1b[32m",
            Look::Peer => "\x1b[33m",
            Look::Unit => "\x1b[36m",
            Look::Alarm => "\x1b[31m",
        };
        format!("{start}{text}{RESET}")
    }

    /// Text in a look, bold.
    pub(crate) fn paint_bold(self, look: Look, text: &str) -> String {
        match self.0 {
            true => self.paint(look, &format!("\x1b[1m{text}")),
            false => text.to_owned(),
        }
    }
}
