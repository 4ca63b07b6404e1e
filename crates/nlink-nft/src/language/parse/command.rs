//! Commands: a verb, what it is about, and what that is.

use nlink_core::wire::OpenEnum;

use super::cursor::{Cursor, Parsed};
use super::token::Kind;
use crate::Family;
use crate::expression::kinds::objref::ObjectType;
use crate::language::tree::{
    ChainBlock, ChainName, Command, Name, ObjectBlock, Place, Plural, SetBlock, Subject, TableBlock, TableName, VERBS,
    Verb,
};

/// The kinds that there are many of, by their words.
const PLURALS: [(Plural, &str); 6] = [
    (Plural::Tables, "tables"),
    (Plural::Chains, "chains"),
    (Plural::Sets, "sets"),
    (Plural::Maps, "maps"),
    (Plural::Objects(ObjectType::COUNTER), "counters"),
    (Plural::Objects(ObjectType::QUOTA), "quotas"),
];

/// What a command is about, by its word.
#[derive(Clone, Copy)]
enum About {
    Ruleset,
    Table,
    Chain,
    Rule,
    Set,
    Map,
    Element,
    Object(ObjectType),
}

const ABOUT: [(About, &str); 9] = [
    (About::Ruleset, "ruleset"),
    (About::Table, "table"),
    (About::Chain, "chain"),
    (About::Rule, "rule"),
    (About::Set, "set"),
    (About::Map, "map"),
    (About::Element, "element"),
    (About::Object(ObjectType::COUNTER), "counter"),
    (About::Object(ObjectType::QUOTA), "quota"),
];

/// The family of a table that is named without one.
fn of_table(family: Family) -> Family {
    if family == Family::ANY { Family::IPV4 } else { family }
}

