//! `list` and `reset`: what there is, as text or JSON.

use std::io::{self, Write};

use nlink_cli::{Failure, Result};
use nlink_core::blocking::{Connection, run};
use nlink_nft::language::block;
use nlink_nft::language::print::{json, text};
use nlink_nft::language::script::{Complaint, Why};
use nlink_nft::language::tree::{Command, Name, ObjectBlock, Plural, Subject, TableBlock, Verb};
use nlink_nft::{Family, NamedObject, Nftables, Reset, Ruleset, Wanted};

use crate::complaint;
use crate::input::Text;
use crate::options::Options;

/// What is shown, and how.
pub(crate) struct Shown {
    tables: Vec<TableBlock>,
    form: Form,
}

/// How tables are shown.
#[derive(Clone, Copy, PartialEq)]
enum Form {
    /// With an empty line between what is in them.
    Whole,
    /// A part of one.
    Part,
    /// All of a kind, without empty lines.
    Kind,
    /// Only their names.
    Names,
    /// There is nothing to be shown.
    Nothing,
}

/// What the command asks for.
pub(crate) fn asked(nft: &Connection<Nftables>, command: &Command, input: &Text) -> Result<Shown> {
    Ok(match (command.verb, &command.subject) {
        (Verb::List, Subject::Ruleset(family)) => {
            Shown { tables: listed(nft, Wanted { family: *family, ..Wanted::all() })?, form: Form::Whole }
        }
        (Verb::List, Subject::Table(table)) => {
            let tables = in_table(nft, table.family, &table.name, Wanted::all(), input)?;
            Shown { tables, form: Form::Whole }
        }
        (Verb::List, Subject::Chain(table, chain)) => {
            let wanted = Wanted { chains: true, rules: true, ..Wanted::default() };
            let mut tables = in_table(nft, table.family, &table.name, wanted, input)?;
            only(&mut tables, &chain.name, input, |table| {
                table.sets.clear();
                table.chains.retain(|found| found.name == chain.name);
                table.chains.is_empty()
            })?;
            Shown { tables, form: Form::Part }
        }
        (Verb::List, Subject::Set(table, set)) => {
            let wanted = Wanted { sets: true, elements: true, ..Wanted::default() };
            let mut tables = in_table(nft, table.family, &table.name, wanted, input)?;
            only(&mut tables, &set.name, input, |table| {
                table.sets.retain(|found| found.name == set.name && found.is_map() == set.is_map());
                table.sets.is_empty()
            })?;
            Shown { tables, form: Form::Part }
        }
        (verb, Subject::Object(table, object)) => {
            let wanted = Wanted { objects: true, ..Wanted::default() };
            let mut tables = in_table(nft, table.family, &table.name, wanted, input)?;
            only(&mut tables, &object.name, input, |table| {
                table.objects.retain(|found| found.object_type == object.object_type && found.name == object.name);
                table.objects.is_empty()
            })?;
            if verb == Verb::Reset {
                reset(nft, &mut tables)?;
            }
            Shown { tables, form: Form::Part }
        }
        (verb @ (Verb::List | Verb::Reset), Subject::All(plural, family, table)) => {
            let mut shown = all(nft, *plural, *family, table.as_ref(), input)?;
            match (verb, plural) {
                (Verb::List, _) => {}
                (_, Plural::Objects(_)) => reset(nft, &mut shown.tables)?,
                _ => return Err(refused("it has nothing to be reset", command, input)),
            }
            shown
        }
        (Verb::Reset, _) => return Err(refused("it has nothing to be reset", command, input)),
        _ => Shown { tables: Vec::new(), form: Form::Nothing },
    })
}

fn refused(message: &str, command: &Command, input: &Text) -> Failure {
    complaint::said(&Complaint::said(message, command.span), input)
}

