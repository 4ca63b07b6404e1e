//! Commands made into the items of one transaction, in their order.

use nlink_core::Connection;
use nlink_core::batch::Transaction;
use nlink_core::driver::Driver;
use nlink_core::show::Names;

use super::item::Origin;
use super::known::{Known, missing};
use super::{Complaint, Refusal};
use crate::language::Span;
use crate::language::compile::{self, Purpose};
use crate::language::tree::{
    ChainName, Command, Element, Name, ObjectBlock, Place, RuleBlock, SetBlock, Subject, TableBlock, TableName, Verb,
};
use crate::{Destroy, Insert, NamedObject, Nftables, Rule, RuleBuilder, SetElements, Table};

/// Commands to be carried out together or not at all. Those that only show something are passed over.
#[derive(Clone, Copy, Debug)]
#[must_use = "nothing is done before it is committed"]
pub struct Script<'c> {
    commands: &'c [Command],
    names: Option<&'c Names>,
    dry: bool,
}

/// A transaction, and where each of its items comes from.
struct Written<P: nlink_core::object::Transactional, D: Driver> {
    items: Transaction<P, D>,
    origins: Vec<Origin>,
}

/// Adds an item by a verb of the transaction.
macro_rules! put {
    ($written:ident.$verb:ident($object:expr), $origin:expr) => {{
        $written.items.$verb($object);
        $written.origins.push($origin);
    }};
}

impl<'c> Script<'c> {
    /// These commands.
    pub fn new(commands: &'c [Command]) -> Self {
        Self { commands, names: None, dry: false }
    }

    /// With the machine's own names for numbers: `protocols`, `services`, `users` and the like.
    pub fn names(self, names: &'c Names) -> Self {
        Self { names: Some(names), ..self }
    }

    /// Only has the kernel say what it would refuse.
    pub fn dry_run(self) -> Self {
        Self { dry: true, ..self }
    }

    /// Carries them out.
    ///
    /// # Errors
    /// Whatever is wrong with any of them; then none was carried out.
    pub async fn commit<D: Driver>(self, nft: &Connection<Nftables, D>) -> Result<(), Refusal> {
        let mut written = Written { items: nft.transaction(), origins: Vec::new() };
        let none = Names::default();
        let mut known = Known::new(nft, self.names.unwrap_or(&none));
        for command in self.commands {
            self.write(command, &mut written, &mut known).await?;
        }
        let Written { items, origins } = written;
        if items.is_empty() {
            return Ok(());
        }
        let items = if self.dry { items.dry_run() } else { items };
        let outcome = items.await?;
        if outcome.is_success() {
            return Ok(());
        }
        let complaint = |failure: nlink_core::batch::BatchFailure<'_>| {
            let origin = origins.get(failure.index()).copied().unwrap_or_default();
            origin.complaint(failure.error())
        };
        let mut complaints: Vec<Complaint> = outcome.failures().map(complaint).collect();
        // Many elements are several items.
        complaints.dedup_by(|next, before| next.repeats(before));
        Err(Refusal::Complaints(complaints))
    }

    async fn write<D: Driver>(
        &self,
        command: &Command,
        written: &mut Written<Nftables, D>,
        known: &mut Known<'_, D>,
    ) -> Result<(), Refusal> {
        let (verb, whole) = (command.verb, command.span);
        match &command.subject {
            _ if verb.shows() => Ok(()),
            Subject::All(..) => Ok(()),
            Subject::Ruleset(family) => {
                let all = Table { header: (*family).into(), ..Table::default() };
                put!(written.del(all), Origin { whole, ..Origin::default() });
                Ok(())
            }
            Subject::Table(table) => write_table(verb, whole, table, written, known).await,
            Subject::Chain(table, chain) => {
                let (declared, origin) = (chain.declared(table), Origin::of(whole, table, &chain.name));
                match verb {
                    Verb::Create => put!(written.add(declared), origin.looked_up()),
                    Verb::Delete => put!(written.del(declared), origin),
                    Verb::Destroy => put!(written.del(Destroy::from(declared)), origin),
                    Verb::Flush => put!(written.del(Rule::all_of(&declared)), origin),
                    _ => put!(written.replace(declared), origin.looked_up()),
                }
                let chain_name = ChainName { table: table.clone(), name: chain.name.clone() };
                for rule in &chain.rules {
                    write_rule(Verb::Add, &chain_name, Place::Edge, rule, rule.span, written, known).await?;
                }
                Ok(())
            }
            Subject::NewName(chain, name) => {
                let handle = known.chain(chain).await?.handle;
                let renamed = crate::Chain { handle, name: Some(name.text.clone()), ..chain.chain() };
                put!(written.change(renamed), Origin::of(whole, &chain.table, &chain.name));
                Ok(())
            }
            Subject::Rule(chain, place, rule) => write_rule(verb, chain, *place, rule, whole, written, known).await,
            Subject::Set(table, set) => write_set(verb, whole, table, set, written, known).await,
            Subject::Elements(table, set, elements) => {
                write_elements(verb, whole, table, set, elements, written, known).await
            }
            Subject::Object(table, object) => {
                write_object(verb, whole, table, object, written);
                Ok(())
            }
        }
    }
}

