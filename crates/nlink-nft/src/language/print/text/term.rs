//! Terms.

use nlink_core::wire::OpenEnum;

use super::super::value::{flags, shown, shown_end};
use super::matching::is_hexadecimal;
use super::printer::Printer;
use crate::expression::kinds::meta::MetaKey;
use crate::language::tree::{Binary, BinaryOperation, Constant, CtTerm, RawPayload, Scalar, Symbol, Term};

/// Keys that stand without `meta` before them.
const UNQUALIFIED: [MetaKey; 6] =
    [MetaKey::IIF, MetaKey::OIF, MetaKey::IIFNAME, MetaKey::OIFNAME, MetaKey::IIFGROUP, MetaKey::OIFGROUP];

/// The sign of an operation, and how much it binds.
fn sign(operation: BinaryOperation) -> (&'static str, u8) {
    match operation {
        BinaryOperation::Or => ("|", 1),
        BinaryOperation::Xor => ("^", 2),
        BinaryOperation::And => ("&", 3),
        BinaryOperation::Left => ("<<", 4),
        BinaryOperation::Right => (">>", 4),
    }
}

impl Printer<'_> {
    pub(super) fn term(&mut self, term: &Term) {
        match term {
            Term::Symbol(symbol) => self.symbol(symbol),
            Term::Constant(constant) => self.constant(constant),
            Term::Prefix(term, bits) => {
                self.term(term);
                self.put(&format!("/{bits}"));
            }
            Term::Range(first, last) => {
                self.end(first);
                // A word takes the sign for a part of itself.
                let words = |term: &Term| matches!(term, Term::Symbol(symbol) if symbol.is_word());
                self.put(if words(first) { " - " } else { "-" });
                self.end(last);
            }
            Term::Wildcard => self.put("*"),
            Term::Concatenation(terms) => self.joined(terms, " . ", Self::term),
            Term::List(terms) => self.joined(terms, ",", Self::term),
            Term::Set(elements) => {
                self.put("{ ");
                self.joined(elements, ", ", Self::element);
                self.put(if elements.is_empty() { "}" } else { " }" });
            }
            Term::Named(set) => self.put(&format!("@{}", set.name)),
            Term::Verdict(verdict) => self.verdict(verdict),
            Term::Header(field) => self.put(&format!("{} {}", field.header.name, field.field.name)),
            Term::Raw(payload) => self.raw(payload),
            Term::Meta(key) => self.meta(*key),
            Term::Ct(ct) => self.ct(ct),
            Term::Binary(binary) => self.binary(binary, 0),
            Term::Lookup(lookup) => {
                self.term(&lookup.key);
                self.put(" map ");
                self.term(&lookup.map);
            }
        }
    }

    fn symbol(&mut self, symbol: &Symbol) {
        if symbol.quoted { self.quoted(&symbol.text) } else { self.put(&symbol.text) }
    }

    /// An end of a range.
    fn end(&mut self, term: &Term) {
        match term {
            Term::Constant(constant) => self.put(&shown_end(constant, self.options).text()),
            other => self.term(other),
        }
    }

    /// Several flags in one value are told apart, as elements have them.
    fn constant(&mut self, constant: &Constant) {
        match flags(constant, self.options) {
            Some(flags) => self.joined(&flags, " | ", |printer, flag| printer.put(&flag.text())),
            None => self.put(&shown(constant, self.options).text()),
        }
    }

    /// A value in sixteens, as the bits of a packet are shown.
    pub(super) fn hexadecimal(&mut self, term: &Term) {
        match term {
            Term::Constant(Constant { scalar: Scalar::Number(number), .. }) => self.put(&format!("{number:#x}")),
            Term::Range(first, last) => {
                self.hexadecimal(first);
                self.put("-");
                self.hexadecimal(last);
            }
            other => self.term(other),
        }
    }

    fn raw(&mut self, payload: &RawPayload) {
        self.put(&format!("@{},{},{}", payload.base, payload.offset, payload.bits));
    }

    fn meta(&mut self, key: MetaKey) {
        if !UNQUALIFIED.contains(&key) {
            self.put("meta ");
        }
        self.put(key.name().unwrap_or("unknown"));
    }

    fn ct(&mut self, ct: &CtTerm) {
        self.put(match ct.direction {
            Some(0) => "ct original ",
            Some(_) => "ct reply ",
            None => "ct ",
        });
        self.put(ct.key.name().unwrap_or("unknown"));
    }

    /// In parentheses where it binds less than what is around it.
    fn binary(&mut self, binary: &Binary, around: u8) {
        let (sign, binds) = sign(binary.operation);
        let parentheses = binds < around;
        if parentheses {
            self.put("(");
        }
        self.side(&binary.left, binds, &binary.left);
        self.put(&format!(" {sign} "));
        self.side(&binary.right, binds + 1, &binary.left);
        if parentheses {
            self.put(")");
        }
    }

    fn side(&mut self, term: &Term, around: u8, first: &Term) {
        match term {
            Term::Binary(binary) => self.binary(binary, around),
            Term::Constant(constant) => {
                let several = flags(constant, self.options).is_some_and(|flags| flags.len() > 1);
                let (_, or) = sign(BinaryOperation::Or);
                match several && or < around {
                    true => {
                        self.put("(");
                        self.constant(constant);
                        self.put(")");
                    }
                    false if is_hexadecimal(first) => self.hexadecimal(term),
                    false => self.constant(constant),
                }
            }
            other => self.term(other),
        }
    }
}
