//! `Display`: as nft prints it without options.

use std::fmt;

use super::super::Options;
use super::printer::Printer;
use crate::language::tree::{Command, RuleBlock, Statement, TableBlock, Term};

macro_rules! displayed {
    ($($of:ident: $put:ident;)*) => {$(
        impl fmt::Display for $of {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                let options = Options::default();
                let mut printer = Printer::new(&options);
                printer.$put(self);
                f.write_str(&printer.out)
            }
        }
    )*};
}

displayed! {
    Term: term;
    Statement: statement;
    RuleBlock: rule;
    TableBlock: table;
    Command: command;
}
