//! Commands, on one line each, as `nft -e` tells of them.

use super::printer::Printer;
use crate::expression::kinds::objref::ObjectType;
use crate::language::tree::{ChainName, Command, Place, Plural, Subject, TableBlock, TableName, Verb};
use crate::{Family, Stateful};

impl Printer<'_> {
    pub(super) fn command(&mut self, command: &Command) {
        let makes = matches!(command.verb, Verb::Add | Verb::Create);
        self.put(&format!("{} ", command.verb));
        match &command.subject {
            Subject::Ruleset(family) => {
                self.put("ruleset");
                self.family(*family);
            }
            Subject::Table(table) => self.table_command(table, makes),
            Subject::Chain(table, chain) => {
                // What is reset of a chain are its rules.
                let word = if command.verb == Verb::Reset { "rules chain" } else { "chain" };
                self.place(word, table, &chain.name.text, chain.handle, makes);
                if let Some(base) = &chain.base {
                    self.put(" { ");
                    self.base(base, chain, table.family);
                    self.put(" }");
                }
            }
            Subject::NewName(chain, name) => {
                self.put("chain ");
                self.chain_name(chain);
                self.put(&format!(" {}", name.text));
            }
            Subject::Rule(chain, place, rule) => {
                self.put("rule ");
                self.chain_name(chain);
                match place {
                    Place::Edge => {}
                    Place::Handle(handle, _) => self.put(&format!(" handle {handle}")),
                    Place::Index(index, _) => self.put(&format!(" index {index}")),
                }
                if !rule.statements.is_empty() {
                    self.put(" ");
                    self.rule(rule);
                }
            }
            Subject::Set(table, set) => {
                let word = if set.is_map() { "map" } else { "set" };
                self.place(word, table, &set.name.text, set.handle, makes);
                if makes {
                    let lines = self.set_lines(set).join("; ");
                    self.put(&format!(" {{ {lines}; }}"));
                }
            }
            Subject::Elements(table, set, elements) => {
                self.place("element", table, &set.text, None, makes);
                self.put(" { ");
                self.joined(elements, ", ", Self::element);
                self.put(" }");
            }
            Subject::Object(table, object) => {
                self.place(&object.object_type.to_string(), table, &object.name.text, object.handle, makes);
                if let (true, Some(Stateful::Quota(quota))) = (makes, &object.state) {
                    self.put(" { ");
                    self.quota(quota);
                    self.put(" }");
                }
            }
            Subject::All(plural, family, table) => {
                self.put(match plural {
                    Plural::Tables => "tables",
                    Plural::Chains => "chains",
                    Plural::Rules => "rules",
                    Plural::Sets => "sets",
                    Plural::Maps => "maps",
                    Plural::Objects(ObjectType::QUOTA) => "quotas",
                    Plural::Objects(_) => "counters",
                });
                if table.is_some() {
                    self.put(" table");
                }
                self.family(*family);
                if let Some(table) = table {
                    self.put(&format!(" {}", table.text));
                }
            }
        }
    }

    fn family(&mut self, family: Family) {
        if family != Family::ANY {
            self.put(&format!(" {family}"));
        }
    }

    fn table_name(&mut self, table: &TableName) {
        self.put(&format!("{} {}", table.family, table.name.text));
    }

    fn chain_name(&mut self, chain: &ChainName) {
        self.table_name(&chain.table);
        self.put(&format!(" {}", chain.name.text));
    }

    /// The name, or the handle where it has that in its place.
    fn place(&mut self, word: &str, table: &TableName, name: &str, handle: Option<u64>, makes: bool) {
        self.put(&format!("{word} "));
        self.table_name(table);
        match (handle, makes) {
            (Some(handle), false) if name.is_empty() => self.put(&format!(" handle {handle}")),
            (handle, _) => {
                self.put(&format!(" {name}"));
                self.handle(handle);
            }
        }
    }

    fn table_command(&mut self, table: &TableBlock, makes: bool) {
        self.put(&format!("table {} ", table.family));
        match table.handle {
            Some(handle) if !makes && table.name.text.is_empty() => self.put(&format!("handle {handle}")),
            handle => {
                self.put(&table.name.text);
                self.handle(handle);
            }
        }
        let flags = table.flags.unwrap_or_default();
        if makes && flags.0 != 0 {
            self.put(&format!(" {{ flags {flags}; }}"));
        }
    }
}
