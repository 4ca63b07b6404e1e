//! Ordered tables: of the objects of a tool, and of the commands of an object.
//!
//! The first entry that the typed word begins is meant, as iproute2 has it: the order is user interface, and tested.

use std::fmt::Write;
use std::future::Future;
use std::pin::Pin;

use nlink_core::words::{WordEntry, Words};

use crate::context::Context;
use crate::exit::Exit;
use crate::failure::{Failure, Result, complain};

/// A command at work.
pub type Running<'a> = Pin<Box<dyn Future<Output = Result<Exit>> + 'a>>;

/// What carries out a command.
pub type Run = for<'a, 'w> fn(&'a Context, &'a mut Words<'w>) -> Running<'a>;

/// One command of an object.
#[derive(Clone, Copy, Debug)]
pub struct Command {
    /// What it is called, the usual name first.
    pub names: &'static [&'static str],
    /// What follows it, as man pages write it.
    pub synopsis: &'static str,
    /// The words that it takes.
    pub words: &'static [WordEntry],
    /// Carries it out.
    pub run: Run,
}

/// The commands of an object, in order. Made by [`commands!`](crate::commands!).
#[derive(Clone, Copy, Debug)]
pub struct Commands {
    /// The object, with the tool's name: `ip link`.
    pub object: &'static str,
    /// The commands.
    pub entries: &'static [Command],
    /// The one that is meant when nothing is typed.
    pub default: Option<&'static str>,
    /// Whether there is only that one, and what is typed are its words.
    pub only: bool,
}

/// An object of a tool.
#[derive(Clone, Copy, Debug)]
pub struct Object {
    /// What it is called, the usual name first.
    pub names: &'static [&'static str],
    /// Its commands; `None` for an object of the reference tool that this one lacks: it keeps its place in the order,
    /// so that no abbreviation means something else than there.
    pub commands: Option<&'static Commands>,
}

/// A table of commands: names separated by `|`, of which the first is the function, then what follows the command, and
/// perhaps the words that it takes.
///
/// ```
/// use nlink_cli::{Commands, Context, Exit, Result, commands};
/// use nlink_core::words::Words;
/// async fn show(_: &Context, words: &mut Words<'_>) -> Result<Exit> {
///     words.finish()?;
///     Ok(Exit::Success)
/// }
/// const COMMANDS: Commands = commands! { "ip thing", default "show";
///     show | list | lst: "[ DEVICE ]";
/// };
/// assert_eq!(COMMANDS.find("li").map(|command| command.names[0]), Some("show"));
/// ```
#[macro_export]
macro_rules! commands {
    ($object:literal, default $default:literal; $($rest:tt)*) => {
        $crate::commands!(@ $object, Some($default), false; $($rest)*)
    };
    ($object:literal, only $default:literal; $($rest:tt)*) => {
        $crate::commands!(@ $object, Some($default), true; $($rest)*)
    };
    ($object:literal; $($rest:tt)*) => { $crate::commands!(@ $object, None, false; $($rest)*) };
    (@ $object:literal, $default:expr, $only:expr;
        $($run:ident $(= $name:literal)? $(| $alias:ident)*: $synopsis:literal $(, $words:expr)?;)*) => {
        $crate::commands::Commands {
            object: $object,
            default: $default,
            only: $only,
            entries: &[$($crate::commands::Command {
                names: &[$crate::commands!(name $run $($name)?) $(, stringify!($alias))*],
                synopsis: $synopsis,
                words: $crate::commands!(words $($words)?),
                run: |cx, words| ::std::boxed::Box::pin($run(cx, words)),
            }),*],
        }
    };
    (name $run:ident $name:literal) => { $name };
    (name $run:ident) => { stringify!($run) };
    (words $words:expr) => { $words };
    (words) => { &[] };
}

/// The first entry one of whose names the typed word begins.
fn first<'e, T>(entries: &'e [T], typed: &str, names: impl Fn(&T) -> &'static [&'static str]) -> Option<&'e T> {
    entries.iter().find(|entry| !typed.is_empty() && names(entry).iter().any(|name| name.starts_with(typed)))
}

/// The object that is meant.
pub fn find_object<'o>(objects: &'o [Object], typed: &str) -> Option<&'o Object> {
    first(objects, typed, |object| object.names)
}

impl Commands {
    /// The command that is meant.
    pub fn find(&self, typed: &str) -> Option<&Command> {
        first(self.entries, typed, |command| command.names)
    }

    /// Carries out the command that `words` begin with.
    pub async fn run(&self, cx: &Context, words: &mut Words<'_>) -> Result<Exit> {
        let is_help = |word: &str| !word.is_empty() && "help".starts_with(word);
        let typed = match self.default {
            Some(only) if self.only && !words.peek().is_some_and(is_help) => only,
            default => match words.next().or(default) {
                Some(typed) => typed,
                None => return Ok(self.help()),
            },
        };
        let Some(command) = self.find(typed) else {
            if is_help(typed) {
                return Ok(self.help());
            }
            let message = format!("Command \"{typed}\" is unknown, try \"{} help\".", self.object);
            return Err(Failure::said(Exit::Usage, message));
        };
        if words.rest() == ["help"] {
            complain(self.usage_of(command));
            return Ok(Exit::Usage);
        }
        (command.run)(cx, words).await
    }

    fn help(&self) -> Exit {
        complain(self.usage());
        Exit::Usage
    }

    /// A line for each command.
    pub fn usage(&self) -> String {
        let mut usage = String::new();
        for (position, command) in self.entries.iter().enumerate() {
            let start = if position == 0 { "Usage: " } else { "       " };
            let _ = writeln!(usage, "{start}{}", self.line(command));
        }
        usage.truncate(usage.trim_end().len());
        usage
    }

    fn line(&self, command: &Command) -> String {
        let names = if self.only { String::new() } else { command.names.join(" | ") };
        let parts = [self.object, &names, command.synopsis];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
    }

    /// A command's line, and the words that it takes.
    pub fn usage_of(&self, command: &Command) -> String {
        let mut usage = format!("Usage: {}", self.line(command));
        for entry in command.words {
            let words = entry.words().collect::<Vec<_>>().join(" | ");
            let value = entry.value.map(|value| format!(" {value}")).unwrap_or_default();
            let _ = write!(usage, "\n       {words}{value}");
        }
        usage
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn nothing(_: &Context, _: &mut Words<'_>) -> Result<Exit> {
        Ok(Exit::Success)
    }

    const COMMANDS: Commands = commands! { "ip thing", default "show";
        nothing = "add": "NAME", &[WordEntry::value("mtu", "BYTES"), WordEntry::switch("up", "down")];
        nothing = "set" | change: "NAME";
        nothing = "show" | list | lst: "";
    };

    #[test]
    fn the_first_entry_that_the_typed_word_begins_is_meant() {
        let found = |typed| COMMANDS.find(typed).and_then(|command| command.names.first()).copied();
        assert_eq!(["a", "s", "sh", "l", "c"].map(found), ["add", "set", "show", "show", "set"].map(Some));
        assert_eq!(["", "shows", "x"].map(found), [None; 3]);
    }

    #[test]
    fn usage_is_made_from_the_table() {
        assert_eq!(
            COMMANDS.usage(),
            "Usage: ip thing add NAME\n       ip thing set | change NAME\n       ip thing show | list | lst"
        );
        let add = COMMANDS.find("add").unwrap();
        assert_eq!(COMMANDS.usage_of(add), "Usage: ip thing add NAME\n       mtu BYTES\n       up | down");
    }
}
