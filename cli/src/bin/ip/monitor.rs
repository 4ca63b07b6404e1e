//! `ip monitor`: see [ip-monitor(8)](https://man7.org/linux/man-pages/man8/ip-monitor.8.html).

use nlink_cli::{Commands, Context, Exit, Result, commands};
use nlink_core::words::Words;

/// No commands: what is typed are objects and options.
pub(crate) const COMMANDS: Commands = commands! { "ip monitor", only "monitor";
    monitor: "[ all | OBJECT … ] [ label ] [ dev DEVICE ] [ file FILE ]";
};

async fn monitor(_: &Context, words: &mut Words<'_>) -> Result<Exit> {
    words.finish()?;
    Ok(Exit::Success)
}
