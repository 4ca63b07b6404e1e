//! Tables, chains, rules and named objects.

use super::printer::Printer;
use crate::language::tree::{BaseChain, ChainBlock, ObjectBlock, RuleBlock, TableBlock};
use crate::language::value::priority_text;
use crate::{ChainFlags, Family, Stateful};

impl Printer<'_> {
    pub(super) fn table(&mut self, table: &TableBlock) {
        self.put(&format!("table {} {} {{", table.family, table.name.text));
        self.handle(table.handle);
        self.put("\n");
        let flags = table.flags.unwrap_or_default();
        if flags.0 != 0 {
            self.put(&format!("\tflags {flags}\n"));
        }
        self.comment(table.comment.as_deref(), "\t");
        let mut begun = flags.0 != 0;
        let mut item = |printer: &mut Self, put: &mut dyn FnMut(&mut Self)| {
            if begun && printer.spaced {
                printer.put("\n");
            }
            begun = true;
            put(printer);
        };
        table.objects.iter().for_each(|object| item(self, &mut |printer| printer.object(object)));
        table.sets.iter().for_each(|set| item(self, &mut |printer| printer.set(set)));
        table.chains.iter().for_each(|chain| item(self, &mut |printer| printer.chain(chain, table.family)));
        self.put("}\n");
    }

    pub(super) fn comment(&mut self, comment: Option<&str>, indent: &str) {
        if let Some(comment) = comment {
            self.put(&format!("{indent}comment \"{comment}\"\n"));
        }
    }

    /// `\tchain c {`
    pub(super) fn opening(&mut self, word: &str, name: &str, handle: Option<u64>) {
        self.put(&format!("\t{word} {name} {{"));
        self.handle(handle);
        self.put("\n");
    }

    fn object(&mut self, object: &ObjectBlock) {
        self.opening(&object.object_type.to_string(), &object.name.text, object.handle);
        self.comment(object.comment.as_deref(), "\t\t");
        match &object.state {
            Some(Stateful::Counter(counter)) => {
                let start = self.out.len();
                self.counts(counter);
                // What is counted stands on a line of its own, if it is wanted.
                if self.out.len() > start {
                    self.out.replace_range(start..=start, "\t\t");
                    self.put("\n");
                }
            }
            Some(Stateful::Quota(quota)) => {
                self.put("\t\t");
                self.quota(quota);
                self.put("\n");
            }
            _ => {}
        }
        self.put("\t}\n");
    }

    fn chain(&mut self, chain: &ChainBlock, family: Family) {
        self.opening("chain", &chain.name.text, chain.handle);
        self.comment(chain.comment.as_deref(), "\t\t");
        if let Some(base) = &chain.base {
            self.put("\t\t");
            self.base(base, chain, family);
            self.put("\n");
        }
        for rule in &chain.rules {
            self.put("\t\t");
            self.rule(rule);
            self.put("\n");
        }
        self.put("\t}\n");
    }

    /// `type filter hook input priority filter; policy accept;`
    pub(super) fn base(&mut self, base: &BaseChain, chain: &ChainBlock, family: Family) {
        self.put(&format!("type {} hook {}", base.chain_type, base.hook));
        match base.devices.as_slice() {
            [] => {}
            [device] => self.put(&format!(" device \"{device}\"")),
            devices => {
                self.put(" devices = { ");
                self.joined(devices, ", ", |printer, device| printer.quoted(device));
                self.put(" }");
            }
        }
        let priority = match self.options.numeric_priority {
            true => base.priority.0.to_string(),
            false => priority_text(base.priority, family, base.hook),
        };
        self.put(&format!(" priority {priority};"));
        if let Some(policy) = chain.policy {
            self.put(&format!(" policy {policy};"));
        }
        if chain.flags.contains(ChainFlags::OFFLOAD) {
            self.put(" flags offload;");
        }
    }

    pub(super) fn rule(&mut self, rule: &RuleBlock) {
        self.joined(&rule.statements, " ", |printer, statement| printer.statement(statement));
        if let Some(comment) = &rule.comment {
            self.put(" comment ");
            self.quoted(comment);
        }
        self.handle(rule.handle);
    }
}
