//! Named objects: counters and quotas.

use super::cursor::{Cursor, Parsed};
use crate::expression::kinds::objref::ObjectType;
use crate::expression::kinds::{Counter, Quota};
use crate::language::tree::ObjectBlock;
use crate::{QuotaFlags, Stateful};

impl Cursor<'_> {
    /// `web { packets 3 bytes 300; comment "…" }`
    pub(super) fn object(&mut self, object_type: ObjectType) -> Parsed<ObjectBlock> {
        let name = self.name("the name of an object")?;
        let mut object = ObjectBlock { object_type, name, handle: None, comment: None, state: None };
        // Without braces its state may follow at once.
        if !self.is_sign("{") && !self.is_end() {
            self.object_item(&mut object)?;
        }
        self.block(|cursor| cursor.object_item(&mut object))?;
        // What is made without words about it begins at nothing.
        if object.object_type == ObjectType::COUNTER && object.state.is_none() {
            object.state = Some(Stateful::Counter(Counter::default()));
        }
        Ok(object)
    }

    fn object_item(&mut self, object: &mut ObjectBlock) -> Parsed<()> {
        if self.takes("comment") {
            object.comment = Some(self.text("a comment")?);
            return Ok(());
        }
        object.state = Some(match object.object_type {
            ObjectType::COUNTER => Stateful::Counter(self.counts()?),
            _ => Stateful::Quota(self.quota()?),
        });
        Ok(())
    }

    /// `packets 3 bytes 300`
    pub(super) fn counts(&mut self) -> Parsed<Counter> {
        self.word("packets")?;
        let packets = Some(self.number("a number of packets")?);
        self.word("bytes")?;
        Ok(Counter { packets, bytes: Some(self.number("a number of bytes")?), ..Counter::default() })
    }

    /// `over 25 mbytes used 1 mbytes`
    pub(super) fn quota(&mut self) -> Parsed<Quota> {
        let flags = if self.over() { QuotaFlags::OVER } else { QuotaFlags::default() };
        let bytes = Some(self.bytes()?);
        let used = if self.takes("used") { Some(self.bytes()?) } else { None };
        Ok(Quota { bytes, used, flags: Some(flags), ..Quota::default() })
    }
}