impl Shown {
    /// Prints it, as text or JSON.
    pub(crate) fn print(&self, options: &Options, out: &mut dyn Write) -> io::Result<()> {
        let Self { tables, form } = self;
        let mut json = |parts| json::document(json::blocks(tables, parts, &options.print), true, &mut *out);
        let text = match (form, options.json) {
            (Form::Nothing, _) => return Ok(()),
            (Form::Whole | Form::Names, true) => return json(json::Parts::Whole),
            (Form::Part | Form::Kind, true) => return json(json::Parts::Contents),
            (Form::Names, false) => text::table_names(tables, &options.print),
            (form, false) => text::blocks(tables, *form != Form::Kind, &options.print),
        };
        out.write_all(text.as_bytes())
    }
}

fn listed(nft: &Connection<Nftables>, wanted: Wanted) -> Result<Vec<TableBlock>> {
    let ruleset = run(Ruleset::list(nft, &wanted)).map_err(|error| complaint::whole(&error))?;
    Ok(block::tables(&ruleset))
}

/// What is in the table; that there is none is an error.
fn in_table(
    nft: &Connection<Nftables>,
    family: Family,
    name: &Name,
    wanted: Wanted,
    input: &Text,
) -> Result<Vec<TableBlock>> {
    let wanted = Wanted { family, table: Some(name.text.clone()), ..wanted };
    let listed = run(Ruleset::list(nft, &wanted));
    if listed.as_ref().is_err_and(nlink_core::Error::is_not_found) {
        return Err(missing(name, input));
    }
    let mut tables = block::tables(&listed.map_err(|error| complaint::whole(&error))?);
    tables.retain(|table| table.name == *name && (family == Family::ANY || table.family == family));
    if tables.is_empty() {
        return Err(missing(name, input));
    }
    Ok(tables)
}

fn missing(name: &Name, input: &Text) -> Failure {
    complaint::said(&Complaint { why: Why::Missing, span: name.span }, input)
}

/// Leaves in the table what `keep` does; that nothing is left is an error.
fn only(tables: &mut [TableBlock], name: &Name, input: &Text, keep: impl Fn(&mut TableBlock) -> bool) -> Result<()> {
    match tables.iter_mut().all(keep) {
        true => Err(missing(name, input)),
        false => Ok(()),
    }
}

fn all(
    nft: &Connection<Nftables>,
    plural: Plural,
    family: Family,
    table: Option<&Name>,
    input: &Text,
) -> Result<Shown> {
    let mut wanted = Wanted { family, ..Wanted::default() };
    match plural {
        Plural::Tables => {}
        Plural::Chains => wanted.chains = true,
        Plural::Sets | Plural::Maps => (wanted.sets, wanted.elements) = (true, true),
        Plural::Objects(_) => wanted.objects = true,
    }
    let mut tables = match table {
        Some(name) => in_table(nft, family, name, wanted, input)?,
        None => listed(nft, wanted)?,
    };
    for table in &mut tables {
        match plural {
            Plural::Sets => table.sets.retain(|set| !set.is_map()),
            Plural::Maps => table.sets.retain(|set| set.is_map()),
            Plural::Objects(object_type) => table.objects.retain(|object| object.object_type == object_type),
            Plural::Tables | Plural::Chains => {}
        }
        if plural != Plural::Tables {
            (table.flags, table.comment) = (None, None);
        }
    }
    // Tables without objects of that type are not told of; those without chains or sets are.
    if matches!(plural, Plural::Objects(_)) {
        tables.retain(|table| !table.objects.is_empty());
    }
    Ok(Shown { tables, form: if plural == Plural::Tables { Form::Names } else { Form::Kind } })
}

/// Sets the objects of the tables to nothing, each by itself; what they had is shown.
fn reset(nft: &Connection<Nftables>, tables: &mut [TableBlock]) -> Result<()> {
    for table in tables {
        for object in &mut table.objects {
            let (name, of) = (object.name.text.clone(), table.name.text.clone());
            let key = (table.family, of, object.object_type, name);
            let had = nft.get::<Reset<NamedObject>>(key).call().map_err(|error| complaint::whole(&error))?;
            *object = ObjectBlock::from(&had.0);
        }
    }
    Ok(())
}
