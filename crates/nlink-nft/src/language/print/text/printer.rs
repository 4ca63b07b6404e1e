//! The text that is being written, and how much of it is wanted.

use super::super::Options;
use crate::language::tree::{Command, Statement, TableBlock};

/// The text that is being written.
pub(super) struct Printer<'o> {
    pub(super) out: String,
    pub(super) options: &'o Options,
    /// Whether an empty line stands between chains, sets and objects.
    pub(super) spaced: bool,
}

impl<'o> Printer<'o> {
    pub(super) fn new(options: &'o Options) -> Self {
        Self { out: String::new(), options, spaced: true }
    }

    pub(super) fn put(&mut self, text: &str) {
        self.out.push_str(text);
    }

    /// A text between quotation marks.
    pub(super) fn quoted(&mut self, text: &str) {
        self.out.push('"');
        self.out.push_str(text);
        self.out.push('"');
    }

    /// Items with `between` between them.
    pub(super) fn joined<T>(&mut self, items: &[T], between: &str, mut put: impl FnMut(&mut Self, &T)) {
        for (number, item) in items.iter().enumerate() {
            if number > 0 {
                self.put(between);
            }
            put(self, item);
        }
    }

    /// ` # handle 7`, where handles are wanted.
    pub(super) fn handle(&mut self, handle: Option<u64>) {
        if let (true, Some(handle)) = (self.options.handles, handle) {
            self.put(&format!(" # handle {handle}"));
        }
    }
}

/// Tables with what is in them, as `nft list ruleset` prints them; `spaced` puts an empty line between chains, sets and
/// objects.
pub fn blocks(tables: &[TableBlock], spaced: bool, options: &Options) -> String {
    let mut printer = Printer { spaced, ..Printer::new(options) };
    tables.iter().for_each(|table| printer.table(table));
    printer.out
}

/// Tables by their names, as `nft list tables` prints them.
pub fn table_names(tables: &[TableBlock], options: &Options) -> String {
    let mut printer = Printer::new(options);
    for table in tables {
        printer.put(&format!("table {} {}", table.family, table.name.text));
        printer.handle(table.handle);
        printer.put("\n");
    }
    printer.out
}

/// Statements, as a rule has them.
pub fn statements(statements: &[Statement], options: &Options) -> String {
    let mut printer = Printer::new(options);
    printer.joined(statements, " ", |printer, statement| printer.statement(statement));
    printer.out
}

/// A command, on one line.
pub fn command(command: &Command, options: &Options) -> String {
    let mut printer = Printer::new(options);
    printer.command(command);
    printer.out
}
