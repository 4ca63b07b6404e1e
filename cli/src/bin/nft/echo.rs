//! `-e`: what a transaction made, as the kernel tells of it.

use std::time::Duration;

use nlink_cli::{Exit, Failure, Result};
use nlink_core::blocking::{Connection, run};
use nlink_core::driver::Blocking;
use nlink_core::object::{Event, EventMessage, Events};
use nlink_core::stream::{EventStream, Notice};
use nlink_core::wire::{WireError, attr_id};
use nlink_nft::language::print::{json, text};
use nlink_nft::language::tree::{ChainName, Command, Name, Place, Subject, TableBlock, Verb};
use nlink_nft::language::{block, decode};
use nlink_nft::{Family, Generation, Happening, Nftables, Ruleset, Set, Wanted};
use nlink_uapi::netlink::NLM_F_APPEND;

use crate::options::Options;

/// How long is waited: the kernel tells of a transaction before it answers, or, where nothing changed, not at all.
const PATIENCE: Duration = Duration::ZERO;

/// What was announced, and whether it went behind what was there.
struct Told {
    happening: Happening,
    behind: bool,
}

impl Events for Told {
    type Protocol = Nftables;
    type Item = Self;
    const GROUPS: &'static [u32] = Happening::GROUPS;

    fn read(message: &EventMessage<'_>) -> Option<Result<Self, WireError>> {
        let behind = message.flags & attr_id(NLM_F_APPEND) != 0;
        Some(Happening::read(message)?.map(|happening| Self { happening, behind }))
    }
}

/// Listens to what is committed.
pub(crate) struct Listener<'c> {
    nft: &'c Connection<Nftables>,
    events: EventStream<Told, Blocking>,
}

impl<'c> Listener<'c> {
    pub(crate) fn begin(nft: &'c Connection<Nftables>) -> Result<Self> {
        Ok(Self { nft, events: nft.events::<Told>().call()? })
    }

    /// What this process committed since, as text or JSON.
    pub(crate) fn printed(mut self, options: &Options) -> Result<Vec<u8>> {
        let (told, generation) = self.own()?;
        let ruleset = run(Ruleset::list(self.nft, &Wanted::all()))?;
        let tables = block::tables(&ruleset);
        let commands: Vec<Command> = told.iter().filter_map(|told| command(told, &ruleset, &tables)).collect();
        if options.json {
            let made = commands.iter().filter_map(|made| json::command(made, &options.print));
            let mut printed = Vec::new();
            json::document(made, false, &mut printed)?;
            return Ok(printed);
        }
        let mut printed: String = commands.iter().map(|made| text::command(made, &options.print) + "\n").collect();
        if let (Some(number), Some(process), Some(name)) =
            (generation.number, generation.process, &generation.process_name)
        {
            printed.push_str(&format!("# new generation {number} by process {process} ({name})\n"));
        }
        Ok(printed.into_bytes())
    }

    /// The announcements of our own transaction; those of others are passed over.
    fn own(&mut self) -> Result<(Vec<Told>, Generation)> {
        let mut told = Vec::new();
        while let Some(notice) = self.events.next_within(PATIENCE) {
            let event = match notice {
                Ok(Notice::Event(event)) => event,
                Ok(_) => return Err(Failure::said(Exit::Failed, "Error: what the kernel told was lost")),
                Err(error) if error.is_timeout() => break,
                Err(error) => return Err(error.into()),
            };
            match event.happening {
                Happening::Generation(generation) if generation.process == Some(std::process::id()) => {
                    return Ok((told, generation));
                }
                Happening::Generation(_) => told.clear(),
                _ => told.push(event),
            }
        }
        Ok(Default::default())
    }
}

fn table<'t>(tables: &'t [TableBlock], family: Family, name: &Option<String>) -> Option<&'t TableBlock> {
    tables.iter().find(|table| table.family == family && Some(&table.name.text) == name.as_ref())
}

/// What was made, as the command that makes it.
fn command(told: &Told, ruleset: &Ruleset, tables: &[TableBlock]) -> Option<Command> {
    let of = |family, name: &Option<String>| {
        let block = table(tables, family, name)?;
        Some((block, block.place()))
    };
    let mut verb = Verb::Add;
    let subject = match &told.happening {
        Happening::Table(Event::New(made)) => Subject::Table(made.into()),
        Happening::Chain(Event::New(made)) => Subject::Chain(of(made.header.family, &made.table)?.1, made.into()),
        Happening::Object(Event::New(made)) => Subject::Object(of(made.header.family, &made.table)?.1, made.into()),
        Happening::Set(Event::New(made)) if !made.is_anonymous() => {
            Subject::Set(of(made.header.family, &made.table)?.1, made.into())
        }
        Happening::Rule(Event::New(made)) => {
            let (block, table) = of(made.header.family, &made.table)?;
            let chain = block.chains.iter().find(|chain| Some(&chain.name.text) == made.chain.as_ref())?;
            let rule = chain.rules.iter().find(|rule| rule.handle == made.handle)?.clone();
            if !told.behind {
                verb = Verb::Insert;
            }
            Subject::Rule(ChainName { table, name: chain.name.clone() }, Place::Edge, rule)
        }
        Happening::Elements(Event::New(made)) => {
            let (_, table) = of(made.header.family, &made.table)?;
            let is_its = |set: &&Set| {
                set.header.family == made.header.family && (&set.table, &set.name) == (&made.table, &made.set)
            };
            let set = ruleset.sets.iter().filter(|set| !set.is_anonymous()).find(is_its)?;
            let name = Name::from(made.set.as_deref().unwrap_or_default());
            Subject::Elements(table, name, decode::elements(set, made))
        }
        _ => return None,
    };
    Some(Command { verb, subject, span: Default::default() })
}
