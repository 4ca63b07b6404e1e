//! Comparisons.

use super::super::value::{flags, shown};
use super::printer::Printer;
use crate::language::tree::{Match, Relation, Term};

/// Whether its numbers are shown in sixteens, whatever their type says.
pub(super) fn is_hexadecimal(left: &Term) -> bool {
    match left {
        Term::Raw(_) => true,
        Term::Header(field) => field.field.name == "frag-off",
        Term::Binary(binary) => is_hexadecimal(&binary.left),
        _ => false,
    }
}

impl Printer<'_> {
    pub(super) fn matching(&mut self, matching: &Match) {
        self.term(&matching.left);
        self.put(" ");
        self.put(match matching.relation {
            Relation::Implicit => "",
            Relation::Equal if goes_without_saying(matching) => "",
            Relation::Equal => "== ",
            Relation::NotEqual => "!= ",
            Relation::Less => "< ",
            Relation::Greater => "> ",
            Relation::LessOrEqual => "<= ",
            Relation::GreaterOrEqual => ">= ",
            Relation::Not => "! ",
        });
        let any = matches!(matching.relation, Relation::Implicit | Relation::Not);
        match &matching.right {
            Term::Constant(constant) => match flags(constant, self.options) {
                Some(flags) if any => self.joined(&flags, ",", |printer, flag| printer.put(&flag.text())),
                // What is compared whole is one value.
                Some(_) if !matches!(matching.left, Term::Binary(_)) => {
                    self.put(&shown(constant, self.options).text());
                }
                _ if is_hexadecimal(&matching.left) => self.hexadecimal(&matching.right),
                _ => self.term(&matching.right),
            },
            right if is_hexadecimal(&matching.left) => self.hexadecimal(right),
            right => self.term(right),
        }
    }
}

/// nft leaves out `==` but where it would mean something else: of flags, and behind an operation. What was read as
/// words keeps it.
fn goes_without_saying(matching: &Match) -> bool {
    match (&matching.left, &matching.right) {
        (Term::Binary(_), _) | (_, Term::Symbol(_)) => false,
        (left, _) => !left.is_flags(),
    }
}
