//! Tables.

use super::super::tree::{Name, TableBlock, TableName};
use crate::{Table, TableFlags, Userdata};

impl TableBlock {
    /// What the kernel keeps of it, without what is in it.
    pub fn declared(&self) -> Table {
        Table {
            name: (!self.name.text.is_empty()).then(|| self.name.text.clone()),
            flags: Some(self.flags.unwrap_or_default()),
            handle: self.handle,
            userdata: self.comment.as_deref().map(Userdata::with_comment),
            ..Table::new(self.family, "")
        }
    }

    /// Its family and name.
    pub fn place(&self) -> TableName {
        TableName { family: self.family, name: self.name.clone() }
    }
}

impl TableName {
    /// The table, as far as it is named.
    pub fn table(&self) -> Table {
        Table::new(self.family, &self.name.text)
    }
}

/// The table as it was listed, empty.
impl From<&Table> for TableBlock {
    fn from(table: &Table) -> Self {
        let flags = table.flags.unwrap_or_default();
        Self {
            family: table.header.family,
            name: Name::from(table.name.as_deref().unwrap_or_default()),
            handle: table.handle,
            flags: (flags != TableFlags::default()).then_some(flags),
            comment: table.userdata.as_ref().and_then(Userdata::comment).map(Into::into),
            ..Self::default()
        }
    }
}