/// A table, and what is in it: everything before the rules, for these refer to it.
async fn write_table<D: Driver>(
    verb: Verb,
    whole: Span,
    table: &TableBlock,
    written: &mut Written<Nftables, D>,
    known: &mut Known<'_, D>,
) -> Result<(), Refusal> {
    let (declared, origin) = (table.declared(), Origin::of_table(whole, &table.name));
    match verb {
        Verb::Create => put!(written.add(declared), origin),
        Verb::Delete => put!(written.del(declared), origin),
        Verb::Destroy => put!(written.del(Destroy::from(declared)), origin),
        Verb::Flush => {
            let rules = Rule { header: table.family.into(), table: declared.name, ..Rule::default() };
            put!(written.del(rules), origin);
        }
        _ => put!(written.replace(declared), origin),
    }
    let place = table.place();
    for chain in &table.chains {
        put!(written.replace(chain.declared(&place)), Origin::of(chain.name.span, &place, &chain.name));
    }
    for object in &table.objects {
        write_object(Verb::Add, object.name.span, &place, object, written);
    }
    for set in &table.sets {
        write_set(Verb::Add, set.name.span, &place, set, written, known).await?;
    }
    for chain in &table.chains {
        let chain_name = ChainName { table: place.clone(), name: chain.name.clone() };
        for rule in &chain.rules {
            write_rule(Verb::Add, &chain_name, Place::Edge, rule, rule.span, written, known).await?;
        }
    }
    Ok(())
}

fn write_object<D: Driver>(
    verb: Verb,
    whole: Span,
    table: &TableName,
    object: &ObjectBlock,
    written: &mut Written<Nftables, D>,
) {
    let (declared, origin): (NamedObject, _) = (object.declared(table), Origin::of(whole, table, &object.name));
    match verb {
        Verb::Create => put!(written.add(declared), origin.looked_up()),
        Verb::Delete => put!(written.del(declared), origin),
        Verb::Destroy => put!(written.del(Destroy::from(declared)), origin),
        _ => put!(written.replace(declared), origin.looked_up()),
    }
}

async fn write_set<D: Driver>(
    verb: Verb,
    whole: Span,
    table: &TableName,
    set: &SetBlock,
    written: &mut Written<Nftables, D>,
    known: &mut Known<'_, D>,
) -> Result<(), Refusal> {
    let (declared, origin) = (set.declared(table), Origin::of(whole, table, &set.name));
    match verb {
        Verb::Create => put!(written.add(declared), origin.looked_up()),
        Verb::Delete => put!(written.del(declared), origin),
        Verb::Destroy => put!(written.del(Destroy::from(declared)), origin),
        Verb::Flush => put!(written.del(SetElements { set_id: None, ..declared.elements() }), origin.looked_up()),
        _ => {
            if set.key.is_none() {
                return Err(Complaint::said("set definition does not specify key", set.name.span).into());
            }
            put!(written.replace(declared), origin.looked_up());
        }
    }
    if matches!(verb, Verb::Add | Verb::Create) {
        known.made(table, set).await?;
        if !set.elements.is_empty() {
            write_elements(Verb::Add, whole, table, &set.name, &set.elements, written, known).await?;
        }
    }
    Ok(())
}

async fn write_elements<D: Driver>(
    verb: Verb,
    whole: Span,
    table: &TableName,
    name: &Name,
    elements: &[Element],
    written: &mut Written<Nftables, D>,
    known: &mut Known<'_, D>,
) -> Result<(), Refusal> {
    let origin = Origin::of(whole, table, name);
    let contents = known.contents(table).await?;
    let set = contents.sets.get(&name.text).ok_or_else(|| missing(name))?;
    let purpose = match verb {
        Verb::Add => Purpose::Add,
        Verb::Create => Purpose::Create,
        _ => Purpose::Name,
    };
    for run in compile::runs(set, elements, &contents.scope) {
        let elements = compile::elements(table, set, run, &contents.scope, purpose)?;
        match verb {
            Verb::Create => put!(written.add(elements), origin.looked_up()),
            Verb::Delete => put!(written.del(elements), origin),
            Verb::Destroy => put!(written.del(Destroy::from(elements)), origin),
            _ => put!(written.replace(elements), origin.looked_up()),
        }
    }
    Ok(())
}

async fn write_rule<D: Driver>(
    verb: Verb,
    chain: &ChainName,
    place: Place,
    rule: &RuleBlock,
    whole: Span,
    written: &mut Written<Nftables, D>,
    known: &mut Known<'_, D>,
) -> Result<(), Refusal> {
    let (handle, span) = match place {
        Place::Edge => (None, None),
        Place::Handle(handle, span) => (Some(handle), Some(span)),
        Place::Index(index, span) => (Some(known.rule_at(chain, index, span).await?), Some(span)),
    };
    let origin = Origin::of_rule(whole, chain, span);
    let named = || match handle {
        Some(handle) => Rule::known(&chain.chain(), handle),
        None => Rule::all_of(&chain.chain()),
    };
    match verb {
        Verb::Delete => put!(written.del(named()), origin),
        Verb::Destroy => put!(written.del(Destroy::from(named())), origin),
        Verb::Replace => {
            let rule = compiled(chain, rule, known).await?;
            put!(written.change(rule.in_place_of(handle.unwrap_or_default())), origin);
        }
        verb => {
            let mut rule = compiled(chain, rule, known).await?;
            if let Some(handle) = handle {
                rule = rule.behind(handle);
            }
            match verb {
                Verb::Insert => put!(written.add(Insert::from(rule)), origin),
                _ => put!(written.add(rule), origin),
            }
        }
    }
    Ok(())
}

/// The rule as the kernel keeps it.
async fn compiled<D: Driver>(
    chain: &ChainName,
    rule: &RuleBlock,
    known: &mut Known<'_, D>,
) -> Result<RuleBuilder, Refusal> {
    let scope = &known.contents(&chain.table).await?.scope;
    Ok(rule.compiled(&chain.chain(), scope)?)
}
