//! What output shall show, and the names that it needs for numbers.

use std::collections::{HashMap, HashSet};

/// How much output shows, and how; the fields are the options that iproute2's tools have.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// `-d`: more details.
    pub details: bool,
    /// `-s`: statistics; given twice, errors too.
    pub statistics: u8,
    /// `-h`: numbers with a suffix.
    pub human: bool,
    /// `-iec`: those suffixes in powers of 1024.
    pub iec: bool,
    /// `-N`: numbers rather than names.
    pub numeric: bool,
    /// `-o`: one line for each item.
    pub oneline: bool,
    /// `-br`: the shortest form.
    pub brief: bool,
    /// `-p`: JSON with line breaks.
    pub pretty: bool,
    /// `-c`: colours.
    pub color: bool,
    /// Names for numbers.
    pub names: Names,
}

/// Names of interfaces and of what /etc/iproute2 names, known to whoever prints.
#[derive(Clone, Debug, Default)]
pub struct Names {
    /// Interfaces by index, of the namespace that the items come from.
    pub interfaces: HashMap<u32, String>,
    /// Those of them that are not set up.
    pub down: HashSet<u32>,
    /// Namespaces by the id that the namespace at hand gives them.
    pub namespaces: HashMap<i32, String>,
    /// Names of the tables in /etc/iproute2: by table (`rt_tables`), by number.
    pub tables: HashMap<&'static str, HashMap<u32, String>>,
}

impl Names {
    /// The name of an interface, `if3` where none is known, `*` for 0.
    pub fn interface(&self, index: u32) -> String {
        match self.interfaces.get(&index) {
            _ if index == 0 => "*".into(),
            Some(name) => name.clone(),
            None => format!("if{index}"),
        }
    }

    /// The name that a table gives a number.
    pub fn of(&self, table: &str, number: u32) -> Option<&str> {
        self.tables.get(table)?.get(&number).map(String::as_str)
    }
}