impl Cursor<'_> {
    /// All that there is.
    pub(super) fn commands(&mut self) -> Parsed<Vec<Command>> {
        let mut commands = Vec::new();
        loop {
            self.ends();
            if *self.peek() == Kind::End {
                return Ok(commands);
            }
            commands.push(self.command()?);
            if self.is_sign("}") {
                return Err(self.unexpected("the end of the line"));
            }
            self.end()?;
        }
    }

    fn command(&mut self) -> Parsed<Command> {
        let start = self.span();
        // What begins without a verb is added.
        let verb = match self.peek_word().and_then(|word| VERBS.iter().find(|(_, verb)| *verb == word)) {
            Some((verb, _)) => {
                self.pass();
                *verb
            }
            None => Verb::Add,
        };
        let subject = self.subject(verb)?;
        Ok(Command { verb, subject, span: self.since(start) })
    }

    fn subject(&mut self, verb: Verb) -> Parsed<Subject> {
        let plural = self.peek_word().and_then(|word| PLURALS.iter().find(|(_, plural)| *plural == word));
        if let (Verb::List | Verb::Reset, Some((plural, _))) = (verb, plural) {
            self.pass();
            return self.all(*plural);
        }
        if verb == Verb::Reset && self.takes("rules") {
            return self.rules();
        }
        // A rule may be added to a chain without saying that it is one.
        let implied = matches!(verb, Verb::Add | Verb::Insert) && self.begins_place() && !self.is_about();
        let about = match implied {
            true => About::Rule,
            false => self.one_of(&ABOUT, "table, chain, rule, set, map, element, counter, quota or ruleset")?,
        };
        match (verb, about) {
            (Verb::List | Verb::Flush, About::Ruleset) => Ok(Subject::Ruleset(self.family(Family::ANY))),
            (Verb::Rename, About::Chain) => {
                let chain = self.chain_name()?;
                Ok(Subject::NewName(chain, self.name("the new name of the chain")?))
            }
            (Verb::Add | Verb::Create, About::Table) => self.table().map(Subject::Table),
            (Verb::Add | Verb::Create, About::Chain) => {
                let table = self.table_name()?;
                Ok(Subject::Chain(table.clone(), self.chain(table.family)?))
            }
            (Verb::Add | Verb::Create, About::Set | About::Map) => {
                let table = self.table_name()?;
                Ok(Subject::Set(table, self.set(matches!(about, About::Map))?))
            }
            (Verb::Add | Verb::Create, About::Object(object_type)) => {
                let table = self.table_name()?;
                Ok(Subject::Object(table, self.object(object_type)?))
            }
            (Verb::Add | Verb::Insert | Verb::Replace, About::Rule) => self.placed_rule(verb),
            (Verb::Add | Verb::Create | Verb::Delete | Verb::Destroy | Verb::Reset | Verb::Get, About::Element) => {
                let table = self.table_name()?;
                let set = self.name("the name of a set or map")?;
                Ok(Subject::Elements(table, set, self.elements()?))
            }
            (Verb::Delete | Verb::Destroy | Verb::Reset, About::Rule) => {
                let chain = self.chain_name()?;
                let place = self.place()?;
                Ok(Subject::Rule(chain, place, Default::default()))
            }
            (Verb::Reset, About::Table | About::Chain) => Err(self.unexpected("another object")),
            (Verb::Insert | Verb::Replace | Verb::Rename | Verb::Get, _) => Err(self.unexpected("another object")),
            (Verb::Add | Verb::Create, _) | (_, About::Element | About::Rule) => Err(self.unexpected("another object")),
            (_, about) => self.named_subject(about),
        }
    }

    /// What is only named: to be taken away, emptied or shown.
    fn named_subject(&mut self, about: About) -> Parsed<Subject> {
        if matches!(about, About::Table) {
            let family = self.family(Family::IPV4);
            let (name, handle) = self.name_or_handle("the name of a table")?;
            return Ok(Subject::Table(TableBlock { family, name, handle, ..TableBlock::default() }));
        }
        if matches!(about, About::Ruleset) {
            return Err(self.unexpected("another object"));
        }
        let table = self.table_name()?;
        let (name, handle) = self.name_or_handle("a name")?;
        Ok(match about {
            About::Chain => {
                // nft takes the hook again when a chain's device is taken away; what it says is not needed.
                Subject::Chain(table, ChainBlock { name, handle, ..ChainBlock::default() })
            }
            About::Object(object_type) => {
                Subject::Object(table, ObjectBlock { object_type, name, handle, comment: None, state: None })
            }
            about => {
                let flags = if matches!(about, About::Map) { crate::SetFlags::MAP } else { Default::default() };
                Subject::Set(table, SetBlock { name, handle, flags, ..SetBlock::default() })
            }
        })
    }

    fn all(&mut self, plural: Plural) -> Parsed<Subject> {
        let is_of_table = self.takes("table");
        let family = self.family(Family::ANY);
        if !is_of_table && self.is_end() {
            return Ok(Subject::All(plural, family, None));
        }
        let table = self.name("the name of a table")?;
        Ok(Subject::All(plural, of_table(family), Some(table)))
    }

    /// Rules: of a family, of a table, or of a chain.
    fn rules(&mut self) -> Parsed<Subject> {
        let is_of_chain = self.takes("chain");
        let is_of_table = !is_of_chain && self.takes("table");
        let family = self.family(Family::ANY);
        if !is_of_chain && !is_of_table && self.is_end() {
            return Ok(Subject::All(Plural::Rules, family, None));
        }
        let table = TableName { family: of_table(family), name: self.name("the name of a table")? };
        if is_of_table || (!is_of_chain && self.is_end()) {
            return Ok(Subject::All(Plural::Rules, table.family, Some(table.name)));
        }
        let name = self.name("the name of a chain")?;
        Ok(Subject::Chain(table, ChainBlock { name, ..ChainBlock::default() }))
    }

    fn is_about(&self) -> bool {
        self.peek_word().is_some_and(|word| ABOUT.iter().any(|(_, about)| *about == word))
    }

    /// Whether a family, or two names, stand here.
    fn begins_place(&self) -> bool {
        let family = self.peek_word().is_some_and(|word| Family::from_name(word).is_some());
        family || (self.peek_word().is_some() && self.word_ahead(1).is_some())
    }

    /// The family, or what it is where none is said.
    pub(super) fn family(&mut self, otherwise: Family) -> Family {
        match self.peek_word().filter(|word| !word.is_empty()).and_then(Family::from_name) {
            Some(family) => {
                self.pass();
                family
            }
            None => otherwise,
        }
    }

    pub(super) fn table_name(&mut self) -> Parsed<TableName> {
        let family = self.family(Family::IPV4);
        Ok(TableName { family, name: self.name("the name of a table")? })
    }

    fn chain_name(&mut self) -> Parsed<ChainName> {
        let table = self.table_name()?;
        Ok(ChainName { table, name: self.name("the name of a chain")? })
    }

    fn name_or_handle(&mut self, expected: &str) -> Parsed<(Name, Option<u64>)> {
        let start = self.span();
        if self.peek_word() == Some("handle") && matches!(self.ahead(1), Kind::Number(_)) {
            self.pass();
            let handle = self.number("a handle")?;
            return Ok((Name { text: String::new(), span: self.since(start) }, Some(handle)));
        }
        Ok((self.name(expected)?, None))
    }

    fn placed_rule(&mut self, verb: Verb) -> Parsed<Subject> {
        let chain = self.chain_name()?;
        let place = match self.peek_word() {
            Some("handle" | "position" | "index") => self.place()?,
            _ if verb == Verb::Replace => return Err(self.unexpected("handle")),
            _ => Place::Edge,
        };
        Ok(Subject::Rule(chain, place, self.rule()?))
    }

    /// `handle N`, `position N`, `index N`
    fn place(&mut self) -> Parsed<Place> {
        let by_index = self.peek_word() == Some("index");
        if !matches!(self.peek_word(), Some("handle" | "position" | "index")) {
            return Err(self.unexpected("handle"));
        }
        self.pass();
        let span = self.span();
        let number = self.number("a number")?;
        Ok(if by_index { Place::Index(number, span) } else { Place::Handle(number, span) })
    }
}
