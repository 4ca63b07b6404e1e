//! Named objects.

use super::super::tree::{Name, ObjectBlock, TableName};
use crate::{NamedObject, Stateful, Userdata};

impl ObjectBlock {
    /// What the kernel keeps of it.
    pub fn declared(&self, table: &TableName) -> NamedObject {
        let (of, name) = (table.table(), self.name.text.as_str());
        let object = match &self.state {
            Some(Stateful::Counter(counter)) => NamedObject::counter(&of, name, counter),
            Some(Stateful::Quota(quota)) => NamedObject::quota(&of, name, quota),
            _ => NamedObject {
                header: table.family.into(),
                table: of.name,
                name: (!name.is_empty()).then(|| name.into()),
                object_type: Some(self.object_type),
                ..NamedObject::default()
            },
        };
        let userdata = self.comment.as_deref().map(Userdata::with_comment);
        NamedObject { handle: self.handle, userdata, ..object }
    }
}

/// The object as it was listed; data of it that cannot be read are left out.
impl From<&NamedObject> for ObjectBlock {
    fn from(object: &NamedObject) -> Self {
        Self {
            object_type: object.object_type.unwrap_or_default(),
            name: Name::from(object.name.as_deref().unwrap_or_default()),
            handle: object.handle,
            comment: object.userdata.as_ref().and_then(Userdata::comment).map(Into::into),
            state: object.state().and_then(Result::ok),
        }
    }
}
