//! Tables, and what stands between their braces.

use nlink_core::wire::FlagSet;

use super::cursor::{Cursor, Parsed};
use crate::Family;
use crate::expression::kinds::objref::ObjectType;
use crate::language::tree::TableBlock;

impl Cursor<'_> {
    /// `inet fw { … }`
    pub(super) fn table(&mut self) -> Parsed<TableBlock> {
        let family = self.family(Family::IPV4);
        let mut table = TableBlock { family, name: self.name("the name of a table")?, ..TableBlock::default() };
        self.block(|cursor| cursor.table_item(&mut table))?;
        Ok(table)
    }

    fn table_item(&mut self, table: &mut TableBlock) -> Parsed<()> {
        match self.peek_word() {
            Some("flags") => {
                self.pass();
                table.flags = Some(self.flags("flags of a table")?);
            }
            Some("comment") => {
                self.pass();
                table.comment = Some(self.text("a comment")?);
            }
            Some("chain") => {
                self.pass();
                table.chains.push(self.chain(table.family)?);
            }
            Some(word @ ("set" | "map")) => {
                let is_map = word == "map";
                self.pass();
                table.sets.push(self.set(is_map)?);
            }
            Some("counter") => {
                self.pass();
                table.objects.push(self.object(ObjectType::COUNTER)?);
            }
            Some("quota") => {
                self.pass();
                table.objects.push(self.object(ObjectType::QUOTA)?);
            }
            _ => return Err(self.unexpected("chain, set, map, counter, quota, flags or comment")),
        }
        Ok(())
    }

    /// Reads items between braces, if there are any, each to the end of its line.
    pub(super) fn block(&mut self, mut item: impl FnMut(&mut Self) -> Parsed<()>) -> Parsed<()> {
        if !self.takes_sign("{") {
            return Ok(());
        }
        loop {
            self.ends();
            if self.takes_sign("}") {
                return Ok(());
            }
            item(self)?;
            if matches!(self.peek(), super::token::Kind::End) {
                return Err(self.unexpected("'}'"));
            }
            self.end()?;
        }
    }

    /// Flags by their names, with commas between them.
    pub(super) fn flags<F: FlagSet + std::ops::BitOr<Output = F> + Default>(&mut self, expected: &str) -> Parsed<F> {
        let mut flags = F::default();
        loop {
            flags = flags | self.one_of(F::NAMES, expected)?;
            if !self.takes_sign(",") {
                return Ok(flags);
            }
        }
    }
}
