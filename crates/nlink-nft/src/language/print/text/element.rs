//! Elements of sets and maps.

use super::super::value::time;
use super::printer::Printer;
use crate::language::tree::Element;

impl Printer<'_> {
    pub(super) fn element(&mut self, element: &Element) {
        let said = element.options();
        self.term(&element.key);
        for statement in &said.statements {
            self.put(" ");
            self.statement(statement);
        }
        if let Some(timeout) = said.timeout {
            self.put(&format!(" timeout {}", time(timeout, self.options)));
        }
        if let (Some(expires), false) = (said.expires, self.options.stateless) {
            self.put(&format!(" expires {}", time(expires, self.options)));
        }
        if let Some(comment) = &said.comment {
            self.put(" comment ");
            self.quoted(comment);
        }
        if let Some(data) = &element.data {
            self.put(" : ");
            self.term(data);
        }
    }
}
