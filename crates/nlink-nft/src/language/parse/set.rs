//! Sets and maps, and their elements.

use nlink_core::wire::OpenEnum;

use super::SyntaxError;
use super::cursor::{Cursor, Parsed};
use super::token::Kind;
use crate::expression::kinds::objref::ObjectType;
use crate::language::tree::{DataSpec, Element, ElementOptions, SetBlock, Term, TypeSpec};
use crate::{DataType, SetFlags};

const FLAGS: [(SetFlags, &str); 4] = [
    (SetFlags::CONSTANT, "constant"),
    (SetFlags::DYNAMIC, "dynamic"),
    (SetFlags::INTERVAL, "interval"),
    (SetFlags::TIMEOUT, "timeout"),
];

const OBJECTS: [(ObjectType, &str); 2] = [(ObjectType::COUNTER, "counter"), (ObjectType::QUOTA, "quota")];

impl Cursor<'_> {
    /// `allowed { type ipv4_addr; … }`
    pub(super) fn set(&mut self, is_map: bool) -> Parsed<SetBlock> {
        let mut set = SetBlock { name: self.name("the name of a set or map")?, ..SetBlock::default() };
        if is_map {
            set.flags |= SetFlags::MAP;
        }
        self.block(|cursor| cursor.set_item(&mut set, is_map))?;
        Ok(set)
    }

    fn set_item(&mut self, set: &mut SetBlock, is_map: bool) -> Parsed<()> {
        let Some(word) = self.peek_word().map(str::to_owned) else { return Err(self.unexpected("an option of a set")) };
        if ["counter", "limit", "quota"].contains(&word.as_str()) {
            while !self.is_end() {
                set.statements.push(self.statement()?);
            }
            return Ok(());
        }
        let start = self.span();
        self.pass();
        match word.as_str() {
            "type" | "typeof" => {
                set.key = Some(self.type_spec(word == "typeof")?);
                if is_map {
                    self.sign(":")?;
                    let data = self.data_spec(word == "typeof")?;
                    if matches!(data, DataSpec::Objects(_)) {
                        set.flags.remove(SetFlags::MAP);
                        set.flags |= SetFlags::OBJECT;
                    }
                    set.data = Some(data);
                }
            }
            "flags" => loop {
                set.flags |= self.one_of(&FLAGS, "constant, dynamic, interval or timeout")?;
                if !self.takes_sign(",") {
                    break;
                }
            },
            "timeout" => {
                set.timeout = Some(self.time()?);
                set.flags |= SetFlags::TIMEOUT;
            }
            "gc-interval" => set.gc_interval = Some(self.time()?),
            "size" => set.size = Some(self.number("a number of elements")?),
            "policy" => {
                set.memory = self.one_of(&[(true, "memory"), (false, "performance")], "memory or performance")?
            }
            "auto-merge" => set.auto_merge = true,
            "comment" => set.comment = Some(self.text("a comment")?),
            "elements" => {
                self.sign("=")?;
                self.elements_into(&mut set.elements)?;
            }
            _ => return Err(SyntaxError::unexpected(&word, "an option of a set", start)),
        }
        Ok(())
    }

    fn type_spec(&mut self, like: bool) -> Parsed<TypeSpec> {
        if like {
            return self.key().map(TypeSpec::Like);
        }
        let mut types = Vec::new();
        loop {
            types.push(self.named("a type", DataType::from_name)?);
            if !self.takes_sign(".") {
                return Ok(TypeSpec::Types(types));
            }
        }
    }

    fn data_spec(&mut self, like: bool) -> Parsed<DataSpec> {
        if let Some((object, _)) = OBJECTS.iter().find(|(_, word)| self.peek_word() == Some(word)) {
            self.pass();
            return Ok(DataSpec::Objects(*object));
        }
        let intervals = self.takes("interval");
        // Verdicts have no expression that they are like.
        let like = like && self.peek_word() != Some("verdict");
        let values = self.type_spec(like)?;
        Ok(if intervals { DataSpec::Intervals(values) } else { DataSpec::Values(values) })
    }

    /// `{ 22, 80 : accept }`
    pub(super) fn elements(&mut self) -> Parsed<Vec<Element>> {
        let mut elements = Vec::new();
        self.elements_into(&mut elements)?;
        Ok(elements)
    }

    /// Those of a list within, as a definition may be, are its own.
    fn elements_into(&mut self, elements: &mut Vec<Element>) -> Parsed<()> {
        self.braced(|cursor| {
            if cursor.is_sign("{") {
                return cursor.elements_into(elements);
            }
            elements.push(cursor.element()?);
            Ok(())
        })
    }

    fn element(&mut self) -> Parsed<Element> {
        let start = self.span();
        let key = if self.takes_sign("*") { Term::Wildcard } else { self.value()? };
        let (mut data, mut options) = (None, ElementOptions::default());
        self.element_options(&mut options)?;
        if self.takes_sign(":") {
            self.lines();
            data = Some(Box::new(self.data()?));
            // Before 1.0.0 nft wrote comments behind the value.
            self.element_options(&mut options)?;
        }
        Ok(Element { data, span: self.since(start), ..Element::new(key).with(options) })
    }

    fn element_options(&mut self, options: &mut ElementOptions) -> Parsed<()> {
        loop {
            match self.peek_word() {
                Some("timeout") => {
                    self.pass();
                    options.timeout = Some(self.time()?);
                }
                Some("expires") => {
                    self.pass();
                    options.expires = Some(self.time()?);
                }
                Some("comment") => {
                    self.pass();
                    options.comment = Some(self.text("a comment")?);
                }
                Some("counter" | "limit" | "quota") => options.statements.push(self.statement()?),
                _ => return Ok(()),
            }
        }
    }

    /// The value that a map has for a key.
    fn data(&mut self) -> Parsed<Term> {
        match self.verdict()? {
            Some(verdict) => Ok(Term::Verdict(verdict)),
            None if matches!(self.peek(), Kind::Sign("{")) => Err(self.unexpected("a value")),
            None => self.value(),
        }
    }
}
