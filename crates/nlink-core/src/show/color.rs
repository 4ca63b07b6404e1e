//! The colours of iproute2's `-c`, by what they mark.

/// What a coloured piece of output is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Color {
    /// An interface's name: cyan.
    Interface,
    /// A hardware address: yellow.
    Mac,
    /// An IPv4 address: magenta.
    Inet,
    /// An IPv6 address: bright blue.
    Inet6,
    /// Up: green.
    Up,
    /// Down: red.
    Down,
    /// None of these: no colour.
    Plain,
}

impl Color {
    /// The terminal's sequence that switches it on.
    pub(super) fn start(self) -> &'static str {
        match self {
            Color::Interface => "\x1b[1;36m",
            Color::Mac => "\x1b[1;33m",
            Color::Inet => "\x1b[1;35m",
            Color::Inet6 => "\x1b[1;94m",
            Color::Up => "\x1b[1;32m",
            Color::Down => "\x1b[1;31m",
            Color::Plain => "",
        }
    }
}

/// The sequence that switches colours off.
pub(super) const END: &str = "\x1b[0m";
