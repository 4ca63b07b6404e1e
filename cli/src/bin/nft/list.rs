//! `list`, `get` and `reset`: what there is, as text or JSON.

use std::io::{self, Write};

use nlink_cli::{Failure, Result};
use nlink_core::blocking::{Connection, run};
use nlink_nft::language::print::{json, text};
use nlink_nft::language::script::{Complaint, Why};
use nlink_nft::language::tree::{Command, Name, ObjectBlock, Place, Plural, SetBlock, Subject, TableBlock, Verb};
use nlink_nft::language::{Span, block};
use nlink_nft::{Family, Nftables, Ruleset, Set, Table, Wanted};

use crate::input::Text;
use crate::options::Options;
use crate::{complaint, elements, reset};

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
    let verb = command.verb;
    Ok(match &command.subject {
        Subject::Ruleset(family) => {
            Shown { tables: listed(nft, Wanted { family: *family, ..Wanted::all() })?, form: Form::Whole }
        }
        Subject::Table(table) => {
            let ruleset = in_table(nft, table.family, &table.name, Wanted::all(), input)?;
            Shown { tables: block::tables(&ruleset), form: Form::Whole }
        }
        Subject::Chain(table, chain) => {
            let wanted = Wanted { chains: true, rules: true, ..Wanted::default() };
            let mut ruleset = in_table(nft, table.family, &table.name, wanted, input)?;
            only_chain(&mut ruleset, &chain.name, input)?;
            if verb == Verb::Reset {
                reset::rules(nft, &mut ruleset.rules)?;
            }
            ruleset.sets.retain(Set::is_anonymous);
            Shown { tables: block::tables(&ruleset), form: Form::Part }
        }
        Subject::Rule(chain, Place::Handle(handle, span), _) => {
            let table = &chain.table;
            let mut ruleset = in_table(nft, table.family, &table.name, Wanted::all(), input)?;
            only_chain(&mut ruleset, &chain.name, input)?;
            ruleset.rules.retain(|rule| rule.handle == Some(*handle));
            if ruleset.rules.is_empty() {
                return Err(missing(*span, input));
            }
            reset::rules(nft, &mut ruleset.rules)?;
            Shown { tables: block::tables(&ruleset), form: Form::Whole }
        }
        Subject::Set(table, set) => {
            let wanted = Wanted { sets: true, elements: true, ..Wanted::default() };
            let mut ruleset = in_table(nft, table.family, &table.name, wanted, input)?;
            only_set(&mut ruleset, &set.name, Some(set.is_map()), input)?;
            if verb == Verb::Reset {
                ruleset.elements.iter_mut().try_for_each(|list| reset::elements(nft, list))?;
            }
            Shown { tables: block::tables(&ruleset), form: Form::Part }
        }
        Subject::Elements(table, set, _) => {
            let list = elements::found(nft, command, input)?;
            let wanted = Wanted { sets: true, ..Wanted::default() };
            let mut ruleset = in_table(nft, table.family, &table.name, wanted, input)?;
            only_set(&mut ruleset, set, None, input)?;
            ruleset.elements = vec![list];
            let mut tables = block::tables(&ruleset);
            tables.iter_mut().flat_map(|table| &mut table.sets).for_each(elements::only);
            Shown { tables, form: Form::Part }
        }
        Subject::Object(table, object) => {
            let wanted = Wanted { objects: true, ..Wanted::default() };
            let ruleset = in_table(nft, table.family, &table.name, wanted, input)?;
            let mut tables = block::tables(&ruleset);
            let is_it = |found: &ObjectBlock| found.object_type == object.object_type && found.name == object.name;
            tables.iter_mut().for_each(|table| table.objects.retain(is_it));
            if tables.iter().all(|table| table.objects.is_empty()) {
                return Err(missing(object.name.span, input));
            }
            if verb == Verb::Reset {
                reset::objects(nft, &mut tables)?;
            }
            Shown { tables, form: Form::Part }
        }
        Subject::All(Plural::Rules, family, table) => {
            let wanted = Wanted { family: *family, ..Wanted::all() };
            let mut ruleset = match table {
                Some(name) => in_table(nft, *family, name, wanted, input)?,
                None => ruleset(nft, wanted)?,
            };
            reset::rules(nft, &mut ruleset.rules)?;
            Shown { tables: block::tables(&ruleset), form: Form::Whole }
        }
        Subject::All(plural, family, table) => {
            let mut shown = all(nft, *plural, *family, table.as_ref(), input)?;
            match (verb, plural) {
                (Verb::Reset, Plural::Objects(_)) => reset::objects(nft, &mut shown.tables)?,
                (Verb::Reset, _) => return Err(refused("it has nothing to be reset", command, input)),
                _ => {}
            }
            shown
        }
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

fn ruleset(nft: &Connection<Nftables>, wanted: Wanted) -> Result<Ruleset> {
    run(Ruleset::list(nft, &wanted)).map_err(|error| complaint::whole(&error))
}

fn listed(nft: &Connection<Nftables>, wanted: Wanted) -> Result<Vec<TableBlock>> {
    ruleset(nft, wanted).map(|ruleset| block::tables(&ruleset))
}

/// What is in the table; that there is none is an error.
fn in_table(nft: &Connection<Nftables>, family: Family, name: &Name, wanted: Wanted, input: &Text) -> Result<Ruleset> {
    let wanted = Wanted { family, table: Some(name.text.clone()), ..wanted };
    let listed = run(Ruleset::list(nft, &wanted));
    if listed.as_ref().is_err_and(nlink_core::Error::is_not_found) {
        return Err(missing(name.span, input));
    }
    let mut ruleset = listed.map_err(|error| complaint::whole(&error))?;
    let is_it = |table: &Table| table.name.as_ref() == Some(&name.text);
    ruleset.tables.retain(|table| is_it(table) && (family == Family::ANY || table.header.family == family));
    if ruleset.tables.is_empty() {
        return Err(missing(name.span, input));
    }
    Ok(ruleset)
}

fn missing(span: Span, input: &Text) -> Failure {
    complaint::said(&Complaint { why: Why::Missing, span }, input)
}

/// Leaves the chain of that name with its rules; that there is none is an error.
fn only_chain(ruleset: &mut Ruleset, name: &Name, input: &Text) -> Result<()> {
    let is_it = |found: &Option<String>| found.as_ref() == Some(&name.text);
    ruleset.chains.retain(|chain| is_it(&chain.name));
    ruleset.rules.retain(|rule| is_it(&rule.chain));
    if ruleset.chains.is_empty() { Err(missing(name.span, input)) } else { Ok(()) }
}

/// Leaves the set or map of that name with its elements; that there is none is an error.
fn only_set(ruleset: &mut Ruleset, name: &Name, map: Option<bool>, input: &Text) -> Result<()> {
    let is_it = |found: &Option<String>| found.as_ref() == Some(&name.text);
    ruleset.sets.retain(|set| is_it(&set.name) && map.is_none_or(|map| SetBlock::from(set).is_map() == map));
    ruleset.elements.retain(|list| is_it(&list.set));
    if ruleset.sets.is_empty() { Err(missing(name.span, input)) } else { Ok(()) }
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
        Plural::Tables | Plural::Rules => {}
        Plural::Chains => wanted.chains = true,
        Plural::Sets | Plural::Maps => (wanted.sets, wanted.elements) = (true, true),
        Plural::Objects(_) => wanted.objects = true,
    }
    let mut tables = match table {
        Some(name) => block::tables(&in_table(nft, family, name, wanted, input)?),
        None => listed(nft, wanted)?,
    };
    for table in &mut tables {
        match plural {
            Plural::Sets => table.sets.retain(|set| !set.is_map()),
            Plural::Maps => table.sets.retain(|set| set.is_map()),
            Plural::Objects(object_type) => table.objects.retain(|object| object.object_type == object_type),
            Plural::Tables | Plural::Chains | Plural::Rules => {}
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
