//! Sets and maps, with their elements in columns.

use super::super::Options;
use super::super::value::time;
use super::printer::Printer;
use crate::language::tree::{DataSpec, ElementOptions, SetBlock, TypeSpec};
use crate::{DataType, SetFlags};

/// Flags in the order in which nft writes them.
const FLAGS: [(SetFlags, &str); 4] = [
    (SetFlags::CONSTANT, "constant"),
    (SetFlags::DYNAMIC, "dynamic"),
    (SetFlags::INTERVAL, "interval"),
    (SetFlags::TIMEOUT, "timeout"),
];

impl Printer<'_> {
    pub(super) fn set(&mut self, set: &SetBlock) {
        self.opening(if set.is_map() { "map" } else { "set" }, &set.name.text, set.handle);
        for line in self.set_lines(set) {
            self.put(&format!("\t\t{line}\n"));
        }
        if !self.options.terse && !set.elements.is_empty() {
            self.put("\t\telements = { ");
            self.columns(set);
            self.put(" }\n");
        }
        self.put("\t}\n");
    }

    /// What it is, a line each.
    pub(super) fn set_lines(&mut self, set: &SetBlock) -> Vec<String> {
        let mut lines = Vec::new();
        if let Some(key) = &set.key {
            let data = set.data.as_ref().map_or_else(String::new, |data| format!(" : {}", self.data_spec(data)));
            let word = if matches!(key, TypeSpec::Like(_)) { "typeof" } else { "type" };
            lines.push(format!("{word} {}{data}", self.type_spec(key)));
        }
        if set.memory {
            lines.push("policy memory".into());
        }
        if let Some(size) = set.size {
            let count = set.count.map_or_else(String::new, |count| format!("\t# count {count}"));
            lines.push(format!("size {size}{count}"));
        }
        // That elements go is said by the time after which they do.
        let redundant = if set.timeout.is_some() { SetFlags::TIMEOUT } else { SetFlags::default() };
        let is_set =
            |flags: SetFlags| FLAGS.iter().filter(move |(flag, _)| flags.contains(*flag)).map(|(_, name)| *name);
        if is_set(set.flags - redundant).next().is_some() {
            lines.push(format!("flags {}", is_set(set.flags).collect::<Vec<_>>().join(",")));
        }
        if !set.statements.is_empty() {
            // Without what any of them has counted.
            let options = Options { stateless: true, ..self.options.clone() };
            let mut printer = Printer::new(&options);
            printer.joined(&set.statements, " ", Printer::statement);
            lines.push(printer.out);
        }
        if set.auto_merge {
            lines.push("auto-merge".into());
        }
        if let Some(timeout) = set.timeout {
            lines.push(format!("timeout {}", time(timeout, self.options)));
        }
        if let Some(interval) = set.gc_interval {
            lines.push(format!("gc-interval {}", time(interval, self.options)));
        }
        if let Some(comment) = &set.comment {
            lines.push(format!("comment \"{comment}\""));
        }
        lines
    }

    /// What `put` writes, by itself.
    fn apart(&self, put: impl FnOnce(&mut Self)) -> String {
        let mut printer = Self::new(self.options);
        put(&mut printer);
        printer.out
    }

    fn type_spec(&self, spec: &TypeSpec) -> String {
        match spec {
            TypeSpec::Types(types) => types.iter().map(ToString::to_string).collect::<Vec<_>>().join(" . "),
            TypeSpec::Like(term) => self.apart(|printer| printer.term(term)),
        }
    }

    fn data_spec(&self, spec: &DataSpec) -> String {
        match spec {
            DataSpec::Values(values) => self.type_spec(values),
            DataSpec::Intervals(values) => format!("interval {}", self.type_spec(values)),
            DataSpec::Objects(object) => object.to_string(),
        }
    }

    fn columns(&mut self, set: &SetBlock) {
        let columns = columns(set);
        for (number, element) in set.elements.iter().enumerate() {
            match number {
                0 => {}
                number if number.is_multiple_of(columns) => self.put(",\n\t\t\t     "),
                _ => self.put(", "),
            }
            self.element(element);
        }
    }
}

/// How many elements stand in a line: as many as are short.
fn columns(set: &SetBlock) -> usize {
    let types = set.key.as_ref().map(TypeSpec::data_types).unwrap_or_default();
    let is_plain = |said: &ElementOptions| said.comment.is_none() && said.statements.is_empty();
    let plain = set.elements.iter().all(|element| is_plain(element.options()));
    if set.is_map() || set.flags.contains(SetFlags::TIMEOUT) || !set.statements.is_empty() || !plain {
        return 1;
    }
    match types.as_slice() {
        [
            DataType::NFPROTO
            | DataType::INTEGER
            | DataType::ARP_OPERATION
            | DataType::INET_PROTOCOL
            | DataType::INET_SERVICE
            | DataType::TCP_FLAG
            | DataType::DCCP_TYPE
            | DataType::MARK
            | DataType::INTERFACE_INDEX
            | DataType::CLASS
            | DataType::USER
            | DataType::GROUP
            | DataType::CT_DIRECTION,
        ] => 5,
        [DataType::IPV4_ADDRESS | DataType::CT_STATE | DataType::CT_STATUS | DataType::PACKET_TYPE] => 2,
        _ => 1,
    }
}
